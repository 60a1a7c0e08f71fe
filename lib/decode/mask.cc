#include <libpsl.h>

#include <algorithm>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "decode/reading.h"
#include "decode/value.h"

namespace crumbs {
namespace {

constexpr std::string_view kDots = "•••";
constexpr std::string_view kEmpty = "(empty)", kNull = "(null)";
constexpr std::size_t kLongMailbox = 4;

std::string with_length(std::string_view kept, std::uint64_t length) {
  return fmt::format("{}{} ({})", kept, kDots, counted(length, "byte"));
}

/// The last label where it is a public top-level domain in letters: any other could be somebody's.
std::string_view public_tld(std::string_view domain) {
  const std::string_view tld = domain.substr(domain.rfind('.') + 1);
  if (tld.size() > 6 || !std::ranges::all_of(tld, is_letter)) return {};
  const bool is_public = psl_is_public_suffix2(psl_builtin(), lower_case(tld).c_str(),
                                               PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
  return is_public ? tld : std::string_view();
}

std::string mask_email(const EmailParts& parts) {
  const bool shows_first = parts.local.size() >= kLongMailbox && is_alphanumeric(parts.local[0]);
  const std::string_view tld = public_tld(parts.domain);
  return fmt::format("{}{}@{}{}{}", parts.local.substr(0, shows_first ? 1 : 0), kDots, kDots,
                     tld.empty() ? "" : ".", tld);
}

/// Four numbers with dots between them.
bool is_ip_address(std::string_view text) {
  return std::ranges::count(text, '.') == 3 &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; });
}

/// As a person would write it; a plain number of so many digits may be one.
bool is_like_phone(std::string_view text) {
  constexpr auto kShortestPhone = 7;
  return std::ranges::count_if(text, is_digit) >= kShortestPhone &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.' || c == '-'; });
}

bool is_harmless(std::string_view text) {
  constexpr std::size_t kMost = 16;
  const auto is_plain = [](char c) {
    return is_alphanumeric(c) || c == '_' || c == '.' || c == '-';
  };
  if (text.size() > kMost || !std::ranges::all_of(text, is_plain)) return false;
  const bool host = text.find('.') != std::string_view::npos && !public_tld(text).empty();
  return !host && !is_ip_address(text) && !is_like_phone(text);
}

std::string_view web_scheme(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (url.starts_with(scheme)) return scheme;
  }
  return {};
}

}  // namespace

bool is_mark(std::string_view text) noexcept {
  return text == kEmpty || text == kNull;
}

bool must_mask(ValueType type, PersonalData personal_data, std::string_view text) {
  switch (type) {
    case ValueType::counter:
    case ValueType::unix_time:
    case ValueType::date:
    case ValueType::flag:
    case ValueType::language:
      return false;
    case ValueType::opaque:
      return true;
    case ValueType::url:
    case ValueType::utm:
    case ValueType::country:
    case ValueType::city:
    case ValueType::place:
    case ValueType::identifier:
    case ValueType::email:
    case ValueType::phone:
    case ValueType::person_name:
    case ValueType::text:
    case ValueType::enumeration:
    case ValueType::json:
    case ValueType::json_array:
      break;
  }
  if (personal_data != PersonalData::none && personal_data != PersonalData::preference) return true;
  return !is_mark(text) && !is_harmless(text);
}

std::string mask_text(std::string_view text, ValueType type) {
  return mask_text(text, type, text.size());
}

std::string mask_text(std::string_view text, ValueType type, std::uint64_t length) {
  if (text.empty()) return std::string(kEmpty);
  if (is_mark(text)) return std::string(text);
  if (type == ValueType::email) {
    if (const std::optional<EmailParts> parts = split_email(text)) return mask_email(*parts);
  }
  if (type == ValueType::phone && text.starts_with('+')) return with_length("+", length);
  if (type == ValueType::url) return with_length(web_scheme(text), length);
  return with_length("", length);
}

void mask_fields(std::vector<ValueField>& fields) {
  for (ValueField& field : fields) {
    if (!field.present || field.masked || !must_mask(field.type, field.personal_data, field.text))
      continue;
    field.text = mask_text(field.text, field.type, field.length);
    field.masked = true;
  }
}

}  // namespace crumbs
