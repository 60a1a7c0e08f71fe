#include "stores/shared/locate.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/kept_items.h"
#include "support/leveldb_files.h"
#include "support/support.h"

namespace crumbs {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;

/// `count` names for one empty file; a file system allows some ten thousand links to a file.
void make_links(const fs::path& directory, int count, const std::string& suffix) {
  constexpr int kLinks = 20'000;
  const auto name = [&](int i) { return directory / ("f" + std::to_string(i) + suffix); };
  for (int i = 0; i < count; ++i) {
    if (i % kLinks == 0)
      test::write_file(name(i), "");
    else
      REQUIRE(link(name(i - i % kLinks).c_str(), name(i).c_str()) == 0);
  }
}

TEST_CASE("patterns match segment by segment, and what is behind them must exist") {
  const test::TempDir temp;
  for (const char* file : {"a/x1/end", "a/x2/other", "a/.x3/end", "a/x4", "b/x1/end"})
    test::write_file(temp.path() / file, "");
  std::vector<StorePlace> places;
  CHECK(paths_matching(temp.path(), "a/*/end", places) == Paths{"a/.x3/end", "a/x1/end"});
  CHECK(paths_matching(temp.path(), "a/x*", places) == Paths{"a/x1", "a/x2", "a/x4"});
  CHECK(paths_matching(temp.path(), "*/x1/*", places) == Paths{"a/x1/end", "b/x1/end"});
  CHECK(paths_matching(temp.path(), "c/*/end", places).empty());
  CHECK(paths_matching(temp.path(), "a/x4/*", places).empty());
  CHECK(places.empty());
}

TEST_CASE("a directory behind a link is not listed, and said not to be") {
  const test::TempDir temp, outside;
  test::write_file(outside.path() / "https+++a.example/ls/data.sqlite", "");
  fs::create_directories(temp.path() / "storage");
  fs::create_directory_symlink(outside.path(), temp.path() / "storage/default");
  const auto places =
      places_of(firefox_local_storage, test::make_profile(temp.path(), Engine::firefox));
  REQUIRE(places.size() == 1);
  CHECK(places[0].unlisted);
  CHECK(places[0].path == "storage/default");
  CHECK(places[0].note ==
        "storage/default: cannot be listed: a symbolic link, which is not followed");

  test::build_database(temp.path() / "cookies.sqlite",
                       test::read_file(test::fixture("sql/firefox-cookies-16.sql")));
  const auto result = test::crumbs({"audit", temp.path().string()});
  CHECK(result.code == 5);
  CHECK(result.err.find("storage/default (failed): cannot be listed") != std::string::npos);
}

TEST_CASE("a store behind a link on the way is not absent, wherever the link leads") {
  const test::TempDir temp, outside;
  for (const fs::path& target : {outside.path(), fs::path("/nowhere")}) {
    CAPTURE(target.string());
    fs::remove(temp.path() / "Network");
    fs::create_directory_symlink(target, temp.path() / "Network");
    const auto stores =
        test::read_places(chromium_cookies, test::make_profile(temp.path(), Engine::chromium));
    REQUIRE(stores.size() == 1);
    CHECK(stores[0].place.path == "Network/Cookies");
    CHECK(stores[0].messages() ==
          "error: Network/Cookies: lies behind a symbolic link, which is not followed\n");
  }
}

TEST_CASE("a link in place of one site's directory costs that site alone") {
  const test::TempDir temp, outside;
  test::write_file(outside.path() / "ls/data.sqlite", "");
  fs::create_directories(temp.path() / "storage/default");
  fs::create_directory_symlink(outside.path(), temp.path() / "storage/default/https+++a.example");
  const auto stores =
      test::read_places(firefox_local_storage, test::make_profile(temp.path(), Engine::firefox));
  REQUIRE(stores.size() == 1);
  REQUIRE(stores[0].error);
  CHECK(stores[0].messages().find("symbolic link") != std::string::npos);
}

TEST_CASE("however many stores there are, all are found") {
  const test::TempDir temp;
  constexpr int kFiles = 70'000;
  fs::create_directories(temp.path() / "Local Storage");
  make_links(temp.path() / "Local Storage", kFiles, ".localstorage");
  const auto places =
      places_of(chromium_local_storage_legacy, test::make_profile(temp.path(), Engine::chromium));
  CHECK(places.size() == kFiles);
  CHECK(std::ranges::none_of(places, &StorePlace::unlisted));
}

TEST_CASE("a LevelDB is found and read among a hundred thousand other files") {
  const test::TempDir temp;
  const fs::path directory = temp.path() / "Local Storage/leveldb";
  fs::create_directories(directory);
  make_links(directory, 100'000, ".junk");
  const std::string key = "_https://a.example" + std::string(1, '\0') + "\1k";
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001", test::manifest(3, {}));
  test::write_file(
      directory / "000003.log",
      test::log_record(test::write_batch(1, {{"VERSION", "1", false}, {key, "\1v", false}})));
  const auto stores =
      test::read_places(chromium_local_storage, test::make_profile(temp.path(), Engine::chromium));
  REQUIRE(stores.size() == 1);
  CHECK(stores[0].messages().empty());
  REQUIRE(stores[0].items.size() == 1);
  CHECK(stores[0].items[0].text == "v");
}

}  // namespace
}  // namespace crumbs
