#include "decode/labels.h"

namespace crumbs {

std::string_view label(ValueType type) noexcept {
  switch (type) {
    case ValueType::opaque:
      return "any value";
    case ValueType::unix_time:
      return "a time";
    case ValueType::date:
      return "a date";
    case ValueType::counter:
      return "a counter";
    case ValueType::flag:
      return "a yes/no flag";
    case ValueType::url:
      return "an address (URL)";
    case ValueType::utm:
      return "campaign tags";
    case ValueType::country:
      return "a country";
    case ValueType::city:
      return "a city";
    case ValueType::place:
      return "country, region and city";
    case ValueType::language:
      return "a language";
    case ValueType::identifier:
      return "an identifier";
    case ValueType::email:
      return "an e-mail address";
    case ValueType::phone:
      return "a phone number";
    case ValueType::person_name:
      return "a person's name";
    case ValueType::text:
      return "text";
    case ValueType::enumeration:
      return "one of the documented words";
    case ValueType::json:
      return "JSON";
    case ValueType::json_array:
      return "a JSON list of objects";
  }
  return {};
}

}  // namespace crumbs
