#pragma once

/// Whether all pages of a database are accounted for. Each belongs to a tree, to the rest of a row,
/// to the freelist or to SQLite itself (https://www.sqlite.org/fileformat2.html, section 1.2); one
/// that belongs to nothing held rows to which no way leads any more, however sound the ways look
/// that are left.

#include <cstdint>
#include <vector>

#include "formats/sqlite/tree.h"

namespace crumbs::sqlite {

/// The first page that belongs to nothing, 0 for none, of those that the header counts: behind them
/// lies what a browser reserves for growth. Also 0 where the header does not count them, or counts
/// some that are not there. `roots` are those of all trees but that of the schema.
[[nodiscard]] std::uint32_t find_unused_page(const std::vector<std::uint32_t>& roots,
                                             const PageReader& read);

}  // namespace crumbs::sqlite
