// Pages of a table are damaged in what is not a row: rows may be missing, or found that are none,
// and that is always said.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "formats/sqlite/sqlite.h"
#include "snapshot/snapshot.h"
#include "support/support.h"
#include "support/table_pages.h"

namespace crumbs {
namespace {

using test::built;
using test::cell;
using test::cells;
using test::is_inner;
using test::kPageSize;
using test::list;
using test::number_at;
using test::scan;
using test::Scanned;

/// The leaf that the cell of that number on page 2 leads to.
std::size_t child(const std::string& bytes, std::size_t index) {
  return number_at(bytes, cell(bytes, 2, index), 4);
}

constexpr const char* kWithRowids = "k, v)";
constexpr const char* kWithoutRowids = "k PRIMARY KEY, v) WITHOUT ROWID";

void flip_bit(std::string& bytes, std::size_t bit) {
  char& byte = bytes[bit / 8];
  byte = static_cast<char>(byte ^ (1 << bit % 8));
}

/// Flips each of the bits from one byte up to another. What is found is what was there, or that it
/// may not be is said. Returns how often rows were missing, or others found.
std::size_t flip(const std::string& bytes, std::size_t from, std::size_t to) {
  const Scanned all = scan(bytes);
  REQUIRE_FALSE(all.incomplete);
  std::size_t with_loss = 0;
  for (std::size_t bit = from * 8; bit < to * 8; ++bit) {
    std::string damaged = bytes;
    flip_bit(damaged, bit);
    const Scanned found = scan(damaged);
    if (found.rows == all.rows) continue;
    CAPTURE(bit / 8 % kPageSize);
    CAPTURE(bit % 8);
    CHECK(found.incomplete);
    CHECK_FALSE(found.twice());
    ++with_loss;
  }
  return with_loss;
}

/// The header of the page, its list of cells, and of each cell what is not of the row itself.
std::size_t flip_frame(const std::string& bytes, std::size_t page) {
  const std::size_t behind = list(bytes, page) + 2 * cells(bytes, page);
  std::size_t with_loss = flip(bytes, (page - 1) * kPageSize, behind);
  for (std::size_t i = 0; i < cells(bytes, page); ++i) {
    const std::size_t start = cell(bytes, page, i);
    with_loss += flip(bytes, start, start + (is_inner(bytes, page) ? 5 : 1));
  }
  return with_loss;
}

/// What `sql` makes of an empty database.
std::string made(const std::string& sql) {
  const test::TempDir dir;
  test::build_database(dir.path() / "db", "PRAGMA page_size=1024;" + sql);
  return test::read_file(dir.path() / "db");
}

/// Rows 1 to `count` of "t", as long as they are told to be.
std::string rows(const std::string& count, const std::string& value) {
  return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + count +
         ") INSERT INTO t SELECT printf('%05d', i), " + value + " FROM n;";
}

}  // namespace

TEST_CASE("no bit of an inner page can be wrong and rows be missing without a word") {
  const std::string bytes = built("k, v)", 5);
  const Scanned all = scan(bytes);
  REQUIRE(all.rows.size() == 60);
  REQUIRE_FALSE(all.incomplete);
  std::size_t with_loss = 0;
  for (std::size_t bit = 8; bit < kPageSize * 8; ++bit) {  // the first byte is the page's type
    std::string damaged = bytes;
    flip_bit(damaged, 8 * kPageSize + bit);
    const Scanned found = scan(damaged);
    CAPTURE(bit);
    CHECK(found.strangers(all) == 0);
    CHECK_FALSE(found.twice());
    if (found.rows.size() == all.rows.size()) continue;
    CHECK(found.incomplete);
    ++with_loss;
  }
  CHECK(with_loss > 50);
}

TEST_CASE("no bit of a leaf's list of rows can be wrong and rows be missing without a word") {
  const std::string bytes = built("k, v)", 5);
  const std::size_t leaf = (number_at(bytes, cell(bytes, 2, 1), 4) - 1) * kPageSize;
  const std::size_t list = leaf + 8;
  std::size_t with_loss = 0;
  for (std::size_t bit = 0; bit < 16 * number_at(bytes, leaf + 3, 2); ++bit) {
    std::string damaged = bytes;
    flip_bit(damaged, 8 * list + bit);
    const Scanned found = scan(damaged);
    CAPTURE(bit);
    CHECK_FALSE(found.twice());
    if (found.rows.size() == 60) continue;
    CHECK(found.incomplete);
    ++with_loss;
  }
  CHECK(with_loss > 20);
}

TEST_CASE("a page of another table gives no rows") {
  const std::string bytes = built("k, v)", 5);
  const Scanned all = scan(bytes);
  std::string damaged = bytes;
  damaged[cell(bytes, 2, 0) + 3] = 3;  // the first child is the leaf of "meta"
  const Scanned found = scan(damaged);
  CHECK(found.incomplete);
  CHECK(found.strangers(all) == 0);
  CHECK(found.rows.size() > 40);
}

TEST_CASE("a leaf that two places lead to is read once, and the other place is a gap") {
  const std::string bytes = built("k, v)", 5);
  std::string damaged = bytes;
  damaged.replace(cell(bytes, 2, 3), 4, bytes.substr(cell(bytes, 2, 1), 4));
  const Scanned found = scan(damaged);
  CHECK(found.incomplete);
  CHECK_FALSE(found.twice());
  CHECK(found.rows.size() > 40);
  CHECK(found.rows.size() < 60);
}

TEST_CASE("pages that lead back to each other give each row of a table without row ids once") {
  const std::string bytes = built("k PRIMARY KEY, v) WITHOUT ROWID", 2);
  const Scanned all = scan(bytes);
  REQUIRE(all.rows.size() == 60);
  // All children are the first one, and that is the root itself where the bound has to hold.
  for (const bool cycle : {false, true}) {
    CAPTURE(cycle);
    std::string damaged = bytes;
    for (std::size_t i = 1; i < number_at(bytes, kPageSize + 3, 2); ++i)
      damaged.replace(cell(bytes, 2, i), 4, bytes.substr(cell(bytes, 2, 0), 4));
    if (cycle) damaged.replace(kPageSize + 8, 4, std::string("\0\0\0\2", 4));
    const Scanned found = scan(damaged);
    CHECK(found.incomplete);
    CHECK_FALSE(found.twice());
    CHECK(found.strangers(all) == 0);
    CHECK(found.rows.size() > 7);
  }
}

TEST_CASE("a key out of order costs no other row of a table without row ids") {
  const std::string bytes = built("k PRIMARY KEY, v) WITHOUT ROWID", 2);
  std::string damaged = bytes;
  const std::size_t place = bytes.find("030" + std::string(78, '0'));
  REQUIRE(place != std::string::npos);
  damaged[place] = '7';
  const Scanned found = scan(damaged);
  CHECK(found.incomplete);
  CHECK_FALSE(found.twice());
  CHECK(found.rows.size() == 60);
}

TEST_CASE("no bit of a page's frame can be wrong and the rows be others without a word") {
  for (const bool with_rowids : {true, false}) {
    CAPTURE(with_rowids);
    const std::string bytes = with_rowids ? built(kWithRowids, 5) : built(kWithoutRowids, 2);
    CHECK(flip_frame(bytes, 2) > 50);
    CHECK(flip_frame(bytes, child(bytes, 1)) > 50);
  }
}

TEST_CASE("a leaf that states fewer rows than it holds is named") {
  for (const bool with_rowids : {true, false}) {
    std::string damaged = with_rowids ? built(kWithRowids, 5) : built(kWithoutRowids, 2);
    const std::size_t leaf = child(damaged, 1);
    --damaged[(leaf - 1) * kPageSize + 4];
    std::vector<Diagnostic> damage;
    const Snapshot snapshot = Snapshot::from_memory(damaged, "db");
    const sqlite::File file(snapshot.image(), 1 << 20);
    const auto take = [&](Diagnostic diagnostic) { damage.push_back(std::move(diagnostic)); };
    CHECK(file.scan(
              "t", {{"k"}}, [](const sqlite::Row&) {}, take) == 59);
    REQUIRE(damage.size() == 1);
    CHECK(damage[0].code == "corrupt");
    CHECK(damage[0].offset == (leaf - 1) * kPageSize);
    CHECK(damage[0].message == "table t: page " + std::to_string(leaf) +
                                   ": its rows do not fill it; some may be missing");
  }
}

TEST_CASE("an inner page that is taken for a leaf gives no rows") {
  for (const bool with_rowids : {true, false}) {
    std::string damaged = with_rowids ? built(kWithRowids, 5) : built(kWithoutRowids, 2);
    flip_bit(damaged, 8 * kPageSize + 3);
    const Scanned found = scan(damaged);
    CHECK(found.incomplete);
    CHECK(found.rows.empty());
  }
}

TEST_CASE("the rows of the past on a page in no use are none of today") {
  for (const char* definition : {kWithRowids, kWithoutRowids}) {
    CAPTURE(std::string(definition));
    // The leaves of the larger rows become free, all in one trunk.
    const std::string bytes =
        made(std::string("PRAGMA secure_delete=OFF; CREATE TABLE t(") + definition + ";" +
             rows("200", "printf('%080d', i)") + "DELETE FROM t WHERE k > '00100';");
    const Scanned all = scan(bytes);
    REQUIRE(all.rows.size() == 100);
    REQUIRE_FALSE(all.incomplete);
    const std::size_t trunk = number_at(bytes, 32, 4);
    REQUIRE(trunk != 0);
    const std::size_t freed = number_at(bytes, (trunk - 1) * kPageSize + 8, 4);
    std::string damaged = bytes;
    damaged.replace(kPageSize + 8, 4, bytes, (trunk - 1) * kPageSize + 8, 4);
    REQUIRE(bytes[(freed - 1) * kPageSize] >= 10);
    const Scanned found = scan(damaged);
    CHECK(found.incomplete);
    CHECK(found.strangers(all) == 0);
    CHECK(found.rows.size() > 50);
    // A list that contradicts itself says nothing about rows.
    damaged = bytes;
    damaged.replace((trunk - 1) * kPageSize + 8, 4, bytes, cell(bytes, 2, 0), 4);
    ++damaged[39];
    CHECK(scan(damaged).rows == all.rows);
    CHECK_FALSE(scan(damaged).incomplete);
  }
}

TEST_CASE("a way that leaves out a level is no sound one") {
  for (const bool with_rowids : {true, false}) {
    CAPTURE(with_rowids);
    const std::string definition = with_rowids ? kWithRowids : kWithoutRowids;
    const std::string bytes = made("CREATE TABLE t(" + definition + ";" +
                                   rows(with_rowids ? "2000" : "500", "printf('%0100d', i)"));
    const std::size_t below = number_at(bytes, kPageSize + 8, 4);
    REQUIRE(is_inner(bytes, below));
    const std::size_t leaf = number_at(bytes, cell(bytes, below, 0), 4);
    REQUIRE_FALSE(is_inner(bytes, leaf));
    std::string damaged = bytes;
    damaged.replace(kPageSize + 8, 4, bytes, cell(bytes, below, 0), 4);
    const Scanned found = scan(damaged);
    CHECK(found.rows.size() < scan(bytes).rows.size());
    CHECK(found.incomplete);
  }
}

TEST_CASE("a page of another index gives no rows of a table without row ids") {
  const std::string bytes = made(std::string("CREATE TABLE t(") + kWithoutRowids +
                                 "; CREATE TABLE other(k PRIMARY KEY, v) WITHOUT ROWID;"
                                 "INSERT INTO other VALUES ('00013', 'no row of t');" +
                                 rows("60", "printf('%080d', i)"));
  const Scanned all = scan(bytes);
  std::string damaged = bytes;
  damaged[cell(bytes, 2, 1) + 3] = 3;
  const Scanned found = scan(damaged);
  CHECK(found.incomplete);
  CHECK(found.strangers(all) == 0);
  CHECK(found.rows.size() > 40);
}

TEST_CASE("a row whose rest lies on a page of another row is told of") {
  const std::string bytes =
      made(std::string("CREATE TABLE t(") + kWithRowids + ";" + rows("5", "printf('%02200d', i)"));
  REQUIRE_FALSE(scan(bytes).incomplete);
  REQUIRE_FALSE(is_inner(bytes, 2));
  // Where the first of its overflow pages is named: the last four bytes of a cell.
  const auto rest = [&](std::size_t index) {
    return index == 0 ? 2 * kPageSize - 4 : cell(bytes, 2, index - 1) - 4;
  };
  std::string damaged = bytes;
  damaged.replace(rest(2), 4, bytes, rest(1), 4);
  CHECK(scan(damaged).rows != scan(bytes).rows);
  CHECK(scan(damaged).incomplete);
  // The first page of a row's rest leads to itself.
  damaged = bytes;
  const std::size_t first = number_at(bytes, rest(1), 4);
  damaged.replace((first - 1) * kPageSize, 4, bytes, rest(1), 4);
  CHECK(scan(damaged).incomplete);
}

TEST_CASE("keys in SQLite's order are in order, whatever their collation and direction") {
  for (const char* key :
       {"k COLLATE NOCASE, v, PRIMARY KEY(k DESC, v))", "k, v, PRIMARY KEY(v, k))",
        "k COLLATE RTRIM, v, PRIMARY KEY(k, v))", "k REAL, v, PRIMARY KEY(k, v))"}) {
    for (const char* encoding : {"UTF-8", "UTF-16le"}) {
      CAPTURE(std::string(key));
      const test::TempDir dir;
      test::build_database(
          dir.path() / "db",
          std::string("PRAGMA encoding='") + encoding + "'; CREATE TABLE t(" + key +
              " WITHOUT ROWID; INSERT INTO t VALUES ('b', 1), ('B', 2), ('a', 2.5), ('A ', x'00'),"
              " (x'61', 3), (-1, 4), (1.5, 5), (9007199254740993, 6), ('\u0100', 7), ('\u00ff', 8),"
              " ('', 9), ('\U00010000', 10), ('\uffee', 11), ('a', 'a'), ('a', 'B');");
      const Scanned all = scan(test::read_file(dir.path() / "db"));
      CHECK_FALSE(all.incomplete);
      CHECK_FALSE(all.rows.empty());
    }
  }
}

TEST_CASE("a table that leads back to itself ends the look-up of a version") {
  const test::TempDir dir;
  test::build_database(
      dir.path() / "db",
      "PRAGMA page_size=1024; CREATE TABLE meta(key, value);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
      " INSERT INTO meta SELECT i, zeroblob(40) FROM n;");
  std::string bytes = test::read_file(dir.path() / "db");
  REQUIRE(bytes[kPageSize] == 5);
  const std::size_t cells = number_at(bytes, kPageSize + 3, 2);
  // A chain of inner pages, each of which names the next one in all its cells.
  for (std::size_t page = 2; page < 12; ++page) {
    if (page > 2) bytes.replace((page - 1) * kPageSize, kPageSize, bytes, kPageSize, kPageSize);
    for (std::size_t i = 0; i < cells; ++i)
      bytes[cell(bytes, page, i) + 3] = static_cast<char>(page + 1);
    bytes[(page - 1) * kPageSize + 11] = static_cast<char>(page + 1);
  }
  const Snapshot snapshot = Snapshot::from_memory(bytes, "db");
  const sqlite::File file(snapshot.image(), 1 << 20);
  CHECK_FALSE(file.meta("version").has_value());
}

}  // namespace crumbs
