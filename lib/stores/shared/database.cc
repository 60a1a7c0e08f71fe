#include "stores/shared/database.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "snapshot/snapshot.h"
#include "stores/shared/names.h"

namespace crumbs {
namespace {

/// SQLite is to give what a driver needs to see of a value of `budget` bytes: one that is kept
/// packed or with a mark may take more (snappy: 32 bytes and a sixth). The drivers look at the
/// rest.
std::uint64_t stored_budget(std::uint64_t budget) {
  constexpr std::uint64_t kMost = std::numeric_limits<int>::max();  // of SQLite
  const std::uint64_t bytes = std::min(budget, kMost);
  return bytes + bytes / 6 + 64;
}

void hand_out_files(const Snapshot& snapshot, StoreSink& sink) {
  for (const SourceFile& file : snapshot.files()) sink.file(file);
}

}  // namespace

void read_database(const StoreSource& source, StoreSink& sink,
                   const std::function<DatabaseReader>& read) {
  const Snapshot snapshot =
      Snapshot::take(source.profile.path, source.place.path, source.display_path, source.limits);
  const auto report = [&](Diagnostic diagnostic) { sink.diagnostic(std::move(diagnostic)); };
  std::ranges::for_each(snapshot.diagnostics(), report);
  try {
    const sqlite::File file(snapshot.image(), stored_budget(source.limits.value_budget));
    // Where a part of the file is missing, so is what led to the rest.
    const bool whole = std::ranges::none_of(snapshot.diagnostics(), [](const Diagnostic& one) {
      return one.severity == Diagnostic::Severity::incomplete;
    });
    if (whole) file.report_unused(report);
    read(file, source, sink);
  } catch (...) {
    hand_out_files(snapshot, sink);
    throw;
  }
  hand_out_files(snapshot, sink);
}

void require_table(const sqlite::File& file, std::string_view table, const std::string& display) {
  if (file.has_table(table)) return;
  const std::string other = file.other_object(table);
  throw Error(ErrorCode::unsupported,
              other.empty() ? fmt::format("{}: there is no table {}", display, table)
                            : fmt::format("{}: {} is a {}, not a table", display, table, other));
}

bool find_table(const sqlite::File& file, std::string_view table, const StoreSource& source,
                StoreSink& sink) {
  const bool bare = !file.has_table(table) && file.other_object(table).empty();
  if (!bare || !source.place.contested) {
    require_table(file, table, source.display_path);
    return true;
  }
  sink.schema(std::string(kBareStore));
  return false;
}

}  // namespace crumbs
