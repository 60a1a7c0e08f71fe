// Labels: threads
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/leveldb_files.h"
#include "support/leveldb_walk.h"
#include "support/support.h"

/// Sequence numbers tell of operations that are in no file any more, where no checksum does.

namespace crumbs {
namespace {

using test::KeptWalk;

std::string put(std::uint64_t sequence, const std::vector<std::string>& keys) {
  std::vector<test::Operation> operations;
  for (const std::string& key : keys) operations.push_back({key, "v", false});
  return test::log_record(test::write_batch(sequence, operations));
}

/// An edit of a MANIFEST as LevelDB's first opening leaves it, `last` being its last sequence.
std::string small_manifest(std::uint64_t log_number, std::uint64_t last) {
  return test::log_record(test::varint(1) + test::prefixed("leveldb.BytewiseComparator") +
                          test::varint(2) + test::varint(log_number) + test::varint(3) +
                          test::varint(9) + test::varint(4) + test::varint(last));
}

struct Log {
  std::string name, bytes;
};

KeptWalk walk_logs(const std::string& manifest, const std::vector<Log>& logs) {
  const test::TempDir temp;
  const auto directory = temp.path() / "db";
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001", manifest);
  for (const Log& log : logs) test::write_file(directory / log.name, log.bytes);
  return test::walk(directory);
}

bool misses(const KeptWalk& walk, const std::string& number) {
  return walk.incomplete() && walk.diagnostics.size() == 1 &&
         walk.messages().find(": " + number + " operations before this one are missing") !=
             std::string::npos;
}

TEST_CASE("a record that is gone from the middle of a log is missed by its numbers") {
  const std::string one = put(7, {"a", "b"});
  const std::string two = put(9, {"c"});
  const std::string three = put(10, {"d"});
  const std::string manifest = small_manifest(3, 6);
  CHECK(walk_logs(manifest, {{"000003.log", one + two + three}}).messages().empty());
  CHECK(misses(walk_logs(manifest, {{"000003.log", one + three}}), "1"));
  CHECK(misses(walk_logs(manifest, {{"000003.log", two + three}}), "2"));
  // An order that no writer leaves. Nothing is missing but by the numbers.
  const KeptWalk turned = walk_logs(manifest, {{"000003.log", one + three + two}});
  CHECK(turned.current().size() == 4);
  CHECK(misses(turned, "1"));
}

TEST_CASE("a log that is cut between two records is missed by the next one's numbers") {
  const std::string manifest = small_manifest(3, 0);
  const std::string first = put(1, {"a"});
  const std::string second = put(2, {"b"});
  const std::string newer = put(3, {"c"});
  CHECK(walk_logs(manifest, {{"000003.log", first + second}, {"000004.log", newer}})
            .messages()
            .empty());
  CHECK(misses(walk_logs(manifest, {{"000003.log", first}, {"000004.log", newer}}), "1"));
  CHECK(misses(walk_logs(manifest, {{"000003.log", ""}, {"000004.log", newer}}), "2"));
}

TEST_CASE("what the MANIFEST counts already may be in tables") {
  // The numbers in a MANIFEST are those of its writing: the log had been begun before.
  const std::string log = put(5, {"a"}) + put(6, {"b"});
  CHECK(walk_logs(small_manifest(3, 4), {{"000003.log", log}}).messages().empty());
  CHECK(walk_logs(small_manifest(3, 6), {{"000003.log", log}}).messages().empty());
  // But from the first batch on none may be missing, whether it counts them or not.
  CHECK(misses(walk_logs(small_manifest(3, 9), {{"000003.log", log + put(8, {"d"})}}), "1"));
}

TEST_CASE("damage that was told is not told by the numbers again") {
  std::string damaged = put(2, {"b"});
  damaged.back() = static_cast<char>(damaged.back() ^ 1);
  const KeptWalk walk =
      walk_logs(small_manifest(3, 0),
                {{"000003.log", put(1, {"a"}) + damaged + put(3, {"c"}) + put(4, {"d"})}});
  CHECK(walk.current().size() == 3);
  REQUIRE(walk.diagnostics.size() == 1);
  CHECK(walk.diagnostics[0].message == "record with a wrong checksum");
}

TEST_CASE("without a MANIFEST, logs need not follow each other") {
  const KeptWalk walk =
      walk_logs("", {{"000003.log", put(1, {"a"})}, {"000009.log", put(50, {"b"})}});
  CHECK(walk.count("no_manifest") == 1);
  CHECK(walk.messages().find("operations before") == std::string::npos);
}

TEST_CASE("a new database without its log is incomplete, one with an empty log is not") {
  const KeptWalk gone = walk_logs(small_manifest(0, 0), {});
  CHECK(gone.incomplete());
  CHECK(gone.count("missing_file") == 1);
  CHECK(walk_logs(small_manifest(0, 0), {{"000003.log", ""}}).messages().empty());
}

}  // namespace
}  // namespace crumbs
