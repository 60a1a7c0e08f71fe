#pragma once

/// Where the rows of a table lie, from the inner pages of its B-tree: so that a scan can step over
/// a damaged page and miss nothing else. Facts from https://www.sqlite.org/fileformat2.html,
/// section 1.6.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace crumbs::sqlite {

/// All row ids lie between these.
inline constexpr std::int64_t kFirstRow = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kLastRow = std::numeric_limits<std::int64_t>::max();

/// A page that should be a leaf, and the row ids it may hold. Both ends included.
struct LeafRange {
  enum class Way : std::uint8_t {
    sound,
    doubtful,  ///< what leads there is damaged: its rows may be found, and others be missing
    closed,    ///< there is no such page, or it belongs elsewhere: its rows are not this table's
  };
  std::int64_t first = 0, last = 0;
  std::uint32_t page = 0;
  Way way = Way::sound;
};

/// The leaves of a table, ascending and without overlap, and whether what leads to them is sound.
struct TableTree {
  std::vector<LeafRange> leaves;
  std::uint32_t damaged = 0;  ///< the first page that cannot be what it should be; 0 for none
  bool closed = false;        ///< a leaf is: what SQLite reads there is not the table's
};

/// The bytes of a page, counted from 1; empty where there is none. Valid until the next call.
using PageReader = std::function<std::span<const std::byte>(std::uint32_t page)>;

/// The tree below the table page `root`. A damaged inner page stands for the leaves it hides. Each
/// page is used once, so hostile cycles end. `others` are the roots of other trees.
[[nodiscard]] TableTree read_tree(std::uint32_t root, const std::vector<std::uint32_t>& others,
                                  const PageReader& read);

}  // namespace crumbs::sqlite
