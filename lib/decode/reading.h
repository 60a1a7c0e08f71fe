#pragma once

/// Readers of single values, one for each documented type. Pure; they accept any bytes, and their
/// words never hold any part of the value but `decoded`.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ascii.h"
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
/// "NL;07;Amsterdam", as the vendor's servers tell where an address of the network seems to be; the
/// region and the city may be missing.
[[nodiscard]] Reading read_place(std::string_view text);
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

}  // namespace crumbs
