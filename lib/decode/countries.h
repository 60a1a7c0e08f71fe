#pragma once

/// ISO 3166-1, with short names as people use them. Facts: ISO 3166-1 as of 2024, 249 officially
/// assigned codes, and XK, which is user-assigned but what geolocation databases say for Kosovo.

#include <span>
#include <string_view>

namespace crumbs {

struct Country {
  std::string_view alpha2, alpha3, name;
};

/// Sorted by alpha-2 code. Immutable.
[[nodiscard]] std::span<const Country> countries() noexcept;

}  // namespace crumbs
