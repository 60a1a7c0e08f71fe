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
  std::int64_t first = 0, last = 0;
  std::uint32_t page = 0;
};

/// The bytes of a page, counted from 1; empty where there is none. Valid until the next call.
using PageReader = std::function<std::span<const std::byte>(std::uint32_t page)>;

/// The leaves below the table page `root`, ascending and without overlap. A damaged inner page
/// stands for the leaves it hides. Each page is used once, so hostile cycles end.
[[nodiscard]] std::vector<LeafRange> leaf_ranges(std::uint32_t root, const PageReader& read);

}  // namespace crumbs::sqlite
