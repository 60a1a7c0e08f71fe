#pragma once

/// Text for a terminal that shows nothing but ASCII.

#include <string>
#include <string_view>

namespace crumbs {

/// Printable text in ASCII: our own signs by their nearest, any other character as `\u{e9}`.
[[nodiscard]] std::string to_ascii(std::string_view printable);
/// The same where all of it is somebody else's: what looks like one of our signs is none.
[[nodiscard]] std::string escape_non_ascii(std::string_view printable);

}  // namespace crumbs
