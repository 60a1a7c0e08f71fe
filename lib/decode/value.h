#pragma once

/// Values read by their documented type (design 4, compliance 2.4).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/types.h"

namespace crumbs {

/// What a documented type makes of a value. A value that contradicts its type is drift, never an
/// error.
struct DecodedValue {
  std::optional<std::string> decoded;  ///< for people: "2026-11-23T00:00:00Z", "Germany (DE)",
                                       ///< "source=partner, medium=cpc"
  std::vector<std::string>
      steps;  ///< what was done, in order: "percent_decode", "unix_time: seconds, by magnitude"
  std::vector<Drift> drift;            ///< rule "type" or "field"; messages never hold the value
  std::vector<ValueField> fields;      ///< unmasked; `masked` set by mask_fields
  std::optional<Time> newest, oldest;  ///< times found inside, for the age of a store
  std::size_t elements = 0;            ///< json_array: number of objects
};
/// Bounded: nesting 64, fields 4096. Pure.
[[nodiscard]] DecodedValue decode_value(const ValueSpec& spec, std::string_view text);

/// Whether a value of this type and class is masked under ValuesMode::masked: personal data and
/// everything undocumented is; counters, times, dates, flags and languages are not.
[[nodiscard]] bool must_mask(ValueType type, PersonalData personal_data) noexcept;
/// The masked form: shape and length survive, content does not. "z•••@•••.org", "•••••• (23
/// bytes)".
[[nodiscard]] std::string mask_text(std::string_view text, ValueType type);

/// A Unix time with its unit guessed by magnitude: 10 digits s, 13 ms, 16 us. nullopt where no unit
/// gives a time between 1990 and 2100.
struct UnixTime {
  Time time;
  std::string_view unit;  ///< "seconds", "milliseconds", "microseconds"
};
[[nodiscard]] std::optional<UnixTime> read_unix_time(std::string_view digits) noexcept;

}  // namespace crumbs
