#include "formats/leveldb/block.h"

#include <snappy.h>
#include <zstd.h>

#include "crumbs/error.h"
#include "decode/bytes.h"
#include "formats/leveldb/crc32c.h"

namespace crumbs::leveldb {
namespace {

[[noreturn]] void corrupt(const char* what) {
  throw Error(ErrorCode::corrupt, what);
}

/// A 32-bit varint; nullptr where it is malformed.
const char* read_varint32(const char* at, const char* end, std::uint32_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 35 && at < end; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    value |= static_cast<std::uint32_t>(byte & 0x7fU) << shift;
    if (byte < 0x80) return at;
  }
  return nullptr;
}

}  // namespace

std::string_view BlockReader::read(Input& input, BlockHandle handle) {
  if (handle.size > kBlockLimit) corrupt("block over the size limit");
  const auto size = static_cast<std::size_t>(handle.size);
  const std::string_view stored = input.fetch(handle.offset, size + kBlockTrailer);
  if (stored.size() != size + kBlockTrailer) corrupt("block outside the file");
  const std::uint32_t crc = ByteReader(stored.substr(size + 1)).u32le();
  if (crc32c(stored.substr(0, size + 1)) != unmask_crc32c(crc))
    corrupt("block with a wrong checksum");
  const std::string_view contents = stored.substr(0, size);
  switch (stored[size]) {
    case 0:
      return contents;
    case 1:
      return unsnappy(contents);
    case 2:
      return unzstd(contents);
    default:
      corrupt("block with an unknown compression");
  }
}

char* BlockReader::reserve(std::size_t size) {
  if (size > kBlockLimit) corrupt("block over the size limit");
  return buffer_.reserve(size + size / 4);
}

std::string_view BlockReader::unsnappy(std::string_view stored) {
  std::size_t size = 0;
  if (!snappy::GetUncompressedLength(stored.data(), stored.size(), &size))
    corrupt("block that snappy cannot read");
  // A snappy element makes at most 64 bytes of 3.
  if (size > kBlockLimit || size / 32 > stored.size()) corrupt("block over the size limit");
  char* buffer = reserve(size);
  if (!snappy::RawUncompress(stored.data(), stored.size(), buffer))
    corrupt("block that snappy cannot read");
  return {buffer, size};
}

std::string_view BlockReader::unzstd(std::string_view stored) {
  const unsigned long long size = ZSTD_getFrameContentSize(stored.data(), stored.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    corrupt("block that zstd cannot read");
  if (size > kBlockLimit) corrupt("block over the size limit");
  char* buffer = reserve(static_cast<std::size_t>(size));
  const std::size_t got =
      ZSTD_decompress(buffer, static_cast<std::size_t>(size), stored.data(), stored.size());
  if (ZSTD_isError(got) != 0 || got != size) corrupt("block that zstd cannot read");
  return {buffer, got};
}

void BlockCursor::reset(std::string_view contents) {
  key_.clear();
  at_ = end_ = nullptr;
  if (contents.size() < 4) corrupt("block too short");
  const std::uint64_t restarts = ByteReader(contents.substr(contents.size() - 4)).u32le();
  if (restarts > (contents.size() - 4) / 4) corrupt("block with an impossible restart count");
  at_ = contents.data();
  end_ = at_ + (contents.size() - 4 - 4 * static_cast<std::size_t>(restarts));
}

std::optional<BlockEntry> BlockCursor::decode() {
  if (at_ == end_) return std::nullopt;
  std::uint32_t shared = 0;
  std::uint32_t suffix = 0;
  std::uint32_t value = 0;
  const char* at = at_;
  if (end_ - at >= 3 && ((static_cast<unsigned char>(at[0]) | static_cast<unsigned char>(at[1]) |
                          static_cast<unsigned char>(at[2])) &
                         0x80U) == 0) {
    shared = static_cast<unsigned char>(at[0]);
    suffix = static_cast<unsigned char>(at[1]);
    value = static_cast<unsigned char>(at[2]);
    at += 3;
  } else if ((at = read_varint32(at, end_, shared)) == nullptr ||
             (at = read_varint32(at, end_, suffix)) == nullptr ||
             (at = read_varint32(at, end_, value)) == nullptr) {
    corrupt("block entry that ends too early");
  }
  const auto left = static_cast<std::size_t>(end_ - at);
  if (shared > key_.size() || suffix > left || value > left - suffix)
    corrupt("block entry with an impossible length");
  at_ = at + suffix + value;
  return BlockEntry{.shared = shared, .suffix = {at, suffix}, .value = {at + suffix, value}};
}

}  // namespace crumbs::leveldb
