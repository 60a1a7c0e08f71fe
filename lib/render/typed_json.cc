#include "render/typed_json.h"

#include <charconv>

#include "decode/json_text.h"

namespace crumbs {
namespace {

/// Recursion is bounded by parse_json.
void write_json(JsonWriter& json, const nlohmann::json& node) {
  switch (node.type()) {
    case nlohmann::json::value_t::object:
      json.begin_object();
      for (const auto& [key, member] : node.items()) {
        json.any_key(key);
        write_json(json, member);
      }
      return json.end_object();
    case nlohmann::json::value_t::array:
      json.begin_array();
      for (const nlohmann::json& element : node) write_json(json, element);
      return json.end_array();
    case nlohmann::json::value_t::string:
      return json.value(node.get_ref<const std::string&>());
    case nlohmann::json::value_t::boolean:
      return json.value(node.get<bool>());
    case nlohmann::json::value_t::number_integer:
      return json.value(node.get<std::int64_t>());
    case nlohmann::json::value_t::number_unsigned:
      return json.value(node.get<std::uint64_t>());
    case nlohmann::json::value_t::number_float:
      return json.number(node.dump());
    case nlohmann::json::value_t::null:
    case nlohmann::json::value_t::binary:
    case nlohmann::json::value_t::discarded:
      break;
  }
  json.null();
}

void write_structure(JsonWriter& json, const FindingValue& value) {
  const ParsedJson parsed = parse_json(value.text.value_or(""));
  if (parsed.document)
    write_json(json, *parsed.document);
  else
    json.null();
}

void write_counter(JsonWriter& json, const std::string& digits) {
  std::uint64_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [at, problem] = std::from_chars(digits.data(), end, number);
  if (problem == std::errc() && at == end)
    json.value(number);
  else
    json.null();
}

}  // namespace

void write_typed(JsonWriter& json, const FindingValue& value) {
  json.key("typed");
  if (value.masked || !value.decoded) return json.null();
  const ValueType type = value.type;
  if (type == ValueType::counter) return write_counter(json, *value.decoded);
  if (type == ValueType::flag && value.decoded == "yes") return json.value(true);
  if (type == ValueType::flag && value.decoded == "no") return json.value(false);
  if (is_time(type) && value.newest) return json.value(value.newest->unix_us);
  if (is_structured(type)) return write_structure(json, value);
  json.null();
}

}  // namespace crumbs
