// Every page of a database belongs to something; where one does not, a way to rows is lost.
#include "formats/sqlite/unused_page.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "formats/sqlite/sqlite.h"
#include "snapshot/snapshot.h"
#include "support/support.h"

namespace crumbs::sqlite {
namespace {

/// Byte offsets that were reported.
std::vector<std::uint64_t> unused(const Snapshot& snapshot) {
  std::vector<std::uint64_t> offsets;
  File(snapshot.image(), 1 << 20).report_unused([&](const Diagnostic& damage) {
    CHECK(damage.code == "corrupt");
    CHECK(damage.severity == Diagnostic::Severity::incomplete);
    CHECK(damage.message == "a page belongs to nothing; rows may be missing");
    REQUIRE(damage.offset.has_value());
    offsets.push_back(*damage.offset);
  });
  return offsets;
}

std::vector<std::uint64_t> unused(const std::string& bytes) {
  return unused(Snapshot::from_memory(bytes, "db"));
}

std::string built(const std::string& sql) {
  const test::TempDir dir;
  test::build_database(dir.path() / "db", sql);
  return test::read_file(dir.path() / "db");
}

/// Two tables with indexes, of which SQLite makes one by itself, a table without row ids, rows that
/// go on elsewhere.
const std::string kTables =
    "CREATE TABLE a(id INTEGER PRIMARY KEY, k TEXT UNIQUE, v);"
    "CREATE INDEX a_v ON a(v); CREATE TABLE b(k PRIMARY KEY, v) WITHOUT ROWID;"
    "CREATE VIEW c AS SELECT k FROM a;"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
    " INSERT INTO a SELECT i, printf('%05d', i), hex(randomblob(40)) FROM n;"
    "INSERT INTO b SELECT k, v FROM a; UPDATE a SET v = hex(randomblob(9000)) WHERE id % 50 = 0;"
    "UPDATE b SET v = hex(randomblob(5000)) WHERE k IN ('00007', '00200');";

}  // namespace

TEST_CASE("all pages of sound databases are accounted for") {
  for (const int size : {512, 1024, 4096, 65536}) {
    for (const int vacuum : {0, 1, 2}) {
      CAPTURE(size);
      CAPTURE(vacuum);
      const std::string start =
          fmt::format("PRAGMA page_size={}; PRAGMA auto_vacuum={};", size, vacuum);
      CHECK(unused(built(start + kTables)).empty());
      CHECK(
          unused(built(start + kTables + "DELETE FROM a WHERE id > 20; DROP INDEX a_v;")).empty());
      CHECK(unused(built(start + kTables + "DELETE FROM a; DELETE FROM b; VACUUM;")).empty());
    }
  }
  CHECK(unused(built("CREATE TABLE a(x);")).empty());
  CHECK(unused(std::string()).empty());
}

TEST_CASE("what a browser reserves behind the last page is no page") {
  std::string bytes = built("CREATE TABLE a(x); CREATE TABLE b(x);");
  CHECK(unused(bytes + std::string(32768, '\0')).empty());
  // Without a valid count nothing is said.
  bytes[95] = static_cast<char>(bytes[95] + 1);
  CHECK(unused(bytes + std::string(32768, '\0')).empty());
}

TEST_CASE("what only the log has is accounted for, too") {
  const test::TempDir profile, temporary;
  test::build_interrupted(profile.path() / "Cookies",
                          "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;", kTables);
  ReadLimits limits;
  limits.temp_dir = temporary.path();
  const Snapshot snapshot = Snapshot::take(profile.path(), "Cookies", "Cookies", limits);
  REQUIRE(snapshot.files().size() == 2);
  CHECK(unused(snapshot).empty());
}

TEST_CASE("a root that became a leaf of its own tree leaves the others behind") {
  constexpr std::size_t kPage = 1024;
  const std::string sound = built("PRAGMA page_size=1024;" + kTables);
  std::set<std::size_t> trees;
  for (std::size_t page = 2; page <= sound.size() / kPage; ++page) {
    const auto type = static_cast<unsigned char>(sound[(page - 1) * kPage]);
    if (type != 2 && type != 5) continue;  // an inner page
    for (std::size_t leaf = page + 1; leaf <= sound.size() / kPage; ++leaf) {
      if (static_cast<unsigned char>(sound[(leaf - 1) * kPage]) != type + 8U) continue;
      CAPTURE(page);
      std::string damaged = sound;
      damaged.replace((page - 1) * kPage, kPage, sound, (leaf - 1) * kPage, kPage);
      CHECK(unused(damaged).size() == 1);
      trees.insert(page);
      break;
    }
  }
  CHECK(trees.size() > 4);
}

TEST_CASE("a schema without its tables leaves all their pages behind") {
  std::string bytes = built("PRAGMA page_size=1024; CREATE TABLE a(x); CREATE TABLE b(x);");
  REQUIRE(bytes.size() == 3 * 1024);
  bytes.replace(103, 2, 2, '\0');  // the number of its cells
  CHECK(unused(bytes) == std::vector<std::uint64_t>{1024});
}

TEST_CASE("a page that a damaged freelist has lost belongs to nothing") {
  std::string bytes = built(
      "PRAGMA page_size=1024; CREATE TABLE a(x); CREATE TABLE b(x);"
      "CREATE TABLE c(x); DROP TABLE b;");
  CHECK(unused(bytes).empty());
  bytes[39] = 0;
  CHECK(unused(bytes).size() == 1);
}

TEST_CASE("the page of the lock byte belongs to SQLite") {
  constexpr std::size_t kPage = 65536;
  constexpr std::uint32_t kLock = 0x40000000 / kPage + 1, kPages = kLock + 1;
  // Page 1 is a schema without tables, pages 2 and 3 list all others as free but that one.
  const auto number = [](std::string& page, std::size_t at, std::uint32_t value) {
    for (int i = 0; i < 4; ++i)
      page[at + static_cast<std::size_t>(i)] =
          static_cast<char>(value >> static_cast<unsigned>(24 - 8 * i));
  };
  std::array<std::string, 3> pages;
  for (std::string& page : pages) page.resize(kPage);
  pages[0].replace(0, 16, std::string("SQLite format 3\0", 16));
  pages[0][17] = 1;  // 65536 bytes a page
  number(pages[0], 28, kPages);
  pages[0][100] = 13;
  number(pages[0], 32, 2);
  number(pages[0], 36, kPages - 2);
  number(pages[1], 0, 3);
  number(pages[1], 4, 16000);
  for (std::uint32_t i = 0; i < 16000; ++i) number(pages[1], 8 + 4 * i, 4 + i);
  std::uint32_t count = 0;
  for (std::uint32_t page = 16004; page <= kPages; ++page)
    if (page != kLock) number(pages[2], 8 + 4 * count++, page);
  number(pages[2], 4, count);
  const std::string empty(kPage, '\0');
  const PageReader read = [&](std::uint32_t page) -> std::span<const std::byte> {
    if (page == 0 || page > kPages) return {};
    return std::as_bytes(std::span(page <= 3 ? pages.at(page - 1) : empty));
  };
  CHECK(find_unused_page({}, read) == 0);
  number(pages[0], 36, kPages - 3);
  number(pages[2], 4, count - 1);  // without the last one
  CHECK(find_unused_page({}, read) == kPages);
}

}  // namespace crumbs::sqlite
