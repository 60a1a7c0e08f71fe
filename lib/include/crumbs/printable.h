#pragma once

/// Text for people, made safe to show.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crumbs/export.h"

namespace crumbs {

/// Text made safe for a terminal: control characters, bidi overrides and invalid UTF-8 made
/// visible.
[[nodiscard]] CRUMBS_EXPORT std::string printable(std::string_view text);
/// Columns a terminal needs for UTF-8 text; control characters count as their visible form.
[[nodiscard]] CRUMBS_EXPORT std::size_t display_width(std::string_view text);

/// "1 item", "3 items"; "2 entries" where the plural `many` is no mere s.
[[nodiscard]] CRUMBS_EXPORT std::string counted(std::uint64_t count, std::string_view one,
                                                std::string_view many = {});

}  // namespace crumbs
