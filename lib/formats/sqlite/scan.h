#pragma once

/// Reading all rows of one table, damaged or not.

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "formats/sqlite/row.h"
#include "formats/sqlite/sqlite.h"
#include "formats/sqlite/tree.h"

namespace crumbs::sqlite {

/// What a scan needs to know. Everything outlives it.
struct ScanRequest {
  sqlite3* database = nullptr;
  std::string display;               ///< of the file, for diagnostics and errors
  std::string table;                 ///< unquoted
  std::string rowid;                 ///< a name of the row id; empty for WITHOUT ROWID tables
  std::vector<std::string> key;      ///< the primary key of those
  std::vector<TableColumn> columns;  ///< in the order in which they were wanted
  std::uint64_t value_budget = 0;
  std::uint64_t page_size = 0, page_count = 0;
  bool utf16 = false;
  std::function<TableTree()> tree;  ///< of the table; called while no statement runs
  const std::function<void(const Row&)>& visit;
  const std::function<void(Diagnostic)>& damage;
};

/// For tables with row ids: a damaged page costs its rows, a damaged overflow page the columns on
/// it. Returns the number of rows visited. Throws Error(corrupt) where the table cannot be read at
/// all by its definition.
std::uint64_t scan_by_rowid(const ScanRequest& request);

/// For WITHOUT ROWID tables: from the first row to the first damaged page, then from the last row
/// back to the last damaged page.
std::uint64_t scan_by_key(const ScanRequest& request);

/// The names of the columns that the table has, quoted, each after a comma.
[[nodiscard]] std::string column_list(const ScanRequest& request);

/// Reads the columns of one row, one statement each: what is too large is not loaded, what lies on
/// a damaged page is unreadable. `where` selects the row, `bind` fills its parameters. `rowid`: 0
/// where there is none.
[[nodiscard]] StoredRow read_row_by_columns(const ScanRequest& request, const std::string& where,
                                            const std::function<void(sqlite3_stmt*)>& bind,
                                            std::int64_t rowid);

/// Notices when a scan has fetched more pages than the file could need, or more rows than it can
/// hold: the pages of a hostile file can refer to each other so that a few of them hold more rows
/// than anyone can read. One scan.
class WorkLimit {
 public:
  explicit WorkLimit(const ScanRequest& request);
  /// Cheap enough for every row.
  [[nodiscard]] bool exceeded();

 private:
  [[nodiscard]] std::uint64_t fetched() const;
  const ScanRequest& request_;
  std::uint64_t start_;
  std::uint64_t allowed_, rows_allowed_;
  std::uint64_t rows_ = 0;
};

/// Lowers SQLite's largest value to the budget for as long as it lives, so that a larger one is an
/// error before it is loaded.
class ValueLimit {
 public:
  ValueLimit(sqlite3* database, std::uint64_t budget);
  ~ValueLimit();
  ValueLimit(const ValueLimit&) = delete;
  ValueLimit& operator=(const ValueLimit&) = delete;

 private:
  sqlite3* database_;
  int before_;
};

/// Hands damage on, with a bound: a large damaged file must not flood the report. One scan.
class DamageLog {
 public:
  explicit DamageLog(const ScanRequest& request) : request_(request) {}
  void add(const std::string& message, std::optional<std::int64_t> row,
           std::optional<std::uint32_t> page);
  [[nodiscard]] bool empty() const { return count_ == 0; }
  /// Says what SQLite did not, of the pages that were not named so far, and how many were left out.
  /// Call once, at the end.
  void finish(const TableTree& tree);

 private:
  const ScanRequest& request_;
  std::uint64_t count_ = 0;
  std::unordered_set<std::uint32_t> named_;  ///< pages
};

/// Throws Error(corrupt): the statement failed for a reason that is no damage of one page.
[[noreturn]] void fail_scan(const ScanRequest& request, int code);

}  // namespace crumbs::sqlite
