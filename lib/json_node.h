#pragma once

/// Reading JSON of ours with messages that name the file and the JSON pointer.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "enum_names.h"

namespace crumbs {

/// A value and how it was reached. Holds references: the document, its name and the parent node
/// must outlive it. A mistake throws Error(invalid): "FILE: POINTER: expected X, found Y", never
/// with the value found. One thread.
class JsonNode {
 public:
  JsonNode(const nlohmann::json& value, const std::string& file) : value_(&value), file_(&file) {}

  /// Throws where this is no object or has no such member.
  [[nodiscard]] JsonNode at(std::string_view key) const;
  /// nullopt where there is no such member or it is null.
  [[nodiscard]] std::optional<JsonNode> find(std::string_view key) const;
  [[nodiscard]] JsonNode at(std::size_t index) const;
  [[nodiscard]] std::size_t size() const;  ///< of an array; throws for anything else

  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] std::uint64_t unsigned_integer() const;
  template <class E>
  [[nodiscard]] E enumerator() const {
    const auto parsed = parse_enum<E>(text());
    if (!parsed) fail("a word that is not in the contract");
    return *parsed;
  }
  /// `use(key, node)` for each member of an object, in the order of the keys.
  template <class Use>
  void for_each_member(const Use& use) const {
    if (!value_->is_object()) expected("an object");
    for (const auto& [key, value] : value_->items()) use(key, JsonNode(value, this, key));
  }

  [[noreturn]] void fail(const std::string& problem) const;

 private:
  JsonNode(const nlohmann::json& value, const JsonNode* parent, std::string_view key)
      : value_(&value), file_(parent->file_), parent_(parent), key_(key) {}
  JsonNode(const nlohmann::json& value, const JsonNode* parent, std::size_t index)
      : value_(&value), file_(parent->file_), parent_(parent), index_(index) {}
  [[noreturn]] void expected(std::string_view what) const;
  [[nodiscard]] std::string pointer() const;

  const nlohmann::json* value_;
  const std::string* file_;
  const JsonNode* parent_ = nullptr;
  std::optional<std::string_view> key_;
  std::size_t index_ = 0;
};

/// Parses text of at most `depth` levels. Lone surrogates in escapes become U+FFFD. Throws
/// Error(invalid) naming `file` and the byte where the text stops being JSON.
[[nodiscard]] nlohmann::json parse_json(std::string_view text, const std::string& file, int depth);

}  // namespace crumbs
