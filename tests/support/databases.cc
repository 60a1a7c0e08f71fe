#include "support/databases.h"

#include <sstream>

#include <fmt/format.h>

#include "support/support.h"

namespace crumbs::test {

std::string cookie_schema(int version) {
  std::istringstream lines(read_file(fixture(fmt::format("sql/chromium-cookies-{}.sql", version))));
  std::string schema;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("CREATE ") || line.starts_with("INSERT INTO meta ")) schema += line + "\n";
  }
  return schema;
}

std::string dom_storage_schema() {
  return R"sql(
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
INSERT INTO meta VALUES('version', '1'), ('last_compatible_version', '1');
CREATE TABLE maps(row_id INTEGER PRIMARY KEY AUTOINCREMENT,storage_key BLOB NOT NULL,
  last_accessed INTEGER,last_modified INTEGER,total_size INTEGER);
CREATE UNIQUE INDEX maps_by_storage_key ON maps(storage_key);
CREATE TABLE map_entries(map_id INTEGER NOT NULL,value_compression_type INTEGER NOT NULL,
  key BLOB NOT NULL,value BLOB NOT NULL,PRIMARY KEY(map_id, key)) WITHOUT ROWID;
)sql";
}

std::string firefox_storage_schema(std::string_view origin) {
  return fmt::format(R"sql(PRAGMA user_version = 80;
CREATE TABLE database( origin TEXT NOT NULL, usage INTEGER NOT NULL DEFAULT 0);
INSERT INTO database VALUES('{}', 0);
CREATE TABLE data( key TEXT PRIMARY KEY, utf16_length INTEGER NOT NULL, conversion_type INTEGER NOT
  NULL, compression_type INTEGER NOT NULL, last_access_time INTEGER NOT NULL DEFAULT 0,
  value BLOB NOT NULL);
)sql",
                     origin);
}

std::string webappsstore_schema() {
  return "CREATE TABLE webappsstore2 (originAttributes TEXT, originKey TEXT, scope TEXT, key TEXT, "
         "value TEXT);\n";
}

std::string sql_blob(std::string_view bytes) {
  std::string text = "x'";
  for (const char byte : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return text + "'";
}

std::string sql_text(std::string_view bytes) {
  return fmt::format("CAST({} AS TEXT)", sql_blob(bytes));
}

}  // namespace crumbs::test
