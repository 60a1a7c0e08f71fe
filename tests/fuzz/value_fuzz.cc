/// Values by their documented type: the first byte chooses the type, the second its options, the
/// rest is the value. Nothing may throw, and no word of ours may hold the value.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "decode/text.h"
#include "decode/value.h"
#include "enum_names.h"

namespace {

using namespace crumbs;

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_json(ValueType type) {
  return type == ValueType::json || type == ValueType::json_array;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

FieldEntry entry(const char* pointer, ValueType type, PersonalData personal_data) {
  FieldEntry made;
  made.pointer = pointer;
  made.type = type;
  made.personal_data = personal_data;
  return made;
}

/// Bit 0: percent-decoding, bit 1: empty is allowed, bit 2: JSON has documented fields.
ValueSpec make_spec(std::uint8_t type, std::uint8_t options) {
  ValueSpec spec;
  spec.type = EnumNames<ValueType>::kNames[type % std::size(EnumNames<ValueType>::kNames)].value;
  spec.percent_decode = (options & 1U) != 0;
  spec.allow_empty = (options & 2U) != 0;
  spec.enumeration = {"on", "off"};
  if ((options & 4U) == 0) return spec;
  spec.fields = {entry("/t", ValueType::unix_time, PersonalData::behaviour),
                 entry("/n", ValueType::counter, PersonalData::none),
                 entry("/o", ValueType::json, PersonalData::contact),
                 entry("/o/e", ValueType::email, PersonalData::contact),
                 entry("/o/p", ValueType::phone, PersonalData::contact),
                 entry("/x", ValueType::text, PersonalData::content),
                 entry("/u", ValueType::utm, PersonalData::behaviour),
                 entry("/l", ValueType::json_array, PersonalData::none)};
  return spec;
}

void check_field(const ValueField& field) {
  require(is_utf8(field.pointer) && is_utf8(field.text));
  require(field.present || (field.documented && field.text.empty() && field.length == 0));
  require(field.documented || field.type == ValueType::opaque);
  require(!field.masked);
}

void check_masked(const ValueField& field) {
  const bool expected = field.present && must_mask(field.type, field.personal_data, field.text);
  require(field.masked == expected);
  if (field.masked) require(field.text.size() <= 64);
}

void check(const ValueSpec& spec, const DecodedValue& value) {
  const bool wrong_type =
      std::ranges::any_of(value.drift, [](const Drift& drift) { return drift.rule == "type"; });
  require(value.read_as == (wrong_type ? ValueType::opaque : spec.type));
  if (value.decoded) require(!wrong_type && is_utf8(*value.decoded));
  for (const Drift& drift : value.drift) {
    require(drift.rule == "type" || drift.rule == "field");
    require(is_ascii(drift.message) && drift.message.size() < 200);
  }
  for (const std::string& step : value.steps) require(is_ascii(step) && step.size() < 120);
  require(value.newest.has_value() == value.oldest.has_value());
  if (value.newest) require(value.newest->unix_us >= value.oldest->unix_us);
  require(value.fields.size() <= 4096 && (is_json(spec.type) || value.fields.empty()));
  require(value.elements == 0 || spec.type == ValueType::json_array);
  std::ranges::for_each(value.fields, check_field);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const ValueSpec spec = make_spec(data[0], data[1]);
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  DecodedValue value = decode_value(spec, text);
  check(spec, value);
  mask_fields(value.fields);
  std::ranges::for_each(value.fields, check_masked);
  require(mask_text(text, spec.type).size() <= 64);
  return 0;
}
