#include "formats/leveldb/manifest.h"

#include <doctest/doctest.h>

#include <string>

#include "support/leveldb_files.h"
#include "support/leveldb_walk.h"
#include "support/support.h"

/// What the edits of a MANIFEST say of logs and tables (LevelDB db/version_edit.cc).

namespace crumbs {
namespace {

using test::internal_key;
using test::log_record;
using test::varint;

/// The fields that LevelDB needs: the order, the log, the next file, the last sequence number.
std::string needed(std::uint64_t log) {
  return varint(1) + test::prefixed("leveldb.BytewiseComparator") + varint(2) + varint(log) +
         varint(3) + varint(100) + varint(4) + varint(1000);
}

std::string added(int level, std::uint64_t number) {
  return varint(7) + varint(static_cast<std::uint64_t>(level)) + varint(number) + varint(4096) +
         test::prefixed(internal_key("a", 1)) + test::prefixed(internal_key("z", 2));
}

leveldb::Version version_of(const std::string& bytes) {
  return leveldb::read_manifest(leveldb::Input(std::string_view(bytes)));
}

TEST_CASE("a table that an edit deletes is not live, in its level alone") {
  const std::string edits = log_record(needed(9) + added(0, 5) + added(1, 5) + added(1, 6)) +
                            log_record(varint(6) + varint(1) + varint(5) + added(2, 7));
  const leveldb::Version version = version_of(edits);
  std::vector<std::pair<int, std::uint64_t>> live;
  for (const auto& [key, file] : version.tables) live.emplace_back(key.first, key.second);
  CHECK((live == std::vector<std::pair<int, std::uint64_t>>{{0, 5}, {1, 6}, {2, 7}}));
}

TEST_CASE("the log that is being compacted is read, older ones are left over") {
  const test::TempDir temp;
  const auto directory = temp.path() / "db";
  const auto write_log = [&](const char* name, std::uint64_t sequence, const std::string& key) {
    test::write_file(directory / name,
                     log_record(test::write_batch(sequence, {{key, "v", false}})));
  };
  write_log("000004.log", 1, "old");
  write_log("000005.log", 2, "previous");
  write_log("000009.log", 3, "newest");
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  const auto current_with = [&](const std::string& more) {
    test::write_file(directory / "MANIFEST-000001", log_record(needed(9) + more));
    return test::walk(directory).current();
  };
  using Values = std::map<std::string, std::string>;
  CHECK((current_with(varint(9) + varint(5)) == Values{{"newest", "v"}, {"previous", "v"}}));
  CHECK((current_with(varint(9) + varint(0)) == Values{{"newest", "v"}}));
  CHECK((current_with("") == Values{{"newest", "v"}}));
}

}  // namespace
}  // namespace crumbs
