#pragma once

/// Text for people, made safe to show.

#include <cstddef>
#include <string>
#include <string_view>

#include "crumbs/export.h"

namespace crumbs {

/// Text made safe for a terminal: control characters, bidi overrides and invalid UTF-8 made
/// visible.
[[nodiscard]] CRUMBS_EXPORT std::string printable(std::string_view text);
/// Columns a terminal needs for UTF-8 text; control characters count as their visible form.
[[nodiscard]] CRUMBS_EXPORT std::size_t display_width(std::string_view text);

}  // namespace crumbs
