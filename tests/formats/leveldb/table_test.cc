#include "formats/leveldb/table.h"

#include <doctest/doctest.h>
#include <zstd.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "support/leveldb_files.h"
#include "support/leveldb_walk.h"
#include "support/support.h"

namespace crumbs {
namespace {

using test::internal_key;
using test::KeptWalk;

/// A database whose only table is this one.
KeptWalk walk_table(const std::string& table) {
  const test::TempDir temp;
  const auto directory = temp.path() / "db";
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001",
                   test::manifest(0, {{0, 5, internal_key("a", 9), internal_key("z", 1)}}));
  test::write_file(directory / "000005.ldb", table);
  return test::walk(directory);
}

test::Entries one_entry(const std::string& key) {
  return {{internal_key(key, 1), "v"}};
}

TEST_CASE("an index that points outside, back or into nothing costs those blocks alone") {
  test::TableBuilder table;
  table.add(test::block(one_entry("b")), internal_key("b", 1));
  table.point(internal_key("c", 1), 1'000'000, 10);
  table.point(internal_key("d", 1), ~std::uint64_t{0}, 10);
  table.point(internal_key("e", 1), 10, ~std::uint64_t{0});
  table.point(internal_key("f", 1), 0, 10);
  table.add(test::block(one_entry("g")), internal_key("g", 1));
  const KeptWalk walk = walk_table(table.finish());
  CHECK(walk.current().size() == 2);
  CHECK(walk.diagnostics.size() == 4);
  for (const Diagnostic& one : walk.diagnostics) CHECK(one.file == "db/000005.ldb");
}

TEST_CASE("lengths that overflow and restarts that cannot be are damage") {
  const std::vector<std::string> blocks{
      test::varint(0) + test::varint(0xffffffff) + test::varint(0xffffffff) + "x" +
          test::little(0, 4) + test::little(1, 4),
      test::varint(5) + test::varint(1) + test::varint(1) + "kv" + test::little(0, 4) +
          test::little(1, 4),
      std::string(20, '\xff') + test::little(0, 4) + test::little(1, 4),
      test::little(0xffffffff, 4),
      "",
      test::varint(0) + test::varint(3) + test::varint(1) + "keyv" + test::little(0, 4) +
          test::little(1, 4)};
  for (const std::string& contents : blocks) {
    test::TableBuilder table;
    table.add(test::block(one_entry("b")), internal_key("b", 1));
    table.add(contents, internal_key("c", 1));
    table.add(test::block(one_entry("d")), internal_key("d", 1));
    const KeptWalk walk = walk_table(table.finish());
    CHECK(walk.current().size() == 2);
    CHECK(walk.diagnostics.size() == 1);
  }
}

TEST_CASE("bombs are refused by the size they declare") {
  std::string snappy_bomb = test::varint(0xfffffff0) + std::string(100, '\xfe');
  const std::string zeros(std::size_t{64} << 20U, '\0');
  std::string zstd_bomb(ZSTD_compressBound(zeros.size()), '\0');
  zstd_bomb.resize(
      ZSTD_compress(zstd_bomb.data(), zstd_bomb.size(), zeros.data(), zeros.size(), 1));
  for (const auto& [contents, compression] :
       {std::pair(snappy_bomb, '\1'), std::pair(zstd_bomb, '\2'),
        std::pair(std::string("x"), '\7')}) {
    test::TableBuilder table;
    table.add(contents, internal_key("b", 1), compression);
    table.add(test::block(one_entry("c")), internal_key("c", 1));
    const KeptWalk walk = walk_table(table.finish());
    CHECK(walk.current().size() == 1);
    CHECK(walk.diagnostics.size() == 1);
  }
}

TEST_CASE("a footer that names the empty meta index for the index hides no entries") {
  test::TableBuilder table;
  table.add(test::block(one_entry("b")), internal_key("b", 1));
  std::string bytes = table.finish();
  constexpr std::size_t kFooter = 48;
  const std::size_t footer = bytes.size() - kFooter;
  // Both handles are two bytes here: the meta index, then the index.
  bytes[footer + 2] = bytes[footer];
  bytes[footer + 3] = bytes[footer + 1];
  const KeptWalk walk = walk_table(bytes);
  CHECK(walk.incomplete());
  CHECK(walk.current() == std::map<std::string, std::string>{{"b", "v"}});
}

TEST_CASE("zstd blocks are read") {
  const std::string contents = test::block(one_entry("b"));
  std::string packed(ZSTD_compressBound(contents.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), contents.data(), contents.size(), 1));
  test::TableBuilder table;
  table.add(packed, internal_key("b", 1), 2);
  const KeptWalk walk = walk_table(table.finish());
  CHECK(walk.messages().empty());
  CHECK(walk.current() == std::map<std::string, std::string>{{"b", "v"}});
}

TEST_CASE("a block of a compression that nobody knows costs that block alone") {
  test::TableBuilder table;
  table.add(test::block(one_entry("b")), internal_key("b", 1));
  table.add(test::block(one_entry("c")), internal_key("c", 1), 7);  // which it is not
  table.add(test::block(one_entry("d")), internal_key("d", 1));
  const KeptWalk walk = walk_table(table.finish());
  CHECK((walk.current() == std::map<std::string, std::string>{{"b", "v"}, {"d", "v"}}));
  REQUIRE(walk.diagnostics.size() == 1);
  CHECK(walk.diagnostics[0].message == "block with an unknown compression");
  CHECK(walk.incomplete());
}

TEST_CASE("keys out of order cost the rest of their block") {
  test::TableBuilder table;
  table.add(test::block({{internal_key("m", 1), "v"}, {internal_key("c", 1), "v"}}),
            internal_key("m", 1));
  table.add(test::block(one_entry("d")), internal_key("d", 1));
  table.add(test::block(one_entry("n")), internal_key("n", 1));
  const KeptWalk walk = walk_table(table.finish());
  CHECK(walk.current().size() == 2);
  CHECK(walk.diagnostics.size() == 2);
}

}  // namespace
}  // namespace crumbs
