// Labels: threads
#include <doctest/doctest.h>
#include <fcntl.h>
#include <snappy.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "support/leveldb_files.h"
#include "support/leveldb_walk.h"
#include "support/support.h"

namespace crumbs {
namespace {

using test::internal_key;
using test::KeptRecord;
using test::KeptWalk;

/// Key, sequence, deletion, value.
using Fact = std::tuple<std::string, std::uint64_t, bool, std::string>;
/// File and offset of a log record or a block.
using Unit = std::pair<std::string, std::uint64_t>;

Fact fact_of(const KeptRecord& record) {
  return {record.key, record.sequence, record.deletion, record.value};
}

std::string key_of(int i) {
  return "_https://a.example" + std::string(1, '\0') + "\1key" + std::to_string(1000 + i);
}

/// A small database: two logs' worth of batches, a table of several blocks, a MANIFEST.
class SmallDatabase {
 public:
  SmallDatabase() {
    std::filesystem::create_directories(directory());
    write("CURRENT", "MANIFEST-000001\n");
    write("MANIFEST-000001",
          test::manifest(3, {{1, 5, internal_key(key_of(0), 1), internal_key(key_of(11), 12)}}));
    write("000005.ldb", table());
    write("000003.log", log());
    const KeptWalk walk = test::walk(directory());
    REQUIRE(walk.diagnostics.empty());
    for (const KeptRecord& record : walk.records)
      facts_[{record.file, record.offset}].insert(fact_of(record));
    REQUIRE(walk.records.size() == 12 + 14);
  }

  [[nodiscard]] std::filesystem::path directory() const { return temp_.path() / "db"; }
  [[nodiscard]] const std::string& bytes(const std::string& name) const { return files_.at(name); }
  /// Overwrites in place: file systems flush a file that was emptied and written again.
  void damage(const std::string& name, const std::string& bytes) const {
    const int fd = open((directory() / name).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(fd >= 0);
    CHECK(pwrite(fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    CHECK(ftruncate(fd, static_cast<off_t>(bytes.size())) == 0);
    close(fd);
  }
  void restore(const std::string& name) const { damage(name, files_.at(name)); }

  /// The unit that holds a byte; past the last one's data (index, footer) this is still the last.
  [[nodiscard]] std::uint64_t unit_at(const std::string& file, std::uint64_t offset) const {
    std::uint64_t found = 0;
    for (const auto& [unit, facts] : facts_)
      if (unit.first == file && unit.second <= offset) found = unit.second;
    return found;
  }
  [[nodiscard]] const std::map<Unit, std::set<Fact>>& facts() const { return facts_; }

 private:
  void write(const std::string& name, const std::string& bytes) {
    files_[name] = bytes;
    restore(name);
  }
  static std::string table() {
    test::TableBuilder builder;
    for (int block = 0; block < 4; ++block) {
      test::Entries entries;
      for (int i = block * 3; i < block * 3 + 3; ++i)
        entries.emplace_back(internal_key(key_of(i), static_cast<std::uint64_t>(i) + 1),
                             "\1value" + std::string(20, 'v'));
      std::string contents = test::block(entries);
      std::string packed;
      if (block % 2 == 1) snappy::Compress(contents.data(), contents.size(), &packed);
      builder.add(packed.empty() ? contents : packed, entries.back().first, packed.empty() ? 0 : 1);
    }
    return builder.finish();
  }
  static std::string log() {
    std::string bytes;
    for (std::uint64_t i = 0; i < 7; ++i)
      bytes += test::log_record(test::write_batch(
          20 + 2 * i, {{key_of(static_cast<int>(i)), "\1newer" + std::to_string(i), false},
                       {key_of(static_cast<int>(20 + i)), "", i % 3 == 0}}));
    return bytes;
  }

  test::TempDir temp_;
  std::map<std::string, std::string> files_;
  std::map<Unit, std::set<Fact>> facts_;
};

/// Nothing was invented, and every unit but the damaged ones was found.
/// A cut between two records cannot be seen: then `silent` is allowed.
void check_survivors(const SmallDatabase& database, const std::set<Unit>& damaged,
                     bool silent = false) {
  const KeptWalk walk = test::walk(database.directory());
  std::set<Fact> found;
  for (const KeptRecord& record : walk.records) found.insert(fact_of(record));
  std::set<Fact> known;
  std::size_t missing = 0;
  for (const auto& [unit, facts] : database.facts()) {
    known.insert(facts.begin(), facts.end());
    if (damaged.count(unit) != 0) continue;
    for (const Fact& fact : facts) missing += found.count(fact) == 0 ? 1 : 0;
  }
  INFO(walk.messages());
  REQUIRE(missing == 0);
  for (const Fact& fact : found) REQUIRE(known.count(fact) == 1);
  if (found.size() < known.size() && !silent) REQUIRE_FALSE(walk.diagnostics.empty());
}

TEST_CASE("a flipped bit anywhere costs no more than the record or block it is in") {
  const SmallDatabase database;
  for (const char* name : {"000003.log", "000005.ldb"}) {
    const std::string& bytes = database.bytes(name);
    const std::string file = std::string("db/") + name;
    for (std::size_t offset = 0; offset < bytes.size(); ++offset) {
      for (unsigned bit = 0; bit < 8; ++bit) {
        CAPTURE(name);
        CAPTURE(offset);
        CAPTURE(bit);
        std::string changed = bytes;
        changed[offset] =
            static_cast<char>(static_cast<unsigned char>(changed[offset]) ^ (1U << bit));
        database.damage(name, changed);
        check_survivors(database, {{file, database.unit_at(file, offset)}});
      }
    }
    database.restore(name);
  }
}

TEST_CASE("a flipped bit in CURRENT or the MANIFEST costs nothing") {
  const SmallDatabase database;
  for (const char* name : {"CURRENT", "MANIFEST-000001"}) {
    const std::string& bytes = database.bytes(name);
    for (std::size_t offset = 0; offset < bytes.size(); ++offset) {
      CAPTURE(name);
      CAPTURE(offset);
      std::string changed = bytes;
      changed[offset] =
          static_cast<char>(static_cast<unsigned char>(changed[offset]) ^ (1U << (offset % 8)));
      database.damage(name, changed);
      check_survivors(database, {});
      const KeptWalk walk = test::walk(database.directory());
      REQUIRE(walk.incomplete());
      REQUIRE(walk.count("no_manifest") == 1);
      REQUIRE(walk.current().at(key_of(1)) == "\1newer1");
    }
    database.restore(name);
  }
}

TEST_CASE("a file cut anywhere keeps everything before the cut") {
  const SmallDatabase database;
  for (const char* name : {"000003.log", "000005.ldb", "MANIFEST-000001", "CURRENT"}) {
    const std::string& bytes = database.bytes(name);
    const std::string file = std::string("db/") + name;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CAPTURE(name);
      CAPTURE(size);
      database.damage(name, bytes.substr(0, size));
      std::set<Unit> damaged;
      for (const auto& [unit, facts] : database.facts())
        if (unit.first == file && unit.second >= database.unit_at(file, size)) damaged.insert(unit);
      check_survivors(database, damaged, database.facts().count({file, size}) != 0);
    }
    database.restore(name);
  }
}

TEST_CASE("files that are missing are said to be, and the others are read") {
  const SmallDatabase database;
  for (const char* name : {"000003.log", "000005.ldb", "MANIFEST-000001", "CURRENT"}) {
    CAPTURE(name);
    std::filesystem::remove(database.directory() / name);
    std::set<Unit> damaged;
    for (const auto& [unit, facts] : database.facts())
      if (unit.first == std::string("db/") + name) damaged.insert(unit);
    check_survivors(database, damaged);
    CHECK(test::walk(database.directory()).incomplete());
    database.restore(name);
  }
}

TEST_CASE("a log that ends inside its last record is no damage") {
  const SmallDatabase database;
  const std::string& bytes = database.bytes("000003.log");
  database.damage("000003.log", bytes.substr(0, bytes.size() - 3));
  const KeptWalk walk = test::walk(database.directory());
  CHECK_FALSE(walk.incomplete());
  REQUIRE(walk.diagnostics.size() == 1);
  CHECK(walk.diagnostics[0].code == "torn_tail");
  CHECK(walk.diagnostics[0].offset == database.unit_at("db/000003.log", bytes.size()));
}

TEST_CASE("a log that was finished ends with a record") {
  const SmallDatabase database;
  const std::string log = database.bytes("000003.log");
  test::write_file(database.directory() / "000009.log",
                   test::log_record(test::write_batch(34, {{"newest", "\1v", false}})));
  CHECK_FALSE(test::walk(database.directory()).incomplete());
  for (const bool zeros : {false, true}) {
    CAPTURE(zeros);
    database.damage("000003.log",
                    zeros ? log + std::string(200, '\0') : log.substr(0, log.size() - 3));
    const KeptWalk walk = test::walk(database.directory());
    REQUIRE(!walk.diagnostics.empty());
    const Diagnostic& told = walk.diagnostics.front();
    CHECK(told.code == "corrupt");
    CHECK(told.severity == Diagnostic::Severity::incomplete);
    CHECK(told.file == "db/000003.log");
    CHECK(told.message == (zeros ? "log that ends in zeros" : "log that ends inside a record"));
    CHECK(walk.current().at("newest") == "\1v");
  }
}

TEST_CASE("a FIFO, a link, a directory and a device in place of files are refused and named") {
  const SmallDatabase database;
  std::filesystem::remove(database.directory() / "000005.ldb");
  REQUIRE(mkfifo((database.directory() / "000005.ldb").c_str(), 0600) == 0);
  std::filesystem::create_symlink("/etc/passwd", database.directory() / "000006.ldb");
  std::filesystem::create_directory(database.directory() / "000007.log");
  // An endless device, where this user may make one.
  const bool device =
      mknod((database.directory() / "000008.ldb").c_str(), S_IFCHR | 0600, makedev(1, 5)) == 0;
  const KeptWalk walk = test::walk(database.directory());
  CHECK(walk.count("unreadable_file") == (device ? 4 : 3));
  CHECK(walk.current().at(key_of(1)) == "\1newer1");
}

TEST_CASE("files larger than LevelDB makes any are told and neither read nor hashed") {
  constexpr std::uintmax_t kTerabyte = std::uintmax_t{1} << 40U;
  for (const std::string name : {"CURRENT", "MANIFEST-000001", "000005.ldb", "000003.log"}) {
    CAPTURE(name);
    const SmallDatabase database;
    std::filesystem::resize_file(database.directory() / name, kTerabyte);
    const KeptWalk walk = test::walk(database.directory(), true, true);
    CHECK(walk.incomplete());
    CHECK(walk.count("too_large") == 1);
    CHECK(walk.messages().find("db/" + name + ": has 1099511627776 bytes, more than the ") !=
          std::string::npos);
    for (const SourceFile& file : walk.files) CHECK(file.path != "db/" + name);
    CHECK(walk.files.size() == 3);
    CHECK(walk.records.size() == (name == "000005.ldb"   ? 14U
                                  : name == "000003.log" ? 12U
                                                         : 12U + 14U));
  }
}

TEST_CASE("of a database over the budget what fits is read") {
  const SmallDatabase database;
  const std::uint64_t lists =
      database.bytes("CURRENT").size() + database.bytes("MANIFEST-000001").size();
  const std::uint64_t table = lists + database.bytes("000005.ldb").size();
  const std::uint64_t all = table + database.bytes("000003.log").size();
  CHECK(test::walk(database.directory(), true, true, all).diagnostics.empty());
  const KeptWalk without_log = test::walk(database.directory(), true, true, all - 1);
  CHECK(without_log.messages() ==
        fmt::format("db/000003.log: has {} bytes, more than the {} that may be read\n", all - table,
                    all - table - 1));
  CHECK(without_log.incomplete());
  CHECK(without_log.records.size() == 12);
  CHECK(without_log.files.size() == 3);
  CHECK(test::walk(database.directory(), true, true, lists - 1).count("too_large") == 3);
}

TEST_CASE("malformed write batches cost themselves") {
  const test::TempDir temp;
  const auto directory = temp.path() / "db";
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001", test::manifest(3, {}));
  const std::string good = test::log_record(test::write_batch(50, {{"good", "v", false}}));
  std::string log = good;
  log += test::log_record("short");
  log += test::log_record(test::little(1, 8) + test::little(1, 4) + "\7");
  log += test::log_record(test::little(1, 8) + test::little(1, 4) + "\1" +
                          test::varint(~std::uint64_t{0}));
  log += test::log_record(test::little(1, 8) + test::little(0xffffffff, 4));
  log += test::log_record(test::little(~std::uint64_t{0}, 8) + test::little(1, 4) +
                          std::string("\0\1k", 3));
  log += test::log_record("middle", 3) + test::log_record("last", 4) + test::log_record("first", 2);
  log += test::log_record(test::write_batch(60, {{"after", "v", false}}));
  test::write_file(directory / "000003.log", log);
  const KeptWalk walk = test::walk(directory);
  CHECK(walk.current().size() == 2);
  CHECK(walk.count("corrupt") == 7);
}

TEST_CASE("a hundred thousand files in the directory are bearable") {
  const SmallDatabase database;
  // Links are quick to make; a file system allows some ten thousand to one file.
  for (int i = 0; i < 100'000; ++i) {
    const auto base = database.directory() / ("junk" + std::to_string(i - i % 20'000));
    if (i % 20'000 == 0)
      test::write_file(base, "");
    else
      REQUIRE(link(base.c_str(), (database.directory() / ("junk" + std::to_string(i))).c_str()) ==
              0);
  }
  for (int i = 0; i < 300; ++i)
    test::write_file(database.directory() / (std::to_string(1000 + i) + ".ldb"), "");
  const KeptWalk walk = test::walk(database.directory(), true, true);
  CHECK(walk.current().size() == 16);
  CHECK_FALSE(walk.incomplete());
  CHECK(walk.files.size() == 304);
}

TEST_CASE("hundreds of overlapping tables are merged") {
  const test::TempDir temp;
  const auto directory = temp.path() / "db";
  std::vector<test::NamedTable> tables;
  for (std::uint64_t i = 0; i < 300; ++i) {
    const std::string first = internal_key("k", 1000 - i);
    tables.push_back({0, 10 + i, first, first});
    test::TableBuilder table;
    table.add(test::block({{first, "v" + std::to_string(i)}}), first);
    test::write_file(
        directory / (std::string(i < 90 ? "0000" : "000") + std::to_string(10 + i) + ".ldb"),
        table.finish());
  }
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001", test::manifest(0, tables));
  const KeptWalk walk = test::walk(directory);
  CHECK(walk.messages().empty());  // one key, but no two versions overlap in LevelDB's order
  CHECK(walk.current() == std::map<std::string, std::string>{{"k", "v0"}});
  CHECK(walk.count(ItemState::superseded) == 299);
}

TEST_CASE("a directory that changes while it is read gives one of its states") {
  const SmallDatabase database;
  const std::string other =
      test::manifest(3, {{1, 7, internal_key(key_of(0), 1), internal_key(key_of(11), 12)}});
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    // What a compaction does: a new table, a new MANIFEST, then the old table goes.
    const auto directory = database.directory();
    for (bool odd = false; !stop; odd = !odd) {
      const char* from = odd ? "000007.ldb" : "000005.ldb";
      const char* to = odd ? "000005.ldb" : "000007.ldb";
      const std::string name = odd ? "MANIFEST-000001" : "MANIFEST-000002";
      std::filesystem::copy_file(directory / from, directory / to,
                                 std::filesystem::copy_options::overwrite_existing);
      test::write_file(directory / name, odd ? database.bytes("MANIFEST-000001") : other);
      test::write_file(directory / "CURRENT.tmp", name + "\n");
      std::filesystem::rename(directory / "CURRENT.tmp", directory / "CURRENT");
      std::filesystem::remove(directory / from);
    }
  });
  std::size_t exact = 0;
  for (int i = 0; i < 300; ++i) {
    const KeptWalk walk = test::walk(database.directory(), false);
    if (walk.incomplete()) continue;
    REQUIRE(walk.current().size() == 16);
    ++exact;
  }
  stop = true;
  writer.join();
  CHECK(exact > 0);
}

}  // namespace
}  // namespace crumbs
