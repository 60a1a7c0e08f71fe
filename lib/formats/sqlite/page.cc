#include "formats/sqlite/page.h"
#include "decode/bytes.h"

#include <algorithm>

namespace crumbs::sqlite {
namespace {

constexpr std::size_t kSmallest = 4;          // bytes of a cell or a free block
constexpr std::size_t kSmallestUsable = 480;  // bytes of a page, the reserved ones left out

}  // namespace

TreePage::TreePage(std::span<const std::byte> page, std::uint32_t number, std::size_t reserved)
    : page_(page), header_(number == 1 ? 100 : 0) {
  if (page.size() < kSmallestUsable + reserved) return;
  usable_ = page.size() - reserved;
  type_ = number_at(header_, 1);
}

std::optional<TreeKind> TreePage::kind() const {
  if (type_ == kInnerTable || type_ == kLeafTable) return TreeKind::table;
  if (type_ == kInnerIndex || type_ == kLeafIndex) return TreeKind::index;
  return std::nullopt;
}

std::optional<Cell> TreePage::cell(std::size_t index) const {
  const std::size_t pointer = list_start() + 2 * index;
  if (pointer + 2 > usable_) return std::nullopt;
  Cell cell;
  std::size_t end = cell.extent.start = number_at(pointer, 2);
  if (end < list_start() + 2 * cells() || end + kSmallest > usable_) return std::nullopt;
  if (inner()) {
    cell.child = number_at(end, 4);
    end += 4;
  }
  std::optional<std::uint64_t> payload = 0;
  if (type_ != kInnerTable) payload = varint_at(end);
  std::optional<std::uint64_t> key = 0;
  if (kind() == TreeKind::table) key = varint_at(end);
  if (!payload || !key) return std::nullopt;
  cell.key = static_cast<std::int64_t>(*key);
  const std::uint64_t local = local_size(*payload);
  end += local;
  if (local < *payload) {
    if (end + 4 > usable_) return std::nullopt;
    cell.overflow = number_at(end, 4);
    cell.rest = *payload - local;
    end += 4;
  }
  cell.extent.end = std::max(end, cell.extent.start + kSmallest);
  if (cell.extent.end > usable_) return std::nullopt;
  return cell;
}

/// How much of a payload lies on the page itself.
std::uint64_t TreePage::local_size(std::uint64_t payload) const {
  const std::size_t most = type_ == kLeafTable ? usable_ - 35 : (usable_ - 12) * 64 / 255 - 23;
  if (payload <= most) return payload;
  const std::size_t least = (usable_ - 12) * 32 / 255 - 23;
  const std::uint64_t wanted = least + (payload - least) % (usable_ - 4);
  return wanted <= most ? wanted : least;
}

TreePage::Fit TreePage::fit(std::vector<Extent>& cells) const {
  const bool whole_chain = add_free_blocks(cells);
  std::ranges::sort(cells, {}, &Extent::start);
  const std::size_t start = (number_at(header_ + 5, 2) + 65535U) % 65536U + 1;  // 0: 65536
  std::size_t total = start + number_at(header_ + 7, 1);
  std::size_t behind = 0;
  for (const Extent& part : cells) {
    if (part.start < behind) return Fit::clashing;
    total += part.end - part.start;
    behind = part.end;
  }
  const bool before_start = !cells.empty() && cells.front().start < start;
  return whole_chain && !before_start && total == usable_ ? Fit::exact : Fit::loose;
}

std::vector<Extent> TreePage::free_blocks() const {
  std::vector<Extent> blocks;
  (void)add_free_blocks(blocks);
  return blocks;
}

/// False: their chain cannot be followed to its end.
bool TreePage::add_free_blocks(std::vector<Extent>& parts) const {
  std::size_t block = number_at(header_ + 1, 2);
  while (block != 0) {
    if (block + kSmallest > usable_) return false;
    const std::size_t next = number_at(block, 2);
    const std::size_t end = block + number_at(block + 2, 2);
    if (end < block + kSmallest || end > usable_ || (next != 0 && next < end)) return false;
    parts.push_back({block, end});
    block = next;
  }
  return true;
}

std::uint32_t TreePage::number_at(std::size_t offset, std::size_t width) const {
  return static_cast<std::uint32_t>(big_endian(page_.subspan(offset, width)));
}

/// Seven bits a byte, most significant first; a ninth byte has all its eight. Moves `offset` behind
/// it.
std::optional<std::uint64_t> TreePage::varint_at(std::size_t& offset) const {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    if (offset >= usable_) return std::nullopt;
    const auto byte = std::to_integer<std::uint64_t>(page_[offset++]);
    if (i == 8) return value << 8U | byte;
    value = value << 7U | (byte & 0x7fU);
    if (byte < 0x80) break;
  }
  return value;
}

}  // namespace crumbs::sqlite
