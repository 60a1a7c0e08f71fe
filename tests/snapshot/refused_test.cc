#include <doctest/doctest.h>
#include <sys/stat.h>

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
  CHECK(place.error(ErrorCode::io) ==
        "Default/Cookies: has 3000 bytes, more than the 2999 that may be copied");
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
