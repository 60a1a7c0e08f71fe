#pragma once

/// Readers of single values, one for each documented type. Pure; they accept any bytes, and their
/// words never hold any part of the value but `decoded`.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/types.h"

namespace crumbs {

/// What a reader makes of a value. Invariant: `decoded` where it fits, `contradiction` where not.
struct Reading {
  std::optional<std::string> decoded;  ///< well-formed UTF-8
  std::string_view contradiction;      ///< why the value is not of the type; static text
  std::vector<std::string> steps;
  std::optional<Time> time;

  static Reading fits(std::string decoded) { return {std::move(decoded), {}, {}, {}}; }
  static Reading contradicts(std::string_view why) { return {{}, why, {}, {}}; }
};

[[nodiscard]] Reading read_time(std::string_view text);
[[nodiscard]] Reading read_date(std::string_view text);
[[nodiscard]] Reading read_counter(std::string_view text);
[[nodiscard]] Reading read_flag(std::string_view text);
[[nodiscard]] Reading read_url(std::string_view text);
/// `percent_decoded`: the names and values of a query are decoded one by one, as a step.
[[nodiscard]] Reading read_utm(std::string_view text, bool percent_decoded);
[[nodiscard]] Reading read_country(std::string_view text);
[[nodiscard]] Reading read_city(std::string_view text);
[[nodiscard]] Reading read_language(std::string_view text);
[[nodiscard]] Reading read_identifier(std::string_view text);
[[nodiscard]] Reading read_email(std::string_view text);
[[nodiscard]] Reading read_phone(std::string_view text);
[[nodiscard]] Reading read_person_name(std::string_view text);
[[nodiscard]] Reading read_text(std::string_view text);
[[nodiscard]] Reading read_enumeration(std::string_view text, std::span<const std::string> words);

/// As the type says; not for json and json_array.
[[nodiscard]] Reading read_scalar(const ValueSpec& spec, std::string_view text);

struct DecodedValue;
/// Reads JSON, percent-decoded already, into `result`.
void decode_json(const ValueSpec& spec, std::string_view text, DecodedValue& result);
/// Says that the value is not of its type.
void add_type_drift(const ValueSpec& spec, std::string_view why, DecodedValue& result);

/// An address of the form local@domain, its parts.
struct EmailParts {
  std::string_view local, domain;
};
[[nodiscard]] std::optional<EmailParts> split_email(std::string_view text) noexcept;

/// Unicode text (lone surrogates allowed) of one line: no control characters.
[[nodiscard]] bool is_one_line(std::string_view text) noexcept;
[[nodiscard]] bool has_letter(std::string_view text) noexcept;  ///< beyond ASCII all count as such

/// Classes of ASCII characters, whatever the locale.
[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr char to_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr char to_upper(char c) noexcept {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
[[nodiscard]] constexpr bool is_letter(char c) noexcept {
  return to_lower(c) >= 'a' && to_lower(c) <= 'z';
}
[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept {
  return is_letter(c) || is_digit(c);
}
[[nodiscard]] constexpr bool is_beyond_ascii(char c) noexcept {
  return static_cast<unsigned char>(c) >= 0x80;
}
[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace crumbs
