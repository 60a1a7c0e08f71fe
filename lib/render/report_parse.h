#pragma once

/// Parts of a report read from JSON, for documents that hold such parts.

#include "crumbs/types.h"
#include "json/node.h"

namespace crumbs {

/// Deeper than any document of ours; a hostile file must not exhaust the stack.
inline constexpr int kMaxReportDepth = 32;

[[nodiscard]] Finding read_finding(const JsonNode& node);
[[nodiscard]] CatalogUsed read_catalog_used(const JsonNode& node);
[[nodiscard]] Exit read_exit(const JsonNode& node);
[[nodiscard]] Time read_time(const JsonNode& node);
/// The exact bytes where they stand beside it; nullopt where it is null or not there.
[[nodiscard]] std::optional<std::string> find_text(const JsonNode& object, const std::string& key);

}  // namespace crumbs
