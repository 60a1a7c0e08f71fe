#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "formats/sqlite/key.h"
#include "formats/sqlite/scan.h"
#include "formats/sqlite/statement.h"

namespace crumbs::sqlite {
namespace {

/// Visits rows in ascending order of their keys. Where the file has them in another order, by
/// damage or by intent, the keys of what was visited are kept, so that no row is visited twice.
class KeyScan {
 public:
  explicit KeyScan(const ScanRequest& request)
      : request_(request),
        limit_(request.database, request.value_budget),
        keys_(request.database, request.table, request.key),
        work_(request),
        log_(request),
        tree_(request.tree()) {}

  std::uint64_t run() {
    if (tree_.closed) left_ = tree_.rows_before;
    const int code = read(last_, "");
    if (code != SQLITE_DONE) {
      if (!is_damage(code) && !seen_) fail_scan(request_, code);
      // What lies between the two ends stays unread: there is no telling where the rows of a
      // damaged page would begin, their keys are on it.
      const std::uint64_t before = count_;
      if (tree_.closed) left_ = tree_.rows_behind;
      if (!stopped_) read(front_, " DESC");
      report_gap(before);
    }
    // SQLite has met damage, whatever could be read in spite of it.
    if (damaged_ && log_.empty())
      log_.add("damaged; rows may be missing", std::nullopt, std::nullopt);
    log_.finish(tree_);
    return count_;
  }

 private:
  [[nodiscard]] std::string key_list(const char* order) const {
    std::string list;
    for (const std::string& column : request_.key)
      list += (list.empty() ? "" : ", ") + quote_identifier(column) + order;
    return list;
  }

  [[nodiscard]] std::string key_parameters(std::size_t first) const {
    std::string list;
    for (std::size_t i = 0; i < request_.key.size(); ++i)
      list += fmt::format("{}?{}", i == 0 ? "" : ", ", first + i);
    return list;
  }

  [[nodiscard]] std::string compare(const char* operation, std::size_t first) const {
    return fmt::format("({}) {} ({})", key_list(""), operation, key_parameters(first));
  }

  /// Rows after last_ and, where set, before front_, in that order.
  [[nodiscard]] std::string select(const std::string& columns, const char* order) const {
    std::string where = last_.empty() ? "" : " WHERE " + compare(">", 1);
    if (!front_.empty())
      where += (where.empty() ? " WHERE " : " AND ") + compare("<", 1 + request_.key.size());
    return fmt::format("SELECT {}{} FROM {}{} ORDER BY {}", key_list(""), columns,
                       quote_identifier(request_.table), where, key_list(order));
  }

  void bind_key(sqlite3_stmt* statement, const Key& key, int first) const {
    for (std::size_t i = 0; i < key.size(); ++i)
      sqlite3_bind_value(statement, first + static_cast<int>(i), key[i].get());
  }

  void bind_ends(Statement& statement) const {
    bind_key(statement.get(), last_, 1);
    bind_key(statement.get(), front_, 1 + static_cast<int>(request_.key.size()));
  }

  /// Visits rows in that order until the end or damage, and keeps the key of the last one in `end`.
  int read(Key& end, const char* order) {
    int code = SQLITE_TOOBIG;
    do {
      Statement statement(request_.database, select(column_list(request_), order));
      if (statement.code() != SQLITE_OK) fail_scan(request_, statement.code());
      bind_ends(statement);
      const StatementRow row(statement.get(), request_.columns, -1, request_.utf16);
      while ((code = step(statement)) == SQLITE_ROW) {
        stopped_ = work_.exceeded();
        if (stopped_ || !may_follow(statement, end)) return SQLITE_CORRUPT;
        if (is_new(statement)) {
          request_.visit(row);
          ++count_;
        }
        keys_.keep(statement, end);
      }
      stopped_ = code == SQLITE_INTERRUPT;
      damaged_ = damaged_ || is_damage(code);
    } while (code != SQLITE_DONE && !stopped_ && read_next_by_columns(end, order));
    return stopped_ ? SQLITE_CORRUPT : code;
  }

  /// What SQLite would read on a page of another tree, or on one for the second time, is no row.
  int step(Statement& statement) {
    if (left_ == 0) return SQLITE_CORRUPT;
    --left_;
    return statement.step();
  }

  /// Notices where keys do not ascend. False: they do not descend, on the way back from the end.
  bool may_follow(const Statement& statement, const Key& end) {
    if (end.empty()) return true;
    const int order = keys_.compare(statement, end);
    if (&end == &front_) return order < 0;
    if (order <= 0 && !seen_) collect_seen();
    return true;
  }

  [[nodiscard]] bool is_new(const Statement& statement) {
    return !seen_ || seen_->insert(keys_.bytes(statement)).second;
  }

  /// The keys up to last_, which were visited.
  void collect_seen() {
    log_.add("keys are out of order", std::nullopt, std::nullopt);
    seen_.emplace();
    Statement all(request_.database, fmt::format("SELECT {0} FROM {1} ORDER BY {0}", key_list(""),
                                                 quote_identifier(request_.table)));
    while (all.step() == SQLITE_ROW) {
      seen_->insert(keys_.bytes(all));
      if (keys_.compare(all, last_) == 0) break;
    }
  }

  /// False: the key of the next row cannot be had.
  bool read_next_by_columns(Key& end, const char* order) {
    if (left_ == 0) return false;
    Statement next(request_.database, select("", order) + " LIMIT 1");
    if (next.code() != SQLITE_OK) fail_scan(request_, next.code());
    bind_ends(next);
    stopped_ = stopped_ || work_.exceeded();
    if (stopped_ || next.step() != SQLITE_ROW) return false;
    const bool new_row = is_new(next);
    keys_.keep(next, end);
    next.reset();
    if (!new_row) return false;
    const StoredRow row = read_row_by_columns(
        request_, compare("=", 1), [&](sqlite3_stmt* statement) { bind_key(statement, end, 1); },
        0);
    request_.visit(row);
    ++count_;
    if (!row.whole())
      log_.add("a part of a row lies on a damaged page", std::nullopt, std::nullopt);
    return true;
  }

  void report_gap(std::uint64_t before) {
    const std::string place = stopped_ ? "pages refer to each other; the rest was not read"
                                       : fmt::format(
                                             "damaged; rows between the first {} and the "
                                             "last {} could not be read",
                                             before, count_ - before);
    const bool known = tree_.damaged != 0;
    log_.add(place, std::nullopt, known ? std::optional(tree_.damaged) : std::nullopt);
  }

  const ScanRequest& request_;
  ValueLimit limit_;
  const KeyColumns keys_;
  WorkLimit work_;
  DamageLog log_;
  const TableTree tree_;
  /// Rows up to the next closed page.
  std::uint64_t left_ = std::numeric_limits<std::uint64_t>::max();
  Key last_;   ///< of the last row visited from the beginning
  Key front_;  ///< of the last row visited from the end
  std::optional<std::unordered_set<std::string>> seen_;  ///< set once keys are out of order
  bool stopped_ = false;
  bool damaged_ = false;
  std::uint64_t count_ = 0;
};

}  // namespace

std::uint64_t scan_by_key(const ScanRequest& request) {
  return KeyScan(request).run();
}

}  // namespace crumbs::sqlite
