#include "formats/sqlite/freelist.h"
#include "decode/bytes.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <unordered_set>

namespace crumbs::sqlite {
namespace {

std::uint32_t field(std::span<const std::byte> bytes, std::size_t offset) {
  return static_cast<std::uint32_t>(big_endian(bytes.subspan(offset, 4)));
}

}  // namespace

std::vector<std::uint32_t> read_freelist(const PageReader& read) {
  constexpr std::size_t kFirstOffset = 32, kCountOffset = 36;  // in the header of the database
  constexpr std::size_t kListOffset = 8;  // in a trunk, behind the next one and its own count
  const std::span<const std::byte> head = read(1);
  if (head.size() < kCountOffset + 4) return {};
  const std::uint32_t count = field(head, kCountOffset);
  std::uint32_t next = field(head, kFirstOffset);
  if (read(count).empty()) return {};  // as many pages as that there are not
  std::vector<std::uint32_t> pages;
  std::unordered_set<std::uint32_t> trunks;
  while (next != 0) {
    const std::span<const std::byte> trunk = read(next);
    if (trunk.size() < kListOffset || !trunks.insert(next).second) return {};
    const std::size_t leaves = field(trunk, 4);
    if (leaves > (trunk.size() - kListOffset) / 4 || pages.size() + leaves >= count) return {};
    pages.push_back(next);
    for (std::size_t i = 0; i < leaves; ++i) pages.push_back(field(trunk, kListOffset + 4 * i));
    next = field(trunk, 0);
  }
  std::ranges::sort(pages);
  const bool twice = std::ranges::adjacent_find(pages) != pages.end();
  return twice || pages.size() != count ? std::vector<std::uint32_t>() : pages;
}

}  // namespace crumbs::sqlite
