#include "formats/sqlite/unused_page.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>

#include "decode/bytes.h"
#include "formats/sqlite/freelist.h"
#include "formats/sqlite/header.h"
#include "formats/sqlite/page.h"

namespace crumbs::sqlite {
namespace {

constexpr int kMaxDepth = 20;                                    // SQLite's own bound
constexpr std::size_t kReservedOffset = 20, kVacuumOffset = 52;  // in the header of the database
constexpr std::uint64_t kLockByte = 0x40000000;

class Accounts {
 public:
  Accounts(std::uint64_t pages, const PageReader& read) : read_(read), used_(pages + 1) {
    const std::span<const std::byte> head = read_(1);
    page_size_ = head.size();
    reserved_ = std::to_integer<std::size_t>(head[kReservedOffset]);
    vacuums_ = big_endian(head.subspan(kVacuumOffset, 4)) != 0;
  }

  void add_tree(std::uint32_t root) { walk(root, depth_of(root)); }
  void add_free() {
    for (const std::uint32_t page : read_freelist(read_)) add(page);
  }

  /// The page with the lock byte, and in databases that shrink by themselves the maps in which
  /// SQLite looks up what refers to a page.
  void add_own() {
    const std::uint64_t lock = kLockByte / page_size_ + 1;
    add(lock);
    if (!vacuums_) return;
    const std::uint64_t mapped = (page_size_ - reserved_) / 5 + 1;
    for (std::uint64_t map = 2; map < used_.size(); map += mapped) add(map == lock ? map + 1 : map);
  }

  /// The pages on which the rest of rows lies. All trees have been added.
  void add_rests() {
    for (const std::uint32_t number : tree_pages_) {
      const TreePage page(read_(number), number, reserved_);
      if (!page.kind()) continue;
      std::vector<Cell> long_ones;
      for (std::size_t i = 0; i < page.cells(); ++i) {
        const auto cell = page.cell(i);
        if (cell && cell->rest > 0) long_ones.push_back(*cell);
      }
      for (const Cell& cell : long_ones) follow(cell);
    }
  }

  [[nodiscard]] bool complete() const { return count_ + 1 == used_.size(); }
  [[nodiscard]] std::uint32_t first_unused() const {
    const auto unused = std::find(used_.begin() + 1, used_.end(), false);
    return unused == used_.end() ? 0 : static_cast<std::uint32_t>(unused - used_.begin());
  }

 private:
  /// False: there is no such page, or it has been added.
  bool add(std::uint64_t page) {
    if (page == 0 || page >= used_.size() || used_[page]) return false;
    used_[page] = true;
    ++count_;
    return true;
  }

  [[nodiscard]] std::vector<std::uint32_t> children_of(std::uint32_t number) const {
    std::vector<std::uint32_t> children;
    const TreePage page(read_(number), number, reserved_);
    if (!page.kind() || !page.inner()) return children;
    for (std::size_t i = 0; i < page.cells(); ++i) {
      if (const auto cell = page.cell(i)) children.push_back(cell->child);
    }
    children.push_back(page.last_child());
    return children;
  }

  /// All leaves of a tree lie as deep as its first.
  [[nodiscard]] int depth_of(std::uint32_t root) const {
    int depth = 0;
    for (auto children = children_of(root); !children.empty() && depth < kMaxDepth; ++depth)
      children = children_of(children.front());
    return depth;
  }

  /// Leaves, which are nearly all pages, need not be looked at.
  void walk(std::uint32_t page, int levels) {
    if (!add(page)) return;
    tree_pages_.push_back(page);
    if (levels == 0) return;
    for (const std::uint32_t child : children_of(page)) walk(child, levels - 1);
  }

  void follow(const Cell& cell) {
    const std::uint64_t room = page_size_ - reserved_ - 4;
    std::uint32_t next = cell.overflow;
    for (std::uint64_t left = cell.rest; left > 0; left -= std::min(left, room)) {
      if (!add(next)) return;
      next = static_cast<std::uint32_t>(big_endian(read_(next).first(4)));
    }
  }

  const PageReader& read_;
  std::vector<bool> used_;  ///< by number; there is no page 0
  std::vector<std::uint32_t> tree_pages_;
  std::uint64_t count_ = 0;
  std::size_t page_size_ = 0, reserved_ = 0;
  bool vacuums_ = false;
};

}  // namespace

std::uint32_t find_unused_page(const std::vector<std::uint32_t>& roots, const PageReader& read) {
  const std::span<const std::byte> head = read(1);
  if (head.size() < kHeaderSize) return 0;
  const std::uint64_t pages = stated_size(head) / head.size();
  if (pages == 0 || pages > std::numeric_limits<std::uint32_t>::max() ||
      read(static_cast<std::uint32_t>(pages)).empty())
    return 0;
  Accounts accounts(pages, read);
  accounts.add_tree(1);
  for (const std::uint32_t root : roots) accounts.add_tree(root);
  accounts.add_free();
  accounts.add_own();
  if (!accounts.complete()) accounts.add_rests();
  return accounts.first_unused();
}

}  // namespace crumbs::sqlite
