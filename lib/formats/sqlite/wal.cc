#include "formats/sqlite/wal.h"
#include "decode/bytes.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace crumbs::sqlite {
namespace {

constexpr std::size_t kFrameHeaderSize = 24;
constexpr std::size_t kCommitOffset = 4, kSaltOffset = 8, kSumOffset = 16;  // within a frame
constexpr std::size_t kHeaderSaltOffset = 16, kHeaderSumOffset = 24;
constexpr std::size_t kSaltSize = 8;

std::uint32_t field(std::span<const std::byte> bytes, std::size_t offset) {
  return static_cast<std::uint32_t>(big_endian(bytes.subspan(offset, 4)));
}

/// The running checksum of a log.
struct Sum {
  std::uint32_t first = 0, second = 0;
  bool big = false;  ///< the byte order of the words that are summed

  /// `bytes`: a multiple of eight.
  void add(std::span<const std::byte> bytes) {
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
      first += word(bytes, i) + second;
      second += word(bytes, i + 4) + first;
    }
  }
  [[nodiscard]] bool stands_at(std::span<const std::byte> bytes, std::size_t offset) const {
    return field(bytes, offset) == first && field(bytes, offset + 4) == second;
  }

 private:
  [[nodiscard]] std::uint32_t word(std::span<const std::byte> bytes, std::size_t at) const {
    const std::uint32_t value = field(bytes, at);
    return big ? value : __builtin_bswap32(value);
  }
};

Sum header_sum(std::span<const std::byte> head) {
  Sum sum;
  sum.big = (field(head, 0) & 1U) != 0;
  sum.add(head.first(kHeaderSumOffset));
  return sum;
}

std::uint32_t page_size(std::span<const std::byte> head) {
  return field(head, 8);
}

class WalCheck {
 public:
  WalCheck(const WalReader& read, std::span<const std::byte> head)
      : read_(read),
        salts_(head.begin() + kHeaderSaltOffset, head.begin() + kHeaderSumOffset),
        sum_(header_sum(head)),
        frame_(kFrameHeaderSize + page_size(head)) {}

  WalVerdict run() {
    bool open = false;  // a transaction has begun whose last frame has not come
    std::uint64_t start = kWalHeaderSize;
    std::size_t count = 0;
    while ((count = read_(frame_, offset_)) == frame_.size() && counts()) {
      if (!open) start = offset_;
      open = field(frame_, kCommitOffset) == 0;
      offset_ += frame_.size();
    }
    const std::span<const std::byte> stop = std::span(frame_).first(count);
    const State last = judge_last(stop);
    if (last == State::broken) return {last, offset_};
    if (last == State::whole && open) return {State::unfinished, start};
    return {last, last == State::whole ? 0 : offset_};
  }

 private:
  using State = WalVerdict::State;

  /// True: the frame is as it was written, in its place.
  bool counts() {
    if (!has_salts(frame_) || field(frame_, 0) == 0) return false;
    sum_.add(std::span(frame_).first(kSaltOffset));
    sum_.add(std::span(frame_).subspan(kFrameHeaderSize));
    return sum_.stands_at(frame_, kSumOffset);
  }

  [[nodiscard]] bool has_salts(std::span<const std::byte> frame) const {
    return frame.size() >= kSaltOffset + kSaltSize &&
           std::ranges::equal(salts_, frame.subspan(kSaltOffset, kSaltSize));
  }

  /// What the first frame that does not count tells, and what comes behind it. A frame of this
  /// cycle that nothing follows is one that a crash has torn. Where others follow it may be one
  /// that a rolled-back transaction has left and a shorter one has half written over: none of
  /// those ends a transaction.
  State judge_last(std::span<const std::byte> stop) {
    const bool own = has_salts(stop);
    const Later later = look_behind();
    if (later.commits) return State::broken;
    if (own && later.frames && field(stop, kCommitOffset) != 0) return State::broken;
    const bool part = !stop.empty() && stop.size() < frame_.size();
    const bool unknown = stop.size() < kSaltOffset + kSaltSize;
    if (part && (own || (unknown && offset_ > kWalHeaderSize))) return State::cut;
    return own ? State::unfinished : State::whole;
  }

  struct Later {
    bool frames = false, commits = false;
  };

  /// Seeks the salts of this cycle behind the stop, at any offset: what was cut out moves the rest.
  Later look_behind() {
    constexpr std::size_t kChunk = 256U << 10U;
    Later later;
    std::vector<std::byte> chunk(kChunk);
    std::uint64_t at = offset_ + kSaltOffset + 1;  // past the salts of the stop itself
    std::size_t count = 0;
    while ((count = read_(chunk, at)) > kSaltOffset + kSaltSize) {
      const std::span<const std::byte> bytes = std::span(chunk).first(count);
      auto from = bytes.begin() + kSaltOffset;
      while ((from = std::search(from, bytes.end(), salts_.begin(), salts_.end())) != bytes.end()) {
        const auto place = static_cast<std::size_t>(from++ - bytes.begin());
        later.frames = true;
        later.commits = later.commits || field(bytes, place - kSaltOffset + kCommitOffset) != 0;
      }
      if (count < chunk.size()) break;
      at += count - (kSaltOffset + kSaltSize - 1);
    }
    return later;
  }

  const WalReader& read_;
  std::vector<std::byte> salts_;
  Sum sum_;
  std::vector<std::byte> frame_;
  std::uint64_t offset_ = kWalHeaderSize;
};

}  // namespace

bool is_wal_header(std::span<const std::byte> head) {
  constexpr std::uint32_t kMagic = 0x377f0682;  // the lowest bit tells the checksums' byte order
  constexpr std::uint32_t kVersion = 3007000;
  if (head.size() < kWalHeaderSize || (field(head, 0) & ~1U) != kMagic) return false;
  const std::uint32_t size = page_size(head);
  const bool size_is_valid = size >= 512 && size <= 65536 && std::has_single_bit(size);
  return size_is_valid && field(head, 4) == kVersion &&
         header_sum(head).stands_at(head, kHeaderSumOffset);
}

WalVerdict check_wal(const WalReader& read) {
  std::vector<std::byte> head(kWalHeaderSize);
  if (read(head, 0) != head.size() || !is_wal_header(head)) return {};
  return WalCheck(read, head).run();
}

}  // namespace crumbs::sqlite
