#pragma once

/// Table-driven checks of decode_value, shared by the tests of single types.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "decode/value.h"

namespace crumbs::test {

inline DecodedValue decode(ValueType type, std::string_view text, bool percent = false) {
  ValueSpec spec;
  spec.type = type;
  spec.percent_decode = percent;
  return decode_value(spec, text);
}

/// A value that fits its type, what it is shown as, and the steps that are reported.
struct Fitting {
  ValueType type;
  bool percent;
  const char* text;
  const char* decoded;
  std::vector<std::string> steps = {};
};

inline void check_fitting(const std::vector<Fitting>& cases) {
  for (const Fitting& c : cases) {
    CAPTURE(c.text);
    CAPTURE(to_string(c.type));
    const DecodedValue value = decode(c.type, c.text, c.percent);
    CHECK(value.drift.empty());
    CHECK(value.decoded == std::string(c.decoded));
    CHECK(value.steps == c.steps);
    CHECK(value.read_as == c.type);
    CHECK(value.fields.empty());
  }
}

/// Every value is drift of the type, and the message does not repeat it.
inline void check_contradicting(ValueType type, const std::vector<std::string>& values,
                                const std::string& expected) {
  for (const std::string& text : values) {
    CAPTURE(text);
    const DecodedValue value = decode(type, text);
    CHECK_FALSE(value.decoded.has_value());
    CHECK(value.read_as == ValueType::opaque);
    REQUIRE(value.drift.size() == 1);
    CHECK(value.drift[0].rule == "type");
    CHECK(value.drift[0].message.starts_with("expected " + expected + ": "));
    if (text.size() > 3) CHECK(value.drift[0].message.find(text) == std::string::npos);
  }
}

/// A documented part of JSON.
inline FieldEntry entry(std::string pointer, ValueType type,
                        PersonalData personal = PersonalData::none) {
  FieldEntry made;
  made.pointer = std::move(pointer);
  made.type = type;
  made.personal_data = personal;
  made.description = "what " + made.pointer + " is";
  return made;
}

inline const ValueField* find(const DecodedValue& value, std::string_view pointer) {
  const auto found = std::ranges::find(value.fields, pointer, &ValueField::pointer);
  return found == value.fields.end() ? nullptr : &*found;
}

inline std::string text_at(const DecodedValue& value, std::string_view pointer) {
  const ValueField* field = find(value, pointer);
  return field == nullptr ? "<none>" : field->text;
}

inline std::vector<std::string> drift_of(const DecodedValue& value) {
  std::vector<std::string> all;
  for (const Drift& drift : value.drift) all.push_back(drift.rule + ": " + drift.message);
  return all;
}

}  // namespace crumbs::test
