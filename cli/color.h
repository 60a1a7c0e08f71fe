#pragma once

/// What the terminal can do.

#include <string_view>

namespace crumbs::cli {

/// --color: `always`, `never`, or `auto`: where stdout is a terminal that is not dumb and NO_COLOR
/// is not set.
[[nodiscard]] bool use_color(std::string_view choice);
/// Columns: `choice` where it is not 0, else those of the terminal on stdout, else $COLUMNS, else
/// 80.
[[nodiscard]] unsigned text_width(unsigned choice);
/// Whether the locale's characters are UTF-8.
[[nodiscard]] bool terminal_has_utf8();
[[nodiscard]] bool stdout_is_terminal();
[[nodiscard]] bool stderr_is_terminal();

}  // namespace crumbs::cli
