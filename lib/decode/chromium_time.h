#pragma once

/// Times as Chromium keeps them (base/time/time.h: microseconds since the Windows epoch).

#include <cstdint>
#include <optional>

#include "crumbs/types.h"

namespace crumbs {

/// Microseconds since 1601 as a time; nullopt for 0 (unset) and for what no time can be.
[[nodiscard]] constexpr std::optional<Time> windows_time(std::int64_t us_since_1601) noexcept {
  constexpr std::int64_t kEpochDifferenceUs = 11'644'473'600'000'000;
  std::int64_t unix_us = 0;
  if (us_since_1601 == 0 || __builtin_sub_overflow(us_since_1601, kEpochDifferenceUs, &unix_us))
    return std::nullopt;
  return Time{unix_us, Precision::microseconds};
}

}  // namespace crumbs
