#pragma once

/// The parts of one page of a B-tree. Facts from https://www.sqlite.org/fileformat2.html,
/// section 1.6.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace crumbs::sqlite {

/// Tables have row ids; indexes, and tables without row ids, have rows on inner pages too.
enum class TreeKind : std::uint8_t { table, index };

/// A place on a page, up to `end`.
struct Extent {
  std::size_t start = 0, end = 0;
};

/// What a page holds of one row, or of one way down.
struct Cell {
  std::uint32_t child = 0;  ///< of an inner page
  std::int64_t key = 0;     ///< of a table: the row id, or the largest one below the child
  Extent extent;
  std::uint32_t overflow = 0;  ///< the page where the rest of the row begins; 0 for none
  std::uint64_t rest = 0;      ///< bytes there
};

/// What lies outside of the page is nullopt or 0.
class TreePage {
 public:
  /// `reserved`: bytes at the end of each page that are not SQLite's.
  TreePage(std::span<const std::byte> page, std::uint32_t number, std::size_t reserved);

  /// Nullopt for a page that is of no tree.
  [[nodiscard]] std::optional<TreeKind> kind() const;
  /// The rest has a meaning only for a page of a kind.
  [[nodiscard]] bool inner() const { return type_ == kInnerTable || type_ == kInnerIndex; }
  [[nodiscard]] std::size_t cells() const { return number_at(header_ + 3, 2); }
  [[nodiscard]] std::uint32_t last_child() const { return number_at(header_ + 8, 4); }
  /// Nullopt where there can be none: SQLite refuses such a page, but only when it first sees it.
  [[nodiscard]] std::optional<Cell> cell(std::size_t index) const;

  enum class Fit : std::uint8_t {
    exact,
    loose,     ///< bytes that nothing accounts for: cells are missing, if only from the list
    clashing,  ///< two things in one place: one of them is not what it is taken for
  };
  /// Where nothing is, as far as their chain can be followed.
  [[nodiscard]] std::vector<Extent> free_blocks() const;
  /// Whether these cells, the free blocks and the fragments between them fill the page from where
  /// its content begins. The list is worked with: free blocks join it.
  [[nodiscard]] Fit fit(std::vector<Extent>& cells) const;

 private:
  static constexpr unsigned kInnerIndex = 2, kInnerTable = 5, kLeafIndex = 10, kLeafTable = 13;

  [[nodiscard]] std::uint32_t number_at(std::size_t offset, std::size_t width) const;
  [[nodiscard]] std::optional<std::uint64_t> varint_at(std::size_t& offset) const;
  [[nodiscard]] std::size_t list_start() const { return header_ + (inner() ? 12 : 8); }
  [[nodiscard]] std::uint64_t local_size(std::uint64_t payload) const;
  [[nodiscard]] bool add_free_blocks(std::vector<Extent>& parts) const;

  std::span<const std::byte> page_;
  std::size_t header_;
  std::size_t usable_ = 0;
  unsigned type_ = 0;  ///< 0 where the page is too short to be one
};

}  // namespace crumbs::sqlite
