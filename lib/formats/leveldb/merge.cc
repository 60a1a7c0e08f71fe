#include "formats/leveldb/merge.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "decode/bytes.h"

namespace crumbs::leveldb {
namespace {

/// What one version costs beside its bytes, and what a batch costs.
constexpr std::size_t kVersionCost = 2 * (sizeof(Entry) + sizeof(std::size_t));

bool before(const Entry& a, const Entry& b) noexcept {
  return compare_versions(a.key, a.sequence, b.key, b.sequence) < 0;
}

}  // namespace

bool Memtable::keep(const LogRecord& record) {
  // An operation takes at least two bytes of a batch.
  const std::size_t cost = record.bytes.size() + kVersionCost;
  if (!memory_->take(cost)) return false;
  taken_ += cost;
  batches_.emplace_back(record.bytes);
  return true;
}

void Memtable::check_sequence(const LogRecord& record, const Damage& damage) {
  constexpr std::size_t kBatchHeader = 12;
  if (record.after_loss) expect(std::nullopt);
  if (record.bytes.size() < kBatchHeader) return;  // told when it is read
  const std::uint64_t sequence = little_endian(record.bytes.substr(0, 8));
  const std::uint64_t count = little_endian(record.bytes.substr(8, 4));
  if (sequence > kMaxSequence) return;
  const auto limit = expected_ ? expected_ : std::exchange(bound_, std::nullopt);
  if (limit && sequence > *limit)
    damage(record.offset,
           fmt::format("{} operations before this one are missing", sequence - *limit));
  expected_ = std::max(expected_.value_or(0), sequence + count);
}

void Memtable::add_batch(std::size_t file, std::uint64_t offset, const Damage& damage) {
  try {
    read_write_batch(batches_.back(), [&](const Operation& operation) {
      if (!memory_->take(kVersionCost))
        throw Error(ErrorCode::corrupt, "write batch over the memory budget");
      taken_ += kVersionCost;
      versions_.push_back({.entry = {.key = operation.key,
                                     .value = operation.value,
                                     .sequence = operation.sequence,
                                     .deletion = operation.deletion,
                                     .offset = offset},
                           .file = file});
    });
  } catch (const Error& error) {
    expect(std::nullopt);
    damage(offset, error.what());
  }
}

void Memtable::add(std::size_t file, LogReader& log, const Damage& damage) {
  while (const auto record = log.next()) {
    if (!keep(*record)) {
      damage(record->offset, "log over the memory budget; the rest was not read");
      return;
    }
    check_sequence(*record, damage);
    add_batch(file, record->offset, damage);
  }
}

void Memtable::sort() {
  // Of two records with one key and number LevelDB finds the one that it inserted last.
  std::reverse(versions_.begin(), versions_.end());
  std::stable_sort(versions_.begin(), versions_.end(),
                   [](const Version& a, const Version& b) { return before(a.entry, b.entry); });
}

bool Memtable::next() {
  if (next_ == versions_.size()) return false;
  const Version& version = versions_[next_++];
  entry_ = &version.entry;
  file_ = version.file;
  return true;
}

Run::Run(std::vector<std::size_t> files, Open open,
         std::function<void(std::size_t, const std::string&)> damage)
    : files_(std::move(files)), open_(std::move(open)), damage_(std::move(damage)) {}

bool Run::next_table() {
  if (cursor_ && !first_of_table_) {
    const auto last = cursor_->last();
    last_key_.assign(last.key);
    last_sequence_ = last.sequence;
  }
  cursor_.reset();
  while (!cursor_) {
    if (next_file_ == files_.size()) return false;
    file_ = files_[next_file_++];
    cursor_ = open_(file_);
  }
  first_of_table_ = true;
  return true;
}

bool Run::overlaps() const {
  return any_ && compare_versions(cursor_->entry().key, cursor_->entry().sequence, last_key_,
                                  last_sequence_) <= 0;
}

bool Run::next() {
  bool told = false;
  while (cursor_ || next_table()) {
    if (!cursor_->next()) {
      if (!next_table()) return false;
      continue;
    }
    if (first_of_table_ && overlaps()) {
      if (!std::exchange(told, true)) damage_(file_, "table outside the range it should have");
      continue;
    }
    first_of_table_ = false;
    any_ = true;
    entry_ = &cursor_->entry();
    return true;
  }
  return false;
}

namespace {

/// The sources in the order of what each has next. Of two with the same version the one that stands
/// before the other in the list is first.
class Heads {
 public:
  explicit Heads(const std::vector<std::unique_ptr<Source>>& sources) : sources_(sources) {
    for (std::size_t i = 0; i < sources.size(); ++i)
      if (sources[i]->next()) insert(i);
  }

  [[nodiscard]] bool empty() const noexcept { return order_.empty(); }
  [[nodiscard]] const Source& first() const noexcept { return *sources_[order_.back()]; }
  void advance() {
    const std::size_t head = order_.back();
    const bool more = sources_[head]->next();
    if (more && (order_.size() == 1 || !later(head, order_[order_.size() - 2]))) return;
    order_.pop_back();
    if (more) insert(head);
  }

 private:
  [[nodiscard]] bool later(std::size_t a, std::size_t b) const {
    const Entry& one = sources_[a]->entry();
    const Entry& other = sources_[b]->entry();
    const int order = compare_versions(one.key, one.sequence, other.key, other.sequence);
    return order != 0 ? order > 0 : a > b;
  }
  void insert(std::size_t source) {
    order_.insert(std::upper_bound(order_.begin(), order_.end(), source,
                                   [this](std::size_t a, std::size_t b) { return later(a, b); }),
                  source);
  }

  const std::vector<std::unique_ptr<Source>>& sources_;
  std::vector<std::size_t> order_;  ///< the first stands at the end
};

}  // namespace

void merge_versions(const std::vector<std::unique_ptr<Source>>& sources, const Visit& visit,
                    const std::function<void(const Entry&, std::size_t)>& twin) {
  std::string key;
  bool any = false;
  bool newer_is_deletion = false;
  std::uint64_t newer_sequence = 0;
  for (Heads heads(sources); !heads.empty(); heads.advance()) {
    const Entry& entry = heads.first().entry();
    const std::size_t file = heads.first().file();
    if (!any || entry.key != key) {
      visit(entry, file, entry.deletion ? ItemState::deleted : ItemState::current);
      key.assign(entry.key);
      any = true;
    } else {
      visit(entry, file,
            entry.deletion || newer_is_deletion ? ItemState::deleted : ItemState::superseded);
      if (entry.sequence == newer_sequence) {
        twin(entry, file);
        continue;
      }
    }
    newer_is_deletion = entry.deletion;
    newer_sequence = entry.sequence;
  }
}

}  // namespace crumbs::leveldb
