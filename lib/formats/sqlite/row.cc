#include "formats/sqlite/row.h"

#include <algorithm>
#include <utility>

namespace crumbs::sqlite {

StatementRow::StatementRow(sqlite3_stmt* statement, const std::vector<TableColumn>& columns,
                           int rowid_place, bool utf16)
    : statement_(statement), columns_(columns), rowid_place_(rowid_place), utf16_(utf16) {}

// Reading through the value costs half of what sqlite3_column_type and its kin cost, which lock and
// unlock at every call. SQLite allows it where no other thread uses the connection.
sqlite3_value* StatementRow::value(std::size_t column) const {
  const int place = columns_[column].place;
  return place < 0 ? nullptr : sqlite3_column_value(statement_, place);
}

bool StatementRow::has(std::size_t column) const {
  return columns_[column].place >= 0;
}

Row::Type StatementRow::type(std::size_t column) const {
  sqlite3_value* const stored = value(column);
  if (stored == nullptr) return Type::null;
  switch (sqlite3_value_type(stored)) {
    case SQLITE_INTEGER:
      return Type::integer;
    case SQLITE_FLOAT:
      return Type::real;
    case SQLITE_TEXT:
      return Type::text;
    case SQLITE_BLOB:
      return Type::blob;
    default:
      return Type::null;
  }
}

std::int64_t StatementRow::integer(std::size_t column) const {
  sqlite3_value* const stored = value(column);
  return stored == nullptr ? 0 : sqlite3_value_int64(stored);
}

std::string_view StatementRow::bytes(std::size_t column) const {
  sqlite3_value* const stored = value(column);
  if (stored == nullptr) return {};
  const int type = sqlite3_value_type(stored);
  if (type != SQLITE_TEXT && type != SQLITE_BLOB) return {};
  const void* const data =
      type == SQLITE_TEXT && utf16_ ? sqlite3_value_text(stored) : sqlite3_value_blob(stored);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_value_bytes(stored))};
}

std::uint64_t StatementRow::size(std::size_t column) const {
  return bytes(column).size();
}

std::int64_t StatementRow::rowid() const {
  return rowid_place_ < 0 ? 0 : sqlite3_column_int64(statement_, rowid_place_);
}

StoredRow::StoredRow(const std::vector<TableColumn>& columns, std::vector<Cell> cells,
                     std::int64_t rowid)
    : columns_(columns), cells_(std::move(cells)), rowid_(rowid) {}

bool StoredRow::has(std::size_t column) const {
  return columns_[column].place >= 0;
}
Row::Type StoredRow::type(std::size_t column) const {
  return cells_[column].type;
}
std::int64_t StoredRow::integer(std::size_t column) const {
  return cells_[column].integer;
}
std::string_view StoredRow::bytes(std::size_t column) const {
  return cells_[column].bytes;
}
std::uint64_t StoredRow::size(std::size_t column) const {
  return cells_[column].size;
}
std::int64_t StoredRow::rowid() const {
  return rowid_;
}
bool StoredRow::whole() const {
  return std::ranges::none_of(cells_,
                              [](const Cell& cell) { return cell.type == Type::unreadable; });
}

StoredRow::Cell store_cell(const Row& row, std::size_t column) {
  StoredRow::Cell cell;
  cell.type = row.type(column);
  cell.integer = row.integer(column);
  cell.bytes = row.bytes(column);
  cell.size = cell.bytes.size();
  return cell;
}

}  // namespace crumbs::sqlite
