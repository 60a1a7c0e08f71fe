#pragma once

/// Parts of a report read from JSON, for documents that hold such parts.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/types.h"
#include "json/node.h"

namespace crumbs {

/// Deeper than any document of ours; a hostile file must not exhaust the stack.
inline constexpr int kMaxReportDepth = 32;

/// Throws where the document states another schema than "crumbs-report/1"; `what` it should be.
void require_schema(const JsonNode& node, std::string_view schema, std::string_view what);

/// Every element by `read`. Throws where it is no array.
template <class T>
[[nodiscard]] std::vector<T> read_array(const JsonNode& array, T (*read)(const JsonNode&)) {
  std::vector<T> result;
  const std::size_t size = array.size();
  result.reserve(size);
  for (std::size_t i = 0; i < size; ++i) result.push_back(read(array.at(i)));
  return result;
}

[[nodiscard]] std::string read_string(const JsonNode& node);
[[nodiscard]] Finding read_finding(const JsonNode& node);
[[nodiscard]] CatalogUsed read_catalog_used(const JsonNode& node);
[[nodiscard]] Exit read_exit(const JsonNode& node);
[[nodiscard]] Time read_time(const JsonNode& node);
/// The exact bytes where they stand beside it; nullopt where it is null or not there.
[[nodiscard]] std::optional<std::string> find_text(const JsonNode& object, const std::string& key);

}  // namespace crumbs
