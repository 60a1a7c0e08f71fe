#include "formats/sqlite/sqlite.h"
#include "snapshot/snapshot.h"

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "crumbs/error.h"
#include "support/support.h"

namespace crumbs {
namespace {

using Type = sqlite::Row::Type;
using namespace std::string_literals;

constexpr std::uint64_t kBudget = 1 << 20;

Snapshot built(const std::string& sql) {
  const test::TempDir dir;
  test::build_database(dir.path() / "db", sql);
  return Snapshot::from_memory(test::read_file(dir.path() / "db"), "Default/Cookies");
}

std::string refusal(std::string bytes) {
  const Snapshot snapshot = Snapshot::from_memory(std::move(bytes), "Default/Cookies");
  try {
    const sqlite::File file(snapshot.image(), kBudget);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::corrupt);
    return error.what();
  }
  return "no error";
}

/// Every row as one line: "1: 'name' x0102 null 7 1.5 (too large: 2000)".
std::string describe(const sqlite::Row& row, std::size_t columns) {
  std::string line = std::to_string(row.rowid()) + ":";
  for (std::size_t i = 0; i < columns; ++i) {
    const std::string bytes(row.bytes(i));
    const std::map<Type, std::string> forms = {
        {Type::null, row.has(i) ? "null" : "absent"},
        {Type::integer, std::to_string(row.integer(i))},
        {Type::real, "real " + std::to_string(row.integer(i))},
        {Type::text, "'" + bytes + "'"},
        {Type::blob, "blob " + std::to_string(bytes.size())},
        {Type::too_large, "too large " + std::to_string(row.size(i))},
        {Type::unreadable, "unreadable"}};
    line += " " + forms.at(row.type(i));
  }
  return line;
}

struct Scanned {
  std::string rows;  ///< a line each, so that a failure shows them
  std::uint64_t count = 0;
  std::vector<Diagnostic> damage;
};

/// The form of Scanned::rows.
std::string lines(const std::vector<std::string>& rows) {
  std::string all;
  for (const std::string& row : rows) all += row + "\n";
  return all;
}

Scanned scan(const sqlite::File& file, std::string_view table,
             const std::vector<sqlite::Column>& columns) {
  Scanned scanned;
  const std::uint64_t count = file.scan(
      table, columns,
      [&](const sqlite::Row& row) {
        scanned.rows += describe(row, columns.size()) + "\n";
        ++scanned.count;
      },
      [&](Diagnostic diagnostic) { scanned.damage.push_back(std::move(diagnostic)); });
  CHECK(count == scanned.count);
  return scanned;
}

}  // namespace

TEST_CASE("rows come in row-id order with their values as stored") {
  const Snapshot snapshot = built(
      "CREATE TABLE cookies(name TEXT, value BLOB, expiry INTEGER, odd);"
      "INSERT INTO cookies(rowid, name, value, expiry, odd) VALUES (7, 'b', x'0102', 9, 1.5),"
      " (-3, 'a', NULL, NULL, NULL), (9223372036854775807, 'c', 'text', 'eleven', '11');");
  const sqlite::File file(snapshot.image(), kBudget);
  const Scanned all = scan(file, "cookies", {{"name"}, {"value"}, {"expiry"}, {"odd"}, {"new"}});
  CHECK(all.damage.empty());
  CHECK(all.rows == lines({"-3: 'a' null null null absent", "7: 'b' blob 2 9 real 1 absent",
                           "9223372036854775807: 'c' 'text' 'eleven' '11' "
                           "absent"}));
}

TEST_CASE("integers are coerced as SQLite does, whatever the column holds") {
  const Snapshot snapshot = built(
      "CREATE TABLE t(v); INSERT INTO t VALUES (5), ('12'), ('x'), (NULL), (2.9), (x'3133');");
  const sqlite::File file(snapshot.image(), kBudget);
  std::vector<std::int64_t> values;
  file.scan(
      "t", {{"v"}}, [&](const sqlite::Row& row) { values.push_back(row.integer(0)); },
      [](const Diagnostic&) { FAIL("damage"); });
  CHECK(values == std::vector<std::int64_t>{5, 12, 0, 0, 2, 13});
}

TEST_CASE("text keeps NUL bytes and bytes that are no UTF-8") {
  const Snapshot snapshot = built(
      "CREATE TABLE t(v TEXT); INSERT INTO t VALUES "
      "(CAST(x'610062' AS TEXT)), (CAST(x'fffe80' AS TEXT)), ('');");
  const sqlite::File file(snapshot.image(), kBudget);
  std::vector<std::string> values;
  file.scan(
      "t", {{"v"}},
      [&](const sqlite::Row& row) {
        CHECK(row.type(0) == Type::text);
        CHECK(row.size(0) == row.bytes(0).size());
        values.emplace_back(row.bytes(0));
      },
      [](const Diagnostic&) { FAIL("damage"); });
  CHECK(values == std::vector<std::string>{"a\0b"s, "\xff\xfe\x80", ""});
}

TEST_CASE("text of a UTF-16 database comes as UTF-8, its blobs stay as they are") {
  for (const char* encoding : {"UTF-16le", "UTF-16be"}) {
    const Snapshot snapshot = built("PRAGMA encoding='"s + encoding +
                                    "'; CREATE TABLE ItemTable(key TEXT, value BLOB);"
                                    "INSERT INTO ItemTable VALUES ('gr\u00fcn', x'67007200');");
    const sqlite::File file(snapshot.image(), kBudget);
    CHECK(scan(file, "ItemTable", {{"key"}, {"value"}}).rows == lines({"1: 'gr\u00fcn' blob 4"}));
  }
}

TEST_CASE("the first alternative that a table has is the one that is read") {
  const Snapshot snapshot =
      built("CREATE TABLE t(Secure, is_secure); INSERT INTO t VALUES (1, 2);");
  const sqlite::File file(snapshot.image(), kBudget);
  CHECK(scan(file, "t", {{"is_secure|secure"}, {"secure|is_secure"}, {"no|secure"}, {"no|none"}})
            .rows == lines({"1: 2 1 1 absent"}));
  CHECK(file.columns("t") == std::vector<std::string>{"Secure", "is_secure"});
}

TEST_CASE("names that need quoting are no way into the SQL") {
  const Snapshot snapshot = built(
      "CREATE TABLE \"t\"\"; DROP\"(\"a\"\"b\", \"select\", rowid);"
      "INSERT INTO \"t\"\"; DROP\" VALUES (1, 2, 3);");
  const sqlite::File file(snapshot.image(), kBudget);
  CHECK(scan(file, "t\"; DROP", {{"a\"b"}, {"select"}, {"rowid"}}).rows == lines({"1: 1 2 3"}));
}

TEST_CASE("only a plain table counts as a table") {
  const Snapshot snapshot = built(
      "CREATE TABLE plain(a); CREATE VIEW cookies AS SELECT a FROM plain;"
      "CREATE VIRTUAL TABLE search USING fts5(a); CREATE INDEX idx ON plain(a);");
  const sqlite::File file(snapshot.image(), kBudget);
  CHECK(file.has_table("plain"));
  CHECK(file.has_table("PLAIN"));
  CHECK_FALSE(file.has_table("cookies"));
  CHECK_FALSE(file.has_table("search"));
  CHECK_FALSE(file.has_table("idx"));
  CHECK_FALSE(file.has_table("nothing"));
  CHECK(file.other_object("cookies") == "view");
  CHECK(file.other_object("search") == "virtual table");
  CHECK(file.other_object("idx") == "index");
  CHECK(file.other_object("plain").empty());
  CHECK(file.other_object("nothing").empty());
  CHECK_THROWS_WITH_AS(scan(file, "cookies", {{"a"}}), "Default/Cookies: has no table cookies",
                       Error);
}

TEST_CASE("a view that the schema calls a table is not read") {
  const test::TempDir dir;
  test::build_database(dir.path() / "db",
                       "CREATE TABLE plain(name); INSERT INTO plain VALUES (1);"
                       "CREATE VIEW cookies AS SELECT name FROM plain; PRAGMA writable_schema=ON;"
                       "UPDATE sqlite_schema SET type='table' WHERE name='cookies';");
  CHECK(refusal(test::read_file(dir.path() / "db")) ==
        "Default/Cookies: the schema cannot be read: database disk image is malformed");
}

TEST_CASE("a generated column is not computed") {
  const Snapshot snapshot = built(
      "CREATE TABLE t(a, b AS (zeroblob(1000000)), c AS (a + 1) STORED);"
      "INSERT INTO t(a) VALUES (1);");
  const sqlite::File file(snapshot.image(), kBudget);
  CHECK(file.columns("t") == std::vector<std::string>{"a"});
  CHECK(scan(file, "t", {{"a"}, {"b"}, {"c"}}).rows == lines({"1: 1 absent absent"}));
}

TEST_CASE("user_version and meta are read") {
  const Snapshot snapshot = built(
      "PRAGMA user_version=17; CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY,"
      " value LONGVARCHAR); INSERT INTO meta VALUES ('version', '24'), ('number', 5),"
      " ('null', NULL);");
  const sqlite::File file(snapshot.image(), kBudget);
  CHECK(file.user_version() == 17);
  CHECK(file.meta("version") == "24");
  CHECK(file.meta("number") == "5");
  CHECK_FALSE(file.meta("null").has_value());
  CHECK_FALSE(file.meta("absent").has_value());
  const Snapshot other = built(
      "CREATE TABLE t(a); CREATE VIEW meta AS SELECT 'version' AS key, 1 "
      "AS value;");
  CHECK_FALSE(sqlite::File(other.image(), kBudget).meta("version").has_value());
}

TEST_CASE("an empty file is an empty database") {
  const Snapshot snapshot = Snapshot::from_memory("", "Default/Cookies");
  const sqlite::File file(snapshot.image(), kBudget);
  CHECK_FALSE(file.has_table("cookies"));
}

TEST_CASE("what is no database is told from what is encrypted") {
  std::mt19937 random(7);
  std::string noise;
  for (int i = 0; i < 8192; ++i) noise += static_cast<char>(random());
  const std::string encrypted = "Default/Cookies: not a plain SQLite database; it looks encrypted";
  CHECK(refusal(noise) == encrypted);
  CHECK(refusal(noise + "x") == "Default/Cookies: not a database");
  CHECK(refusal("hello") == "Default/Cookies: not a database");
  CHECK(refusal(std::string(4096, 'x')) == "Default/Cookies: not a database");
  CHECK(refusal(std::string(4096, '\0')) == "Default/Cookies: not a database");
  CHECK(refusal("SQLite format 3\0"s + std::string(4080, '\xff')) ==
        "Default/Cookies: not a database");
}

TEST_CASE("a damaged schema is an error that quotes nothing of the file") {
  const test::TempDir dir;
  test::build_database(dir.path() / "db", "CREATE TABLE secret_name(a);");
  std::string bytes = test::read_file(dir.path() / "db");
  bytes.replace(bytes.find("CREATE TABLE"), 12, "CREATE TXBLE");
  CHECK(refusal(bytes) ==
        "Default/Cookies: the schema cannot be read: database disk image is malformed");
}

TEST_CASE("a value over the budget is not loaded, its size is told, the rest of the row is there") {
  const Snapshot snapshot = built(
      "CREATE TABLE t(name TEXT, value BLOB, text TEXT, after INTEGER);"
      "INSERT INTO t VALUES ('a', zeroblob(1000), 'x', 1), ('b', zeroblob(5001), 'y', 2),"
      " ('c', x'01', CAST(zeroblob(6000) AS TEXT), 3), ('d', zeroblob(90000), 'z', 4),"
      " ('e', x'02', 'w', 5);");
  const sqlite::File file(snapshot.image(), 1000);
  const Scanned all =
      scan(file, "t", {{"name"}, {"value", true}, {"text", true}, {"after"}, {"none"}});
  CHECK(all.damage.empty());
  CHECK(all.rows == lines({"1: 'a' blob 1000 'x' 1 absent", "2: 'b' too large 5001 'y' 2 absent",
                           "3: 'c' blob 1 too large 6000 3 absent",
                           "4: 'd' too large 90000 'z' 4 absent", "5: 'e' blob 1 'w' 5 absent"}));
}

TEST_CASE("a large value in the last row, or only large values, end the scan properly") {
  const Snapshot snapshot = built(
      "CREATE TABLE t(value BLOB);"
      "INSERT INTO t(rowid, value) VALUES (1, zeroblob(5000)), (9223372036854775807, "
      "zeroblob(6000));");
  const sqlite::File file(snapshot.image(), 1000);
  CHECK(scan(file, "t", {{"value", true}}).rows ==
        lines({"1: too large 5000", "9223372036854775807: too large 6000"}));
}

TEST_CASE("a large value is skipped in a table without row ids too") {
  const Snapshot snapshot = built(
      "CREATE TABLE map_entries(map_id INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,"
      " PRIMARY KEY(map_id, key)) WITHOUT ROWID;"
      "INSERT INTO map_entries VALUES (2, x'61', x'01'), (1, x'62', zeroblob(5000)),"
      " (1, x'61', x'0102'), (3, x'61', zeroblob(6000)), (3, x'62', x'03');");
  const sqlite::File file(snapshot.image(), 1000);
  const Scanned all = scan(file, "map_entries", {{"map_id"}, {"key"}, {"value", true}});
  CHECK(all.damage.empty());
  CHECK(all.rows == lines({"0: 1 blob 1 blob 2", "0: 1 blob 1 too large 5000", "0: 2 blob 1 blob 1",
                           "0: 3 blob 1 too large 6000", "0: 3 blob 1 blob 1"}));
}

TEST_CASE("a 64 MiB value costs no memory beyond the file") {
  const test::TempDir dir;
  test::TempDir temporary;
  test::build_database(
      dir.path() / "db",
      "CREATE TABLE t(name TEXT, value BLOB);"
      "INSERT INTO t VALUES ('a', x'01'), ('b', zeroblob(67108864)), ('c', x'02');");
  ReadLimits limits;
  limits.temp_dir = temporary.path();
  limits.memory_budget = 1 << 20;
  const auto peak = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;  // KiB
  };
  const long before = peak();
  const Snapshot snapshot = Snapshot::take(dir.path(), "db", "db", limits);
  const sqlite::File file(snapshot.image(), kBudget);
  CHECK(scan(file, "t", {{"name"}, {"value", true}}).rows ==
        lines({"1: 'a' blob 1", "2: 'b' too large 67108864", "3: 'c' blob 1"}));
  CHECK(peak() - before < 32 * 1024);
}

TEST_CASE("pages that refer to each other end in a diagnostic, not in an endless scan") {
  // Twenty levels of inner pages, each naming the next one sixty times, would be 60^20 rows.
  const test::TempDir dir;
  test::build_database(
      dir.path() / "db",
      "PRAGMA page_size=512; CREATE TABLE t(k INTEGER, PRIMARY KEY(k)) WITHOUT ROWID;"
      "CREATE TABLE u(a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
      "FROM n WHERE i < 2000) INSERT INTO t SELECT i FROM n;");
  std::string bytes = test::read_file(dir.path() / "db");
  std::string root = bytes.substr(512, 512);
  REQUIRE(root[0] == 2);  // an inner page of an index tree
  // Every child of the root becomes a copy of the first one: the same rows again and again.
  const unsigned cells = static_cast<unsigned char>(root[4]);
  REQUIRE(cells >= 2);
  const auto at = [&](std::size_t offset) { return static_cast<unsigned char>(root[offset]); };
  const std::size_t first = at(12) * 256U + at(13);
  for (unsigned i = 1; i < cells; ++i) {
    const std::size_t cell = at(12 + 2 * i) * 256U + at(13 + 2 * i);
    root.replace(cell, 4, root.substr(first, 4));
  }
  bytes.replace(512, 512, root);
  const Snapshot snapshot = Snapshot::from_memory(bytes, "db");
  const sqlite::File file(snapshot.image(), kBudget);
  std::uint64_t rows = 0;
  file.scan(
      "t", {{"k"}}, [&](const sqlite::Row&) { ++rows; }, [](const Diagnostic&) {});
  CHECK(rows > 0);
  CHECK(rows < 10'000);
}

}  // namespace crumbs
