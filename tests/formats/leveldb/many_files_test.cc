#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "formats/leveldb/leveldb.h"
#include "support/leveldb_files.h"
#include "support/leveldb_walk.h"
#include "support/support.h"

/// Of many files some are closed until their turn comes, and may be gone then; and of many that
/// overlap not all are merged.

namespace crumbs {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kFiles = 140;  ///< more than stay open
constexpr std::uint64_t kFirst = 100;

std::string number_name(std::uint64_t number, std::string_view extension) {
  return fmt::format("{:06}.{}", number, extension);
}

struct Found {
  std::vector<std::string> keys;
  std::vector<Diagnostic> diagnostics;
};

/// Walks the directory, and removes a file once the plan is made: the first diagnostic is of that.
Found walk_without(const fs::path& directory, const std::string& gone) {
  Found found;
  leveldb::Output output;
  output.record = [&](const leveldb::Record& record) { found.keys.emplace_back(record.key); };
  output.damage = [&](Diagnostic diagnostic) {
    if (found.diagnostics.empty()) CHECK(fs::remove(directory / gone));
    found.diagnostics.push_back(std::move(diagnostic));
  };
  leveldb::walk(
      {.root = directory.parent_path(), .relative = directory.filename().string(), .display = "db"},
      false, output);
  return found;
}

void check_told(const Found& found, const std::string& first_code, const std::string& gone) {
  REQUIRE(found.diagnostics.size() == 2);
  CHECK(found.diagnostics[0].code == first_code);
  CHECK(found.diagnostics[1].file == "db/" + gone);
  CHECK(found.diagnostics[1].severity == Diagnostic::Severity::incomplete);
  CHECK(found.keys.size() == kFiles - 1);
}

TEST_CASE("a log that is gone when its turn comes is told, and the others are read") {
  const test::TempDir temp;
  const fs::path directory = temp.path() / "db";  // without a MANIFEST, which is told first
  for (std::uint64_t i = 0; i < kFiles; ++i)
    test::write_file(
        directory / number_name(kFirst + i, "log"),
        test::log_record(test::write_batch(1 + i, {{fmt::format("k{:03}", i), "v", false}})));
  const std::string gone = number_name(kFirst + kFiles - 2, "log");
  check_told(walk_without(directory, gone), "no_manifest", gone);
}

TEST_CASE("so is a table") {
  const test::TempDir temp;
  const fs::path directory = temp.path() / "db";
  std::vector<test::NamedTable> tables;
  for (std::uint64_t i = 0; i <= kFiles; ++i) {
    const std::string key = test::internal_key(fmt::format("k{:03}", i), 1 + i);
    tables.push_back({1, kFirst + i, key, key});
    if (i == 0) continue;  // the first is not there, which is told when the plan is made
    test::TableBuilder table;
    table.add(test::block({{key, "v"}}), key);
    test::write_file(directory / number_name(kFirst + i, "ldb"), table.finish());
  }
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001", test::manifest(0, tables));
  const std::string gone = number_name(kFirst + kFiles - 1, "ldb");
  check_told(walk_without(directory, gone), "missing_file", gone);
}

TEST_CASE("what too many overlapping tables hold is listed, and that it was not decided told") {
  constexpr std::uint64_t kMerged = 256, kOver = 3;
  const test::TempDir temp;
  const fs::path directory = temp.path() / "db";
  std::vector<test::NamedTable> tables;
  for (std::uint64_t i = 0; i < kMerged + kOver; ++i) {
    // Each spans the keys of all others.
    const std::string first = test::internal_key(fmt::format("a{:03}", i), 1 + 2 * i);
    const std::string last = test::internal_key(fmt::format("z{:03}", i), 2 + 2 * i);
    tables.push_back({0, kFirst + i, first, last});
    test::TableBuilder table;
    table.add(test::block({{first, "v"}, {last, "v"}}), last);
    test::write_file(directory / number_name(kFirst + i, "ldb"), table.finish());
  }
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001", test::manifest(0, tables));
  const test::KeptWalk walk = test::walk(directory);
  REQUIRE(walk.diagnostics.size() == kOver);
  for (std::uint64_t i = 0; i < kOver; ++i) {
    CHECK(walk.diagnostics[i].message ==
          "too many tables overlap: what is current in this one was not decided");
    CHECK(walk.diagnostics[i].file == "db/" + number_name(kFirst + kMerged + i, "ldb"));
    CHECK(walk.diagnostics[i].severity == Diagnostic::Severity::incomplete);
  }
  CHECK(walk.count(ItemState::current) == 2 * kMerged);
  CHECK(walk.count(ItemState::orphaned) == 2 * kOver);
}

}  // namespace
}  // namespace crumbs
