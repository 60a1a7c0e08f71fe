#include "snapshot/snapshot.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "crumbs/error.h"
#include "formats/sqlite/sqlite.h"
#include "support/snapshot_place.h"
#include "support/support.h"
#include "system/io.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using test::Place;

using test::in_child;
using test::kThreeRows;

std::vector<std::string> names(const Snapshot& snapshot) {
  std::vector<std::string> found;
  const sqlite::File file(snapshot.image(), 1 << 20);
  file.scan(
      "cookies", {{"name"}}, [&](const sqlite::Row& row) { found.emplace_back(row.bytes(0)); },
      [](const Diagnostic& diagnostic) { FAIL_CHECK(diagnostic.message); });
  return found;
}

void build_hot_journal(const fs::path& target) {
  test::build_interrupted(
      target,
      "CREATE TABLE cookies(id INTEGER PRIMARY KEY, name TEXT, filler BLOB);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
      " INSERT INTO cookies SELECT i, 'committed', zeroblob(300) FROM n;"
      "PRAGMA cache_size=5; PRAGMA cache_spill=1;",
      "BEGIN; UPDATE cookies SET name='uncommitted'; DELETE FROM cookies WHERE id>1990");
}

}  // namespace

TEST_CASE("a database without journal or WAL is read from memory and hashed as it is on disk") {
  const Place place;
  test::build_database(place.file("Cookies"), kThreeRows);
  test::write_file(place.file("Cookies-journal"), "");
  const std::string before = test::describe_tree(place.profile.path());
  const Snapshot snapshot = place.take();
  CHECK(snapshot.image().in_memory());
  CHECK(snapshot.image().file.empty());
  CHECK(fs::is_empty(place.temporary.path()));
  const std::string bytes = test::read_file(place.file("Cookies"));
  REQUIRE(snapshot.files().size() == 2);
  CHECK(snapshot.files()[0].path == "Default/Cookies");
  CHECK(snapshot.files()[0].bytes == bytes.size());
  CHECK(snapshot.files()[0].sha256 == sha256_hex(bytes));
  CHECK(snapshot.files()[1].path == "Default/Cookies-journal");
  CHECK(snapshot.files()[1].bytes == 0);
  CHECK(snapshot.files()[1].sha256 == sha256_hex(""));
  CHECK(snapshot.image().bytes.size() == bytes.size());
  CHECK(names(snapshot) == std::vector<std::string>{"a", "b", "c"});
  CHECK(snapshot.diagnostics().empty());
  CHECK(test::describe_tree(place.profile.path()) == before);
}

TEST_CASE("a database in WAL mode without a WAL is read from memory, its hash that of the file") {
  const Place place;
  test::build_database(place.file("Cookies"), std::string("PRAGMA journal_mode=WAL;") + kThreeRows);
  const std::string bytes = test::read_file(place.file("Cookies"));
  REQUIRE(bytes[18] == 2);
  test::write_file(place.file("Cookies-wal"), "");
  const Snapshot snapshot = place.take();
  CHECK(snapshot.image().in_memory());
  CHECK(snapshot.files()[0].sha256 == sha256_hex(bytes));
  CHECK(names(snapshot) == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("a database over the memory budget is copied, read there, and the copy goes away") {
  Place place;
  place.limits.memory_budget = 100;
  for (const char* mode : {"DELETE", "WAL"}) {
    CAPTURE(mode);
    fs::remove(place.file("Cookies"));
    test::build_database(place.file("Cookies"),
                         std::string("PRAGMA journal_mode=") + mode + ";" + kThreeRows);
    const std::string before = test::describe_tree(place.profile.path());
    {
      const Snapshot snapshot = place.take();
      CHECK_FALSE(snapshot.image().in_memory());
      CHECK(snapshot.image().bytes.empty());
      CHECK(snapshot.image().file.parent_path().parent_path() == place.temporary.path());
      CHECK(snapshot.files()[0].sha256 == sha256_hex(test::read_file(place.file("Cookies"))));
      CHECK(names(snapshot) == std::vector<std::string>{"a", "b", "c"});
      CHECK(names(snapshot) == std::vector<std::string>{"a", "b", "c"});
    }
    CHECK(fs::is_empty(place.temporary.path()));
    CHECK(test::describe_tree(place.profile.path()) == before);
  }
}

TEST_CASE("rows that are only in the WAL are read") {
  const Place place;
  test::build_interrupted(place.file("Cookies"),
                          "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;", kThreeRows);
  REQUIRE(fs::file_size(place.file("Cookies-wal")) > 0);
  REQUIRE(test::read_file(place.file("Cookies")).find("cookies") == std::string::npos);
  const std::string before = test::describe_tree(place.profile.path());
  {
    const Snapshot snapshot = place.take();
    CHECK_FALSE(snapshot.image().in_memory());
    CHECK(names(snapshot) == std::vector<std::string>{"a", "b", "c"});
    REQUIRE(snapshot.files().size() == 2);
    CHECK(snapshot.files()[1].path == "Default/Cookies-wal");
    CHECK(snapshot.files()[1].sha256 == sha256_hex(test::read_file(place.file("Cookies-wal"))));
    CHECK_FALSE(fs::exists(snapshot.image().file.string() + "-shm"));
  }
  CHECK(fs::is_empty(place.temporary.path()));
  CHECK(test::describe_tree(place.profile.path()) == before);
}

TEST_CASE("a hot journal is rolled back: the committed values are shown") {
  const Place place;
  build_hot_journal(place.file("Cookies"));
  REQUIRE(test::read_file(place.file("Cookies")).find("uncommitted") != std::string::npos);
  const std::string before = test::describe_tree(place.profile.path());
  {
    const Snapshot snapshot = place.take();
    CHECK(snapshot.diagnostics().empty());
    CHECK(names(snapshot) == std::vector<std::string>(2000, "committed"));
    REQUIRE(snapshot.files().size() == 2);
    CHECK(snapshot.files()[1].path == "Default/Cookies-journal");
  }
  CHECK(fs::is_empty(place.temporary.path()));
  CHECK(test::describe_tree(place.profile.path()) == before);
}

TEST_CASE("a journal without its magic is no journal, but its hash is kept") {
  const Place place;
  test::build_database(place.file("Cookies"), kThreeRows);
  const std::string persistent(1024, '\0');
  test::write_file(place.file("Cookies-journal"), persistent);
  const Snapshot snapshot = place.take();
  CHECK(snapshot.image().in_memory());
  REQUIRE(snapshot.files().size() == 2);
  CHECK(snapshot.files()[1].bytes == 1024);
  CHECK(snapshot.files()[1].sha256 == sha256_hex(persistent));
  CHECK(names(snapshot).size() == 3);
}

TEST_CASE("a damaged journal is told, one that was ended is not") {
  const auto codes = [](std::size_t at, std::string_view bytes) {
    const Place place;
    build_hot_journal(place.file("Cookies"));
    std::string journal = test::read_file(place.file("Cookies-journal"));
    journal.replace(at, bytes.size(), bytes);
    test::write_file(place.file("Cookies-journal"), journal);
    std::string found;
    const Snapshot snapshot = place.take();
    for (const Diagnostic& one : snapshot.diagnostics())
      found += one.severity == Diagnostic::Severity::incomplete ? one.code : "note";
    return found;
  };
  CHECK(codes(0, "?") == "corrupt");
  CHECK(codes(3, "?") == "corrupt");
  CHECK(codes(600, std::string(300, '?')) == "corrupt");
  CHECK(codes(0, std::string(28, '\0')).empty());  // PRAGMA journal_mode=PERSIST
}

TEST_CASE("a journal that names a super-journal cannot make SQLite delete that file") {
  const Place place;
  build_hot_journal(place.file("Cookies"));
  const test::TempDir victim;
  const fs::path target = victim.path() / "precious";
  test::write_file(target, "no journal at all");
  // The record that ends such a journal: page number of the lock page, name, length, sum, magic.
  std::string record = test::unhex("00040001") + target.string();
  unsigned sum = 0;
  for (const char c : target.string()) sum += static_cast<unsigned char>(c);
  for (const unsigned value : {static_cast<unsigned>(target.string().size()), sum}) {
    for (int shift = 24; shift >= 0; shift -= 8)
      record += static_cast<char>(value >> static_cast<unsigned>(shift));
  }
  record += test::unhex("d9d505f920a163d7");
  std::ofstream(place.file("Cookies-journal"), std::ios::binary | std::ios::app) << record;

  const Snapshot snapshot = place.take();
  CHECK(names(snapshot) == std::vector<std::string>(2000, "committed"));
  REQUIRE(snapshot.diagnostics().size() == 1);
  CHECK(snapshot.diagnostics()[0].code == "super_journal");
  CHECK(test::read_file(target) == "no journal at all");
}

TEST_CASE("a full disk is an error, and what was written is removed") {
  Place place;
  place.limits.memory_budget = 1;
  test::build_database(place.file("Cookies"), std::string(kThreeRows) +
                                                  "CREATE TABLE filler(bytes BLOB);"
                                                  "INSERT INTO filler VALUES (zeroblob(1000000));");
  const int status = in_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{500'000, 500'000};
    setrlimit(RLIMIT_FSIZE, &limit);
    return place.error(ErrorCode::io) ==
           "Default/Cookies: no space for a private copy in " + place.temporary.path().string();
  });
  CHECK(status == 0);
  CHECK(fs::is_empty(place.temporary.path()));
}

TEST_CASE("a file that never holds still is copied all the same, and that is said") {
  Place place;
  test::build_database(place.file("Cookies"), std::string(kThreeRows) +
                                                  "CREATE TABLE filler(bytes BLOB);"
                                                  "INSERT INTO filler VALUES (zeroblob(300000));");
  for (const std::uint64_t budget : {std::uint64_t{64} << 20U, std::uint64_t{1}}) {
    CAPTURE(budget);
    place.limits.memory_budget = budget;
    const FileDescriptor file(open(place.file("Cookies").c_str(), O_WRONLY | O_CLOEXEC));
    std::size_t writes = 0;
    const Snapshot snapshot = place.take([&](std::size_t attempt) {
      CHECK(attempt == writes);
      // Inside of the filler: the copy stays readable.
      const auto value = static_cast<char>(++writes);
      REQUIRE(pwrite(file.get(), &value, 1, 200'000) == 1);
    });
    CHECK(writes == 4);
    REQUIRE(snapshot.diagnostics().size() == 1);
    CHECK(snapshot.diagnostics()[0].code == "changed_while_reading");
    CHECK(snapshot.diagnostics()[0].severity == Diagnostic::Severity::incomplete);
    CHECK(snapshot.diagnostics()[0].file == "Default/Cookies");
    CHECK(names(snapshot).size() == 3);
  }
}

TEST_CASE("a file that holds still after a while is copied whole, without a complaint") {
  const Place place;
  test::build_database(place.file("Cookies"), kThreeRows);
  test::build_database(place.file("fourth"),
                       std::string(kThreeRows) + "INSERT INTO cookies(name) VALUES ('d');");
  const std::string bytes = test::read_file(place.file("fourth"));
  std::size_t attempts = 0;
  const Snapshot snapshot = place.take([&](std::size_t attempt) {
    ++attempts;
    if (attempt == 2) return;
    test::write_file(place.file("new"), bytes);
    fs::rename(place.file("new"), place.file("Cookies"));
  });
  CHECK(attempts == 3);
  CHECK(snapshot.diagnostics().empty());
  CHECK(names(snapshot) == std::vector<std::string>{"a", "b", "c", "d"});
}

TEST_CASE("a write after which the time was set back is noticed") {
  const Place place;
  test::build_database(place.file("Cookies"), std::string(kThreeRows) +
                                                  "CREATE TABLE filler(bytes BLOB);"
                                                  "INSERT INTO filler VALUES (zeroblob(300000));");
  const auto time = fs::last_write_time(place.file("Cookies"));
  test::wait_for_tick(place.file("Cookies"));
  std::size_t attempts = 0;
  const Snapshot snapshot = place.take([&](std::size_t) {
    if (++attempts > 1) return;
    const FileDescriptor file(open(place.file("Cookies").c_str(), O_WRONLY | O_CLOEXEC));
    REQUIRE(pwrite(file.get(), "x", 1, 200'000) == 1);
    fs::last_write_time(place.file("Cookies"), time);
  });
  CHECK(attempts == 2);
  CHECK(snapshot.diagnostics().empty());
}

TEST_CASE("a truncated database is read as far as it goes") {
  for (const std::uint64_t budget : {std::uint64_t{1} << 20U, std::uint64_t{1}}) {
    CAPTURE(budget);
    Place place;
    place.limits.memory_budget = budget;
    test::build_database(
        place.file("Cookies"),
        "PRAGMA page_size=1024; CREATE TABLE cookies(id INTEGER PRIMARY KEY, name TEXT);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
        " INSERT INTO cookies SELECT i, 'name' || i FROM n;");
    const std::uint64_t size = fs::file_size(place.file("Cookies"));
    fs::resize_file(place.file("Cookies"), size - 2048);
    const Snapshot snapshot = place.take();
    CHECK(snapshot.image().in_memory() == (budget > 1));
    REQUIRE(snapshot.diagnostics().size() == 1);
    CHECK(snapshot.diagnostics()[0].code == "truncated");
    CHECK(snapshot.diagnostics()[0].message ==
          "2048 of " + std::to_string(size) + " bytes are missing");
    CHECK(snapshot.files()[0].bytes == size - 2048);
    std::uint64_t rows = 0;
    std::vector<Diagnostic> damage;
    const sqlite::File file(snapshot.image(), 1 << 20);
    file.scan(
        "cookies", {{"name"}},
        [&](const sqlite::Row& row) {
          CHECK(row.bytes(0) == "name" + std::to_string(row.rowid()));
          ++rows;
        },
        [&](Diagnostic diagnostic) { damage.push_back(std::move(diagnostic)); });
    CHECK(rows > 300);
    CHECK(rows < 500);
    CHECK(damage.size() == 1);
  }
}

TEST_CASE("a WAL without its database says so") {
  const Place place;
  test::build_interrupted(place.file("Cookies"), "PRAGMA journal_mode=WAL;", kThreeRows);
  fs::remove(place.file("Cookies"));
  CHECK(place.error(ErrorCode::corrupt) == "Cookies: is missing, only its write-ahead log is left");
  test::write_file(place.file("Cookies"), "");
  CHECK(place.error(ErrorCode::corrupt) == "Cookies: is empty, only its write-ahead log is left");
  test::write_file(place.file("Cookies-wal"), "");
  CHECK(place.take().diagnostics().empty());
}

TEST_CASE("every exit from reading a copy removes it") {
  Place place;
  place.limits.memory_budget = 1;
  test::build_database(place.file("Cookies"), kThreeRows);
  const auto read = [&] {
    const Snapshot snapshot = place.take();
    const sqlite::File file(snapshot.image(), 1 << 20);
    file.scan(
        "cookies", {{"name"}}, [](const sqlite::Row&) { throw std::runtime_error("visitor"); },
        [](const Diagnostic&) {});
  };
  CHECK_THROWS_WITH(read(), "visitor");
  CHECK(fs::is_empty(place.temporary.path()));
  Snapshot one = place.take();
  Snapshot two = place.take();
  one = std::move(two);
  CHECK(names(one).size() == 3);
}

}  // namespace crumbs
