#pragma once

/// JSON that a site wrote: parsed within bounds, never throwing.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace crumbs {

struct ParsedJson {
  std::optional<nlohmann::json> document;
  std::string_view problem;         ///< static text, where there is no document
  std::vector<std::string> steps;   ///< "json: 2 repeated keys, the last one counts", ...
  std::uint64_t repeated_keys = 0;  ///< values that the document does not hold
};
/// Bounds: nesting 64, 16 MiB, 2^18 values. What is no Unicode (JavaScript strings may hold lone
/// surrogates) becomes U+FFFD.
[[nodiscard]] ParsedJson parse_json(std::string_view text);

}  // namespace crumbs
