#pragma once

/// Text cut into what a terminal shows as one character. Sources: UAX #29 (grapheme clusters),
/// UAX #11 (east Asian width), UTS #51 (emoji presentation), by the tables of utf8proc.

#include <cstddef>
#include <string>
#include <string_view>
#include "crumbs/printable.h"

namespace crumbs {

/// One visible character: its bytes and the columns it needs.
struct Cluster {
  std::string_view bytes;
  std::size_t width = 0;
};

/// Takes the next cluster from the front of `text`, which must be the result of printable() and not
/// empty. Clusters are never split, so neither are an emoji sequence nor a letter and its marks.
Cluster take_cluster(std::string_view& text);

/// display_width for text that printable() has made: no second pass over the escapes.
[[nodiscard]] std::size_t printable_width(std::string_view text);

/// At most `width` columns of printable text; where anything was cut, the last of them is `…`.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t width);

}  // namespace crumbs
