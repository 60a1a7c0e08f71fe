#pragma once

/// Strict reading of JSON that people write: every mistake is named with its place, what was found
/// and what was expected, and reading goes on to the next one.

#include <fmt/format.h>

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/catalog.h"
#include "enum_names.h"
#include "json/value.h"

namespace crumbs {

/// Keeps the order of keys, so that problems come in the order of the file.
using Json = nlohmann::ordered_json;
using Problems = std::vector<LintProblem>;

inline constexpr std::size_t kDeepestJson = 32;
inline constexpr std::size_t kMostMembers = 1024;  ///< keys of one object

/// Parses UTF-8 JSON without comments. Problems: "json" (no JSON, nested too deep: the result is
/// null) and "duplicate_key". Never throws for what the text holds.
[[nodiscard]] Json parse_strict_json(std::string_view text, Problems& problems);

/// "FILE: POINTER: MESSAGE", one line.
[[nodiscard]] std::string problem_line(const std::string& file, const LintProblem& problem);

using StrictNode = JsonValue<Json>;

/// "a" or "b": words as a message lists them.
[[nodiscard]] std::string alternatives(std::span<const std::string_view> words);

/// Reads nodes and notes problems. A reader that notes one returns an empty value.
class StrictReader {
 public:
  explicit StrictReader(Problems& problems) : problems_(problems) {}

  void problem(const StrictNode& node, std::string_view rule, std::string_view found,
               std::string_view expected);
  /// As above; what was found is the node's own value.
  void problem(const StrictNode& node, std::string_view rule, std::string_view expected);

  /// Whether the node is an object; keys outside `known` are problems.
  bool object(const StrictNode& node, std::initializer_list<std::string_view> known);
  /// One line of at most `limit` bytes without control characters.
  std::string text(const StrictNode& node, std::size_t limit, bool may_be_empty = false);
  /// As text; empty where the node is absent.
  std::string optional_text(const StrictNode& node, std::size_t limit);
  /// A text for which `valid` holds; otherwise a problem and an empty text.
  template <class F>
  std::string checked(const StrictNode& node, std::size_t limit, F valid, std::string_view expected,
                      std::string_view rule = "value") {
    std::string found = text(node, limit);
    if (found.empty() || valid(std::string_view(found))) return found;
    problem(node, rule, expected);
    return {};
  }
  static bool is_text(const StrictNode& node) { return node.present() && node.value().is_string(); }
  bool flag(const StrictNode& node);
  std::int64_t integer(const StrictNode& node, std::int64_t min, std::int64_t max);

  template <class E>
  E word(const StrictNode& node) {
    if (node.present() && node.value().is_string()) {
      if (const auto parsed = parse_enum<E>(node.value().template get_ref<const std::string&>()))
        return *parsed;
    }
    std::vector<std::string_view> words;
    for (const auto& named : EnumNames<E>::kNames) words.push_back(named.name);
    problem(node, node.present() ? "value" : "missing", alternatives(words));
    return E{};
  }

  /// Calls `visit(child)` for the elements of an array of `min` to `max` elements.
  template <class F>
  void each(const StrictNode& node, std::size_t min, std::size_t max, F visit) {
    if (!is_list(node, min, max)) return;
    std::size_t index = 0;
    for (const Json& element : node.value()) visit(node.element(index++, element));
  }

 private:
  bool is_list(const StrictNode& node, std::size_t min, std::size_t max);

  Problems& problems_;
};

}  // namespace crumbs
