#pragma once

/// How long an item stays.

#include <cstdint>
#include <optional>

#include "crumbs/select.h"
#include "crumbs/types.h"

namespace crumbs {

/// When it was last written, or else when it was first set.
[[nodiscard]] const std::optional<Time>& last_set(const Times& times) noexcept;
/// Seconds from then to its expiry, 0 where that came before; nullopt for what has no expiry or
/// ends with the browser, and where the times do not tell.
[[nodiscard]] std::optional<std::int64_t> lifetime_s(const Finding& finding) noexcept;
/// Whether these are more than an age, by the calendar; not so where the times do not tell.
[[nodiscard]] bool lives_over(const Finding& finding, const Age& age) noexcept;
/// Whether its time of expiry has passed.
[[nodiscard]] bool is_expired(const Times& times, const Time& now) noexcept;

}  // namespace crumbs
