#pragma once

/// The keys of tables without row ids, in SQLite's order.

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "formats/sqlite/statement.h"

namespace crumbs::sqlite {

struct FreeValue {
  void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
/// Owns its values; empty for none.
using Key = std::vector<std::unique_ptr<sqlite3_value, FreeValue>>;

/// The key columns of one table, which are the first ones of each statement given here.
class KeyColumns {
 public:
  KeyColumns(sqlite3* database, const std::string& table, const std::vector<std::string>& names);

  /// The key of the row that the statement stands on. Throws std::bad_alloc.
  void keep(const Statement& statement, Key& key) const;
  /// Negative where that row comes before the key, 0 where it has the same.
  [[nodiscard]] int compare(const Statement& statement, const Key& key) const;
  /// That row's key as bytes: equal where the keys are.
  [[nodiscard]] std::string bytes(const Statement& statement) const;

 private:
  std::vector<std::string> collations_;
};

}  // namespace crumbs::sqlite
