#include "formats/leveldb/leveldb.h"

#include <algorithm>
#include <map>
#include <memory>
#include <queue>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "diagnostics.h"
#include "formats/leveldb/evidence.h"
#include "formats/leveldb/log.h"
#include "formats/leveldb/merge.h"
#include "formats/leveldb/plan.h"
#include "formats/leveldb/table.h"

namespace crumbs::leveldb {
namespace {

constexpr std::size_t kMemory = std::size_t{128} << 20U;
constexpr std::size_t kLogRecordLimit = std::size_t{64} << 20U;
/// Tables that overlap at one key. LevelDB itself stops writing at twelve in level 0.
constexpr std::size_t kMaxRuns = 256;
/// Diagnostics of one file that are listed.
constexpr std::size_t kMaxDamage = 100;

/// Internal keys in LevelDB's order.
struct InternalOrder {
  bool operator()(const std::string& a, const std::string& b) const {
    const auto key_a = parse_internal_key(a).value_or(InternalKey{});
    const auto key_b = parse_internal_key(b).value_or(InternalKey{});
    return compare_versions(key_a.key, key_a.sequence, key_b.key, key_b.sequence) < 0;
  }
};

/// One walk over one plan.
class Walk {
 public:
  Walk(const Plan& plan, bool residue, const Output& output)
      : plan_(plan), residue_(residue), output_(output), damage_count_(plan.files.size()) {}

  void run();

 private:
  void merge();
  void report_twins(std::uint64_t count, std::size_t file, std::uint64_t offset);
  void walk_orphan(std::size_t file);
  void walk_orphan_log(std::size_t file);
  [[nodiscard]] std::unique_ptr<Memtable> read_logs();
  void tell_end(std::size_t file, const LogReader& log);
  [[nodiscard]] std::vector<std::vector<std::size_t>> make_runs();
  [[nodiscard]] std::vector<LiveTable> measured_tables();
  void measure(LiveTable& table);
  [[nodiscard]] std::unique_ptr<TableCursor> open_table(std::size_t file, bool quiet);
  void visit(const Entry& entry, std::size_t file, ItemState state);
  void report(std::size_t file, std::optional<std::uint64_t> offset, const std::string& what,
              DiagnosticCode code = DiagnosticCode::corrupt);
  [[nodiscard]] Damage damage_of(std::size_t file) {
    return
        [this, file](std::uint64_t offset, const std::string& what) { report(file, offset, what); };
  }

  const Plan& plan_;
  bool residue_;
  const Output& output_;
  bool orphans_ = false;
  Memory memory_{kMemory};
  std::vector<std::size_t> damage_count_;
  std::vector<std::size_t> excess_;  ///< tables over kMaxRuns
};

/// Damage in a file that is not part of the database loses nothing that the browser could see.
void Walk::report(std::size_t file, std::optional<std::uint64_t> offset, const std::string& what,
                  DiagnosticCode code) {
  if (!output_.damage || ++damage_count_[file] > kMaxDamage) return;
  const bool last = damage_count_[file] == kMaxDamage;
  output_.damage(make_diagnostic(
      code, orphans_ ? Diagnostic::Severity::note : Diagnostic::Severity::incomplete,
      last ? what + "; further damage in this file is not listed" : what,
      plan_.files[file].display(), {.row = std::nullopt, .offset = offset}));
}

void Walk::visit(const Entry& entry, std::size_t file, ItemState state) {
  if (!residue_ && state != ItemState::current) return;
  output_.record({.key = entry.key,
                  .value = entry.value,
                  .sequence = entry.sequence,
                  .state = state,
                  .deletion = entry.deletion,
                  .file = plan_.files[file].display(),
                  .offset = entry.offset});
}

/// Null, and told, where it cannot be opened again.
std::unique_ptr<TableCursor> Walk::open_table(std::size_t file, bool quiet) {
  try {
    return std::make_unique<TableCursor>(
        plan_.files[file].input(&memory_), memory_,
        quiet ? Damage([](std::uint64_t, const std::string&) {}) : damage_of(file));
  } catch (const Error& error) {
    if (!quiet) report(file, std::nullopt, error.what(), DiagnosticCode::changed_while_reading);
    return nullptr;
  }
}

/// The newest log may end anywhere: its writer runs, or was killed. An older one was finished.
void Walk::tell_end(std::size_t file, const LogReader& log) {
  if (!log.torn() && !log.unwritten()) return;
  const auto offset = log.torn() ? log.torn() : log.unwritten();
  if (file != plan_.logs.back())
    return report(file, offset,
                  log.torn() ? "log that ends inside a record" : "log that ends in zeros");
  if (!output_.damage) return;
  output_.damage(make_diagnostic(
      DiagnosticCode::torn_tail, Diagnostic::Severity::note,
      fmt::format("the newest log ends {}, as a running or a killed browser leaves it",
                  log.torn() ? "inside a record" : "in zeros"),
      plan_.files[file].display(), {.row = std::nullopt, .offset = offset}));
}

std::unique_ptr<Memtable> Walk::read_logs() {
  auto table = std::make_unique<Memtable>(memory_);
  table->expect(plan_.first_sequence);
  for (const std::size_t file : plan_.logs) {
    // Without a MANIFEST a log may be an old one: what lies between it and the next is in tables.
    if (!plan_.ranges_known) table->expect(std::nullopt);
    try {
      LogReader log(plan_.files[file].input(&memory_), kLogRecordLimit, damage_of(file));
      table->add(file, log, damage_of(file));
      tell_end(file, log);
    } catch (const Error& error) {
      report(file, std::nullopt, error.what());
    }
  }
  table->sort();
  return table;
}

/// Finds a table's range by looking into it.
void Walk::measure(LiveTable& table) {
  const auto cursor = open_table(table.file, true);
  if (!cursor || !cursor->next()) return;
  table.smallest = std::string(cursor->entry().key) + std::string(8, '\xff');
  table.smallest[table.smallest.size() - 8] = '\x01';
  if (const auto bound = cursor->upper_bound()) {
    table.largest = *bound + std::string(8, '\0');
    return;
  }
  while (cursor->next()) {
  }
  table.largest = std::string(cursor->last().key) + std::string(8, '\0');
}

std::vector<LiveTable> Walk::measured_tables() {
  std::vector<LiveTable> tables = plan_.tables;
  if (!plan_.ranges_known)
    for (LiveTable& table : tables) measure(table);
  std::stable_sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) {
    return InternalOrder()(a.smallest, b.smallest);
  });
  return tables;
}

/// As few sequences of tables that do not overlap as possible.
std::vector<std::vector<std::size_t>> Walk::make_runs() {
  std::vector<std::vector<std::size_t>> runs;
  std::multimap<std::string, std::size_t, InternalOrder> ends;
  for (const LiveTable& table : measured_tables()) {
    std::size_t run = runs.size();
    if (!ends.empty() && InternalOrder()(ends.begin()->first, table.smallest)) {
      run = ends.begin()->second;
      ends.erase(ends.begin());
    } else if (runs.size() == kMaxRuns) {
      report(table.file, std::nullopt,
             "too many tables overlap: what is current in this one was not decided");
      excess_.push_back(table.file);
      continue;
    } else {
      runs.emplace_back();
    }
    runs[run].push_back(table.file);
    ends.emplace(table.largest, run);
  }
  return runs;
}

void Walk::merge() {
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(read_logs());
  for (auto& run : make_runs()) {
    sources.push_back(std::make_unique<Run>(
        std::move(run), [this](std::size_t file) { return open_table(file, false); },
        [this](std::size_t file, const std::string& what) { report(file, std::nullopt, what); }));
  }
  std::uint64_t twins = 0;
  std::pair<std::size_t, std::uint64_t> first_twin;
  merge_versions(
      sources,
      [this](const Entry& entry, std::size_t file, ItemState state) { visit(entry, file, state); },
      [&](const Entry& entry, std::size_t file) {
        if (twins++ == 0) first_twin = {file, entry.offset};
      });
  if (twins > 0) report_twins(twins, first_twin.first, first_twin.second);
}

/// Without a MANIFEST a table stands beside the log that it was made of, and twins are expected.
void Walk::report_twins(std::uint64_t count, std::size_t file, std::uint64_t offset) {
  if (!output_.damage) return;
  output_.damage(make_diagnostic(
      DiagnosticCode::corrupt,
      plan_.ranges_known ? Diagnostic::Severity::incomplete : Diagnostic::Severity::note,
      fmt::format("{} records have the key and the sequence number of another, which was taken for "
                  "the newer one; this is the first",
                  count),
      plan_.files[file].display(), {.row = std::nullopt, .offset = offset}));
}

void Walk::walk_orphan_log(std::size_t file) {
  LogReader log(plan_.files[file].input(&memory_), kLogRecordLimit, damage_of(file));
  while (const auto record = log.next()) {
    try {
      read_write_batch(record->bytes, [&](const Operation& operation) {
        visit({.key = operation.key,
               .value = operation.value,
               .sequence = operation.sequence,
               .deletion = operation.deletion,
               .offset = record->offset},
              file, ItemState::orphaned);
      });
    } catch (const Error& error) {
      report(file, record->offset, error.what());
    }
  }
  if (log.torn()) report(file, log.torn(), "log that ends inside a record");
}

void Walk::walk_orphan(std::size_t file) {
  if (plan_.files[file].name().kind == FileKind::log) return walk_orphan_log(file);
  if (const auto cursor = open_table(file, false))
    while (cursor->next()) visit(cursor->entry(), file, ItemState::orphaned);
}

void Walk::run() {
  merge();
  orphans_ = true;
  if (!residue_) return;
  for (const std::size_t file : excess_) walk_orphan(file);
  for (const std::size_t file : plan_.orphans) walk_orphan(file);
}

void finish_evidence(Evidence& evidence, const Plan& plan, const Output& output) {
  const auto hashes = evidence.finish();
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const File& file = plan.files[i];
    if (hashes[i]) {
      output.file({.path = file.display(), .bytes = file.size(), .sha256 = *hashes[i]});
    } else if (output.damage) {
      output.damage(make_diagnostic(DiagnosticCode::changed_while_reading,
                                    Diagnostic::Severity::incomplete,
                                    "the file changed before it could be hashed", file.display()));
    }
  }
}

}  // namespace

void walk(const Place& place, bool residue, const Output& output) {
  const Plan plan = make_plan(place, residue);
  std::optional<Evidence> evidence;
  if (output.file) evidence.emplace(plan.files);
  if (output.damage)
    for (const Diagnostic& diagnostic : plan.diagnostics) output.damage(diagnostic);
  Walk(plan, residue, output).run();
  if (evidence) finish_evidence(*evidence, plan, output);
}

}  // namespace crumbs::leveldb
