#pragma once

/// Reading JSON of ours: the first mistake ends it, and its message names the file and the pointer.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "enum_names.h"
#include "json/value.h"

namespace crumbs {

/// A value and how it was reached. Holds references: the document, its name and the parent node
/// must outlive it. A mistake throws Error(invalid): "FILE: POINTER: expected X, found Y", never
/// with the value found. One thread.
class JsonNode {
 public:
  JsonNode(const nlohmann::json& value, const std::string& file) : place_(value), file_(&file) {}

  /// Throws where this is no object or has no such member.
  [[nodiscard]] JsonNode at(std::string_view key) const;
  /// nullopt where there is no such member or it is null.
  [[nodiscard]] std::optional<JsonNode> find(std::string_view key) const;
  [[nodiscard]] JsonNode at(std::size_t index) const;
  [[nodiscard]] std::size_t size() const;  ///< of an array; throws for anything else
  /// Of an object, in their order; throws for anything else.
  [[nodiscard]] std::vector<std::string> keys() const;

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

  [[noreturn]] void fail(const std::string& problem) const;

 private:
  JsonNode(const JsonValue<nlohmann::json>& place, const std::string* file)
      : place_(place), file_(file) {}
  [[nodiscard]] const nlohmann::json& value() const { return place_.value(); }
  [[noreturn]] void expected(std::string_view what) const;

  JsonValue<nlohmann::json> place_;
  const std::string* file_;
};

/// Parses text of at most `depth` levels. Lone surrogates in escapes become U+FFFD. Throws
/// Error(invalid) naming `file` and the byte where the text stops being JSON.
[[nodiscard]] nlohmann::json parse_document(std::string_view text, const std::string& file,
                                            int depth);

}  // namespace crumbs
