// Labels: memory
#include <doctest/doctest.h>
#include <leveldb/db.h>
#include <leveldb/write_batch.h>
#include <sys/resource.h>

#include <memory>
#include <random>
#include <string>

#include "formats/leveldb/leveldb.h"
#include "support/support.h"

namespace crumbs {
namespace {

constexpr int kBatches = 1000;
constexpr int kItemsOfBatch = 200;
constexpr std::size_t kValue = 500;

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/// About 100 MB in overlapping tables of several levels.
void fill(const std::filesystem::path& directory) {
  ::leveldb::Options options;
  options.create_if_missing = true;
  options.write_buffer_size = std::size_t{1} << 20U;
  ::leveldb::DB* opened = nullptr;
  REQUIRE(::leveldb::DB::Open(options, directory.string(), &opened).ok());
  const std::unique_ptr<::leveldb::DB> database(opened);
  std::mt19937 random(1);
  std::string value(kValue, 'v');
  for (int i = 0; i < kBatches; ++i) {
    ::leveldb::WriteBatch batch;
    for (int j = 0; j < kItemsOfBatch; ++j) {
      for (char& c : value) c = static_cast<char>(random());
      batch.Put(std::to_string(j) + "-" + std::to_string(i), value);
    }
    REQUIRE(database->Write({}, &batch).ok());
  }
}

}  // namespace

TEST_CASE("the memory for a LevelDB does not grow with it") {
  const test::TempDir temp;
  fill(temp.path() / "db");
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(temp.path() / "db"))
    bytes += entry.file_size();
  REQUIRE(bytes > 90'000'000);
  const long before = peak_kib();
  // Closing stops a compaction, whose unfinished table belongs to nothing.
  std::size_t records = 0;
  std::size_t damage = 0;
  std::size_t hashed = 0;
  leveldb::walk({.root = temp.path(), .relative = "db", .display = "db"}, true,
                {.record =
                     [&](const leveldb::Record& record) {
                       records += record.state == ItemState::current ? 1 : 0;
                     },
                 .damage =
                     [&](const Diagnostic& one) {
                       damage += one.severity == Diagnostic::Severity::incomplete ? 1 : 0;
                     },
                 .file = [&](const SourceFile&) { ++hashed; }});
  CHECK(records == std::size_t{kBatches} * kItemsOfBatch);
  CHECK(damage == 0);
  CHECK(hashed > 20);
  CHECK(peak_kib() - before < 24 * 1024);
}

}  // namespace crumbs
