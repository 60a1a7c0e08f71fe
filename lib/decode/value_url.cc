#include <algorithm>
#include <cstdint>

#include "ascii.h"
#include "decode/reading.h"
#include "decode/text.h"

namespace crumbs {
namespace {

constexpr std::size_t kLongest = std::size_t{64} << 10U;
constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxHost = 253;

/// RFC 3986, 2.2 and 2.3, and what RFC 3987 adds beyond ASCII; and what browsers leave as it is in
/// a path: URL Standard, 1.3, path percent-encode set.
bool is_path_char(char c) noexcept {
  constexpr std::string_view kPunctuation = "-._~:/?#[]@!$&'()*+,;=%|^";
  return is_alphanumeric(c) || is_beyond_ascii(c) || kPunctuation.find(c) != std::string_view::npos;
}

/// URL Standard, 1.3, query and fragment percent-encode sets.
bool is_query_char(char c) noexcept {
  return is_path_char(c) || c == '{' || c == '}' || c == '`' || c == '\\';
}

/// A percent sign without two digits stays as it is, too (URL Standard, 4.4: no failure).
bool has_url_chars(std::string_view text) {
  const std::size_t query = std::min(text.find_first_of("?#"), text.size());
  return std::ranges::all_of(text.substr(0, query), is_path_char) &&
         std::ranges::all_of(text.substr(query), is_query_char);
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

/// Whether it is a host and perhaps a port, behind a user name and password if there are such.
bool is_authority(std::string_view authority) {
  authority.remove_prefix(authority.rfind('@') + 1);  // npos + 1 is 0
  const std::size_t after_literal = authority.starts_with('[') ? authority.find(']') : 0;
  if (after_literal == std::string_view::npos) return false;
  const std::size_t colon = std::min(authority.find(':', after_literal), authority.size());
  const std::string_view port = authority.substr(std::min(colon + 1, authority.size()));
  return is_host(authority.substr(0, colon)) && is_port(port);
}

std::string_view authority_of(std::string_view text) {
  return text.substr(0, text.find_first_of("/?#"));
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

/// What is wrong with what follows a scheme and its colon; empty: nothing.
std::string_view why_not(std::string_view scheme, std::string_view rest) {
  if (scheme == "file" && rest.starts_with("///")) return {};
  if (rest.starts_with("//"))
    return is_authority(authority_of(rest.substr(2))) ? ""
                                                      : "an address without a well-formed host";
  if (needs_authority(scheme)) return "an address without a host";
  return rest.empty() ? "a scheme and nothing else" : "";
}

/// "example.com/page" without a scheme: a host needs a dot to be told from a word.
bool starts_with_host(std::string_view text) {
  const std::string_view authority = authority_of(text);
  return authority.find('.') != std::string_view::npos &&
         authority.find('@') == std::string_view::npos && is_authority(authority);
}

bool is_relative(std::string_view text) noexcept {
  return text.starts_with('/') || text.starts_with("./") || text.starts_with("../") ||
         text.starts_with('?') || text.starts_with('#');
}

}  // namespace

Reading read_url(std::string_view text) {
  if (text == "direct" || text == "(direct)") return Reading::fits("direct (no referring page)");
  if (text.empty() || text.size() > kLongest) return Reading::contradicts("empty or too long");
  if (!has_url_chars(text) || !is_one_line(text) || !is_utf8(text))
    return Reading::contradicts("characters that no address has");
  const auto judged = [&text](std::string_view problem) {
    return problem.empty() ? Reading::fits(std::string(text)) : Reading::contradicts(problem);
  };
  if (text.starts_with("//")) return judged(why_not({}, text));
  if (starts_with_host(text) || is_relative(text)) return judged({});
  if (const std::size_t scheme = scheme_length(text); scheme != 0)
    return judged(why_not(lower_case(text.substr(0, scheme)), text.substr(scheme + 1)));
  return Reading::contradicts("neither an address nor a path");
}

}  // namespace crumbs
