#pragma once

// lib/decode: encodings and values: bytes in, what they mean out. Pure.

/// Values read by their documented type (design 4, compliance 2.4).

#include <cstdint>
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
                                       ///< "source=partner, medium=cpc"; of JSON its shape alone,
                                       ///< no content: "object, 14 keys". Well-formed UTF-8
  ValueType read_as = ValueType::opaque;  ///< the documented type; opaque where the value
                                          ///< contradicts it: mask by this
  std::vector<std::string>
      steps;  ///< what was done, in order: "percent_decode", "unix_time: seconds, by magnitude"
  std::vector<Drift> drift;            ///< rule "type" or "field"; messages never hold the value
  std::vector<Drift> otherwise_read;   ///< as `drift`, of parts whose type is our reading
  std::vector<ValueField> fields;      ///< unmasked; a part that contradicts its documented type
                                       ///< is `opaque`
  bool fields_complete = true;         ///< JSON: the fields hold all that the value holds. Where
                                       ///< not (limits, repeated keys), mask the value even if no
                                       ///< field is
  std::optional<Time> newest, oldest;  ///< times found inside, for the age of a store
  std::size_t elements = 0;            ///< json_array: number of objects
};
/// Bounded: nesting 64, fields 4096, fields of the first 256 elements, 16 MiB of JSON. Accepts any
/// bytes. Pure. A field entry's pointer is relative to the element for json_array; ValueField's
/// pointers are into the value: "/0/text" in a list, "/text" where a single object stands for it.
[[nodiscard]] DecodedValue decode_value(const ValueSpec& spec, std::string_view text);

/// Whether a value of this type and class is masked under ValuesMode::masked: personal data and
/// everything undocumented is; counters, times, dates, flags and languages are not. A text of the
/// classes `none` and `preference` is not either where it is harmless: at most 16 of
/// [A-Za-z0-9_.-], and no network address, no name of a host and no telephone number.
[[nodiscard]] bool must_mask(ValueType type, PersonalData personal_data, std::string_view text);
/// "(empty)" or "(null)": what stands for no text, and says nothing.
[[nodiscard]] bool is_mark(std::string_view text) noexcept;
/// The masked form: shape and length survive, content does not. "z•••@•••.org", "+••• (14 bytes)",
/// "https://••• (31 bytes)", "••• (23 bytes)". "(empty)" and "(null)" stay. At most the first
/// letter of a longer mailbox, a public top-level domain, a leading + and http or https are kept.
[[nodiscard]] std::string mask_text(std::string_view text, ValueType type);
/// As above; `length` is what is told: bytes as stored, where `text` is a decoded form.
[[nodiscard]] std::string mask_text(std::string_view text, ValueType type, std::uint64_t length);

/// Masks every present field that must be.
void mask_fields(std::vector<ValueField>& fields);

/// A Unix time with its unit guessed by magnitude: 10 digits s, 13 ms, 16 us; a decimal
/// fraction may follow. nullopt where no unit gives a time between
/// 1990 and 2100.
struct UnixTime {
  Time time;
  std::string_view unit;  ///< "seconds", "milliseconds", "microseconds"
};
[[nodiscard]] std::optional<UnixTime> read_unix_time(std::string_view digits) noexcept;

}  // namespace crumbs
