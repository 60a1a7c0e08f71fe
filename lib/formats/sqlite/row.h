#pragma once

/// The two kinds of rows a scan hands out: one that a statement stands on, and one that was read
/// column by column because it could not be had at once.

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

#include "formats/sqlite/sqlite.h"

namespace crumbs::sqlite {

/// A wanted column as the table has it.
struct TableColumn {
  std::string name;  ///< empty: the table has no such column
  int place = -1;    ///< among the columns of the scan's statement
};

/// The row that a statement stands on: nothing is copied. The text of a UTF-16 database comes as
/// UTF-8, other text as it is stored, NUL and ill-formed bytes included.
class StatementRow final : public Row {
 public:
  /// All outlive the row. `rowid_place`: of the row id in the statement, -1 for none.
  StatementRow(sqlite3_stmt* statement, const std::vector<TableColumn>& columns, int rowid_place,
               bool utf16);

  [[nodiscard]] bool has(std::size_t column) const override;
  [[nodiscard]] Type type(std::size_t column) const override;
  [[nodiscard]] std::int64_t integer(std::size_t column) const override;
  [[nodiscard]] std::string_view bytes(std::size_t column) const override;
  [[nodiscard]] std::uint64_t size(std::size_t column) const override;
  [[nodiscard]] std::int64_t rowid() const override;

 private:
  [[nodiscard]] sqlite3_value* value(std::size_t column) const;
  sqlite3_stmt* statement_;
  const std::vector<TableColumn>& columns_;
  int rowid_place_;
  bool utf16_;
};

/// A row that owns what could be read of it.
class StoredRow final : public Row {
 public:
  struct Cell {
    Type type = Type::null;
    std::int64_t integer = 0;
    std::string bytes;
    std::uint64_t size = 0;
  };
  StoredRow(const std::vector<TableColumn>& columns, std::vector<Cell> cells, std::int64_t rowid);

  [[nodiscard]] bool has(std::size_t column) const override;
  [[nodiscard]] Type type(std::size_t column) const override;
  [[nodiscard]] std::int64_t integer(std::size_t column) const override;
  [[nodiscard]] std::string_view bytes(std::size_t column) const override;
  [[nodiscard]] std::uint64_t size(std::size_t column) const override;
  [[nodiscard]] std::int64_t rowid() const override;
  [[nodiscard]] bool whole() const;  ///< no cell is unreadable

 private:
  const std::vector<TableColumn>& columns_;
  std::vector<Cell> cells_;
  std::int64_t rowid_;
};

/// Copies one column of a row.
[[nodiscard]] StoredRow::Cell store_cell(const Row& row, std::size_t column);

}  // namespace crumbs::sqlite
