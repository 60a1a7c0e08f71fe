#pragma once

/// What the two backends of Chromium's local storage share.

#include <cstdint>
#include <string_view>

#include "crumbs/types.h"
#include "decode/dom_string.h"
#include "item.h"

namespace crumbs {

/// Puts a stored string into a value. Over `budget` bytes it is too_large, with a fault malformed.
/// `bytes` of the value are those of `stored`.
[[nodiscard]] RawValue dom_value(std::string_view stored, std::uint64_t budget) noexcept;

}  // namespace crumbs
