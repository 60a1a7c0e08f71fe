#include "stores/shared/firefox_origin.h"

#include <algorithm>

#include <fmt/format.h>

#include "crumbs/printable.h"

namespace crumbs {
namespace {

/// What the browser's own pages have in place of an origin.
constexpr std::string_view kBrowserItself = "chrome";

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_default_port(std::string_view scheme, std::string_view port) {
  return (scheme == "http" && port == "80") || (scheme == "https" && port == "443");
}

/// "[++1]+8080" -> "[::1]:8080", "example.com+8080" -> "example.com:8080".
std::string guess_authority(std::string_view text) {
  std::string authority(text);
  if (const std::size_t end = authority.rfind(']'); end != std::string::npos)
    std::replace(authority.begin(), authority.begin() + static_cast<std::ptrdiff_t>(end), '+', ':');
  const std::size_t plus = authority.rfind('+');
  if (plus != std::string::npos && is_number(std::string_view(authority).substr(plus + 1)))
    authority[plus] = ':';
  return authority;
}

}  // namespace

OriginAttributes read_suffix(std::string_view suffix) {
  if (auto attributes = parse_origin_attributes(suffix)) return std::move(*attributes);
  OriginAttributes raw;
  raw.others.emplace("raw", printable(suffix));
  return raw;
}

std::optional<FirefoxOrigin> parse_firefox_origin(std::string_view text) {
  const std::string_view origin = text.substr(0, text.find('^'));
  const bool whole = !origin.starts_with(':') && origin.find(':') != std::string_view::npos;
  if (!whole && origin != kBrowserItself) return std::nullopt;
  return FirefoxOrigin{.origin = std::string(origin),
                       .attributes = read_suffix(text.substr(origin.size()))};
}

std::optional<FirefoxOrigin> guess_firefox_origin(std::string_view directory) {
  const std::size_t caret = std::min(directory.find('^'), directory.size());
  const std::string_view origin = directory.substr(0, caret);
  const std::size_t scheme = origin.find("+++");
  if (origin == kBrowserItself)
    return FirefoxOrigin{.origin = std::string(origin),
                         .attributes = read_suffix(directory.substr(caret))};
  if (scheme == std::string_view::npos || scheme == 0) return std::nullopt;
  return FirefoxOrigin{.origin = fmt::format("{}://{}", origin.substr(0, scheme),
                                             guess_authority(origin.substr(scheme + 3))),
                       .attributes = read_suffix(directory.substr(caret))};
}

std::optional<std::string> origin_of_key(std::string_view origin_key) {
  const std::size_t colon = origin_key.find(".:");
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  std::string host(origin_key.substr(0, colon));
  std::reverse(host.begin(), host.end());
  const std::string_view rest = origin_key.substr(colon + 2);
  const std::string_view scheme = rest.substr(0, rest.find(':'));
  const std::string_view port =
      scheme.size() == rest.size() ? std::string_view() : rest.substr(scheme.size() + 1);
  if (scheme.empty() || (!port.empty() && !is_number(port))) return std::nullopt;
  if (port.empty() || is_default_port(scheme, port)) return fmt::format("{}://{}", scheme, host);
  return fmt::format("{}://{}:{}", scheme, host, port);
}

void apply(const OriginAttributes& attributes, ContainerNames& names, Item& item) {
  item.partition = attributes.partition;
  item.attributes.origin_attributes = attributes.others;
  item.container.reset();
  if (attributes.user_context_id != 0) item.container = names.container(attributes.user_context_id);
}

}  // namespace crumbs
