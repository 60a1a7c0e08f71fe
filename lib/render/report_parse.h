#pragma once

/// Parts of a report read from JSON, for documents that hold such parts.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "crumbs/report.h"
#include "json/node.h"

namespace crumbs {

/// Deeper than any document of ours, in which a value in its own JSON type may be nested 64 deep; a
/// hostile file must not exhaust the stack.
inline constexpr int kMaxReportDepth = 96;

/// Throws where the document states another schema than "crumbs-report/1"; `what` it should be.
void require_schema(const JsonNode& node, std::string_view schema, std::string_view what);

/// Every element by `read`. Throws where it is no array.
template <class Read>
[[nodiscard]] auto read_array(const JsonNode& array, const Read& read) {
  std::vector<std::invoke_result_t<Read, const JsonNode&>> result;
  const std::size_t size = array.size();
  result.reserve(size);
  for (std::size_t i = 0; i < size; ++i) result.push_back(read(array.at(i)));
  return result;
}

/// The same, none where it is not there.
template <class Read>
[[nodiscard]] auto find_array(const JsonNode& object, std::string_view key, const Read& read) {
  const auto node = object.find(key);
  return node ? read_array(*node, read) : decltype(read_array(*node, read)){};
}

/// Members that may be null or not there: nullopt then.
template <class E>
[[nodiscard]] std::optional<E> find_enumerator(const JsonNode& object, std::string_view key) {
  const auto node = object.find(key);
  return node ? std::optional(node->enumerator<E>()) : std::nullopt;
}
[[nodiscard]] std::optional<bool> find_boolean(const JsonNode& object, std::string_view key);
[[nodiscard]] std::optional<std::int64_t> find_integer(const JsonNode& object,
                                                       std::string_view key);
[[nodiscard]] std::optional<std::uint64_t> find_unsigned(const JsonNode& object,
                                                         std::string_view key);
/// The exact bytes where they stand beside it.
[[nodiscard]] std::optional<std::string> find_text(const JsonNode& object, const std::string& key);
[[nodiscard]] std::string text_or_empty(const JsonNode& object, const std::string& key);
/// The same of one that has to be there.
[[nodiscard]] std::string read_text(const JsonNode& object, const std::string& key);

[[nodiscard]] std::string read_string(const JsonNode& node);
[[nodiscard]] Entry read_entry(const JsonNode& node);
[[nodiscard]] Finding read_finding(const JsonNode& node);
[[nodiscard]] CatalogUsed read_catalog_used(const JsonNode& node);
[[nodiscard]] Exit read_exit(const JsonNode& node);
[[nodiscard]] Time read_time(const JsonNode& node);
[[nodiscard]] Diagnostic read_diagnostic(const JsonNode& node);
[[nodiscard]] ProfileReport read_profile_report(const JsonNode& node);
[[nodiscard]] MissingProfile read_missing(const JsonNode& node);
[[nodiscard]] Tally read_tally(const JsonNode& node);
[[nodiscard]] Summary read_summary(const JsonNode& node);

}  // namespace crumbs
