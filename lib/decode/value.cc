#include "decode/value.h"

#include <algorithm>

#include <fmt/format.h>

#include "decode/labels.h"
#include "decode/reading.h"
#include "decode/text.h"

namespace crumbs {
namespace {

/// Whether the text already has the form of its type, so that its escapes are its own. An encoded
/// address has no "://", encoded JSON no brace, an encoded query no '='.
bool reads_as_it_stands(ValueType type, std::string_view text) {
  if (type == ValueType::url) return text.find("://") != std::string_view::npos;
  if (is_structured(type)) return text.find_first_of("{[") != std::string_view::npos;
  if (type == ValueType::utm) return text.find_first_of("={") != std::string_view::npos;
  return false;
}

void apply(const ValueSpec& spec, Reading reading, DecodedValue& result) {
  std::ranges::move(reading.steps, std::back_inserter(result.steps));
  if (!reading.contradiction.empty()) return add_type_drift(spec, reading.contradiction, result);
  result.decoded = std::move(reading.decoded);
  result.newest = result.oldest = reading.time;
}

DecodedValue decode_empty(const ValueSpec& spec) {
  DecodedValue result;
  result.read_as = spec.type;
  if (spec.allow_empty || spec.type == ValueType::opaque) {
    result.decoded = "(empty)";
  } else {
    add_type_drift(spec, "empty", result);
  }
  return result;
}

}  // namespace

void add_type_drift(const ValueSpec& spec, std::string_view why, DecodedValue& result) {
  result.read_as = ValueType::opaque;
  result.drift.push_back({"type", fmt::format("expected {}: {}", label(spec.type), why)});
}

Reading read_scalar(const ValueSpec& spec, std::string_view text) {
  switch (spec.type) {
    case ValueType::unix_time:
      return read_time(text);
    case ValueType::date:
      return read_date(text);
    case ValueType::counter:
      return read_counter(text);
    case ValueType::flag:
      return read_flag(text);
    case ValueType::url:
      return read_url(text);
    case ValueType::utm:
      return read_utm(text, spec.percent_decode);
    case ValueType::country:
      return read_country(text);
    case ValueType::city:
      return read_city(text);
    case ValueType::place:
      return read_place(text);
    case ValueType::language:
      return read_language(text);
    case ValueType::identifier:
      return read_identifier(text);
    case ValueType::email:
      return read_email(text);
    case ValueType::phone:
      return read_phone(text);
    case ValueType::person_name:
      return read_person_name(text);
    case ValueType::text:
      return read_text(text);
    case ValueType::enumeration:
      return read_enumeration(text, spec.enumeration);
    case ValueType::opaque:
    case ValueType::json:
    case ValueType::json_array:
      break;
  }
  return Reading::fits(to_valid_utf8(text));
}

DecodedValue decode_value(const ValueSpec& spec, std::string_view text) {
  if (text.empty()) return decode_empty(spec);
  DecodedValue result;
  result.read_as = spec.type;
  std::optional<std::string> unescaped;
  if (spec.percent_decode && !reads_as_it_stands(spec.type, text)) unescaped = percent_decode(text);
  if (unescaped) result.steps.emplace_back("percent_decode");
  const std::string_view readable = unescaped ? std::string_view(*unescaped) : text;
  if (is_structured(spec.type)) {
    decode_json(spec, readable, result);
  } else if (spec.type != ValueType::opaque || unescaped) {
    apply(spec, read_scalar(spec, readable), result);
  }
  return result;
}

}  // namespace crumbs
