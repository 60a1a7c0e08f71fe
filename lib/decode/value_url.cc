#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "ascii.h"
#include "decode/reading.h"
#include "decode/text.h"

namespace crumbs {
namespace {

constexpr std::size_t kLongest = std::size_t{64} << 10U;
constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxHost = 253;

/// RFC 3986, 2.2 and 2.3, and what RFC 3987 adds beyond ASCII.
bool is_url_char(char c) noexcept {
  constexpr std::string_view kPunctuation = "-._~:/?#[]@!$&'()*+,;=%";
  return is_alphanumeric(c) || is_beyond_ascii(c) || kPunctuation.find(c) != std::string_view::npos;
}

bool has_bad_escape(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdefABCDEF";
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
    const std::string_view digits = text.substr(i + 1, 2);
    if (digits.size() < 2 || digits.find_first_not_of(kHex) != std::string_view::npos) return true;
  }
  return false;
}

bool is_host_label(std::string_view label) noexcept {
  return !label.empty() && label.size() <= kMaxLabel && label.front() != '-' &&
         std::ranges::all_of(label, [](char c) {
           return is_alphanumeric(c) || c == '-' || c == '_' || is_beyond_ascii(c);
         });
}

bool is_ipv6_literal(std::string_view host) noexcept {
  return host.size() >= 4 && host.size() <= 47 && host.starts_with("[") && host.ends_with("]") &&
         host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") ==
             std::string_view::npos;
}

bool is_host(std::string_view host) {
  if (is_ipv6_literal(host)) return true;
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty() || host.size() > kMaxHost) return false;
  for (std::size_t start = 0; start <= host.size();) {
    const std::size_t end = std::min(host.find('.', start), host.size());
    if (!is_host_label(host.substr(start, end - start))) return false;
    start = end + 1;
  }
  return true;
}

bool is_port(std::string_view text) {
  return text.empty() || parse_number<std::uint16_t>(text);
}

/// Host and port without user name and password. nullopt: not of that form.
std::optional<std::string> host_and_port(std::string_view authority) {
  authority.remove_prefix(authority.rfind('@') + 1);  // npos + 1 is 0
  const std::size_t after_literal = authority.starts_with('[') ? authority.find(']') : 0;
  if (after_literal == std::string_view::npos) return std::nullopt;
  const std::size_t colon = std::min(authority.find(':', after_literal), authority.size());
  const std::string_view port = authority.substr(std::min(colon + 1, authority.size()));
  if (!is_host(authority.substr(0, colon)) || !is_port(port)) return std::nullopt;
  return lower_case(authority);
}

/// The path; a query or fragment is only hinted at.
std::string shorten(std::string_view path_and_rest) {
  const std::size_t end = std::min(path_and_rest.find_first_of("?#"), path_and_rest.size());
  std::string shown(path_and_rest.substr(0, end));
  if (end < path_and_rest.size()) shown += fmt::format("{}…", path_and_rest[end]);
  return shown;
}

/// `text` is what follows "//".
Reading read_authority(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  const std::optional<std::string> host = host_and_port(text.substr(0, end));
  if (!host) return Reading::contradicts("an address without a well-formed host");
  return Reading::fits(*host + shorten(text.substr(end)));
}

/// Length of "https" in "https:..."; 0 where there is no scheme (RFC 3986, 3.1).
std::size_t scheme_length(std::string_view text) noexcept {
  const std::size_t colon = text.find(':');
  if (colon > 32 || !is_letter(text[0])) return 0;  // none, or too far off
  const bool valid = std::ranges::all_of(text.substr(0, colon), [](char c) {
    return is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
  });
  return valid ? colon : 0;
}

bool needs_authority(std::string_view scheme) {
  return scheme == "http" || scheme == "https" || scheme == "ws" || scheme == "wss" ||
         scheme == "ftp";
}

Reading read_with_scheme(const std::string& scheme, std::string_view rest) {
  if (scheme == "file" && rest.starts_with("///")) return Reading::fits("file:" + shorten(rest));
  if (rest.starts_with("//")) return read_authority(rest.substr(2));
  if (needs_authority(scheme)) return Reading::contradicts("an address without a host");
  if (rest.empty()) return Reading::contradicts("a scheme and nothing else");
  return Reading::fits(scheme == "about" ? scheme + ":" + shorten(rest) : scheme + ":…");
}

/// "example.com/page" without a scheme: a host needs a dot to be told from a word.
bool starts_with_host(std::string_view text) {
  const std::string_view authority = text.substr(0, text.find_first_of("/?#"));
  return authority.find('.') != std::string_view::npos &&
         authority.find('@') == std::string_view::npos && host_and_port(authority).has_value();
}

bool is_relative(std::string_view text) noexcept {
  return text.starts_with('/') || text.starts_with("./") || text.starts_with("../") ||
         text.starts_with('?') || text.starts_with('#');
}

}  // namespace

Reading read_url(std::string_view text) {
  if (text == "direct" || text == "(direct)") return Reading::fits("direct (no referring page)");
  if (text.empty() || text.size() > kLongest) return Reading::contradicts("empty or too long");
  if (!std::ranges::all_of(text, is_url_char) || !is_one_line(text) || !is_utf8(text))
    return Reading::contradicts("characters that no address has");
  if (has_bad_escape(text)) return Reading::contradicts("a malformed percent escape");
  if (text.starts_with("//")) return read_authority(text.substr(2));
  if (starts_with_host(text)) return read_authority(text);
  if (const std::size_t scheme = scheme_length(text); scheme != 0)
    return read_with_scheme(lower_case(text.substr(0, scheme)), text.substr(scheme + 1));
  if (is_relative(text)) return Reading::fits(shorten(text));
  return Reading::contradicts("neither an address nor a path");
}

}  // namespace crumbs
