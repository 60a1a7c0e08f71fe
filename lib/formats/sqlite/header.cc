#include "formats/sqlite/header.h"
#include "decode/bytes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string_view>

namespace crumbs::sqlite {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kDatabaseMagic = "SQLite format 3\0"sv;
constexpr std::string_view kJournalMagic = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"sv;
constexpr std::size_t kPageSizeOffset = 16;
constexpr std::size_t kWriteVersionOffset = 18;
constexpr std::size_t kReadVersionOffset = 19;
constexpr std::size_t kChangeCounterOffset = 24;
constexpr std::size_t kPageCountOffset = 28;
constexpr std::size_t kEncodingOffset = 56;
constexpr std::size_t kUserVersionOffset = 60;
constexpr std::size_t kVersionValidForOffset = 92;
constexpr std::byte kWalMode{2};
constexpr std::byte kRollbackMode{1};

bool starts_with(std::span<const std::byte> bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

std::uint32_t big_endian_32(std::span<const std::byte> bytes, std::size_t offset) {
  return static_cast<std::uint32_t>(big_endian(bytes.subspan(offset, 4)));
}

std::size_t distinct_values(std::span<const std::byte> bytes) {
  std::array<bool, 256> seen{};
  for (const std::byte byte : bytes) seen[std::to_integer<std::size_t>(byte)] = true;
  return static_cast<std::size_t>(std::ranges::count(seen, true));
}

/// True: both halves of `head`, the start of a file of `size` bytes, are as random as cipher text.
/// At least 512 bytes are needed to say so.
bool looks_encrypted(std::span<const std::byte> head, std::uint64_t size) {
  // 256 random bytes have 162 distinct values, give or take 7; text and tables have far fewer.
  constexpr std::size_t kHalf = 256;
  constexpr std::size_t kDistinct = 130;
  constexpr std::uint64_t kSmallestPage = 512;
  if (head.size() < 2 * kHalf || size % kSmallestPage != 0) return false;
  return distinct_values(head.first(kHalf)) >= kDistinct &&
         distinct_values(head.subspan(kHalf, kHalf)) >= kDistinct;
}

}  // namespace

bool is_database(std::span<const std::byte> head) {
  return head.size() >= kHeaderSize && starts_with(head, kDatabaseMagic);
}

std::string_view header_fault(std::span<const std::byte> head, std::uint64_t size) {
  if (size == 0 || is_database(head)) return "";
  return looks_encrypted(head, size) ? "not a plain SQLite database; it looks encrypted"
                                     : "not a database";
}

std::uint32_t stated_page_size(std::span<const std::byte> head) {
  if (!is_database(head)) return 0;
  const std::uint32_t stored = big_endian_32(head, kPageSizeOffset) >> 16U;
  if (stored == 1) return 65536;
  return stored >= 512 && std::has_single_bit(stored) ? stored : 0;
}

bool states_utf8(std::span<const std::byte> head) {
  return is_database(head) && big_endian_32(head, kEncodingOffset) == 1;
}

std::int32_t stated_user_version(std::span<const std::byte> head) {
  return static_cast<std::int32_t>(big_endian_32(head, kUserVersionOffset));
}

std::uint64_t stated_size(std::span<const std::byte> head) {
  const std::uint64_t page_size = stated_page_size(head);
  if (page_size == 0) return 0;
  const bool count_is_valid =
      big_endian_32(head, kChangeCounterOffset) == big_endian_32(head, kVersionValidForOffset);
  return count_is_valid ? big_endian_32(head, kPageCountOffset) * page_size : 0;
}

void clear_wal_mode(std::span<std::byte> head) {
  if (!is_database(head)) return;
  if (head[kWriteVersionOffset] == kWalMode) head[kWriteVersionOffset] = kRollbackMode;
  if (head[kReadVersionOffset] == kWalMode) head[kReadVersionOffset] = kRollbackMode;
}

void fit_page_count(std::span<std::byte> head, std::uint64_t size) {
  const std::uint64_t page_size = stated_page_size(head);
  if (page_size == 0) return;
  const std::uint64_t pages = size / page_size;
  for (std::size_t i = 0; i < 4; ++i)
    head[kPageCountOffset + i] = static_cast<std::byte>(pages >> (8U * (3 - i)));
}

bool is_journal(std::span<const std::byte> head) {
  return starts_with(head, kJournalMagic);
}

bool ends_super_journal(std::span<const std::byte> tail) {
  return starts_with(tail, kJournalMagic);
}

}  // namespace crumbs::sqlite
