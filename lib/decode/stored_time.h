#pragma once

/// Times as browsers store them: numbers in one of four forms, of which some can be no time.

#include <cstdint>
#include <optional>

#include "crumbs/types.h"

namespace crumbs {

/// From when a stored number counts, and in what.
enum class TimeForm : std::uint8_t {
  windows_us,  ///< microseconds since 1601 (Chromium base/time/time.h)
  unix_s,
  unix_ms,
  unix_us,
};

/// Reads `stored` into one of the times of Times and its `_raw`: into the time where it can be one,
/// from 1970 to the end of 9999, which is the last year that a cookie's date can have (RFC 6265,
/// 5.1.1); else into `raw`. False for the latter.
[[nodiscard]] bool read_stored_time(std::int64_t stored, TimeForm form, std::optional<Time>& time,
                                    std::optional<std::int64_t>& raw) noexcept;

/// As above where 0 says that there is no time.
[[nodiscard]] bool read_set_time(std::int64_t stored, TimeForm form, std::optional<Time>& time,
                                 std::optional<std::int64_t>& raw) noexcept;

}  // namespace crumbs
