#pragma once

/// LevelDB log files (doc/log_format.md of LevelDB): the write-ahead log, and the MANIFEST.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "formats/leveldb/input.h"

namespace crumbs::leveldb {

/// What is wrong with a file, and where. `what` is a phrase without the file's name.
using Damage = std::function<void(std::uint64_t offset, const std::string& what)>;

struct LogRecord {
  std::string_view bytes;    ///< valid until the next call of next()
  std::uint64_t offset = 0;  ///< of the header of its first fragment
  bool after_loss = false;   ///< damage was told since the record before
};

/// Reads a log from its beginning. A damaged record costs itself: where the length in its header
/// cannot be trusted, reading goes on at the first place of the block from which every record to
/// the end of the block has a right checksum.
///
/// Three things look alike at the end of a file. A writer that was stopped leaves a record whose
/// length points past the end: torn. A wrong length does the same, but then it may be one that no
/// writer states, or the record is whole but for it, or others follow: damage. Zeros to the end are
/// space that was set aside and not written; zeros with records behind them are a hole, which is
/// damage. One thread.
class LogReader {
 public:
  /// A record larger than `record_limit` bytes is damage.
  LogReader(Input input, std::size_t record_limit, Damage damage);

  std::optional<LogRecord> next();
  /// Where the file ends inside a record, as a log does whose writer was stopped or has not
  /// finished; set once next() has returned nullopt.
  [[nodiscard]] std::optional<std::uint64_t> torn() const noexcept { return torn_; }
  /// Where zeros begin that reach to the end of the file; set once next() has returned nullopt.
  [[nodiscard]] std::optional<std::uint64_t> unwritten() const noexcept { return unwritten_; }

 private:
  enum class Type : std::uint8_t { zero = 0, full = 1, first = 2, middle = 3, last = 4 };
  struct Fragment {
    Type type = Type::zero;
    std::string_view bytes;
    std::uint64_t offset = 0;
    std::size_t end = 0;  ///< in the block
  };

  [[nodiscard]] std::optional<Fragment> next_fragment();
  [[nodiscard]] std::optional<Fragment> fragment_at(std::size_t position) const;
  [[nodiscard]] bool unused_at(std::size_t position) const;
  void pass_unused();
  [[nodiscard]] bool last_block() const { return next_block_ >= input_.size(); }
  [[nodiscard]] bool length_past_end(std::size_t position) const;
  [[nodiscard]] bool chain_reaches_end(std::size_t position);
  [[nodiscard]] bool intact_at(std::size_t position) { return fragment_at(position).has_value(); }
  [[nodiscard]] bool load_block();
  [[nodiscard]] bool skip_damage();
  [[nodiscard]] std::size_t resume_position();
  [[nodiscard]] std::size_t search(bool (LogReader::*good)(std::size_t));
  [[nodiscard]] bool whole_but_for_length() const;
  [[nodiscard]] bool torn_header() const;
  [[nodiscard]] bool torn_here();
  void lose(std::uint64_t offset, const std::string& what);
  bool append(const Fragment& fragment);

  Input input_;
  std::size_t record_limit_;
  Damage damage_;
  std::string_view block_;
  std::uint64_t block_offset_ = 0;  ///< in the file
  std::uint64_t next_block_ = 0;
  std::size_t position_ = 0;     ///< in the block
  std::uint64_t search_budget_;  ///< bytes still to be summed in search of intact records
  std::string assembly_;
  std::optional<std::uint64_t> assembly_offset_;
  bool loss_told_ = false;  ///< since the last record
  bool lost_ = false;       ///< fragments without a beginning belong to a loss already told
  std::optional<std::uint64_t> torn_;
  std::optional<std::uint64_t> unwritten_;  ///< zeros since then
};

/// One operation of a write batch.
struct Operation {
  std::string_view key, value;
  std::uint64_t sequence = 0;
  bool deletion = false;
};

/// Visits the operations of a log record (LevelDB db/write_batch.cc). Throws Error(corrupt) at the
/// first that is malformed; those before it have been visited, as LevelDB itself applies them.
void read_write_batch(std::string_view batch, const std::function<void(const Operation&)>& visit);

/// Sequence numbers have 56 bits.
inline constexpr std::uint64_t kMaxSequence = (std::uint64_t{1} << 56U) - 1;

}  // namespace crumbs::leveldb
