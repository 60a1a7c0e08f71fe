#pragma once

/// Columns of one table read with care: what a column should not hold is counted and reported once.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/types.h"
#include "diagnostics.h"
#include "formats/sqlite/sqlite.h"
#include "item.h"
#include "stores/store.h"

namespace crumbs {

/// The columns that a store wants of a table, each named once:
/// `constexpr struct : WantedColumns { std::size_t path = want("path"); } kColumn;`
/// Then `kColumn.path` is the index of that one for Row and RowFields.
class WantedColumns {
 public:
  [[nodiscard]] std::vector<sqlite::Column> list() const {
    return {columns_.begin(), columns_.begin() + count_};
  }

 protected:
  constexpr std::size_t want(std::string_view names, bool large = false) {
    columns_.at(count_) = {names, large};
    return count_++;
  }

 private:
  std::array<sqlite::Column, 24> columns_{};
  std::size_t count_ = 0;
};

/// Reads the columns of a row by index and collects what is wrong with them. One thread; lives for
/// one scan.
class RowFields {
 public:
  /// `columns` as given to sqlite::File::scan.
  RowFields(const sqlite::File& file, std::string_view table, std::vector<sqlite::Column> columns,
            std::string display);

  [[nodiscard]] const std::vector<sqlite::Column>& columns() const { return columns_; }
  /// The table's own name for a wanted column; empty where it has none.
  [[nodiscard]] const std::string& name(std::size_t column) const {
    return definitions_[column].name;
  }
  [[nodiscard]] bool has(std::size_t column) const { return !name(column).empty(); }
  /// Throws Error(unsupported) naming every one of `needed` that the table lacks.
  void require(const std::vector<std::size_t>& needed) const;

  // NULL is noted too; in a column that is defined not to hold it the row is damaged.

  /// Text or blob as stored; empty, and noted, for anything else. Valid as the row is.
  [[nodiscard]] std::string_view text(const sqlite::Row& row, std::size_t column);
  /// nullopt where the table has no such column; nullopt, and noted, for anything but an integer.
  [[nodiscard]] std::optional<std::int64_t> integer(const sqlite::Row& row, std::size_t column);
  /// As integer() of what an item needs: where it is anything else the row is lost, which is said.
  [[nodiscard]] std::optional<std::int64_t> needed_integer(const sqlite::Row& row,
                                                           std::size_t column);
  /// integer() != 0.
  [[nodiscard]] std::optional<bool> flag(const sqlite::Row& row, std::size_t column);
  /// The value of an item as it is stored, packed or marked: what is in it is for the caller to
  /// look at. `bytes` valid as the row is.
  [[nodiscard]] RawValue packed_value(const sqlite::Row& row, std::size_t column);
  /// As above of a value that is stored as it is: one over the budget has its length alone, and is
  /// noted.
  [[nodiscard]] RawValue value(const sqlite::Row& row, std::size_t column, std::uint64_t budget);

  /// Counts a problem with `column` in `row`; reported once per code and column, as the worst of
  /// them.
  void problem(DiagnosticCode code, std::size_t column, const sqlite::Row& row,
               std::string_view what, Diagnostic::Severity severity = Diagnostic::Severity::note);
  /// Hands every problem to the sink: "column path: 3 rows hold NULL", the first row in `row`.
  void report(StoreSink& sink) const;

 private:
  struct Problem {
    DiagnosticCode code;
    std::string_view what;
    std::size_t column;
    Diagnostic::Severity severity;
    std::int64_t first_row;
    std::uint64_t rows;
  };
  void wrong_type(const sqlite::Row& row, std::size_t column, Diagnostic::Severity severity);

  std::vector<sqlite::Column> columns_;
  std::vector<sqlite::DefinedColumn> definitions_;
  std::string display_;
  std::vector<Problem> problems_;
};

}  // namespace crumbs
