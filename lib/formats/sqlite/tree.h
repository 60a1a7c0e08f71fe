#pragma once

/// Where the rows of a table lie, from the pages of its B-tree: so that a scan can step over a
/// damaged page and miss nothing else, and so that no damage goes unnoticed which SQLite does not
/// mind. Facts from https://www.sqlite.org/fileformat2.html, sections 1.5 and 1.6.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "formats/sqlite/page.h"

namespace crumbs::sqlite {

/// All row ids lie between these.
inline constexpr std::int64_t kFirstRow = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kLastRow = std::numeric_limits<std::int64_t>::max();

/// A page that should be a leaf, and the row ids it may hold, or of a damaged one some of them.
/// Both ends included.
struct LeafRange {
  enum class Way : std::uint8_t {
    sound,
    doubtful,  ///< what leads there is damaged: its rows may be found, and others be missing
    closed,    ///< what SQLite would read there are not the table's rows
  };
  std::int64_t first = 0, last = 0;
  std::uint32_t page = 0;
  Way way = Way::sound;
};

/// Something that SQLite reads without a word.
struct Flaw {
  enum class Kind : std::uint8_t {
    space,     ///< a part of the page belongs to nothing: cells are missing
    place,     ///< the page is not where it should be: others are missing
    overflow,  ///< the rest of a row lies on a page that is not, or not only, its own
  };
  Kind kind = Kind::space;
  std::uint32_t page = 0;
};

/// The leaves of a table, ascending and without overlap, and whether what leads to them is sound.
struct TableTree {
  std::vector<LeafRange> leaves;  ///< without row ids: without ranges, and all ways open or closed
  std::uint32_t damaged = 0;      ///< the first page that cannot be what it should be; 0 for none
  bool closed = false;            ///< a page is: what SQLite reads there is not the table's
  std::vector<Flaw> flaws;        ///< in pages that can be read nevertheless
  /// How many rows SQLite finds before it comes to the first closed page, from either end. Only for
  /// tables without row ids.
  std::uint64_t rows_before = 0, rows_behind = 0;
};

/// The bytes of a page, counted from 1; empty where there is none. Valid until the next call.
using PageReader = std::function<std::span<const std::byte>(std::uint32_t page)>;

/// The tree below the page `root`. A damaged inner page stands for the leaves it hides. Each page
/// is used once, so hostile cycles end. `others` are the roots of other trees.
[[nodiscard]] TableTree read_tree(std::uint32_t root, const std::vector<std::uint32_t>& others,
                                  const PageReader& read, TreeKind kind = TreeKind::table);

}  // namespace crumbs::sqlite
