#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "formats/sqlite/scan.h"
#include "formats/sqlite/statement.h"

namespace crumbs::sqlite {
namespace {

/// Row ids, as runs without a hole: rows are numbered one by one, so there are few.
class RowSet {
 public:
  void add(std::int64_t row) {
    const bool next =
        !runs_.empty() && runs_.back().last != kLastRow && row == runs_.back().last + 1;
    if (next) {
      runs_.back().last = row;
    } else {
      runs_.push_back({row, row});
    }
  }
  /// Call before contains().
  void sort() { std::ranges::sort(runs_, {}, &Run::first); }
  [[nodiscard]] bool contains(std::int64_t row) const {
    const auto after = std::ranges::upper_bound(runs_, row, {}, &Run::first);
    return after != runs_.begin() && std::prev(after)->last >= row;
  }

 private:
  struct Run {
    std::int64_t first, last;
  };
  std::vector<Run> runs_;
};

/// Visits rows in ascending order of row ids. Where the file has them in another order, by damage
/// or by intent, what was visited is kept apart and the rest is sought leaf by leaf: so no row is
/// visited twice, and a wrong row id hides no others.
class RowidScan {
 public:
  explicit RowidScan(const ScanRequest& request)
      : request_(request),
        limit_(request.database, request.value_budget),
        work_(request),
        log_(request),
        tree_(request.tree()) {}

  std::uint64_t run() {
    // What SQLite would read on a page of another tree, or on one for the second time, is no row.
    const int code = tree_.closed ? SQLITE_CORRUPT : read_all();
    if (code != SQLITE_DONE) recover(code);
    log_.finish(tree_);
    return count_;
  }

 private:
  /// Damaged leaves side by side.
  struct Gap {
    std::uint32_t page = 0;
    std::uint64_t pages = 0;
  };

  [[nodiscard]] std::string select(const std::string& columns) const {
    return fmt::format("SELECT {}{} FROM {} NOT INDEXED", request_.rowid, columns,
                       quote_identifier(request_.table));
  }

  [[nodiscard]] std::string select_range(const std::string& columns) const {
    return fmt::format("{} WHERE {} BETWEEN ?1 AND ?2", select(columns), request_.rowid);
  }

  void visit(const Row& row, std::int64_t rowid) {
    finished_ = rowid == kLastRow;
    if (!finished_) next_ = rowid + 1;
    if (recovering_ && earlier_.contains(rowid)) return;
    if (gap_) close_gap(rowid);
    request_.visit(row);
    last_visited_ = rowid;
    if (!recovering_) earlier_.add(rowid);
    ++count_;
  }

  int read_all() {
    Statement all(request_.database, select(column_list(request_)));
    const int code = pass(all);
    all.reset();
    return code == SQLITE_TOOBIG && read_next_by_columns() ? read_range(kLastRow) : code;
  }

  /// Visits what the statement yields and returns the code it ended with.
  int pass(Statement& statement) {
    if (statement.code() != SQLITE_OK) fail_scan(request_, statement.code());
    const StatementRow row(statement.get(), request_.columns, 0, request_.utf16);
    int code = SQLITE_ROW;
    while ((code = statement.step()) == SQLITE_ROW) {
      const std::int64_t rowid = row.rowid();
      stopped_ = work_.exceeded();
      disorder_ = finished_ || rowid < next_;
      if (stopped_ || disorder_) return SQLITE_CORRUPT;
      visit(row, rowid);
    }
    stopped_ = code == SQLITE_INTERRUPT;
    return stopped_ ? SQLITE_CORRUPT : code;
  }

  /// The rows from next_ to `last`, stepping over those that cannot be had at once. SQLITE_DONE, or
  /// the code of damage that hides where the next row is.
  int read_range(std::int64_t last) {
    Statement range(request_.database, select_range(column_list(request_)));
    int code = SQLITE_DONE;
    while (!finished_ && next_ <= last) {
      range.reset();
      range.bind(1, next_);
      range.bind(2, last);
      code = pass(range);
      if (code == SQLITE_DONE || stopped_) return code;
      if (code == SQLITE_TOOBIG) {
        if (!read_next_by_columns()) return SQLITE_CORRUPT;
        continue;
      }
      // The damage may lie behind the range, in a value, or in the page that lists the rows.
      const auto highest = probe("DESC", next_, last, code);
      if (!highest) return code;
      if (!read_next_by_columns()) return SQLITE_CORRUPT;
    }
    return SQLITE_DONE;
  }

  /// The first row id in that order; nullopt where there is none (`code` is SQLITE_DONE) or where
  /// the way there is damaged.
  std::optional<std::int64_t> probe(const char* order, std::int64_t first, std::int64_t last,
                                    int& code) {
    Statement statement(request_.database, fmt::format("{} ORDER BY {} {} LIMIT 1",
                                                       select_range(""), request_.rowid, order));
    if (statement.code() != SQLITE_OK) fail_scan(request_, statement.code());
    statement.bind(1, first);
    statement.bind(2, last);
    code = statement.step();
    if (code == SQLITE_ROW) return sqlite3_column_int64(statement.get(), 0);
    if (code != SQLITE_DONE && !is_damage(code)) fail_scan(request_, code);
    return std::nullopt;
  }

  /// False: there is no next row that could be found.
  bool read_next_by_columns() {
    int code = SQLITE_OK;
    const auto rowid = probe("ASC", next_, kLastRow, code);
    stopped_ = stopped_ || work_.exceeded();
    if (!rowid || stopped_) return false;
    const auto bind = [&](sqlite3_stmt* statement) { sqlite3_bind_int64(statement, 1, *rowid); };
    const StoredRow row =
        read_row_by_columns(request_, fmt::format("{} = ?1", request_.rowid), bind, *rowid);
    visit(row, *rowid);
    if (!row.whole()) log_.add("a part of the row lies on a damaged page", *rowid, std::nullopt);
    return true;
  }

  /// Reads what is left leaf by leaf, so that a damaged one costs no rows but its own.
  void recover(int code) {
    if (!is_damage(code)) fail_scan(request_, code);
    if (disorder_) {
      log_.add("row ids are out of order", last_visited_, std::nullopt);
      next_ = kFirstRow;
      finished_ = false;
    }
    recovering_ = true;
    earlier_.sort();
    for (const LeafRange& leaf : tree_.leaves) {
      if (finished_ || stopped_) break;
      if (leaf.last < next_) continue;
      next_ = std::max(next_, leaf.first);
      if (read_leaf(leaf)) continue;
      if (!gap_) gap_ = Gap{leaf.page, 0};
      ++gap_->pages;
    }
    if (stopped_) {
      log_.add("pages refer to each other; the rest was not read", last_visited_, std::nullopt);
    }
    if (gap_) close_gap(std::nullopt);
    // SQLite has met damage, whatever could be read in spite of it.
    if (log_.empty()) log_.add("damaged; rows may be missing", last_visited_, std::nullopt);
  }

  /// False: the rows of the leaf are missing.
  bool read_leaf(const LeafRange& leaf) {
    if (leaf.way == LeafRange::Way::closed) {
      finished_ = leaf.last == kLastRow;
      if (!finished_) next_ = leaf.last + 1;
      return false;
    }
    const auto before = last_visited_;
    if (read_range(leaf.last) != SQLITE_DONE) return false;
    if (leaf.way == LeafRange::Way::doubtful) {
      if (gap_) close_gap(std::nullopt);
      log_.add("what leads to the next rows is damaged; some may be missing", before, leaf.page);
    }
    return true;
  }

  void close_gap(std::optional<std::int64_t> next) {
    const std::string before = last_visited_ ? fmt::format(" after row {}", *last_visited_) : "";
    const std::string after = next ? fmt::format(" before row {}", *next) : "";
    const std::string where = before + (before.empty() || after.empty() ? "" : " and") + after;
    log_.add(fmt::format("{}; the rows{} could not be read", counted(gap_->pages, "damaged page"),
                         where),
             last_visited_, gap_->page);
    gap_.reset();
  }

  const ScanRequest& request_;
  ValueLimit limit_;
  WorkLimit work_;
  DamageLog log_;
  const TableTree tree_;
  std::int64_t next_ = kFirstRow;  ///< smaller row ids are done with
  bool finished_ = false;          ///< the largest possible row id was visited
  bool stopped_ = false;           ///< the work limit was exceeded
  bool disorder_ = false;          ///< a row id was not larger than the one before
  bool recovering_ = false;        ///< from here on `earlier_` tells what was visited before
  RowSet earlier_;
  std::optional<std::int64_t> last_visited_;
  std::optional<Gap> gap_;
  std::uint64_t count_ = 0;
};

}  // namespace

std::uint64_t scan_by_rowid(const ScanRequest& request) {
  return RowidScan(request).run();
}

}  // namespace crumbs::sqlite
