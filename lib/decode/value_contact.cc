#include <algorithm>

#include "decode/reading.h"
#include "decode/text.h"

namespace crumbs {
namespace {

// RFC 5321, 4.5.3.1: local part 64, whole path 254 octets. E.164: at most 15 digits.
constexpr std::size_t kMaxEmail = 254;
constexpr std::size_t kMaxLocal = 64;
constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxPhone = 40;
constexpr std::size_t kMaxName = 256;

bool is_local_char(char c) noexcept {
  constexpr std::string_view kOthers = ".!#$%&'*+/=?^_`{|}~-";
  return is_alphanumeric(c) || is_beyond_ascii(c) || kOthers.find(c) != std::string_view::npos;
}

bool is_label(std::string_view text) noexcept {
  return !text.empty() && text.size() <= kMaxLabel && text.front() != '-' && text.back() != '-' &&
         std::ranges::all_of(
             text, [](char c) { return is_alphanumeric(c) || c == '-' || is_beyond_ascii(c); });
}

/// At least two labels, the last of them no number.
bool is_domain(std::string_view text) noexcept {
  std::size_t labels = 0;
  std::string_view last;
  for (std::size_t start = 0; start <= text.size(); ++labels) {
    const std::size_t end = std::min(text.find('.', start), text.size());
    last = text.substr(start, end - start);
    if (!is_label(last)) return false;
    start = end + 1;
  }
  return labels >= 2 && last.size() >= 2 && has_letter(last);
}

}  // namespace

std::optional<EmailParts> split_email(std::string_view text) noexcept {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at > kMaxLocal || text.size() > kMaxEmail)
    return std::nullopt;
  const EmailParts parts{text.substr(0, at), text.substr(at + 1)};
  const bool dots = parts.local.front() == '.' || parts.local.back() == '.' ||
                    parts.local.find("..") != std::string_view::npos;
  if (dots || !std::ranges::all_of(parts.local, is_local_char) || !is_domain(parts.domain))
    return std::nullopt;
  return is_utf8(text) ? std::optional(parts) : std::nullopt;
}

Reading read_email(std::string_view text) {
  if (!split_email(text)) return Reading::contradicts("not of the form name@domain");
  return Reading::fits(std::string(text));
}

Reading read_phone(std::string_view text) {
  constexpr std::string_view kSeparators = " ()-./";
  std::string digits;
  if (text.size() > kMaxPhone) return Reading::contradicts("too long");
  for (const char c : text) {
    const bool plus = c == '+' && digits.empty();
    if (is_digit(c) || plus) {
      digits.push_back(c);
    } else if (kSeparators.find(c) == std::string_view::npos) {
      return Reading::contradicts("characters that no phone number has");
    }
  }
  const std::size_t count = digits.size() - (digits.starts_with('+') ? 1 : 0);
  if (count < 5 || count > 15) return Reading::contradicts("not 5 to 15 digits");
  return Reading::fits(std::move(digits));
}

Reading read_person_name(std::string_view text) {
  if (text.size() > kMaxName) return Reading::contradicts("longer than 256 bytes");
  if (!is_one_line(text) || !has_letter(text))
    return Reading::contradicts("not one line of text with a letter in it");
  return Reading::fits(to_valid_utf8(text));
}

}  // namespace crumbs
