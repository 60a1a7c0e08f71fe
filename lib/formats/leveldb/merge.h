#pragma once

/// Versions of keys from several files in one order: what is current, and what it replaced.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crumbs/types.h"
#include "formats/leveldb/input.h"
#include "formats/leveldb/log.h"
#include "formats/leveldb/table.h"

namespace crumbs::leveldb {

/// Versions in the order of compare_versions(). One thread.
class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  /// Moves to the next version; false at the end.
  virtual bool next() = 0;
  [[nodiscard]] const Entry& entry() const noexcept { return *entry_; }
  /// Which file the entry is in, as the owner numbers them.
  [[nodiscard]] std::size_t file() const noexcept { return file_; }

 protected:
  const Entry* entry_ = nullptr;
  std::size_t file_ = 0;
};

/// What the logs hold, in memory and sorted, as LevelDB itself keeps it.
class Memtable final : public Source {
 public:
  /// `memory` outlives the table and bounds it.
  explicit Memtable(Memory& memory) noexcept : memory_(&memory) {}
  ~Memtable() override { memory_->give_back(taken_); }
  /// The next batch begins with this sequence number or an earlier one; nullopt: not known. LevelDB
  /// numbers operations without a gap, within a log and from one to the next (DBImpl::Write), so a
  /// batch that begins later tells that others are lost.
  void expect(std::optional<std::uint64_t> sequence) {
    bound_ = sequence;
    expected_.reset();
  }
  /// Adds a log. Where the memory is used up the rest of it is damage.
  void add(std::size_t file, LogReader& log, const Damage& damage);
  /// After the last add(), before the first next().
  void sort();
  bool next() override;

 private:
  struct Version {
    Entry entry;
    std::size_t file = 0;
  };
  [[nodiscard]] bool keep(const LogRecord& record);
  void check_sequence(const LogRecord& record, const Damage& damage);
  void add_batch(std::size_t file, std::uint64_t offset, const Damage& damage);

  Memory* memory_;
  std::size_t taken_ = 0;
  std::optional<std::uint64_t> bound_;     ///< of the next batch, which is the first
  std::optional<std::uint64_t> expected_;  ///< behind the batches so far
  std::deque<std::string> batches_;        ///< the versions' bytes
  std::vector<Version> versions_;
  std::size_t next_ = 0;
};

/// Tables that follow each other without overlapping, opened one at a time.
class Run final : public Source {
 public:
  using Open = std::function<std::unique_ptr<TableCursor>(std::size_t file)>;
  /// `open` may return null for a table that cannot be opened. `damage` is told of tables that
  /// overlap all the same; what overlaps is skipped.
  Run(std::vector<std::size_t> files, Open open,
      std::function<void(std::size_t file, const std::string& what)> damage);
  bool next() override;

 private:
  [[nodiscard]] bool next_table();
  [[nodiscard]] bool overlaps() const;

  std::vector<std::size_t> files_;
  Open open_;
  std::function<void(std::size_t, const std::string&)> damage_;
  std::size_t next_file_ = 0;
  std::unique_ptr<TableCursor> cursor_;
  bool first_of_table_ = false;
  std::string last_key_;
  std::uint64_t last_sequence_ = 0;
  bool any_ = false;
};

/// Visits every version in the sources with its state: the newest version of a key is current or,
/// where it is a deletion, says that the key is gone; a version whose next newer one is a value is
/// superseded, one whose next newer one is a deletion was deleted.
///
/// LevelDB never gives a key the same number twice, but a damaged or a repaired database may hold
/// such twins. All are visited: what is found first counts, in the source that comes first, or at
/// the later place of a log, as LevelDB would have it; the others are as if it had replaced them,
/// and `twin` is told of each.
using Visit = std::function<void(const Entry&, std::size_t file, ItemState)>;
void merge_versions(const std::vector<std::unique_ptr<Source>>& sources, const Visit& visit,
                    const std::function<void(const Entry&, std::size_t file)>& twin);

}  // namespace crumbs::leveldb
