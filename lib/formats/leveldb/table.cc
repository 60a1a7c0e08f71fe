#include "formats/leveldb/table.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "decode/bytes.h"
#include "formats/leveldb/crc32c.h"

namespace crumbs::leveldb {
namespace {

constexpr std::size_t kFooter = 48;
constexpr std::uint64_t kMagic = 0xdb4775248b80fb57;
constexpr std::size_t kPacked = 8;  ///< sequence << 8 | kind

BlockHandle read_handle(ByteReader& reader) {
  BlockHandle handle;
  handle.offset = reader.varint();
  handle.size = reader.varint();
  return handle;
}

}  // namespace

int compare_versions(std::string_view key_a, std::uint64_t sequence_a, std::string_view key_b,
                     std::uint64_t sequence_b) noexcept {
  if (const int order = key_a.compare(key_b); order != 0) return order;
  if (sequence_a == sequence_b) return 0;
  return sequence_a > sequence_b ? -1 : 1;
}

std::optional<InternalKey> parse_internal_key(std::string_view key) noexcept {
  if (key.size() < kPacked) return std::nullopt;
  const std::uint64_t packed = little_endian(key.substr(key.size() - kPacked));
  if ((packed & 0xffU) > 1) return std::nullopt;
  return InternalKey{.key = key.substr(0, key.size() - kPacked),
                     .sequence = packed >> 8U,
                     .deletion = (packed & 0xffU) == 0};
}

TableCursor::TableCursor(Input input, Memory& memory, Damage damage)
    : input_(std::move(input)), damage_(std::move(damage)), reader_(memory) {
  try {
    open_index();
    indexed_ = true;
  } catch (const Error& error) {
    damage_(input_.size() < kFooter ? 0 : input_.size() - kFooter,
            std::string("table without a readable index (") + error.what() +
                "); its blocks are found by their checksums");
  }
}

void TableCursor::open_index() {
  if (input_.size() < kFooter) throw Error(ErrorCode::corrupt, "file too short");
  const std::string_view footer = input_.fetch(input_.size() - kFooter, kFooter);
  if (footer.size() != kFooter) throw Error(ErrorCode::corrupt, "file too short");
  if (little_endian({footer.data() + kFooter - 8, kPacked}) != kMagic)
    throw Error(ErrorCode::corrupt, "no table magic");
  ByteReader reader(footer);
  (void)read_handle(reader);  // the meta index: only filters, which say nothing of their own
  index_ = read_index(read_handle(reader));
  index_cursor_.reset(index_);
  // LevelDB writes no empty table. The footer has no checksum of its own, and where it names the
  // meta index, which is empty, for the index, the table would be.
  BlockCursor first;
  first.reset(index_);
  if (!first.decode()) throw Error(ErrorCode::corrupt, "index that names no block");
}

std::string TableCursor::read_index(BlockHandle handle) {
  return std::string(reader_.read(input_, handle));
}

std::optional<std::string> TableCursor::upper_bound() {
  if (!indexed_) return std::nullopt;
  BlockCursor cursor;
  try {
    cursor.reset(index_);
    while (const auto entry = cursor.decode()) cursor.accept(*entry);
  } catch (const Error&) {
    return std::nullopt;  // told when the walk comes there
  }
  const auto last = parse_internal_key(cursor.key());
  if (!last) return std::nullopt;
  return std::string(last->key);
}

/// The next block by the index. Blocks lie one after the other: a handle that points back, outside
/// or into another block is damage.
std::optional<BlockHandle> TableCursor::next_indexed() {
  for (;;) {
    const auto entry = index_cursor_.decode();
    if (!entry) return std::nullopt;
    index_cursor_.accept(*entry);
    ByteReader reader(entry->value);
    const BlockHandle handle = read_handle(reader);
    if (handle.offset >= behind_ && handle.offset <= input_.size() &&
        handle.size <= input_.size() - handle.offset)
      return handle;
    damage_(handle.offset, "index entry that points outside the table");
  }
}

/// The block that begins where the last one ended: the first length with a right checksum.
std::optional<BlockHandle> TableCursor::next_found() {
  const std::uint64_t start = behind_;
  std::uint32_t crc = 0;
  std::size_t size = 0;
  for (std::size_t want = 8192; size < kBlockLimit; want *= 4) {
    const std::string_view bytes = input_.fetch(start, want);
    for (; size + kBlockTrailer <= bytes.size(); ++size) {
      const auto byte = static_cast<unsigned char>(bytes[size]);
      crc = crc32c_byte(crc, byte);
      if (byte > 2) continue;
      ByteReader stored(bytes.substr(size + 1, 4));
      if (unmask_crc32c(stored.u32le()) == crc) return BlockHandle{.offset = start, .size = size};
    }
    if (bytes.size() < want) break;
  }
  if (start < input_.size()) damage_(start, "rest of the table not readable");
  return std::nullopt;
}

std::optional<BlockHandle> TableCursor::next_handle() {
  try {
    return indexed_ ? next_indexed() : next_found();
  } catch (const Error& error) {
    damage_(behind_, std::string("rest of the table not readable: ") + error.what());
    return std::nullopt;
  }
}

/// Without an index: the blocks after the data are the meta index, empty or with filters' names,
/// and what follows it. An index must never be taken for data.
bool TableCursor::after_data(std::string_view contents) {
  if (indexed_) return false;
  BlockCursor cursor;
  cursor.reset(contents);
  const auto entry = cursor.decode();
  return !entry || entry->suffix.substr(0, 7) == "filter." || !parse_internal_key(entry->suffix);
}

bool TableCursor::next_block() {
  leave_block();
  while (!done_) {
    const auto handle = next_handle();
    if (!handle) break;
    block_offset_ = handle->offset;
    behind_ = handle->offset + handle->size + kBlockTrailer;
    try {
      const std::string_view contents = reader_.read(input_, *handle);
      if (after_data(contents)) break;
      block_.reset(contents);
      in_block_ = true;
      return true;
    } catch (const Error& error) {
      damage_(block_offset_, error.what());
    }
  }
  done_ = true;
  return false;
}

/// Whether the entry is after the one before it, without building its key where that can be seen
/// from the bytes in which they differ.
bool TableCursor::in_order(const BlockEntry& entry) const {
  const std::string_view before = block_.key().empty() ? last_key_ : block_.key();
  if (before.empty()) return true;
  const std::size_t old_size = before.size() - kPacked;
  const std::size_t new_size = entry.shared + entry.suffix.size() - kPacked;
  const std::size_t common = std::min(old_size, new_size);
  if (entry.shared < common) {
    const int order =
        std::memcmp(before.data() + entry.shared, entry.suffix.data(), common - entry.shared);
    if (order != 0) return order < 0;
  }
  if (old_size != new_size) return old_size < new_size;
  std::string whole(before.substr(0, entry.shared));
  whole.append(entry.suffix);
  return little_endian({before.data() + old_size, kPacked}) >
         little_endian({whole.data() + new_size, kPacked});
}

void TableCursor::abandon_block(const std::string& what) {
  damage_(block_offset_, what);
  leave_block();
}

void TableCursor::leave_block() {
  if (in_block_ && !block_.key().empty()) last_key_.assign(block_.key());
  in_block_ = false;
}

bool TableCursor::next_in_block() {
  const auto entry = block_.decode();
  if (!entry) return false;
  if (entry->shared + entry->suffix.size() < kPacked)
    throw Error(ErrorCode::corrupt, "key that is too short");
  if (!in_order(*entry)) throw Error(ErrorCode::corrupt, "keys out of order");
  block_.accept(*entry);
  const auto key = parse_internal_key(block_.key());
  if (!key) throw Error(ErrorCode::corrupt, "record of an unknown kind");
  entry_ = {.key = key->key,
            .value = entry->value,
            .sequence = key->sequence,
            .deletion = key->deletion,
            .offset = block_offset_};
  return true;
}

bool TableCursor::next() {
  for (;;) {
    try {
      if (in_block_ && next_in_block()) return true;
    } catch (const Error& error) {
      abandon_block(error.what());
    }
    if (!next_block()) return false;
  }
}

}  // namespace crumbs::leveldb
