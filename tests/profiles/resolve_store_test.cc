#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "stores/shared/names.h"
#include "support/resolve_tree.h"

namespace crumbs {

using test::Tree;

namespace {

const StoreDriver& session_driver() {
  return **std::ranges::find(store_drivers(), "firefox.session_cookies", &StoreDriver::id);
}

}  // namespace

TEST_CASE("a single store is the profile it lies in, restricted to it") {
  struct Row {
    const char *file, *profile, *only_store;
    Engine engine;
  };
  const Row rows[] = {
      {"a/Default/Cookies", "a/Default", "Cookies", Engine::chromium},
      {"a/Default/Network/Cookies", "a/Default", "Network/Cookies", Engine::chromium},
      {"a/Default/LocalStorage", "a/Default", "LocalStorage", Engine::chromium},
      {"a/Default/Local Storage/https_example.com_0.localstorage", "a/Default",
       "Local Storage/https_example.com_0.localstorage", Engine::chromium},
      {"a/Default/Storage/ext/abcdef/def/Cookies", "a/Default", "Storage/ext/abcdef/def/Cookies",
       Engine::chromium},
      {"a/Default/Storage/ext/abcdef/def/Network/Cookies", "a/Default",
       "Storage/ext/abcdef/def/Network/Cookies", Engine::chromium},
      {"a/Default/Storage/ext/abcdef/def/LocalStorage", "a/Default",
       "Storage/ext/abcdef/def/LocalStorage", Engine::chromium},
      {"a/Default/Extension Cookies", "a/Default", "Extension Cookies", Engine::chromium},
      {"f/cookies.sqlite.bak", "f", "cookies.sqlite.bak", Engine::firefox},
      {"f/cookies.sqlite", "f", "cookies.sqlite", Engine::firefox},
      {"f/webappsstore.sqlite", "f", "webappsstore.sqlite", Engine::firefox},
      {"f/storage/ls-archive.sqlite", "f", "storage/ls-archive.sqlite", Engine::firefox},
      {"f/storage/default/https+++example.com^userContextId=6/ls/data.sqlite", "f",
       "storage/default/https+++example.com^userContextId=6/ls/data.sqlite", Engine::firefox},
      {"f/storage/permanent/moz-extension+++0a/ls/data.sqlite", "f",
       "storage/permanent/moz-extension+++0a/ls/data.sqlite", Engine::firefox},
      {"f/sessionstore.jsonlz4", "f", "sessionstore.jsonlz4", Engine::firefox},
      {"f/sessionstore-backups/recovery.jsonlz4", "f", "sessionstore-backups/recovery.jsonlz4",
       Engine::firefox},
      {"f/sessionstore-backups/recovery.baklz4", "f", "sessionstore-backups/recovery.baklz4",
       Engine::firefox},
      {"f/sessionstore-backups/previous.jsonlz4", "f", "sessionstore-backups/previous.jsonlz4",
       Engine::firefox},
      {"f/sessionstore-backups/upgrade.jsonlz4-20261103151912", "f",
       "sessionstore-backups/upgrade.jsonlz4-20261103151912", Engine::firefox},
      // copies that lie by themselves
      {"alone/Cookies", "alone", "Cookies", Engine::chromium},
      {"alone/cookies.sqlite", "alone", "cookies.sqlite", Engine::firefox},
      {"alone/data.sqlite", "alone", "data.sqlite", Engine::firefox},
      {"alone/ls-archive.sqlite", "alone", "ls-archive.sqlite", Engine::firefox},
      {"alone/recovery.jsonlz4", "alone", "recovery.jsonlz4", Engine::firefox},
  };
  for (const Row& row : rows) {
    CAPTURE(row.file);
    const Tree tree;
    tree.file(row.file, "not looked at");
    const Profile profile = tree.one(row.file);
    CHECK(profile.path == tree.path(row.profile));
    CHECK(profile.only_store == row.only_store);
    CHECK(profile.engine == row.engine);
    CHECK(profile.browser == to_string(row.engine));
  }
}

TEST_CASE("a store of a known profile keeps what is known of the profile") {
  const Tree tree;
  test::make_chromium(tree, "home/.config/chromium");
  const Profile profile = tree.one("home/.config/chromium/Default/Cookies");
  CHECK(profile.browser_name == "Chromium");
  CHECK(profile.display_name == "Work");
  CHECK(profile.system == "linux");
  CHECK(profile.user_data_dir == tree.path("home/.config/chromium"));
  CHECK(profile.only_store == "Cookies");
}

TEST_CASE("a LevelDB directory, or the one around it, is a store") {
  const Tree tree;
  tree.file("a/Default/Local Storage/leveldb/CURRENT", "MANIFEST-000001\n");
  tree.file("b/leveldb/CURRENT", "MANIFEST-000001\n");
  tree.file("c/saved/CURRENT", "MANIFEST-000001\n");
  tree.folder("d/leveldb");
  tree.file("e/copy/MANIFEST-000012");
  const auto check = [&](const char* argument, const char* profile, const char* only_store) {
    CAPTURE(argument);
    const Profile found = tree.one(argument);
    CHECK(found.engine == Engine::chromium);
    CHECK(found.path == tree.path(profile));
    CHECK(found.only_store == only_store);
  };
  check("a/Default/Local Storage/leveldb", "a/Default", "Local Storage/leveldb");
  check("a/Default/Local Storage", "a/Default", "Local Storage/leveldb");
  check("b/leveldb", "b", "leveldb");
  check("c/saved", "c", "saved");
  check("d/leveldb", "d", "leveldb");
  check("e/copy", "e", "copy");
}

TEST_CASE("a storage partition is a part of a profile, not a profile") {
  const Tree tree;
  tree.file("a/Default/Storage/ext/abcdef/def/Cookies");
  const Profile profile = tree.one("a/Default/Storage/ext/abcdef/def");
  CHECK(profile.path == tree.path("a/Default"));
  CHECK(profile.only_store == "Storage/ext/abcdef/def/Cookies");
}

TEST_CASE("the directory of one Firefox origin is its store") {
  const Tree tree;
  const std::string origin = "f/storage/default/https+++example.com";
  tree.file("f/cookies.sqlite");
  tree.file(origin + "/ls/data.sqlite");
  for (const std::string end : {"", "/ls", "/ls/data.sqlite"}) {
    const Profile profile = tree.one(origin + end);
    CHECK(profile.path == tree.path("f"));
    CHECK(profile.only_store == "storage/default/https+++example.com/ls/data.sqlite");
  }
}

TEST_CASE("a database under another name is told by its tables") {
  const Tree tree;
  const auto check = [&](const char* name, const char* sql, Engine engine) {
    CAPTURE(name);
    test::build_database(tree.path(name), sql);
    const Profile profile = tree.one(name);
    CHECK(profile.engine == engine);
    CHECK(profile.path == tree.path(""));
    CHECK(profile.only_store == name);
  };
  check("evidence-1.db", "CREATE TABLE moz_cookies(id INTEGER PRIMARY KEY, name TEXT)",
        Engine::firefox);
  check("evidence-2.db", "CREATE TABLE meta(key, value); CREATE TABLE cookies(host_key TEXT)",
        Engine::chromium);
  check("evidence-3.db", "CREATE TABLE webappsstore2(scope TEXT)", Engine::firefox);
  check("evidence-4.db", "CREATE TABLE map_entries(map_id INTEGER)", Engine::chromium);
  check("evidence-5.db", "CREATE TABLE ItemTable(key TEXT)", Engine::chromium);
  check("evidence-6.db", "CREATE TABLE data( key TEXT PRIMARY KEY, utf16_length INTEGER)",
        Engine::firefox);
}

TEST_CASE("a session file under another name is told by its beginning") {
  const Tree tree;
  const std::string compressed =
      test::read_file(test::fixture("profiles/firefox-153/sessionstore.jsonlz4"));
  const std::pair<const char*, std::string> files[] = {
      {"evidence-1", compressed},
      {"evidence-2", R"({"version":["sessionrestore",1],"windows":[]})"},
      {"evidence-3", R"({"windows":[{"tabs":[]}]})"},
      {"evidence-4", R"(({"windows":[]}))"}};
  for (const auto& [name, bytes] : files) {
    tree.file(name, bytes);
    const Profile profile = tree.one(name);
    CHECK(profile.engine == Engine::firefox);
    CHECK(profile.only_store == name);
    const std::vector<StorePlace> places = places_of(session_driver(), profile);
    REQUIRE(places.size() == 1);
    CHECK(places[0].path == name);
  }
  for (const std::string& bytes : {std::string("mozLz40\0\x10\0\0\0\x20{}", 15),
                                   std::string(R"({"engines":[]})"), std::string("windows")}) {
    tree.file("other", bytes);
    CHECK(resolve_profile(tree.path("other").string(), tree.options()).profiles.empty());
  }
}

TEST_CASE("a directory that holds session files alone is a profile, collected as it may be") {
  const Tree tree;
  tree.file("a/ab.default/sessionstore-backups/upgrade.jsonlz4-20180913170256");
  tree.file("b/files/recovery.baklz4");
  CHECK(tree.one("a/ab.default").engine == Engine::firefox);
  CHECK_FALSE(tree.one("a/ab.default").only_store.has_value());
  const Profile collected = tree.one("b/files");
  CHECK(collected.path == tree.path("b/files"));
  const std::vector<StorePlace> places = places_of(session_driver(), collected);
  REQUIRE(places.size() == 1);
  CHECK(places[0].path == "recovery.baklz4");
}

}  // namespace crumbs
