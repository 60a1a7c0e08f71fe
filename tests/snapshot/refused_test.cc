#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fmt/format.h>

#include "support/databases.h"
#include "support/snapshot_place.h"

namespace crumbs {
namespace fs = std::filesystem;
using test::in_child;
using test::kThreeRows;
using test::Place;

TEST_CASE("what is no database file is an error that names it") {
  Place place;
  CHECK(place.error(ErrorCode::not_found) == "Cookies: there is no such file");
  fs::create_directory(place.file("Cookies"));
  CHECK(place.error(ErrorCode::io) == "Cookies: is a directory, not a file");
  fs::remove(place.file("Cookies"));
  fs::create_symlink("/dev/zero", place.file("Cookies"));
  CHECK(place.error(ErrorCode::io) == "Cookies: is a symbolic link, which is not followed");
  fs::remove(place.file("Cookies"));
  REQUIRE(mkfifo(place.file("Cookies").c_str(), 0600) == 0);
  CHECK(place.error(ErrorCode::io) == "Cookies: is a named pipe, not a file");
}

TEST_CASE("a WAL or journal that is a link is refused") {
  for (const char* name : {"Cookies-wal", "Cookies-journal"}) {
    const Place place;
    test::build_database(place.file("Cookies"), kThreeRows);
    fs::create_symlink("/etc/hostname", place.file(name));
    CHECK(place.error(ErrorCode::io) ==
          std::string(name) + ": is a symbolic link, which is not followed");
  }
}

TEST_CASE("a store over the copy budget is refused with both sizes") {
  Place place;
  test::write_file(place.file("Cookies"), std::string(3000, 'x'));
  place.limits.copy_budget = 2999;
  CHECK(place.error(ErrorCode::too_large) ==
        "Default/Cookies: has 3000 bytes, more than the 2999 that may be read");
  fs::remove(place.file("Cookies"));
  test::build_database(place.file("Cookies"), kThreeRows);
  test::write_file(place.file("Cookies-wal"), std::string(3000, 'x'));
  CHECK(place.error(ErrorCode::too_large) ==
        fmt::format("Default/Cookies: has {} bytes, more than the 2999 that may be read",
                    fs::file_size(place.file("Cookies")) + 3000));
}

TEST_CASE("a large file that begins like no database is refused without a copy") {
  Place place;
  place.limits.memory_budget = 2999;
  place.limits.temp_dir = "/nonexistent";
  test::write_file(place.file("Cookies"), std::string(3000, '\0'));
  CHECK(place.error(ErrorCode::corrupt) == "Default/Cookies: not a database");
  std::string noise(3072, '\0');
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * 7);
  test::write_file(place.file("Cookies"), noise);
  CHECK(place.error(ErrorCode::corrupt) ==
        "Default/Cookies: not a plain SQLite database; it looks encrypted");
}

TEST_CASE("a large file in the place of a log is told and not read") {
  Place place;
  test::build_database(place.file("Cookies"), kThreeRows);
  constexpr std::uintmax_t kSize = 200'000;
  place.limits.memory_budget = kSize;
  for (const std::uintmax_t size : {kSize, kSize + 1}) {
    test::write_file(place.file("Cookies-wal"), std::string(size, '\0'));
    const Snapshot snapshot = place.take();
    REQUIRE(snapshot.diagnostics().size() == 1);
    CHECK(snapshot.diagnostics()[0].message ==
          "is no write-ahead log; what was written to it is missing");
    CHECK(snapshot.diagnostics()[0].file == "Default/Cookies-wal");
    CHECK(snapshot.diagnostics()[0].severity == Diagnostic::Severity::incomplete);
    CHECK(snapshot.files().size() == (size > kSize ? 1 : 2));
  }
}

TEST_CASE("somebody who may not read the file is told so") {
  const Place place;
  test::build_database(place.file("Cookies"), kThreeRows);
  fs::permissions(place.file("Cookies"), fs::perms::none);
  const int status = in_child([&] {
    test::be_bound_by_modes();
    try {
      (void)place.take();
    } catch (const Error& error) {
      return std::string(error.what()) == "Cookies: Permission denied";
    }
    return false;
  });
  CHECK(status == 0);
}

}  // namespace crumbs
