#include "json/node.h"

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "json/escapes.h"

namespace crumbs {
namespace {

using nlohmann::json;

std::string_view kind_of(const json& value) {
  switch (value.type()) {
    case json::value_t::null:
      return "null";
    case json::value_t::object:
      return "an object";
    case json::value_t::array:
      return "an array";
    case json::value_t::string:
      return "a string";
    case json::value_t::boolean:
      return "a boolean";
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
      return "an integer";
    case json::value_t::number_float:
      return "a number that is no integer";
    case json::value_t::binary:
    case json::value_t::discarded:
      break;
  }
  return "nothing";
}

}  // namespace

JsonNode JsonNode::at(std::string_view key) const {
  if (!value().is_object()) expected("an object");
  const JsonValue member = place_.at(key);
  if (!member.present()) fail(fmt::format("has no member {}", key));
  return {member, file_};
}

std::optional<JsonNode> JsonNode::find(std::string_view key) const {
  if (!value().is_object()) expected("an object");
  const JsonValue member = place_.at(key);
  if (!member.present() || member.value().is_null()) return std::nullopt;
  return JsonNode(member, file_);
}

JsonNode JsonNode::at(std::size_t index) const {
  return {place_.element(index, value()[index]), file_};
}

std::size_t JsonNode::size() const {
  if (!value().is_array()) expected("an array");
  return value().size();
}

std::vector<std::string> JsonNode::keys() const {
  if (!value().is_object()) expected("an object");
  std::vector<std::string> keys;
  for (const auto& member : value().items()) keys.push_back(member.key());
  return keys;
}

const std::string& JsonNode::text() const {
  if (!value().is_string()) expected("a string");
  return value().get_ref<const std::string&>();
}

bool JsonNode::boolean() const {
  if (!value().is_boolean()) expected("a boolean");
  return value().get<bool>();
}

std::int64_t JsonNode::integer() const {
  if (!value().is_number_integer()) expected("an integer");
  if (value().is_number_unsigned() && value().get<std::uint64_t>() > std::uint64_t{INT64_MAX})
    fail("an integer that is too large");
  return value().get<std::int64_t>();
}

std::uint64_t JsonNode::unsigned_integer() const {
  if (!value().is_number_unsigned()) expected("an integer of at least 0");
  return value().get<std::uint64_t>();
}

void JsonNode::fail(const std::string& problem) const {
  // A key may be anything that the file holds.
  const std::string where = printable(place_.pointer());
  throw Error(ErrorCode::invalid,
              fmt::format("{}: {}: {}", *file_, where.empty() ? "the document" : where, problem));
}

void JsonNode::expected(std::string_view what) const {
  fail(fmt::format("expected {}, found {}", what, kind_of(value())));
}

nlohmann::json parse_document(std::string_view text, const std::string& file, int depth) {
  const auto bounded = [&](int level, json::parse_event_t, const json&) {
    if (level > depth)
      throw Error(ErrorCode::invalid, fmt::format("{}: nested more than {} deep", file, depth));
    return true;
  };
  try {
    if (text.find("\\u") == std::string_view::npos) return json::parse(text, bounded);
    return json::parse(without_lone_surrogates(text), bounded);
  } catch (const json::parse_error& error) {
    throw Error(ErrorCode::invalid, fmt::format("{}: not JSON at byte {}", file, error.byte));
  } catch (const json::out_of_range&) {
    throw Error(ErrorCode::invalid, fmt::format("{}: holds a number that is too large", file));
  }
}

}  // namespace crumbs
