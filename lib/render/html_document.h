#pragma once

/// What every HTML page of crumbs has in common: it loads nothing, runs nothing but its own script,
/// and none of what a profile holds can become markup.

#include <iosfwd>
#include <string>
#include <string_view>
#include "crumbs/printable.h"

namespace crumbs {

/// The parts of a page that are ours. All outlive the writing.
struct HtmlHead {
  std::string_view language = "en";
  std::string_view title;   ///< plain text
  std::string_view style;   ///< CSS, without a closing tag inside
  std::string_view script;  ///< JavaScript, may be empty; put at the end of the page
};

/// Text for an element or a quoted attribute: what printable() makes of it, with `& < > " '` as
/// character references. Cost: linear.
[[nodiscard]] std::string html_text(std::string_view raw);

/// Up to and with `<body>`. A Content-Security-Policy forbids every request, form and base address
/// and allows `style` and `script` by their SHA-256 alone, so neither a `style=` nor an `on…=`
/// attribute works: graphics use presentation attributes.
void begin_html(const HtmlHead& head, std::ostream& out);
/// The script and the closing tags.
void end_html(const HtmlHead& head, std::ostream& out);

}  // namespace crumbs
