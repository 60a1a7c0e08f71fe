// What else of a profile may know a site.
#include "stores/shared/other_places.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/support.h"

namespace crumbs {
namespace {

using Strings = std::vector<std::string>;

Strings paths_of(Profile profile, const std::filesystem::path& path) {
  profile.path = path;
  Strings paths;
  for (const OtherPlace& place : other_places(profile)) {
    CHECK(place.holds != "");
    paths.push_back(place.path);
  }
  return paths;
}

Profile profile_of(Engine engine) {
  Profile profile;
  profile.engine = engine;
  return profile;
}

}  // namespace

TEST_CASE("device-bound sessions are named beside a profile or in its Network") {
  const test::TempDir directory;
  const Profile chromium = profile_of(Engine::chromium);
  CHECK(paths_of(chromium, directory.path()) == Strings{});
  test::write_file(directory.path() / "Device Bound Sessions", "");
  test::write_file(directory.path() / "Network/Device Bound Sessions", "");
  test::write_file(directory.path() / "Network/Cookies", "");
  test::write_file(directory.path() / "IndexedDB/https_example.com_0/LOG", "");
  CHECK(paths_of(chromium, directory.path()) ==
        Strings{"Device Bound Sessions", "IndexedDB", "Network/Device Bound Sessions"});
  CHECK(paths_of(profile_of(Engine::firefox), directory.path()) == Strings{});
}

TEST_CASE("real profiles have what their browsers keep, and a store that was named has none") {
  const auto profiles = test::source_dir() / "fixtures/profiles";
  const auto real = profiles / "chromium-156-leveldb/Default";
  CHECK(paths_of(profile_of(Engine::chromium), real) == Strings{"Session Storage"});
  CHECK(paths_of(profile_of(Engine::firefox), profiles / "firefox-153") ==
        Strings{"storage.sqlite"});
  Profile single = profile_of(Engine::chromium);
  single.only_store = "Cookies";
  CHECK(paths_of(single, real) == Strings{});
}

TEST_CASE("an origin's databases are named where one of them has some") {
  const test::TempDir directory;
  const Profile firefox = profile_of(Engine::firefox);
  const auto origins = directory.path() / "storage/default";
  test::write_file(origins / "https+++a.example/ls/data.sqlite", "");
  test::write_file(origins / "https+++b.example/idb", "a file");
  CHECK(paths_of(firefox, directory.path()) == Strings{});
  std::filesystem::create_directories(origins / "https+++c.example/cache");
  CHECK(paths_of(firefox, directory.path()) == Strings{"storage/default"});
}

TEST_CASE("a link is named and not followed") {
  const test::TempDir directory;
  std::filesystem::create_symlink("/nowhere", directory.path() / "places.sqlite");
  CHECK(paths_of(profile_of(Engine::firefox), directory.path()) == Strings{"places.sqlite"});
}

}  // namespace crumbs
