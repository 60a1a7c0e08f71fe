#include "formats/sqlite/scan.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "diagnostics.h"
#include "formats/sqlite/statement.h"

namespace crumbs::sqlite {
namespace {

constexpr std::uint64_t kMaxDiagnostics = 100;

struct CloseBlob {
  void operator()(sqlite3_blob* blob) const { sqlite3_blob_close(blob); }
};

/// Bytes of a value that is not loaded. 0 where SQLite does not tell without loading it: text in a
/// WITHOUT ROWID table.
std::uint64_t stored_size(const ScanRequest& request, const std::string& column,
                          std::int64_t rowid) {
  if (request.rowid.empty()) return 0;
  sqlite3_blob* opened = nullptr;
  const int code = sqlite3_blob_open(request.database, "main", request.table.c_str(),
                                     column.c_str(), rowid, 0, &opened);
  const std::unique_ptr<sqlite3_blob, CloseBlob> blob(opened);
  return code == SQLITE_OK ? static_cast<std::uint64_t>(sqlite3_blob_bytes(blob.get())) : 0;
}

/// As stored_size, by SQL. The length of a blob is known from the row's header.
std::uint64_t blob_length(const ScanRequest& request, const std::string& column,
                          const std::string& where,
                          const std::function<void(sqlite3_stmt*)>& bind) {
  Statement statement(request.database,
                      fmt::format("SELECT length({0}) FROM {1} WHERE {2}", quote_identifier(column),
                                  quote_identifier(request.table), where));
  if (statement.code() != SQLITE_OK) return 0;
  bind(statement.get());
  if (statement.step() != SQLITE_ROW) return 0;
  return static_cast<std::uint64_t>(sqlite3_column_int64(statement.get(), 0));
}

StoredRow::Cell read_cell(const ScanRequest& request, const std::string& column,
                          const std::string& where, const std::function<void(sqlite3_stmt*)>& bind,
                          std::int64_t rowid) {
  Statement statement(request.database,
                      fmt::format("SELECT {} FROM {} WHERE {}", quote_identifier(column),
                                  quote_identifier(request.table), where));
  if (statement.code() != SQLITE_OK) fail_scan(request, statement.code());
  bind(statement.get());
  const int code = statement.step();
  if (code == SQLITE_ROW) {
    const std::vector<TableColumn> alone{{column, 0}};
    return store_cell(StatementRow(statement.get(), alone, -1, request.utf16), 0);
  }
  StoredRow::Cell cell;
  cell.type = Row::Type::unreadable;
  if (code == SQLITE_TOOBIG) {
    cell.type = Row::Type::too_large;
    cell.size = request.rowid.empty() ? blob_length(request, column, where, bind)
                                      : stored_size(request, column, rowid);
  } else if (!is_damage(code) && code != SQLITE_DONE) {
    fail_scan(request, code);
  }
  return cell;
}

std::string describe(const Flaw& flaw) {
  switch (flaw.kind) {
    case Flaw::Kind::space:
      return fmt::format("page {}: its rows do not fill it; some may be missing", flaw.page);
    case Flaw::Kind::place:
      return fmt::format("page {}: its rows do not belong here; others may be missing", flaw.page);
    case Flaw::Kind::overflow:
      break;
  }
  return fmt::format("page {}: a row leads to pages that are not its own; it may be wrong",
                     flaw.page);
}

}  // namespace

std::string column_list(const ScanRequest& request) {
  std::string list;
  for (const TableColumn& column : request.columns) {
    if (column.place >= 0) list += ", " + quote_identifier(column.name);
  }
  return list;
}

StoredRow read_row_by_columns(const ScanRequest& request, const std::string& where,
                              const std::function<void(sqlite3_stmt*)>& bind, std::int64_t rowid) {
  std::vector<StoredRow::Cell> cells;
  for (const TableColumn& column : request.columns) {
    cells.push_back(column.place < 0 ? StoredRow::Cell()
                                     : read_cell(request, column.name, where, bind, rowid));
  }
  return {request.columns, std::move(cells), rowid};
}

WorkLimit::WorkLimit(const ScanRequest& request) : request_(request), start_(fetched()) {
  // A plain scan fetches a page once for each of its columns at most; rows read column by column
  // cost some hundred fetches more.
  constexpr std::uint64_t kFetchesPerPage = 32;
  constexpr std::uint64_t kFetchesAnyway = 100'000;
  allowed_ = kFetchesAnyway + kFetchesPerPage * request.page_count;
  // A row has two bytes in its page's list and at least four elsewhere. Where there is damage some
  // are looked at a few times.
  constexpr std::uint64_t kSmallestRow = 6;
  constexpr std::uint64_t kLooks = 4;
  rows_allowed_ = kLooks * request.page_count * request.page_size / kSmallestRow;
}

std::uint64_t WorkLimit::fetched() const {
  int hits = 0;
  int misses = 0;
  int unused = 0;
  sqlite3_db_status(request_.database, SQLITE_DBSTATUS_CACHE_HIT, &hits, &unused, 0);
  sqlite3_db_status(request_.database, SQLITE_DBSTATUS_CACHE_MISS, &misses, &unused, 0);
  return static_cast<std::uint64_t>(static_cast<unsigned>(hits)) +
         static_cast<std::uint64_t>(static_cast<unsigned>(misses));
}

bool WorkLimit::exceeded() {
  constexpr unsigned kInterval = 64;
  return ++rows_ > rows_allowed_ || (rows_ % kInterval == 0 && fetched() - start_ > allowed_);
}

ValueLimit::ValueLimit(sqlite3* database, std::uint64_t budget) : database_(database) {
  constexpr std::uint64_t kLargest = std::numeric_limits<int>::max();
  before_ = sqlite3_limit(database, SQLITE_LIMIT_LENGTH,
                          static_cast<int>(std::clamp<std::uint64_t>(budget, 1, kLargest)));
}

ValueLimit::~ValueLimit() {
  sqlite3_limit(database_, SQLITE_LIMIT_LENGTH, before_);
}

void DamageLog::add(const std::string& message, std::optional<std::int64_t> row,
                    std::optional<std::uint32_t> page) {
  if (++count_ > kMaxDiagnostics) return;
  DiagnosticPlace place{.row = row, .offset = std::nullopt};
  if (page && *page > 0) {
    place.offset = (*page - 1) * request_.page_size;
    named_.insert(*page);
  }
  request_.damage(make_diagnostic(DiagnosticCode::corrupt, Diagnostic::Severity::incomplete,
                                  fmt::format("table {}: {}", request_.table, message),
                                  request_.display, place));
}

void DamageLog::finish(const TableTree& tree) {
  for (const Flaw& flaw : tree.flaws) {
    if (!named_.contains(flaw.page)) add(describe(flaw), std::nullopt, flaw.page);
  }
  if (tree.damaged != 0 && empty()) {
    add("the pages do not agree with each other; rows may be missing", std::nullopt, tree.damaged);
  }
  if (count_ <= kMaxDiagnostics) return;
  const std::uint64_t left_out = count_ - kMaxDiagnostics;
  count_ = 0;
  add(fmt::format("{} more damaged places", left_out), std::nullopt, std::nullopt);
}

void fail_scan(const ScanRequest& request, int code) {
  if (code == SQLITE_NOMEM) throw std::bad_alloc();
  throw Error(code == SQLITE_FULL ? ErrorCode::io : ErrorCode::corrupt,
              fmt::format("{}: table {} cannot be read: {}", request.display, request.table,
                          sqlite3_errstr(code)));
}

}  // namespace crumbs::sqlite
