// Labels: threads
#include "formats/leveldb/leveldb.h"

#include <leveldb/db.h>
#include <leveldb/env.h>
#include <leveldb/write_batch.h>

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "crumbs/error.h"
#include "support/leveldb_files.h"
#include "support/leveldb_walk.h"
#include "support/support.h"
#include "system/io.h"

namespace crumbs {
namespace {

using test::KeptRecord;
using test::KeptWalk;
using Values = std::map<std::string, std::string>;

struct Write {
  std::uint64_t sequence = 0;
  std::string key, value;
  bool deletion = false;
};

/// Files that do not wait for the disk: a test needs the bytes, not their safety.
class QuickFile final : public ::leveldb::WritableFile {
 public:
  explicit QuickFile(::leveldb::WritableFile* file) : file_(file) {}
  ::leveldb::Status Append(const ::leveldb::Slice& data) override { return file_->Append(data); }
  ::leveldb::Status Close() override { return file_->Close(); }
  ::leveldb::Status Flush() override { return file_->Flush(); }
  ::leveldb::Status Sync() override { return file_->Flush(); }

 private:
  std::unique_ptr<::leveldb::WritableFile> file_;
};

class QuickEnv final : public ::leveldb::EnvWrapper {
 public:
  QuickEnv() : EnvWrapper(::leveldb::Env::Default()) {}
  ::leveldb::Status NewWritableFile(const std::string& name,
                                    ::leveldb::WritableFile** file) override {
    const ::leveldb::Status status = target()->NewWritableFile(name, file);
    if (status.ok()) *file = new QuickFile(*file);
    return status;
  }
  ::leveldb::Status NewAppendableFile(const std::string& name,
                                      ::leveldb::WritableFile** file) override {
    const ::leveldb::Status status = target()->NewAppendableFile(name, file);
    if (status.ok()) *file = new QuickFile(*file);
    return status;
  }
};

/// A database of libleveldb with everything that was ever written to it.
class Oracle {
 public:
  Oracle(std::filesystem::path directory, unsigned seed)
      : directory_(std::move(directory)), random_(seed) {
    options_.env = &env_;
    options_.create_if_missing = true;
    options_.write_buffer_size = std::size_t{64} << 10U;
    options_.block_size = 1024;
    options_.max_file_size = 1;  // raised to the least that libleveldb takes
    options_.reuse_logs = seed % 2 == 0;
    options_.compression =
        seed % 3 == 0 ? ::leveldb::kNoCompression : ::leveldb::kSnappyCompression;
    open();
  }

  void open() {
    db_.reset();
    ::leveldb::DB* db = nullptr;
    const ::leveldb::Status status = ::leveldb::DB::Open(options_, directory_.string(), &db);
    INFO(status.ToString());
    REQUIRE(status.ok());
    db_.reset(db);
  }
  void close() { db_.reset(); }
  void compact() { db_->CompactRange(nullptr, nullptr); }

  void write_random_batch(std::size_t keys) {
    ::leveldb::WriteBatch batch;
    const std::size_t count = 1 + random_() % 20;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string key = random_key(keys);
      const bool deletion = random_() % 4 == 0;
      const std::string value = deletion ? std::string() : random_value();
      if (deletion)
        batch.Delete(key);
      else
        batch.Put(key, value);
      history_.push_back(
          {.sequence = ++sequence_, .key = key, .value = value, .deletion = deletion});
    }
    REQUIRE(db_->Write({}, &batch).ok());
  }

  [[nodiscard]] Values iterate() const {
    Values values;
    ::leveldb::ReadOptions options;
    options.verify_checksums = true;
    const std::unique_ptr<::leveldb::Iterator> at(db_->NewIterator(options));
    for (at->SeekToFirst(); at->Valid(); at->Next())
      values[at->key().ToString()] = at->value().ToString();
    REQUIRE(at->status().ok());
    return values;
  }

  std::mt19937& random() { return random_; }
  [[nodiscard]] const std::vector<Write>& history() const { return history_; }
  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

 private:
  std::string random_key(std::size_t keys) {
    const std::size_t number = random_() % keys;
    std::string key = "_https://s" + std::to_string(number % 7) + ".example.com";
    key.push_back('\0');
    key += "\1key" + std::to_string(number);
    if (number % 11 == 0) key.append(number % 200, '\xff');
    if (number % 13 == 0) key.push_back('\0');
    return key;
  }
  std::string random_value() {
    const std::size_t size = random_() % 50 == 0 ? random_() % 60000 : random_() % 300;
    std::string value(size, 'v');
    for (std::size_t i = 0; i < size; i += 1 + random_() % 8)
      value[i] = static_cast<char>(random_());
    return value;
  }

  std::filesystem::path directory_;
  std::mt19937 random_;
  QuickEnv env_;
  ::leveldb::Options options_;
  std::unique_ptr<::leveldb::DB> db_;
  std::vector<Write> history_;
  std::uint64_t sequence_ = 0;
};

const Write* find_write(const Oracle& oracle, const KeptRecord& record) {
  if (record.sequence == 0 || record.sequence > oracle.history().size()) return nullptr;
  const Write& write = oracle.history()[record.sequence - 1];
  const bool same =
      write.key == record.key && write.value == record.value && write.deletion == record.deletion;
  return same ? &write : nullptr;
}

bool newer_write(const Oracle& oracle, const KeptRecord& record, bool deletion) {
  for (std::size_t i = record.sequence; i < oracle.history().size(); ++i)
    if (oracle.history()[i].key == record.key && oracle.history()[i].deletion == deletion)
      return true;
  return false;
}

/// Every record was written once, and its state says what history says.
void check_history(const Oracle& oracle, const KeptWalk& walk) {
  for (const KeptRecord& record : walk.records) {
    REQUIRE(find_write(oracle, record) != nullptr);
    if (record.state == ItemState::current) {
      CHECK_FALSE(record.deletion);
      CHECK_FALSE(newer_write(oracle, record, true));
      CHECK_FALSE(newer_write(oracle, record, false));
    }
    if (record.state == ItemState::superseded) CHECK(newer_write(oracle, record, false));
    if (record.state == ItemState::deleted && !record.deletion)
      CHECK(newer_write(oracle, record, true));
  }
}

TEST_CASE("the current state is what libleveldb iterates, in every state of a database") {
  std::size_t cases = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const test::TempDir temp;
    Oracle oracle(temp.path() / "db", seed);
    const std::size_t keys = seed % 4 == 0 ? 2000 : 60;
    for (int step = 0; step < 60; ++step) {
      oracle.write_random_batch(keys);
      if (oracle.random()() % 16 == 0) oracle.open();
      if (oracle.random()() % 24 == 0) oracle.compact();
      // The database is open, and may be compacting, while it is read.
      const KeptWalk walk = test::walk(oracle.directory(), false);
      INFO("seed ", seed, " step ", step, "\n", walk.messages());
      REQUIRE(walk.diagnostics.empty());
      REQUIRE(walk.current() == oracle.iterate());
      REQUIRE(walk.records.size() == walk.current().size());
      ++cases;
    }
    oracle.close();
    check_history(oracle, test::walk(oracle.directory(), true));
  }
  CHECK(cases == 3600);
}

TEST_CASE("a log keeps every version, each with the state its successor gives it") {
  const test::TempDir temp;
  ::leveldb::Options options;
  options.create_if_missing = true;
  ::leveldb::DB* opened = nullptr;
  REQUIRE(::leveldb::DB::Open(options, (temp.path() / "db").string(), &opened).ok());
  std::unique_ptr<::leveldb::DB> db(opened);
  REQUIRE(db->Put({}, "churn", "first").ok());
  REQUIRE(db->Put({}, "churn", "second").ok());
  REQUIRE(db->Put({}, "gone", "secret").ok());
  REQUIRE(db->Delete({}, "gone").ok());
  REQUIRE(db->Put({}, "back", "old").ok());
  REQUIRE(db->Delete({}, "back").ok());
  REQUIRE(db->Put({}, "back", "new").ok());
  db.reset();

  const KeptWalk walk = test::walk(temp.path() / "db");
  std::vector<std::string> lines;
  for (const KeptRecord& record : walk.records)
    lines.push_back(record.key + "@" + std::to_string(record.sequence) + " " +
                    std::string(to_string(record.state)) +
                    (record.deletion ? " -" : " " + record.value));
  CHECK(lines == std::vector<std::string>{"back@7 current new", "back@6 deleted -",
                                          "back@5 deleted old", "churn@2 current second",
                                          "churn@1 superseded first", "gone@4 deleted -",
                                          "gone@3 deleted secret"});
  CHECK(walk.diagnostics.empty());
  CHECK(walk.records[0].file == "db/000003.log");
}

TEST_CASE("a database of several levels keeps what a deletion left in deeper tables") {
  const test::TempDir temp;
  Oracle oracle(temp.path() / "db", 3);
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < 150; ++i) oracle.write_random_batch(3000);
    if (round == 2) oracle.compact();
  }
  const Values expected = oracle.iterate();
  oracle.close();
  const KeptWalk walk = test::walk(temp.path() / "db");
  CHECK(walk.current() == expected);
  CHECK(walk.count(ItemState::superseded) > 100);
  CHECK(walk.count(ItemState::deleted) > 100);
  check_history(oracle, walk);
}

TEST_CASE("every file that was read is hashed, and nothing is changed") {
  const test::TempDir temp;
  Oracle oracle(temp.path() / "db", 5);
  for (int i = 0; i < 200; ++i) oracle.write_random_batch(500);
  oracle.close();
  const std::string before = test::describe_tree(temp.path());
  const KeptWalk walk = test::walk(temp.path() / "db", true, true);
  CHECK(test::describe_tree(temp.path()) == before);
  CHECK(walk.files.size() >= 4);
  for (const SourceFile& file : walk.files) {
    const std::string bytes = test::read_file(temp.path() / file.path);
    CHECK(file.bytes == bytes.size());
    CHECK(file.sha256 == sha256_hex(bytes));
  }
}

/// A database of one log, named by the MANIFEST.
void write_log_database(const std::filesystem::path& directory, const std::string& log) {
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001", test::manifest(3, {}));
  test::write_file(directory / "000003.log", log);
}

std::string one_put(std::uint64_t sequence, const std::string& key, const std::string& value) {
  return test::log_record(test::write_batch(sequence, {{key, value, false}}));
}

TEST_CASE("what the MANIFEST does not name is orphaned") {
  const test::TempDir temp;
  const auto directory = temp.path() / "db";
  std::filesystem::create_directories(directory / "lost");
  std::filesystem::create_directories(temp.path() / "db__tmp_for_rebuild");
  write_log_database(directory, one_put(5, "key", "now"));
  test::write_file(directory / "000002.log", one_put(1, "key", "older log"));
  test::TableBuilder table;
  table.add(test::block({{test::internal_key("key", 2), "table"}}), test::internal_key("key", 2));
  test::write_file(directory / "000010.ldb", table.finish());
  test::write_file(directory / "lost/000011.sst", table.finish());
  test::write_file(temp.path() / "db__tmp_for_rebuild/000003.log", one_put(9, "key", "rebuild"));

  const KeptWalk walk = test::walk(directory);
  CHECK(walk.messages().empty());
  CHECK(walk.current() == Values{{"key", "now"}});
  std::map<std::string, std::string> orphans;
  for (const KeptRecord& record : walk.records)
    if (record.state == ItemState::orphaned) orphans[record.file] = record.value;
  CHECK(orphans == Values{{"db/000002.log", "older log"},
                          {"db/000010.ldb", "table"},
                          {"db/lost/000011.sst", "table"},
                          {"db__tmp_for_rebuild/000003.log", "rebuild"}});
  CHECK(test::walk(directory, false).records.size() == 1);
}

TEST_CASE("file numbers are decimal, and deep tables are found by them") {
  const test::TempDir temp;
  const auto directory = temp.path() / "db";
  std::filesystem::create_directories(directory);
  test::TableBuilder newer;
  newer.add(test::block({{test::internal_key("k", 9), "newer"}}), test::internal_key("k", 9));
  test::TableBuilder older;
  older.add(test::block({{test::internal_key("k", 3), "older"}}), test::internal_key("k", 3));
  test::write_file(directory / "000010.ldb", newer.finish());
  test::write_file(directory / "000012.sst", older.finish());
  test::write_file(directory / "CURRENT", "MANIFEST-000004\n");
  test::write_file(
      directory / "MANIFEST-000004",
      test::manifest(0, {{0, 10, test::internal_key("k", 9), test::internal_key("k", 9)},
                         {2, 12, test::internal_key("k", 3), test::internal_key("k", 3)}}));
  const KeptWalk walk = test::walk(directory);
  CHECK(walk.messages().empty());
  REQUIRE(walk.records.size() == 2);
  CHECK(walk.records[0].value == "newer");
  CHECK(walk.records[1].state == ItemState::superseded);
}

TEST_CASE("a database in another order is refused") {
  const test::TempDir temp;
  write_log_database(temp.path() / "db", one_put(1, "k", "v"));
  test::write_file(temp.path() / "db/MANIFEST-000001", test::manifest(3, {}, "idb_cmp1"));
  CHECK_THROWS_WITH_AS(test::walk(temp.path() / "db"), "db: keys in an order of its own (idb_cmp1)",
                       Error);
}

TEST_CASE("an empty directory is no damage, a missing one is an error") {
  const test::TempDir temp;
  std::filesystem::create_directories(temp.path() / "db");
  const KeptWalk walk = test::walk(temp.path() / "db");
  CHECK(walk.records.empty());
  CHECK(walk.diagnostics.empty());
  CHECK_THROWS_AS(test::walk(temp.path() / "none"), Error);
}

}  // namespace
}  // namespace crumbs
