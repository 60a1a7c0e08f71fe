#pragma once

/// Sorted tables of LevelDB, `NNNNNN.ldb` and `.sst` (doc/table_format.md of LevelDB).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/leveldb/block.h"
#include "formats/leveldb/input.h"
#include "formats/leveldb/log.h"

namespace crumbs::leveldb {

/// A version of a key. Views are valid until the reader moves on.
struct Entry {
  std::string_view key, value;
  std::uint64_t sequence = 0;
  bool deletion = false;
  std::uint64_t offset = 0;  ///< of its block, or of its log record
};

/// LevelDB's order: by key, and the newest version of a key first. Negative: a is before b.
[[nodiscard]] int compare_versions(std::string_view key_a, std::uint64_t sequence_a,
                                   std::string_view key_b, std::uint64_t sequence_b) noexcept;

/// A key as tables and the MANIFEST keep it: the key, then sequence number and kind in eight bytes.
struct InternalKey {
  std::string_view key;
  std::uint64_t sequence = 0;
  bool deletion = false;
};
/// nullopt where it is too short or of an unknown kind.
[[nodiscard]] std::optional<InternalKey> parse_internal_key(std::string_view key) noexcept;

/// Walks a table in order. A block that cannot be read costs itself; entries that would break the
/// order cost the rest of their block. Where footer or index are damaged the blocks are found one
/// after the other by their checksums. One thread.
class TableCursor {
 public:
  /// Reads footer and index. `memory` outlives the cursor.
  TableCursor(Input input, Memory& memory, Damage damage);

  /// Moves to the next entry; false at the end.
  bool next();
  [[nodiscard]] const Entry& entry() const noexcept { return entry_; }
  /// Once next() has returned false: the last entry that it came to.
  [[nodiscard]] InternalKey last() const noexcept {
    return parse_internal_key(last_key_).value_or(InternalKey{});
  }
  /// At least the last key of the table, from its index; nullopt where that is damaged.
  [[nodiscard]] std::optional<std::string> upper_bound();

 private:
  void open_index();
  [[nodiscard]] std::string read_index(BlockHandle handle);
  bool next_block();
  [[nodiscard]] std::optional<BlockHandle> next_handle();
  [[nodiscard]] std::optional<BlockHandle> next_indexed();
  [[nodiscard]] std::optional<BlockHandle> next_found();
  [[nodiscard]] bool after_data(std::string_view contents);
  [[nodiscard]] bool in_order(const BlockEntry& entry) const;
  bool next_in_block();
  void leave_block();
  void abandon_block(const std::string& what);

  Input input_;
  Damage damage_;
  BlockReader reader_;
  std::string index_;  ///< contents of the index block
  BlockCursor index_cursor_;
  bool indexed_ = false;
  bool done_ = false;
  std::uint64_t behind_ = 0;  ///< end of the last block that was visited
  BlockCursor block_;
  bool in_block_ = false;
  std::string last_key_;  ///< internal key of the last entry of the blocks before
  std::uint64_t block_offset_ = 0;
  Entry entry_;
};

}  // namespace crumbs::leveldb
