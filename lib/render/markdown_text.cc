#include "render/markdown_text.h"

#include <algorithm>
#include <utility>

#include "ascii.h"
#include "crumbs/printable.h"

namespace crumbs {
namespace {

std::size_t longest_run(std::string_view text, char of) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == of ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// A span drops one space at each end where both ends have one and it is not all spaces.
bool needs_padding(std::string_view text) {
  if (text.find_first_not_of(' ') == std::string_view::npos) return false;
  return text.front() == '`' || text.back() == '`' || (text.front() == ' ' && text.back() == ' ');
}

std::string code_span(std::string_view text) {
  if (text.empty()) return {};
  const std::string fence(longest_run(text, '`') + 1, '`');
  const std::string_view space = needs_padding(text) ? " " : "";
  std::string span = fence;
  span.append(space).append(text).append(space).append(fence);
  return span;
}

/// Parsers know fences of a limited length only: 80 backticks in cmark-gfm.
constexpr std::size_t kLongestInside = 16;

/// Where the first part is that cannot be inside of a span, and how long it is: a bar, since inside
/// of a span it would need a backslash in a table and must not have one elsewhere, or many
/// backticks.
std::pair<std::size_t, std::size_t> find_outside(std::string_view text) {
  for (std::size_t at = text.find_first_of("|`"); at < text.size();
       at = text.find_first_of("|`", at)) {
    if (text[at] == '|') return {at, 1};
    const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
    if (end - at > kLongestInside) return {at, end - at};
    at = end;
  }
  return {text.size(), 0};
}

}  // namespace

std::string markdown_text(std::string_view raw) {
  const std::string text = printable(raw);
  std::string written;
  for (std::string_view rest = text; !rest.empty();) {
    const auto [at, size] = find_outside(rest);
    written += code_span(rest.substr(0, at));
    for (const char c : rest.substr(at, size)) written.append(1, '\\').append(1, c);
    rest.remove_prefix(at + size);
  }
  return written;
}

std::string markdown_prose(std::string_view raw) {
  if (raw.find_first_of("@#") != std::string_view::npos ||
      raw.find("://") != std::string_view::npos ||
      lower_case(raw).find("www.") != std::string::npos)
    return markdown_text(raw);
  constexpr std::string_view kHarmless = " ,.;'\"()/?%";
  std::string written;
  for (const char c : printable(raw)) {
    const bool plain =
        is_alphanumeric(c) || is_beyond_ascii(c) || kHarmless.find(c) != std::string_view::npos;
    if (!plain) written += '\\';
    written += c;
  }
  return written;
}

}  // namespace crumbs
