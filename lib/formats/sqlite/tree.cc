#include "formats/sqlite/tree.h"
#include "decode/bytes.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>
#include <unordered_set>

#include "formats/sqlite/freelist.h"

namespace crumbs::sqlite {
namespace {

constexpr int kMaxDepth = 20;  // SQLite's own bound

using Way = LeafRange::Way;

/// The longest ascending sequence of row ids: what is taken for a row and is none seldom fits in.
std::vector<Cell> longest_ascent(const std::vector<Cell>& cells) {
  std::vector<std::size_t> ends;  // by length: the cell with the smallest row id that ends one
  std::vector<std::optional<std::size_t>> before(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto place = std::ranges::lower_bound(ends, cells[i].key, {},
                                                [&](std::size_t cell) { return cells[cell].key; });
    if (place != ends.begin()) before[i] = *std::prev(place);
    place == ends.end() ? ends.push_back(i) : void(*place = i);
  }
  std::vector<Cell> ascent;
  std::optional<std::size_t> next;
  if (!ends.empty()) next = ends.back();
  for (; next; next = before[*next]) ascent.push_back(cells[*next]);
  std::ranges::reverse(ascent);
  return ascent;
}

/// True at each of these places that lies in another one.
std::vector<bool> clashes_of(const std::vector<Extent>& places) {
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t place) { return places[place].start; });
  std::vector<bool> clashes(places.size());
  for (std::size_t i = 0, furthest = 0; i < order.size(); ++i) {
    const std::size_t here = order[i];
    if (i > 0 && places[here].start < places[furthest].end)
      clashes[here] = clashes[furthest] = true;
    if (i == 0 || places[here].end > places[furthest].end) furthest = here;
  }
  return clashes;
}

/// Of the cells of a damaged leaf those in order that lie apart from each other and from what is
/// free. None where they are not most of them: then the page is no such leaf.
std::vector<std::int64_t> rows_to_trust(const LeafRange& range, const TreePage& page) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < page.cells(); ++i) {
    const auto cell = page.cell(i);
    if (cell && cell->key >= range.first && cell->key <= range.last) cells.push_back(*cell);
  }
  cells = longest_ascent(cells);
  std::vector<Extent> places = page.free_blocks();
  std::ranges::transform(cells, std::back_inserter(places), &Cell::extent);
  const std::vector<bool> clashes = clashes_of(places);
  std::vector<std::int64_t> rows;
  const std::size_t blocks = places.size() - cells.size();
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!clashes[blocks + i]) rows.push_back(cells[i].key);
  return 2 * rows.size() > page.cells() ? rows : std::vector<std::int64_t>();
}

class Walk {
 public:
  Walk(std::uint32_t root, const std::vector<std::uint32_t>& others, const PageReader& read,
       TreeKind kind, TableTree& tree)
      : root_(root), read_(read), kind_(kind), tree_(tree) {
    constexpr std::size_t kReservedOffset = 20;  // in the header of the database
    const std::span<const std::byte> first = read_(1);
    if (first.size() > kReservedOffset)
      reserved_ = std::to_integer<std::size_t>(first[kReservedOffset]);
    page_size_ = first.size();
    for (const std::uint32_t other : others) claim(other, 0);
    free_ = read_freelist(read_);
    // Where it names what is in use for certain, it is the list that is damaged.
    const auto in_use = [&](std::uint32_t page) { return page == root_ || others_.contains(page); };
    if (std::ranges::any_of(free_, in_use)) free_.clear();
  }

  void run() {
    visit({kFirstRow, kLastRow, root_}, 0);
    // Last: where a page of the tree is taken for the rest of a row, it is the row that is wrong.
    for (const Chain& chain : chains_) follow(chain);
  }

 private:
  /// Pages on which the rest of a row lies.
  struct Chain {
    std::uint32_t from = 0, first = 0;
    std::uint64_t size = 0;
  };

  /// Keeps the pages of another tree apart. Of those of the other kind the root is enough: SQLite
  /// takes no page of theirs for one of this tree.
  void claim(std::uint32_t number, int depth) {
    const std::span<const std::byte> bytes = read_(number);
    if (number == root_ || bytes.empty() || depth > kMaxDepth) return;
    if (!others_.insert(number).second) return;
    const TreePage page(bytes, number, reserved_);
    if (page.kind() != kind_ || !page.inner()) return;
    std::vector<std::uint32_t> children{page.last_child()};
    for (std::size_t i = 0; i < page.cells(); ++i) {
      if (const auto cell = page.cell(i)) children.push_back(cell->child);
    }
    for (const std::uint32_t child : children) claim(child, depth + 1);
  }

  /// True: the page is of another use, or its place is not here.
  [[nodiscard]] bool taken(std::uint32_t page) {
    return others_.contains(page) || std::ranges::binary_search(free_, page) ||
           !seen_.insert(page).second;
  }

  void visit(LeafRange range, int depth) {
    const std::span<const std::byte> bytes = read_(range.page);
    if (bytes.empty() || depth > kMaxDepth || taken(range.page)) {
      range.way = Way::closed;
      return add(range);
    }
    const TreePage page(bytes, range.page, reserved_);
    if (page.kind() != kind_) {
      range.way = Way::doubtful;
      return add(range);
    }
    if (!page.inner()) return visit_leaf(range, page, depth);
    // Bytes are valid until the next page is read.
    const std::vector<LeafRange> children = children_of(range, page);
    for (const LeafRange& child : children) {
      // What a damaged page does not tell is put down to the page itself.
      child.way == Way::sound ? visit(child, depth + 1) : add(child);
      if (kind_ == TreeKind::index && &child != &children.back()) count_rows(1);
    }
  }

  void visit_leaf(LeafRange range, const TreePage& page, int depth) {
    if (depth_ < 0) depth_ = depth;
    bool in_order = true;
    std::int64_t first = range.first;
    parts_.clear();
    for (std::size_t i = 0; i < page.cells() && range.way == Way::sound; ++i) {
      const auto cell = page.cell(i);
      if (!cell) {
        range.way = Way::closed;
        break;
      }
      in_order = in_order && within(range, first, cell->key);
      first = cell->key == kLastRow ? kLastRow : cell->key + 1;
      take(*cell, range.page);
    }
    if (range.way == Way::sound) judge(page, range, in_order);
    if (range.way == Way::sound) count_rows(page.cells());
    if (!in_order || depth != depth_) tree_.flaws.push_back({Flaw::Kind::place, range.page});
    range.way == Way::closed&& kind_ == TreeKind::table ? salvage(range, page) : add(range);
  }

  /// Of a leaf on which not everything is what it is taken for: the rows of which nothing speaks
  /// against each, one by one.
  void salvage(const LeafRange& range, const TreePage& page) {
    std::int64_t first = range.first;
    for (const std::int64_t row : rows_to_trust(range, page)) {
      if (row > first) add({first, row - 1, range.page, Way::closed});
      add({row, row, range.page, Way::sound});
      if (row == range.last) return;
      first = row + 1;
    }
    add({first, range.last, range.page, Way::closed});
  }

  /// Of a damaged page what it still says.
  std::vector<LeafRange> children_of(LeafRange range, const TreePage& page) {
    std::vector<LeafRange> children;
    std::int64_t first = range.first;
    parts_.clear();
    for (std::size_t i = 0; i < page.cells(); ++i) {
      const auto cell = page.cell(i);
      if (!cell || !separates(range, first, cell->key)) {
        children.push_back({first, range.last, range.page, Way::doubtful});
        return children;
      }
      children.push_back({first, cell->key, cell->child, range.way});
      if (kind_ == TreeKind::table) first = cell->key + 1;
      take(*cell, range.page);
    }
    children.push_back({first, range.last, page.last_child(), range.way});
    judge(page, range, true);
    return range.way == Way::sound ? children : std::vector<LeafRange>{range};
  }

  [[nodiscard]] bool within(const LeafRange& range, std::int64_t first, std::int64_t key) const {
    return kind_ == TreeKind::index || (key >= first && key <= range.last);
  }
  [[nodiscard]] bool separates(const LeafRange& range, std::int64_t first, std::int64_t key) const {
    return kind_ == TreeKind::index || (key >= first && key < range.last);
  }

  void take(const Cell& cell, std::uint32_t page) {
    parts_.push_back(cell.extent);
    if (cell.rest > 0) chains_.push_back({page, cell.overflow, cell.rest});
  }

  /// Rows that lie in each other are not all rows, and where nothing is at a row's own place and
  /// row ids are out of order, something else is taken for that row. The ways down from an inner
  /// page of a table are followed all the same: the row ids found there tell whether they are
  /// right.
  void judge(const TreePage& page, LeafRange& range, bool in_order) {
    const TreePage::Fit fit = page.fit(parts_);
    if (fit == TreePage::Fit::exact) return;
    const bool holds_rows = kind_ == TreeKind::index || !page.inner();
    if (holds_rows && (fit == TreePage::Fit::clashing || !in_order)) {
      range.way = Way::closed;
    } else {
      tree_.flaws.push_back({Flaw::Kind::space, range.page});
      note(range.page);
    }
  }

  void count_rows(std::uint64_t rows) {
    if (!tree_.closed) tree_.rows_before += rows;
    tree_.rows_behind += rows;
  }

  void follow(const Chain& chain) {
    const std::uint64_t room = page_size_ - reserved_ - 4;
    std::uint32_t next = chain.first;
    for (std::uint64_t left = chain.size; left > 0; left -= std::min(left, room)) {
      const std::span<const std::byte> bytes = read_(next);
      if (bytes.size() < 4) return;  // SQLite tells that there is no such page
      if (taken(next)) return flaw_of(chain);
      next = static_cast<std::uint32_t>(big_endian(bytes.first(4)));
    }
    if (next != 0) flaw_of(chain);
  }

  void flaw_of(const Chain& chain) { tree_.flaws.push_back({Flaw::Kind::overflow, chain.from}); }

  void note(std::uint32_t page) {
    if (tree_.damaged == 0) tree_.damaged = page;
  }

  /// A hostile page can name thousands of pages that do not exist: they become one range.
  void add(LeafRange range) {
    // There is no seeking what lies behind a doubtful page where rows have no numbers.
    if (kind_ == TreeKind::index && range.way == Way::doubtful) range.way = Way::closed;
    const bool closed = range.way == Way::closed;
    if (range.way != Way::sound) note(range.page);
    if (closed && !tree_.leaves.empty() && tree_.leaves.back().way == range.way) {
      tree_.leaves.back().last = range.last;
    } else {
      tree_.leaves.push_back(range);
    }
    tree_.closed = tree_.closed || closed;
    if (closed) tree_.rows_behind = 0;
  }

  const std::uint32_t root_;
  const PageReader& read_;
  const TreeKind kind_;
  TableTree& tree_;
  std::size_t reserved_ = 0, page_size_ = 0;
  int depth_ = -1;  ///< of all leaves, by the first one; negative before it
  std::unordered_set<std::uint32_t> others_, seen_;
  std::vector<std::uint32_t> free_;  ///< ascending
  std::vector<Extent> parts_;        ///< of one page
  std::vector<Chain> chains_;
};

}  // namespace

TableTree read_tree(std::uint32_t root, const std::vector<std::uint32_t>& others,
                    const PageReader& read, TreeKind kind) {
  TableTree tree;
  Walk(root, others, read, kind, tree).run();
  return tree;
}

}  // namespace crumbs::sqlite
