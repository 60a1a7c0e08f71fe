#include "formats/sqlite/tree.h"
#include "decode/bytes.h"

#include <limits>
#include <optional>
#include <unordered_set>

namespace crumbs::sqlite {
namespace {

constexpr int kMaxDepth = 20;  // SQLite's own bound

struct InnerCell {
  std::uint32_t child = 0;
  std::int64_t key = 0;  ///< the largest row id below the child
};

/// The parts of one inner page; nullopt for everything that lies outside of it.
class InnerPage {
 public:
  InnerPage(std::span<const std::byte> page, std::uint32_t number)
      : page_(page), header_(number == 1 ? 100 : 0) {}

  [[nodiscard]] bool valid() const {
    constexpr unsigned kInnerTablePage = 5;
    return page_.size() >= header_ + kHeaderSize && unsigned_at(header_, 1) == kInnerTablePage;
  }
  [[nodiscard]] std::size_t cells() const { return unsigned_at(header_ + 3, 2); }
  [[nodiscard]] std::uint32_t last_child() const { return unsigned_at(header_ + 8, 4); }

  [[nodiscard]] std::optional<InnerCell> cell(std::size_t index) const {
    const std::size_t pointer = header_ + kHeaderSize + 2 * index;
    if (pointer + 2 > page_.size()) return std::nullopt;
    const std::size_t offset = unsigned_at(pointer, 2);
    if (offset + 4 > page_.size()) return std::nullopt;
    const auto key = varint_at(offset + 4);
    if (!key) return std::nullopt;
    return InnerCell{unsigned_at(offset, 4), *key};
  }

 private:
  static constexpr std::size_t kHeaderSize = 12;

  [[nodiscard]] std::uint32_t unsigned_at(std::size_t offset, std::size_t width) const {
    return static_cast<std::uint32_t>(big_endian(page_.subspan(offset, width)));
  }

  /// Seven bits a byte, most significant first; a ninth byte has all its eight.
  [[nodiscard]] std::optional<std::int64_t> varint_at(std::size_t offset) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 9; ++i) {
      if (offset + i >= page_.size()) return std::nullopt;
      const auto byte = std::to_integer<std::uint64_t>(page_[offset + i]);
      if (i == 8) return static_cast<std::int64_t>(value << 8U | byte);
      value = value << 7U | (byte & 0x7fU);
      if (byte < 0x80) break;
    }
    return static_cast<std::int64_t>(value);
  }

  std::span<const std::byte> page_;
  std::size_t header_;
};

class Walk {
 public:
  Walk(const PageReader& read, std::vector<LeafRange>& leaves) : read_(read), leaves_(leaves) {}

  void visit(const LeafRange& range, int depth) {
    const std::span<const std::byte> page = read_(range.page);
    const bool hopeless = page.empty() || depth > kMaxDepth || !seen_.insert(range.page).second;
    std::vector<LeafRange> children;
    if (!hopeless) children = children_of(range, page);
    if (children.empty()) add(range, hopeless);
    for (const LeafRange& child : children) visit(child, depth + 1);
  }

 private:
  /// Empty for a page that is no inner page. What a damaged one still says is used; the rest of its
  /// rows is put down to the page itself.
  static std::vector<LeafRange> children_of(const LeafRange& range,
                                            std::span<const std::byte> bytes) {
    std::vector<LeafRange> children;
    const InnerPage page(bytes, range.page);
    if (!page.valid()) return children;
    std::int64_t first = range.first;
    for (std::size_t i = 0; i < page.cells(); ++i) {
      const auto cell = page.cell(i);
      const bool sound = cell && cell->key >= first && cell->key < range.last;
      if (!sound) {
        children.push_back({first, range.last, range.page});
        return children;
      }
      children.push_back({first, cell->key, cell->child});
      first = cell->key + 1;
    }
    children.push_back({first, range.last, page.last_child()});
    return children;
  }

  /// A hostile page can name thousands of pages that do not exist: they become one range.
  void add(const LeafRange& range, bool hopeless) {
    if (hopeless && last_was_hopeless_) {
      leaves_.back().last = range.last;
    } else {
      leaves_.push_back(range);
    }
    last_was_hopeless_ = hopeless;
  }

  const PageReader& read_;
  std::vector<LeafRange>& leaves_;
  bool last_was_hopeless_ = false;
  std::unordered_set<std::uint32_t> seen_;
};

}  // namespace

std::vector<LeafRange> leaf_ranges(std::uint32_t root, const PageReader& read) {
  std::vector<LeafRange> leaves;
  Walk(read, leaves).visit({kFirstRow, kLastRow, root}, 0);
  return leaves;
}

}  // namespace crumbs::sqlite
