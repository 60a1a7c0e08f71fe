#pragma once

/// SQLite databases of unknown make: defensive, plain tables only, damage is local.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/types.h"
#include "formats/sqlite/image.h"

namespace crumbs::sqlite {

/// A wanted column: alternatives in order of preference, "is_secure|secure". A column that the
/// table lacks reads as NULL and `Row::has` is false. `large`: may be over the value budget; such a
/// value is not loaded and reads as `too_large`. So does any other column's; a value that lies
/// within one page may be handed out although it is larger.
struct Column {
  std::string_view names;
  bool large = false;
};

/// A wanted column as the table defines it.
struct DefinedColumn {
  std::string name;  ///< the table's own; empty: it has none
  bool not_null = false;
};

/// One row during File::scan. Views are valid until the visitor returns.
class Row {
 public:
  enum class Type { null, integer, real, text, blob, too_large, unreadable };
  virtual ~Row() = default;
  [[nodiscard]] virtual bool has(std::size_t column) const = 0;  ///< the table has such a column
  [[nodiscard]] virtual Type type(std::size_t column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(
      std::size_t column) const = 0;  ///< SQLite's coercion; 0 for NULL
  [[nodiscard]] virtual std::string_view bytes(
      std::size_t column) const = 0;  ///< text or blob as stored; empty otherwise
  [[nodiscard]] virtual std::uint64_t size(
      std::size_t column) const = 0;                     ///< bytes, also where too_large
  [[nodiscard]] virtual std::int64_t rowid() const = 0;  ///< 0 for WITHOUT ROWID tables
};

/// An open database. SQLite runs in defensive mode with trusted_schema=OFF, cell-size checks and no
/// attached files. One thread.
class File {
 public:
  /// Throws Error(corrupt) "not a database" or "encrypted", Error(io).
  /// The bytes of the image outlive the file.
  File(const Image& image, std::uint64_t value_budget);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  /// True for a plain table; a view, virtual table or index of that name does not count.
  [[nodiscard]] bool has_table(std::string_view table) const;
  /// What lies under the name otherwise: "view", "virtual table", "" (nothing).
  [[nodiscard]] std::string other_object(std::string_view table) const;
  /// Its columns as declared, generated ones left out. Throws Error(corrupt).
  [[nodiscard]] std::vector<std::string> columns(std::string_view table) const;
  /// What the table has for each of the wanted columns. Throws Error(corrupt).
  [[nodiscard]] std::vector<DefinedColumn> definitions_of(std::string_view table,
                                                          const std::vector<Column>& wanted) const;
  [[nodiscard]] std::int64_t user_version() const;
  /// `value` of `meta` for a key, as Chromium keeps it; nullopt where there is none
  /// or where it cannot be read.
  [[nodiscard]] std::optional<std::string> meta(std::string_view key) const;

  /// Tells `damage` where a page belongs to nothing: rows are missing to which no way leads.
  void report_unused(const std::function<void(Diagnostic)>& damage) const;

  /// The visitor must not use this file. Visits every row of `table` that can be read, each once,
  /// in row-id order as far as the damage allows. A damaged page costs its rows and is reported to
  /// `damage`; the rows before and after it are visited. Returns the number of rows visited. Throws
  /// Error(not_found) where has_table is false, Error(corrupt) where the definition of the table is
  /// unusable.
  std::uint64_t scan(std::string_view table, const std::vector<Column>& columns,
                     const std::function<void(const Row&)>& visit,
                     const std::function<void(Diagnostic)>& damage) const;

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace crumbs::sqlite
