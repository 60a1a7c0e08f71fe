#include "formats/sqlite/tree.h"
#include "decode/bytes.h"

#include <limits>
#include <optional>
#include <unordered_set>

namespace crumbs::sqlite {
namespace {

constexpr int kMaxDepth = 20;                       // SQLite's own bound
constexpr unsigned kInnerPage = 5, kLeafPage = 13;  // of tables

struct InnerCell {
  std::uint32_t child = 0;
  std::int64_t key = 0;  ///< the largest row id below the child
  std::size_t size = 0;  ///< bytes on the page
};

/// The parts of one page; nullopt for everything that lies outside of it.
class TreePage {
 public:
  TreePage(std::span<const std::byte> page, std::uint32_t number, std::size_t reserved)
      : page_(page), header_(number == 1 ? 100 : 0), reserved_(reserved) {}

  /// 0 where the page is too short to be one.
  [[nodiscard]] unsigned type() const {
    return page_.size() >= header_ + kHeaderSize + reserved_ ? unsigned_at(header_, 1) : 0;
  }
  [[nodiscard]] std::size_t cells() const { return unsigned_at(header_ + 3, 2); }
  [[nodiscard]] std::uint32_t last_child() const { return unsigned_at(header_ + 8, 4); }

  [[nodiscard]] std::optional<InnerCell> cell(std::size_t index) const {
    const std::size_t pointer = header_ + kHeaderSize + 2 * index;
    if (pointer + 2 > page_.size()) return std::nullopt;
    const std::size_t offset = unsigned_at(pointer, 2);
    if (offset + 4 > page_.size()) return std::nullopt;
    std::size_t end = offset + 4;
    const auto key = varint_at(end);
    if (!key) return std::nullopt;
    return InnerCell{unsigned_at(offset, 4), *key, end - offset};
  }

  /// True: `used` bytes of cells, the free blocks and the fragments between them fill the page from
  /// where its content begins. A wrong number of cells, which hides children, does not.
  [[nodiscard]] bool filled_by(std::size_t used) const {
    constexpr std::size_t kSmallestBlock = 4;
    const std::size_t end = page_.size() - reserved_;
    const std::size_t start = (unsigned_at(header_ + 5, 2) + 65535U) % 65536U + 1;  // 0: 65536
    std::size_t total = start + used + unsigned_at(header_ + 7, 1);
    std::size_t block = unsigned_at(header_ + 1, 2);
    while (block != 0) {
      if (block + kSmallestBlock > end || total > end) return false;
      total += unsigned_at(block + 2, 2);
      const std::size_t next = unsigned_at(block, 2);
      if (next != 0 && next <= block) return false;
      block = next;
    }
    return total == end;
  }

 private:
  static constexpr std::size_t kHeaderSize = 12;

  [[nodiscard]] std::uint32_t unsigned_at(std::size_t offset, std::size_t width) const {
    return static_cast<std::uint32_t>(big_endian(page_.subspan(offset, width)));
  }

  /// Seven bits a byte, most significant first; a ninth byte has all its eight. Moves `offset`
  /// behind it.
  [[nodiscard]] std::optional<std::int64_t> varint_at(std::size_t& offset) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 9; ++i) {
      if (offset >= page_.size()) return std::nullopt;
      const auto byte = std::to_integer<std::uint64_t>(page_[offset++]);
      if (i == 8) return static_cast<std::int64_t>(value << 8U | byte);
      value = value << 7U | (byte & 0x7fU);
      if (byte < 0x80) break;
    }
    return static_cast<std::int64_t>(value);
  }

  std::span<const std::byte> page_;
  std::size_t header_, reserved_;
};

class Walk {
 public:
  Walk(std::uint32_t root, const std::vector<std::uint32_t>& others, const PageReader& read,
       TableTree& tree)
      : root_(root), read_(read), tree_(tree) {
    constexpr std::size_t kReservedOffset = 20;  // in the header of the database
    const std::span<const std::byte> first = read_(1);
    if (first.size() > kReservedOffset)
      reserved_ = std::to_integer<std::size_t>(first[kReservedOffset]);
    for (const std::uint32_t other : others) claim(other, 0);
  }

  void visit(LeafRange range, int depth) {
    const std::span<const std::byte> bytes = read_(range.page);
    const bool closed = bytes.empty() || depth > kMaxDepth || others_.contains(range.page) ||
                        !seen_.insert(range.page).second;
    if (closed) {
      range.way = LeafRange::Way::closed;
      return add(range);
    }
    const TreePage page(bytes, range.page, reserved_);
    if (page.type() != kInnerPage) {
      if (page.type() != kLeafPage) range.way = LeafRange::Way::doubtful;
      return add(range);
    }
    // Bytes are valid until the next page is read.
    for (const LeafRange& child : children_of(range, page)) {
      // What a damaged page does not tell is put down to the page itself.
      child.way == LeafRange::Way::doubtful ? add(child) : visit(child, depth + 1);
    }
  }

 private:
  /// Keeps the pages of another tree apart. Of those of indexes the root is enough: SQLite takes no
  /// page of theirs for a table's.
  void claim(std::uint32_t number, int depth) {
    const std::span<const std::byte> bytes = read_(number);
    if (number == root_ || bytes.empty() || depth > kMaxDepth) return;
    if (!others_.insert(number).second) return;
    const TreePage page(bytes, number, reserved_);
    if (page.type() != kInnerPage) return;
    std::vector<std::uint32_t> children{page.last_child()};
    for (std::size_t i = 0; i < page.cells(); ++i) {
      if (const auto cell = page.cell(i)) children.push_back(cell->child);
    }
    for (const std::uint32_t child : children) claim(child, depth + 1);
  }

  /// Of a damaged page what it still says.
  std::vector<LeafRange> children_of(const LeafRange& range, const TreePage& page) {
    std::vector<LeafRange> children;
    std::int64_t first = range.first;
    std::size_t used = 0;
    for (std::size_t i = 0; i < page.cells(); ++i) {
      const auto cell = page.cell(i);
      const bool sound = cell && cell->key >= first && cell->key < range.last;
      if (!sound) {
        children.push_back({first, range.last, range.page, LeafRange::Way::doubtful});
        return children;
      }
      children.push_back({first, cell->key, cell->child, range.way});
      first = cell->key + 1;
      used += cell->size;
    }
    children.push_back({first, range.last, page.last_child(), range.way});
    if (!page.filled_by(used)) note(range.page);
    return children;
  }

  void note(std::uint32_t page) {
    if (tree_.damaged == 0) tree_.damaged = page;
  }

  /// A hostile page can name thousands of pages that do not exist: they become one range.
  void add(const LeafRange& range) {
    const bool closed = range.way == LeafRange::Way::closed;
    if (range.way != LeafRange::Way::sound) note(range.page);
    if (closed && !tree_.leaves.empty() && tree_.leaves.back().way == range.way) {
      tree_.leaves.back().last = range.last;
    } else {
      tree_.leaves.push_back(range);
    }
    tree_.closed = tree_.closed || closed;
  }

  const std::uint32_t root_;
  const PageReader& read_;
  TableTree& tree_;
  std::size_t reserved_ = 0;
  std::unordered_set<std::uint32_t> others_, seen_;
};

}  // namespace

TableTree read_tree(std::uint32_t root, const std::vector<std::uint32_t>& others,
                    const PageReader& read) {
  TableTree tree;
  Walk(root, others, read, tree).visit({kFirstRow, kLastRow, root}, 0);
  return tree;
}

}  // namespace crumbs::sqlite
