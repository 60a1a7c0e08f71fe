#include <algorithm>
#include <cstdint>

#include "decode/reading.h"
#include "decode/text.h"

namespace crumbs {
namespace {

constexpr std::uint64_t kMaxCounter =
    (std::uint64_t{1} << 53U) - 1;  // what a script counts exactly
constexpr std::size_t kMaxIdentifier = 256;

bool is_line_or_tab(char c) noexcept {
  return c == '\n' || c == '\r' || c == '\t';
}

/// U+0080..U+009F
bool has_c1_control(std::string_view utf8) noexcept {
  for (std::size_t i = 0; i + 1 < utf8.size(); ++i) {
    if (utf8[i] == '\xC2' && static_cast<unsigned char>(utf8[i + 1]) < 0xA0) return true;
  }
  return false;
}

}  // namespace

bool is_one_line(std::string_view text) noexcept {
  return std::ranges::none_of(text, is_control) && is_wtf8(text) && !has_c1_control(text);
}

bool has_letter(std::string_view text) noexcept {
  return std::ranges::any_of(text, [](char c) { return is_letter(c) || is_beyond_ascii(c); });
}

Reading read_counter(std::string_view text) {
  const auto value = parse_number<std::uint64_t>(text);
  if (!value || *value > kMaxCounter)
    return Reading::contradicts("no whole number from 0 to 2^53 - 1");
  return Reading::fits(std::to_string(*value));
}

Reading read_flag(std::string_view text) {
  const std::string word = text.size() <= 5 ? lower_case(text) : std::string();
  if (word == "1" || word == "true" || word == "yes") return Reading::fits("yes");
  if (word == "0" || word == "false" || word == "no") return Reading::fits("no");
  return Reading::contradicts("none of 0, 1, true, false, yes, no");
}

Reading read_identifier(std::string_view text) {
  if (text.empty() || text.size() > kMaxIdentifier)
    return Reading::contradicts("empty or longer than 256 bytes");
  if (std::ranges::any_of(text,
                          [](char c) { return is_control(c) || c == ' ' || is_beyond_ascii(c); }))
    return Reading::contradicts("blanks, control characters or characters beyond ASCII");
  if (split_email(text)) return Reading::contradicts("it has the form of an e-mail address");
  return Reading::fits(std::string(text));
}

Reading read_text(std::string_view text) {
  if (!is_wtf8(text)) return Reading::contradicts("bytes that are no Unicode text");
  if (std::ranges::any_of(text, [](char c) { return is_control(c) && !is_line_or_tab(c); }))
    return Reading::contradicts("control characters");
  return Reading::fits(to_valid_utf8(text));
}

Reading read_enumeration(std::string_view text, std::span<const std::string> words) {
  if (std::ranges::find(words, text) == words.end())
    return Reading::contradicts("a word that the document does not have");
  return Reading::fits(std::string(text));
}

}  // namespace crumbs
