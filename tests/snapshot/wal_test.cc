// What a damaged write-ahead log hides is said; what every log has behind its end is not.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <filesystem>
#include <string>
#include <vector>

#include "formats/sqlite/sqlite.h"
#include "snapshot/snapshot.h"
#include "support/snapshot_place.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kHeader = 32, kFrame = 24 + 1024;

void execute(sqlite3* database, const std::string& sql) {
  REQUIRE(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
}

std::string rows(int count) {
  return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
         std::to_string(count) + ") INSERT INTO cookies(name) SELECT hex(randomblob(20)) FROM n;";
}

/// Ten rows in the file and, after `changes`, more in its log, as a killed browser leaves them.
struct Files {
  std::string main, wal;

  explicit Files(const std::vector<std::string>& changes) {
    const test::TempDir work;
    const fs::path file = work.path() / "db";
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    execute(database,
            "PRAGMA page_size=1024; PRAGMA journal_mode=WAL; PRAGMA cache_size=5;"
            "CREATE TABLE cookies(id INTEGER PRIMARY KEY, name TEXT);" +
                rows(10) + "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint=0;");
    for (const std::string& change : changes) execute(database, change);
    main = test::read_file(file);
    wal = test::read_file(file.string() + "-wal");
    sqlite3_close(database);
  }
};

/// Each in a transaction of its own.
std::vector<std::string> single_rows(int count) {
  return std::vector<std::string>(static_cast<std::size_t>(count), rows(1));
}

struct Found {
  std::size_t rows = 0;
  std::vector<Diagnostic> diagnostics;

  [[nodiscard]] bool incomplete() const {
    return diagnostics.size() == 1 && diagnostics[0].severity == Diagnostic::Severity::incomplete &&
           diagnostics[0].file == "Default/Cookies-wal";
  }
};

Found read(const std::string& main, const std::string& wal) {
  const test::Place place;
  test::write_file(place.file("Cookies"), main);
  test::write_file(place.file("Cookies-wal"), wal);
  Found found;
  const Snapshot snapshot = place.take();
  found.diagnostics = snapshot.diagnostics();
  const sqlite::File file(snapshot.image(), 1 << 20);
  file.scan(
      "cookies", {{"name"}}, [&](const sqlite::Row&) { ++found.rows; },
      [](const Diagnostic& diagnostic) { FAIL_CHECK(diagnostic.message); });
  return found;
}

std::string flipped(std::string bytes, std::size_t offset) {
  bytes[offset] ^= 0x10;
  return bytes;
}

}  // namespace

TEST_CASE("a damaged frame before a committed one is said, whatever is wrong with it") {
  const Files files(single_rows(8));
  const std::size_t frames = (files.wal.size() - kHeader) / kFrame;
  REQUIRE(frames == 8);
  CHECK(read(files.main, files.wal).rows == 18);
  CHECK(read(files.main, files.wal).diagnostics.empty());
  for (std::size_t frame = 0; frame + 1 < frames; ++frame) {
    // Page, size of the database, salts, checksums, payload.
    for (const std::size_t at : {3U, 7U, 8U, 15U, 16U, 23U, 24U, 500U, 1047U}) {
      CAPTURE(frame);
      CAPTURE(at);
      const Found found = read(files.main, flipped(files.wal, kHeader + frame * kFrame + at));
      CHECK(found.rows == 10 + frame);
      CHECK(found.incomplete());
    }
  }
}

TEST_CASE("a log whose header SQLite does not take is said to be none") {
  const Files files(single_rows(3));
  for (const std::size_t at : {0U, 4U, 8U, 10U, 12U, 16U, 20U, 24U, 31U}) {
    CAPTURE(at);
    const Found found = read(files.main, flipped(files.wal, at));
    CHECK(found.rows == 10);
    CHECK(found.incomplete());
  }
  for (const std::string& wal : {std::string("no log"), std::string(5000, '\0'),
                                 files.wal.substr(0, 20), std::string(70'000, 'x')}) {
    CHECK(read(files.main, wal).incomplete());
  }
}

TEST_CASE("what was cut out of a log, or off it, is said") {
  const Files files(single_rows(8));
  for (const std::size_t at : {kHeader, kHeader + 10, kHeader + 2 * kFrame + 500}) {
    for (const std::size_t length : {std::size_t{1}, std::size_t{100}, kFrame, 3 * kFrame}) {
      CAPTURE(at);
      CAPTURE(length);
      CHECK(read(files.main, std::string(files.wal).erase(at, length)).incomplete());
    }
  }
  const Found found = read(files.main, files.wal.substr(0, kHeader + 4 * kFrame + 700));
  CHECK(found.rows == 14);
  CHECK(found.incomplete());
}

TEST_CASE("the last frame may be torn, as a crash leaves it: it was never committed") {
  const Files files(single_rows(8));
  const Found found = read(files.main, flipped(files.wal, files.wal.size() - 10));
  CHECK(found.rows == 17);
  REQUIRE(found.diagnostics.size() == 1);
  CHECK(found.diagnostics[0].code == "torn_tail");
  CHECK(found.diagnostics[0].severity == Diagnostic::Severity::note);
  CHECK(found.diagnostics[0].offset == kHeader + 7 * kFrame);
}

TEST_CASE("a transaction that was not committed is no loss, nor is what it has left behind") {
  const std::string spill = "BEGIN;" + rows(2000);
  Found found = [&] {
    const Files files({rows(1), spill});
    REQUIRE(files.wal.size() > kHeader + 5 * kFrame);
    return read(files.main, files.wal);
  }();
  CHECK(found.rows == 11);
  REQUIRE(found.diagnostics.size() == 1);
  CHECK(found.diagnostics[0].code == "torn_tail");
  // Rolled back, and half written over by a shorter one: the rest of its frames has the salts.
  const Files files({rows(1), spill, "ROLLBACK", rows(1)});
  REQUIRE(files.wal.size() > kHeader + 5 * kFrame);
  found = read(files.main, files.wal);
  CHECK(found.rows == 12);
  for (const Diagnostic& diagnostic : found.diagnostics)
    CHECK(diagnostic.severity == Diagnostic::Severity::note);
}

TEST_CASE("a damaged frame that ended a transaction is said, though only unfinished ones follow") {
  const Files files({rows(1), rows(1), "BEGIN;" + rows(2000)});
  const Found found = read(files.main, flipped(files.wal, kHeader + kFrame + 500));
  CHECK(found.rows == 11);
  CHECK(found.incomplete());
}

TEST_CASE("frames of an earlier cycle behind the last one are left in every log") {
  const Files files({rows(500), "PRAGMA wal_checkpoint(RESTART)", rows(1)});
  REQUIRE(files.wal.size() > kHeader + 5 * kFrame);
  const Found found = read(files.main, files.wal);
  CHECK(found.rows == 511);
  CHECK(found.diagnostics.empty());
  // The header alone, as a crash right after the restart leaves it.
  CHECK(read(files.main, files.wal.substr(0, kHeader)).diagnostics.empty());
}

}  // namespace crumbs
