#pragma once

/// What a write-ahead log holds beside what SQLite takes from it: SQLite stops at the first frame
/// that is not as it was written, without a word. Facts from
/// https://www.sqlite.org/fileformat2.html, sections 4.1 to 4.3.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace crumbs::sqlite {

inline constexpr std::size_t kWalHeaderSize = 32;

/// Reads the bytes of the log at an offset; the number of those that there are.
using WalReader = std::function<std::size_t(std::span<std::byte> bytes, std::uint64_t offset)>;

struct WalVerdict {
  enum class State {
    whole,       ///< all that was committed counts
    unfinished,  ///< as a crash leaves it: the last transaction was not committed
    cut,         ///< ends inside a frame
    broken,      ///< what was committed behind a damaged frame does not count
  };
  State state = State::whole;
  std::uint64_t offset = 0;  ///< of the frame that does not count any more; not set where whole
};

/// True: the header of a log as SQLite takes it, checksum and all. SQLite passes over any other
/// log.
[[nodiscard]] bool is_wal_header(std::span<const std::byte> head);

/// Looks through a log whose header is_wal_header. Frames of an earlier cycle, which have other
/// salts, are left in every log that was used again, and mean nothing.
[[nodiscard]] WalVerdict check_wal(const WalReader& read);

}  // namespace crumbs::sqlite
