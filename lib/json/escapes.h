#pragma once

/// What JavaScript writes as JSON and strict parsers refuse.

#include <string>
#include <string_view>

namespace crumbs {

/// JSON with every escape of a lone surrogate replaced by that of U+FFFD: JSON.stringify writes
/// them. Never longer than `text`; cost linear.
[[nodiscard]] std::string without_lone_surrogates(std::string_view text);

}  // namespace crumbs
