#include "formats/sqlite/sqlite.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "ascii.h"
#include "crumbs/error.h"
#include "diagnostics.h"
#include "formats/sqlite/connection.h"
#include "formats/sqlite/scan.h"
#include "formats/sqlite/statement.h"

namespace crumbs::sqlite {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         sqlite3_strnicmp(a.data(), b.data(), static_cast<int>(a.size())) == 0;
}

/// SQLite writes the first words of a definition itself, in this form. The type that the schema
/// states is no evidence: a hostile file may call a view a table.
bool defines(const Connection::SchemaObject& object, std::string_view what) {
  return object.sql.size() >= what.size() &&
         same_name(std::string_view(object.sql).substr(0, what.size()), what);
}

struct TableInfo {
  std::vector<DefinedColumn> columns;
  std::vector<std::pair<int, std::string>> key;  ///< position in the primary key, name
};

TableInfo table_info(Connection& connection, const std::string& table) {
  TableInfo info;
  SQLite::Statement rows(connection.database(),
                         fmt::format("PRAGMA table_info({})", quote_identifier(table)));
  while (rows.executeStep()) {
    info.columns.push_back({rows.getColumn(1).getString(), rows.getColumn(3).getInt() != 0});
    const int position = rows.getColumn(5).getInt();
    if (position > 0) info.key.emplace_back(position, info.columns.back().name);
  }
  std::ranges::sort(info.key);
  return info;
}

/// The first of the alternatives "a|b" that the table has; without a name for none.
DefinedColumn find_column(const std::vector<DefinedColumn>& columns, std::string_view names) {
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find('|'));
    names.remove_prefix(std::min(names.size(), name.size() + 1));
    const auto found = std::ranges::find_if(
        columns, [&](const DefinedColumn& column) { return same_name(column.name, name); });
    if (found != columns.end()) return *found;
  }
  return {};
}

/// Only a definition that says "WITHOUT ROWID" makes a table without row ids.
bool may_lack_rowids(std::string_view definition) {
  constexpr std::string_view kWithout = "without";
  const auto same = [](char a, char b) { return to_lower(a) == b; };
  return std::search(definition.begin(), definition.end(), kWithout.begin(), kWithout.end(),
                     same) != definition.end();
}

/// A name of the row id that no column has taken; empty where the table has no row ids.
std::string rowid_name(Connection& connection, const std::string& table,
                       std::string_view definition, const std::vector<DefinedColumn>& columns) {
  constexpr std::array<const char*, 3> kNames = {"rowid", "_rowid_", "oid"};
  for (const char* name : kNames) {
    if (!find_column(columns, name).name.empty()) continue;
    if (!may_lack_rowids(definition)) return name;
    const Statement statement(
        connection.database().getHandle(),
        fmt::format("SELECT {} FROM {} NOT INDEXED", name, quote_identifier(table)));
    return statement.code() == SQLITE_OK ? name : "";
  }
  return {};
}

}  // namespace

struct File::Data {
  Data(const Image& image, std::uint64_t budget) : connection(image), value_budget(budget) {}

  [[nodiscard]] const Connection::SchemaObject* find(std::string_view name) const {
    const auto& schema = connection.schema();
    const auto found = std::ranges::find_if(
        schema, [&](const auto& object) { return same_name(object.name, name); });
    return found == schema.end() ? nullptr : &*found;
  }

  /// Asked once for each table. Throws Error(corrupt).
  const TableInfo& info(std::string_view table) {
    const auto known = infos.find(table);
    if (known != infos.end()) return known->second;
    try {
      const std::string name(table);
      return infos.emplace(name, table_info(connection, name)).first->second;
    } catch (const SQLite::Exception& error) {
      connection.fail(error);
    }
  }

  Connection connection;
  std::uint64_t value_budget;
  std::map<std::string, TableInfo, std::less<>> infos;
};

File::File(const Image& image, std::uint64_t value_budget)
    : data_(std::make_unique<Data>(image, value_budget)) {}

File::~File() = default;

bool File::has_table(std::string_view table) const {
  const auto* const object = data_->find(table);
  return object != nullptr && defines(*object, "CREATE TABLE");
}

std::string File::other_object(std::string_view table) const {
  const auto* const object = data_->find(table);
  if (object == nullptr || defines(*object, "CREATE TABLE")) return {};
  if (defines(*object, "CREATE VIRTUAL TABLE")) return "virtual table";
  if (defines(*object, "CREATE VIEW")) return "view";
  return "index";
}

std::vector<std::string> File::columns(std::string_view table) const {
  std::vector<std::string> names;
  for (const DefinedColumn& column : data_->info(table).columns) names.push_back(column.name);
  return names;
}

std::vector<DefinedColumn> File::definitions_of(std::string_view table,
                                                const std::vector<Column>& wanted) const {
  const TableInfo& info = data_->info(table);
  std::vector<DefinedColumn> definitions;
  definitions.reserve(wanted.size());
  for (const Column& column : wanted)
    definitions.push_back(find_column(info.columns, column.names));
  return definitions;
}

std::int64_t File::user_version() const {
  try {
    return data_->connection.user_version();
  } catch (const SQLite::Exception& error) {
    data_->connection.fail(error);
  }
}

std::optional<std::string> File::meta(std::string_view key) const {
  if (!has_table("meta")) return std::nullopt;
  data_->connection.allow("meta");
  try {
    SQLite::Statement statement(data_->connection.database(),
                                "SELECT value FROM meta NOT INDEXED WHERE key = ?1");
    statement.bind(1, std::string(key));
    if (!statement.executeStep() || statement.getColumn(0).isNull()) return std::nullopt;
    return statement.getColumn(0).getString();
  } catch (const SQLite::Exception&) {
    return std::nullopt;  // a damaged page or odd columns; the reader goes by the tables themselves
  }
}

void File::report_unused(const std::function<void(Diagnostic)>& damage) const {
  Connection& connection = data_->connection;
  const std::uint32_t page = connection.unused_page();
  if (page == 0) return;
  damage(make_diagnostic(
      DiagnosticCode::corrupt, Diagnostic::Severity::incomplete,
      "a page belongs to nothing; rows may be missing", connection.display(),
      {.row = std::nullopt, .offset = (page - std::uint64_t{1}) * connection.page_size()}));
}

std::uint64_t File::scan(std::string_view table, const std::vector<Column>& columns,
                         const std::function<void(const Row&)>& visit,
                         const std::function<void(Diagnostic)>& damage) const {
  Connection& connection = data_->connection;
  if (!has_table(table)) {
    throw Error(ErrorCode::not_found,
                fmt::format("{}: has no table {}", connection.display(), table));
  }
  const std::string name(table);
  connection.allow(table);
  const TableInfo& info = data_->info(table);
  ScanRequest request{.database = connection.database().getHandle(),
                      .display = connection.display(),
                      .table = name,
                      .rowid = rowid_name(connection, name, data_->find(table)->sql, info.columns),
                      .value_budget = data_->value_budget,
                      .page_size = connection.page_size(),
                      .page_count = connection.page_count(),
                      .utf16 = connection.utf16(),
                      .tree = {},
                      .visit = visit,
                      .damage = damage};
  const TreeKind kind = request.rowid.empty() ? TreeKind::index : TreeKind::table;
  request.tree = [&] { return connection.tree(data_->find(table)->root, kind); };
  for (const auto& [position, column] : info.key) request.key.push_back(column);
  int place = request.rowid.empty() ? static_cast<int>(request.key.size()) : 1;
  for (DefinedColumn& found : definitions_of(table, columns)) {
    const int at = found.name.empty() ? -1 : place++;
    request.columns.push_back({std::move(found.name), at});
  }
  if (!request.rowid.empty()) return scan_by_rowid(request);
  if (request.key.empty()) {
    throw Error(ErrorCode::corrupt, fmt::format("{}: table {} has neither row ids nor a key",
                                                connection.display(), table));
  }
  return scan_by_key(request);
}

}  // namespace crumbs::sqlite
