#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "support/stores.h"
#include "support/support.h"
#include "system/io.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;
using test::Json;

struct Fixture {
  std::string name;
  fs::path expected;
  fs::path sql;      ///< empty for a real profile
  fs::path profile;  ///< of the fixtures; empty for SQL
  Engine engine = Engine::chromium;
};

Engine engine_of(const std::string& name) {
  return name.starts_with("firefox") ? Engine::firefox : Engine::chromium;
}

std::vector<Fixture> sql_fixtures() {
  std::vector<Fixture> found;
  for (const auto& entry : fs::directory_iterator(test::fixture("sql"))) {
    if (entry.path().extension() != ".sql") continue;
    const std::string name = entry.path().stem().string();
    found.push_back(
        {name, test::fixture("sql/" + name + ".expected.json"), entry.path(), {}, engine_of(name)});
  }
  std::ranges::sort(found, {}, &Fixture::name);
  return found;
}

std::vector<Fixture> profile_fixtures() {
  std::vector<Fixture> found;
  for (const auto& entry : fs::directory_iterator(test::fixture("profiles"))) {
    if (!entry.is_directory()) continue;
    const std::string name = entry.path().filename().string();
    const Engine engine = engine_of(name);
    found.push_back({name,
                     test::fixture("profiles/" + name + ".expected.json"),
                     {},
                     engine == Engine::chromium ? entry.path() / "Default" : entry.path(),
                     engine});
  }
  std::ranges::sort(found, {}, &Fixture::name);
  return found;
}

/// How many fixtures there should be in a directory, which is not empty.
std::size_t expectations_in(const char* directory) {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(test::fixture(directory)))
    files += entry.path().string().ends_with(".expected.json") ? 1 : 0;
  REQUIRE(files > 0);
  return files;
}

/// Every place of a store: its items are compared whole, files with what lies there.
Json read_store(const StoreDriver& driver, const Profile& profile) {
  Json places = Json::array();
  for (const test::ReadPlace& read : test::read_all(driver.id, profile)) {
    CAPTURE(read.place.path);
    CHECK(read.failure() == "");
    CHECK(read.diagnostics.empty());
    REQUIRE_FALSE(read.files.empty());
    CHECK(read.files[0].path == read.place.path);
    for (const SourceFile& file : read.files) {
      const std::string bytes = test::read_file(profile.path / file.path);
      CHECK(file.bytes == bytes.size());
      CHECK(file.sha256 == sha256_hex(bytes));
    }
    places.push_back(read.json());
  }
  return places;
}

/// Times as reports have them, whatever precision a fixture gives.
void even_times(Json& places) {
  for (Json& place : places)
    for (Json& item : place.at("items"))
      for (auto& [name, time] : item.at("times").items())
        if (time.is_string()) time = to_iso8601_us(*parse_iso8601(time.get<std::string>()));
}

/// With CRUMBS_UPDATE_EXPECTED set, what was read becomes the expectation, to be reviewed as a
/// difference.
void compare(const Fixture& fixture, const std::string& id, const Json& actual) {
  Json expected = Json::object();
  if (fs::exists(fixture.expected)) expected = Json::parse(test::read_file(fixture.expected));
  if (std::getenv("CRUMBS_UPDATE_EXPECTED") != nullptr && fixture.sql.empty()) {
    expected[id] = actual;
    test::write_file(fixture.expected, expected.dump(1) + "\n");
  }
  Json wanted = expected.value(id, Json::array());
  even_times(wanted);
  REQUIRE(wanted.size() == actual.size());
  for (std::size_t place = 0; place < wanted.size(); ++place) {
    const Json &want = wanted[place].at("items"), &have = actual[place].at("items");
    CHECK(want.size() == have.size());
    for (std::size_t i = 0; i < std::min(want.size(), have.size()); ++i) CHECK(have[i] == want[i]);
  }
  CHECK(actual == wanted);
}

void check_cookie_stores(const Fixture& fixture, const Profile& profile) {
  CAPTURE(fixture.name);
  for (const StoreDriver* driver : store_drivers()) {
    if (driver->kind != ItemKind::cookie || driver->engine != profile.engine) continue;
    CAPTURE(driver->id);
    compare(fixture, std::string(driver->id), read_store(*driver, profile));
  }
}

}  // namespace

TEST_CASE("every cookie schema is read to the last attribute") {
  const auto fixtures = sql_fixtures();
  CHECK(fixtures.size() == expectations_in("sql"));
  for (const Fixture& fixture : fixtures) {
    const test::TempDir directory;
    const bool chromium = fixture.engine == Engine::chromium;
    const fs::path profile = chromium ? directory.path() / "Default" : directory.path();
    test::build_database(profile / (chromium ? "Cookies" : "cookies.sqlite"),
                         test::read_file(fixture.sql));
    check_cookie_stores(fixture, test::profile_at(profile, fixture.engine));
  }
}

TEST_CASE("the cookies of real profiles are read to the last attribute") {
  const auto fixtures = profile_fixtures();
  CHECK(fixtures.size() == expectations_in("profiles"));
  for (const Fixture& fixture : fixtures) {
    const test::TempDir directory;
    test::copy_tree(fixture.profile, directory.path());
    const std::string before = test::describe_tree(directory.path());
    check_cookie_stores(fixture, test::profile_at(directory.path(), fixture.engine));
    CHECK(test::describe_tree(directory.path()) == before);
  }
}

TEST_CASE("every driver has an id of its own that names its engine") {
  std::vector<std::string_view> ids;
  for (const StoreDriver* driver : store_drivers()) {
    CAPTURE(driver->id);
    CHECK(driver->id.starts_with(to_string(driver->engine)));
    CHECK(static_cast<bool>(driver->locate));
    CHECK(static_cast<bool>(driver->read));
    ids.push_back(driver->id);
  }
  std::ranges::sort(ids);
  CHECK(std::ranges::adjacent_find(ids) == ids.end());
}

}  // namespace crumbs
