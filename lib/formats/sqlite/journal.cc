#include "formats/sqlite/journal.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "decode/bytes.h"
#include "formats/sqlite/header.h"

namespace crumbs::sqlite {
namespace {

constexpr std::size_t kCountOffset = 8, kNonceOffset = 12, kPagesOffset = 16;
constexpr std::size_t kSectorOffset = 20, kPageSizeOffset = 24;
constexpr std::size_t kNumber = 4, kSum = 4;  ///< around the page in a record
constexpr std::uint32_t kUnsynced = 0xffffffff;
/// Far more than a database has that may be copied.
constexpr std::uint32_t kMostPages = 1U << 28U;

std::uint32_t field(std::span<const std::byte> bytes, std::size_t offset) {
  return static_cast<std::uint32_t>(big_endian(bytes.subspan(offset, 4)));
}

bool is_size(std::uint32_t number, std::uint32_t least) {
  return number >= least && number <= 65536 && std::has_single_bit(number);
}

class JournalCheck {
 public:
  JournalCheck(const JournalReader& journal, std::uint64_t size, const JournalReader& database)
      : journal_(journal), database_(database), size_(size), head_(kJournalHeader) {}

  std::optional<JournalFault> run() {
    if (!load_header(0) || !is_size(field(head_, kSectorOffset), 32) ||
        !is_size(field(head_, kPageSizeOffset), 512) || field(head_, kPagesOffset) > kMostPages)
      return JournalFault{0, "a header that says impossible sizes"};
    sector_ = field(head_, kSectorOffset);
    record_.resize(kNumber + field(head_, kPageSizeOffset) + kSum);
    first_ = head_;
    std::uint64_t at = 0;
    for (; load_header(at); at = (end_ + sector_ - 1) / sector_ * sector_) {
      if (!is_journal(head_)) return check_rest(at);
      if (!same_sizes()) return JournalFault{at, "a header that differs from the first"};
      if (at + sector_ > size_) return JournalFault{at, "a header that is cut off"};
      if (auto fault = check_part(at)) return fault;
    }
    if (end_ < size_) return JournalFault{end_, "a header that is cut off"};
    return std::nullopt;
  }

 private:
  bool load_header(std::uint64_t at) {
    return at + kJournalHeader <= size_ && journal_(head_, at) == head_.size();
  }
  [[nodiscard]] bool same_sizes() const {
    return std::ranges::equal(std::span(head_).subspan(kPagesOffset),
                              std::span(first_).subspan(kPagesOffset));
  }

  /// The record at `at` is whole and has the checksum of this part: every 200th byte counts.
  bool is_record(std::uint64_t at) {
    if (at + record_.size() > size_ || journal_(record_, at) != record_.size()) return false;
    std::uint32_t sum = nonce_;
    const auto page = std::span(record_).subspan(kNumber, record_.size() - kNumber - kSum);
    for (std::size_t i = page.size(); i > 200;) {
      i -= 200;
      sum += std::to_integer<std::uint32_t>(page[i]);
    }
    return field(record_, 0) != 0 && field(record_, record_.size() - kSum) == sum;
  }

  /// The same, and of a page that the database had and that has not come before.
  bool is_new_record(std::uint64_t at) {
    if (!is_record(at)) return false;
    const std::uint32_t page = field(record_, 0);
    if (page > field(first_, kPagesOffset)) return false;
    if (pages_.size() <= page) pages_.resize(std::size_t{page} + 1);
    const bool known = pages_[page];
    pages_[page] = true;
    return !known;
  }

  /// Moves end_ behind the part.
  std::optional<JournalFault> check_part(std::uint64_t at) {
    nonce_ = field(head_, kNonceOffset);
    end_ = at + sector_;
    const std::uint32_t stated = field(head_, kCountOffset);
    if (stated == 0) return check_uncounted();
    if (stated == kUnsynced) return check_unsynced();
    for (std::uint32_t i = 0; i < stated; ++i, end_ += record_.size())
      if (!is_new_record(end_)) return JournalFault{end_, "a page that is cut off or damaged"};
    if (is_record(end_)) return JournalFault{end_, "pages that its header does not count"};
    return std::nullopt;
  }

  /// The last part, whose pages are still the same in the database.
  std::optional<JournalFault> check_uncounted() {
    for (; is_record(end_); end_ += record_.size())
      if (!stands_in_database()) return JournalFault{end_, "pages that its header does not count"};
    end_ = size_;
    return std::nullopt;
  }

  /// With `PRAGMA synchronous=OFF` all pages count up to the first that is not whole, which may be
  /// the end or what an earlier transaction left: no other page follows it.
  std::optional<JournalFault> check_unsynced() {
    while (is_new_record(end_)) end_ += record_.size();
    for (std::uint64_t at = end_; at < size_; at += record_.size())
      if (is_record(at)) return JournalFault{end_, "a page that is damaged"};
    end_ = size_;
    return std::nullopt;
  }

  bool stands_in_database() {
    const std::size_t size = record_.size() - kNumber - kSum;
    std::vector<std::byte> page(size);
    return database_(page, (field(record_, 0) - std::uint64_t{1}) * size) == size &&
           std::ranges::equal(page, std::span(record_).subspan(kNumber, size));
  }

  /// What is no header where one may stand. SQLite writes a zero over the first byte of one that an
  /// earlier transaction has left there.
  std::optional<JournalFault> check_rest(std::uint64_t at) {
    if (head_.front() == std::byte{0} || !same_sizes()) return std::nullopt;
    return JournalFault{at, "a damaged header"};
  }

  const JournalReader& journal_;
  const JournalReader& database_;
  std::uint64_t size_;
  std::vector<std::byte> head_, first_, record_;
  std::uint32_t sector_ = 0, nonce_ = 0;
  std::vector<bool> pages_;  ///< that have come, by number
  std::uint64_t end_ = 0;
};

}  // namespace

std::optional<JournalFault> check_journal(const JournalReader& journal, std::uint64_t size,
                                          const JournalReader& database) {
  return JournalCheck(journal, size, database).run();
}

}  // namespace crumbs::sqlite
