#pragma once

/// Blocks of LevelDB tables (doc/table_format.md of LevelDB): contents, one byte of compression
/// type (0 none, 1 snappy, 2 zstd), masked CRC-32C of both.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/leveldb/input.h"

namespace crumbs::leveldb {

inline constexpr std::size_t kBlockTrailer = 5;

struct BlockHandle {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  ///< of the contents as stored, without the trailer
};

/// Reads, checks and decompresses blocks into one buffer that grows as blocks need it. One thread.
class BlockReader {
 public:
  /// `memory` outlives the reader.
  explicit BlockReader(Memory& memory) noexcept : buffer_(&memory) {}

  /// The block's contents, valid until the next call or the next fetch from `input`. Throws
  /// Error(corrupt): outside the file, wrong checksum, unknown compression, larger than
  /// kBlockLimit or than the memory left; Error(io).
  std::string_view read(Input& input, BlockHandle handle);

 private:
  char* reserve(std::size_t size);
  std::string_view unsnappy(std::string_view stored);
  std::string_view unzstd(std::string_view stored);

  Buffer buffer_;
};

/// Largest block that is read. A block holds at least one whole record, and a site's whole local
/// storage is bounded by 10 MiB.
inline constexpr std::size_t kBlockLimit = std::size_t{32} << 20U;

/// An entry as the block has it: `shared` bytes of the key before, then `suffix`.
struct BlockEntry {
  std::size_t shared = 0;
  std::string_view suffix, value;
};

/// Walks the entries of one block. One thread.
class BlockCursor {
 public:
  /// `contents` outlives the walk. Throws Error(corrupt).
  void reset(std::string_view contents);
  /// The next entry; nullopt at the end. Its key is not yet key(). Throws Error(corrupt).
  std::optional<BlockEntry> decode();
  /// Makes the entry's key the current one.
  void accept(const BlockEntry& entry) {
    key_.resize(entry.shared);
    key_.append(entry.suffix);
  }
  [[nodiscard]] std::string_view key() const noexcept { return key_; }

 private:
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::string key_;
};

}  // namespace crumbs::leveldb
