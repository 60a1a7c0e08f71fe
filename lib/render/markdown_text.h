#pragma once

/// Text of a profile inside Markdown.

#include <string>
#include <string_view>
#include "crumbs/printable.h"

namespace crumbs {

/// What printable() makes of `raw`, as code spans: shown byte for byte, never markup, a link, a
/// mention, an emoji or the end of a table cell. Good inside and outside of tables; must not stand
/// directly beside a back-tick. Empty where `raw` is. Source: GitHub Flavored Markdown 0.29, "Code
/// spans" and "Tables". Cost: linear.
[[nodiscard]] std::string markdown_text(std::string_view raw);
/// As above for a catalog's sentences, which read better as plain text: every ASCII punctuation
/// character has a backslash (GitHub Flavored Markdown 0.29, "Backslash escapes"). Text that could
/// become a link, a mention or a number of an issue in spite of that is a code span.
[[nodiscard]] std::string markdown_prose(std::string_view raw);

}  // namespace crumbs
