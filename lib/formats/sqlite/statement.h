#pragma once

/// A prepared statement for the loops over rows. SQLiteCpp's own is not used there: its columns
/// each hold a shared_ptr to the statement and its getters throw on conversions, which at 20
/// columns a row costs more than SQLite itself; it also turns the result codes that tell damage
/// from the end into exceptions.

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crumbs::sqlite {

/// One thread; the database outlives it.
class Statement {
 public:
  /// code() tells whether it worked.
  Statement(sqlite3* database, const std::string& sql);

  [[nodiscard]] int code() const { return code_; }  ///< SQLITE_OK, or why there is no statement
  [[nodiscard]] sqlite3_stmt* get() const { return statement_.get(); }
  int step() { return sqlite3_step(statement_.get()) & 0xff; }  ///< primary result code
  void reset() { sqlite3_reset(statement_.get()); }
  void bind(int index, std::int64_t value) { sqlite3_bind_int64(statement_.get(), index, value); }
  void bind(int index, const sqlite3_value* value) {
    sqlite3_bind_value(statement_.get(), index, value);
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  int code_ = SQLITE_OK;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// `name` in double quotes, as an SQL identifier.
[[nodiscard]] std::string quote_identifier(std::string_view name);

/// True for the result codes of a damaged or short file.
[[nodiscard]] bool is_damage(int code);

}  // namespace crumbs::sqlite
