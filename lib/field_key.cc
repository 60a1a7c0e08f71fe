#include "field_key.h"

namespace crumbs {

std::string field_key(const FindingValue& value, const ValueField& field) {
  const std::size_t second = field.pointer.find('/', 1);
  const bool element = value.type == ValueType::json_array && second != std::string::npos;
  return element ? field.pointer.substr(second) : field.pointer;
}

}  // namespace crumbs
