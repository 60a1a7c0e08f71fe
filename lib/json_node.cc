#include "json_node.h"

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"

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

std::string pointer_part(std::string_view key) {
  std::string part = "/";
  for (const char c : key) {
    if (c == '~')
      part += "~0";
    else if (c == '/')
      part += "~1";
    else
      part += c;
  }
  return part;
}

/// The code unit of a `\uXXXX` escape at the front.
std::optional<unsigned> escape_at(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return std::nullopt;
  unsigned code = 0;
  for (const char c : text.substr(2, 4)) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    code = code * 16 + static_cast<unsigned>(digit);
  }
  return code;
}

bool is_high(unsigned code) {
  return code >= 0xd800 && code < 0xdc00;
}
bool is_low(unsigned code) {
  return code >= 0xdc00 && code < 0xe000;
}

/// Lone surrogates are legal JSON, but the parser takes none.
std::string without_lone_surrogates(std::string_view text) {
  std::string result(text);
  for (std::size_t at = result.find('\\'); at != std::string::npos && at + 1 < result.size();) {
    const std::string_view rest = std::string_view(result).substr(at);
    const auto code = escape_at(rest);
    std::size_t length = 2;
    if (code) {
      const auto next = escape_at(rest.substr(6));
      const bool pair = is_high(*code) && next && is_low(*next);
      if (!pair && (is_high(*code) || is_low(*code))) result.replace(at + 2, 4, "fffd");
      length = pair ? 12 : 6;
    }
    at = result.find('\\', at + length);
  }
  return result;
}

}  // namespace

JsonNode JsonNode::at(std::string_view key) const {
  if (!value_->is_object()) expected("an object");
  const auto found = value_->find(key);
  if (found == value_->end()) fail(fmt::format("has no member {}", key));
  return {*found, this, key};
}

std::optional<JsonNode> JsonNode::find(std::string_view key) const {
  if (!value_->is_object()) expected("an object");
  const auto found = value_->find(key);
  if (found == value_->end() || found->is_null()) return std::nullopt;
  return JsonNode(*found, this, key);
}

JsonNode JsonNode::at(std::size_t index) const {
  return {(*value_)[index], this, index};
}

std::size_t JsonNode::size() const {
  if (!value_->is_array()) expected("an array");
  return value_->size();
}

const std::string& JsonNode::text() const {
  if (!value_->is_string()) expected("a string");
  return value_->get_ref<const std::string&>();
}

bool JsonNode::boolean() const {
  if (!value_->is_boolean()) expected("a boolean");
  return value_->get<bool>();
}

std::int64_t JsonNode::integer() const {
  if (!value_->is_number_integer()) expected("an integer");
  if (value_->is_number_unsigned() && value_->get<std::uint64_t>() > std::uint64_t{INT64_MAX})
    fail("an integer that is too large");
  return value_->get<std::int64_t>();
}

std::uint64_t JsonNode::unsigned_integer() const {
  if (!value_->is_number_unsigned()) expected("an integer of at least 0");
  return value_->get<std::uint64_t>();
}

void JsonNode::fail(const std::string& problem) const {
  // A key may be anything that the file holds.
  const std::string where = printable(pointer());
  throw Error(ErrorCode::invalid,
              fmt::format("{}: {}: {}", *file_, where.empty() ? "the document" : where, problem));
}

void JsonNode::expected(std::string_view what) const {
  fail(fmt::format("expected {}, found {}", what, kind_of(*value_)));
}

std::string JsonNode::pointer() const {
  if (parent_ == nullptr) return {};
  return parent_->pointer() + (key_ ? pointer_part(*key_) : fmt::format("/{}", index_));
}

nlohmann::json parse_json(std::string_view text, const std::string& file, int depth) {
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
