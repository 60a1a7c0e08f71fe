// Labels: threads
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/leveldb_files.h"
#include "support/leveldb_walk.h"
#include "support/support.h"

/// Records of one key and one sequence number, which LevelDB never writes: none is lost in silence,
/// and one alone is current.

namespace crumbs {
namespace {

using test::internal_key;
using test::KeptWalk;

struct File {
  std::string name, bytes;
};

KeptWalk walk_files(const std::string& manifest, const std::vector<File>& files) {
  const test::TempDir temp;
  const auto directory = temp.path() / "db";
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001", manifest);
  for (const File& file : files) test::write_file(directory / file.name, file.bytes);
  return test::walk(directory);
}

std::string put(std::uint64_t sequence, const std::string& value) {
  return test::log_record(test::write_batch(sequence, {{"k", value, false}}));
}

std::string erase(std::uint64_t sequence) {
  return test::log_record(test::write_batch(sequence, {{"k", "", true}}));
}

std::string table_of(std::uint64_t sequence, const std::string& value) {
  test::TableBuilder table;
  table.add(test::block({{internal_key("k", sequence), value}}), internal_key("k", sequence));
  return table.finish();
}

std::string manifest_of(std::uint64_t sequence, const std::vector<std::uint64_t>& numbers) {
  std::vector<test::NamedTable> tables;
  for (const std::uint64_t number : numbers)
    tables.push_back({0, number, internal_key("k", sequence), internal_key("k", sequence)});
  return test::manifest(3, tables);
}

/// "value state, value state" in the order of the walk.
std::string told(const KeptWalk& walk) {
  std::string text;
  for (const test::KeptRecord& record : walk.records)
    text += (text.empty() ? "" : ", ") + (record.deletion ? "-" : record.value) + " " +
            std::string(to_string(record.state));
  return text;
}

bool twins_told(const KeptWalk& walk, const std::string& count) {
  return walk.incomplete() && walk.diagnostics.size() == 1 &&
         walk.diagnostics[0].message.starts_with(count + " records have the key");
}

TEST_CASE("twins in one log: the later one counts, and both are told") {
  const KeptWalk walk = walk_files(manifest_of(1, {}), {{"000003.log", put(5, "a") + put(5, "b")}});
  CHECK(told(walk) == "b current, a superseded");
  CHECK(twins_told(walk, "1"));
  const KeptWalk same = walk_files(manifest_of(1, {}), {{"000003.log", put(5, "a") + put(5, "a")}});
  CHECK(told(same) == "a current, a superseded");
  CHECK(twins_told(same, "1"));
}

TEST_CASE("twins in a log and a table: the log counts") {
  const KeptWalk walk = walk_files(
      manifest_of(5, {7}), {{"000003.log", put(5, "log")}, {"000007.ldb", table_of(5, "table")}});
  CHECK(told(walk) == "log current, table superseded");
  CHECK(twins_told(walk, "1"));
}

TEST_CASE("twins in tables: one counts, and what is older is as it would be") {
  const KeptWalk walk =
      walk_files(manifest_of(5, {7, 8, 9}), {{"000003.log", put(4, "older")},
                                             {"000007.ldb", table_of(5, "one")},
                                             {"000008.ldb", table_of(5, "two")},
                                             {"000009.ldb", table_of(5, "three")}});
  CHECK(walk.records.size() == 4);
  CHECK(walk.count(ItemState::current) == 1);
  CHECK(walk.count(ItemState::superseded) == 3);
  CHECK(walk.records[3].value == "older");
  CHECK(twins_told(walk, "2"));
}

TEST_CASE("a value and a deletion of one number: the later one counts") {
  const KeptWalk gone =
      walk_files(manifest_of(1, {}), {{"000003.log", put(4, "older") + put(5, "a") + erase(5)}});
  CHECK(told(gone) == "- deleted, a deleted, older deleted");
  CHECK(twins_told(gone, "1"));
  const KeptWalk back =
      walk_files(manifest_of(1, {}), {{"000003.log", put(4, "older") + erase(5) + put(5, "a")}});
  CHECK(told(back) == "a current, - deleted, older superseded");
}

TEST_CASE("without a MANIFEST twins are a note: a log may lie beside its table") {
  const KeptWalk walk =
      walk_files("", {{"000003.log", put(5, "same")}, {"000007.ldb", table_of(5, "same")}});
  CHECK(told(walk) == "same current, same superseded");
  CHECK(walk.count("no_manifest") == 1);
  REQUIRE_FALSE(walk.diagnostics.empty());
  CHECK(walk.diagnostics.back().severity == Diagnostic::Severity::note);
}

}  // namespace
}  // namespace crumbs
