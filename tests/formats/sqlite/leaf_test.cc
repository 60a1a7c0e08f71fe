// A leaf on which something is taken for a row that is none costs what it hides, not the page.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "support/table_pages.h"

namespace crumbs {

using test::built;
using test::cell;
using test::cells;
using test::kPageSize;
using test::number_at;
using test::scan;
using test::Scanned;

TEST_CASE("a wrong way to one row of a leaf costs that row, and what the wrong one lies over") {
  const std::string bytes = built("k, v)", 5);
  const Scanned all = scan(bytes);
  REQUIRE(all.rows.size() == 60);
  const std::size_t leaf = number_at(bytes, cell(bytes, 2, 2), 4);
  REQUIRE(cells(bytes, leaf) == 11);
  std::size_t one_lost = 0, tried = 0;
  for (std::size_t bit = 0; bit < 11 * 16; ++bit) {
    CAPTURE(bit);
    std::string damaged = bytes;
    char& byte = damaged[(leaf - 1) * kPageSize + 8 + bit / 8];
    byte = static_cast<char>(byte ^ (1 << bit % 8));
    const Scanned found = scan(damaged);
    CHECK(found.incomplete);
    CHECK_FALSE(found.twice());
    CHECK(found.strangers(all) == 0);
    // SQLite seeks by halving: where the way to the middle row is wrong it finds one half alone.
    const bool middle = bit / 16 == 5;
    CHECK(found.rows.size() >= (middle ? 54 : 57));
    one_lost += found.rows.size() == 59 ? 1 : 0;
    ++tried;
  }
  CHECK(tried == 176);
  CHECK(one_lost > 60);
}

TEST_CASE("a free block that has grown over rows costs those rows") {
  const test::TempDir dir;
  test::build_database(dir.path() / "db",
                       "PRAGMA page_size=1024; CREATE TABLE t(k, v);"
                       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9)"
                       " INSERT INTO t SELECT printf('%03d', i), printf('%080d', i) FROM n;"
                       "DELETE FROM t WHERE k = '005';");
  std::string bytes = test::read_file(dir.path() / "db");
  const Scanned all = scan(bytes);
  REQUIRE(all.rows.size() == 8);
  REQUIRE_FALSE(all.incomplete);
  const std::size_t block = number_at(bytes, kPageSize + 1, 2);
  REQUIRE(block != 0);
  bytes[kPageSize + block + 3] = static_cast<char>(bytes[kPageSize + block + 3] + 100);
  const Scanned found = scan(bytes);
  CHECK(found.incomplete);
  CHECK(found.strangers(all) == 0);
  CHECK(found.rows.size() == 6);
}

}  // namespace crumbs
