#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "crumbs/audit.h"
#include "crumbs/error.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using Strings = std::vector<std::string>;

struct Tree {
  test::TempDir directory;
  [[nodiscard]] fs::path path(const std::string& relative) const {
    return relative.empty() ? directory.path() : directory.path() / relative;
  }
  void file(const std::string& relative, const std::string& bytes = "") const {
    test::write_file(path(relative), bytes);
  }
  void folder(const std::string& relative) const { fs::create_directories(path(relative)); }

  [[nodiscard]] FindOptions options() const {
    FindOptions options;
    options.home = path("home");
    return options;
  }
  /// resolve_profile, with the tree the same before and after.
  [[nodiscard]] std::vector<Profile> resolve(const std::string& argument) const {
    const std::string before = test::describe_tree(directory.path());
    std::vector<Profile> found = resolve_profile(argument, options());
    CHECK(test::describe_tree(directory.path()) == before);
    for (const Profile& profile : found) {
      CHECK(profile.id == "");
      CHECK(fs::is_directory(profile.path));
      CHECK(profile.path.is_absolute());
    }
    return found;
  }
  [[nodiscard]] Profile one(const std::string& relative) const {
    const std::vector<Profile> found = resolve(path(relative).string());
    REQUIRE(found.size() == 1);
    return found[0];
  }
  void fails(const std::string& argument, ErrorCode code, const std::string& message) const {
    try {
      (void)resolve(argument);
      FAIL("resolved: ", argument);
    } catch (const Error& error) {
      CHECK(error.code() == code);
      CHECK(std::string(error.what()) == message);
    }
  }
};

Strings names_of(const std::vector<Profile>& profiles) {
  Strings names;
  for (const Profile& profile : profiles) names.push_back(profile.name);
  return names;
}

const std::string kLocalState =
    R"({"profile":{"info_cache":{"Default":{"name":"Work"},"Profile 1":{"name":"Home"}}}})";

void make_chromium(const Tree& tree, const std::string& root) {
  tree.file(root + "/Local State", kLocalState);
  tree.file(root + "/Default/Cookies");
  tree.folder(root + "/Default/Local Storage/leveldb");
  tree.file(root + "/Profile 1/Preferences", "{}");
}

void make_firefox(const Tree& tree, const std::string& root) {
  tree.file(root + "/profiles.ini",
            "[Profile0]\nName=default-release\nIsRelative=1\nPath=ab.default-release\n"
            "[Profile1]\nName=work\nIsRelative=1\nPath=cd.work\n");
  tree.file(root + "/ab.default-release/cookies.sqlite");
  tree.file(root + "/cd.work/cookies.sqlite");
}

}  // namespace

TEST_CASE("a Chromium profile directory") {
  const Tree tree;
  make_chromium(tree, "x/data");
  const Profile profile = tree.one("x/data/Default");
  CHECK(profile.engine == Engine::chromium);
  CHECK(profile.browser == "chromium");
  CHECK(profile.browser_name == "Chromium-based browser");
  CHECK(profile.name == "Default");
  CHECK(profile.display_name == "Work");
  CHECK(profile.path == tree.path("x/data/Default"));
  CHECK(profile.user_data_dir == tree.path("x/data"));
  CHECK(profile.system == "");
  CHECK(profile.packaging == "");
  CHECK_FALSE(profile.only_store.has_value());
  CHECK(profile.running.evidence == "no SingletonLock");
}

TEST_CASE("a Chromium profile directory by itself has no user-data directory") {
  const Tree tree;
  tree.file("copy/Default/Network/Cookies");
  const Profile profile = tree.one("copy/Default");
  CHECK(profile.path == tree.path("copy/Default"));
  CHECK(profile.user_data_dir == "");
}

TEST_CASE("a Chromium user-data directory is all its profiles") {
  const Tree tree;
  make_chromium(tree, "home/.config/google-chrome");
  const auto found = tree.resolve(tree.path("home/.config/google-chrome/").string());
  CHECK(names_of(found) == Strings{"Default", "Profile 1"});
  CHECK(found[1].display_name == "Home");
  CHECK(found[1].browser == "chrome");
  CHECK(found[1].browser_name == "Google Chrome");
  CHECK(found[1].system == "linux");
  CHECK(found[1].packaging == "native");
}

TEST_CASE("a user-data directory may have lost all but Default") {
  const Tree tree;
  tree.file("lone/Default/Cookies");
  const auto found = tree.resolve(tree.path("lone").string());
  REQUIRE(names_of(found) == Strings{"Default"});
  CHECK(found[0].path == tree.path("lone/Default"));
  CHECK(found[0].user_data_dir == tree.path("lone"));
}

TEST_CASE("the root of an older Opera is a profile and its own user-data directory") {
  const Tree tree;
  tree.file("AppData/Roaming/Opera Software/Opera Stable/Local State", "{}");
  tree.file("AppData/Roaming/Opera Software/Opera Stable/Cookies");
  for (const char* argument : {"", "/Cookies"}) {
    const Profile profile =
        tree.one(std::string("AppData/Roaming/Opera Software/Opera Stable") + argument);
    CHECK(profile.browser == "opera");
    CHECK(profile.system == "windows");
    CHECK(profile.path == tree.path("AppData/Roaming/Opera Software/Opera Stable"));
    CHECK(profile.user_data_dir == profile.path);
  }
}

TEST_CASE("a key wrapped by DPAPI tells that the profile is from Windows") {
  const Tree tree;
  tree.file("copy/Local State", R"({"os_crypt":{"encrypted_key":"RFBBUEk="}})");
  tree.file("copy/Default/Network/Cookies");
  CHECK(tree.one("copy").system == "windows");
  CHECK(tree.one("copy/Default").system == "windows");
}

TEST_CASE("a Firefox profile directory") {
  const Tree tree;
  make_firefox(tree, "home/.mozilla/firefox");
  const Profile profile = tree.one("home/.mozilla/firefox/cd.work");
  CHECK(profile.engine == Engine::firefox);
  CHECK(profile.browser == "firefox");
  CHECK(profile.browser_name == "Firefox");
  CHECK(profile.name == "work");
  CHECK(profile.user_data_dir == tree.path("home/.mozilla/firefox"));
  CHECK(profile.system == "linux");
  CHECK(profile.running.evidence == "no lock file");
}

TEST_CASE("a Firefox profile directory by itself") {
  const Tree tree;
  tree.folder("copy/ab.default/storage/default");
  tree.file("copy/ab.default/compatibility.ini", "[Compatibility]\nLastOSABI=Darwin_x86_64-gcc3\n");
  const Profile profile = tree.one("copy/ab.default");
  CHECK(profile.browser == "firefox");
  CHECK(profile.browser_name == "Firefox-based browser");
  CHECK(profile.name == "ab.default");
  CHECK(profile.user_data_dir == "");
  CHECK(profile.system == "macos");
}

TEST_CASE("a Firefox root is all its profiles") {
  const Tree tree;
  make_firefox(tree, "backup");
  CHECK(names_of(tree.resolve(tree.path("backup").string())) == Strings{"default-release", "work"});
  tree.file("Mozilla/Firefox/Profiles/ab.default/cookies.sqlite");
  tree.file("Mozilla/Firefox/Profiles/ab.default/compatibility.ini",
            "[Compatibility]\r\nLastOSABI=WINNT_x86_64-msvc\r\n");
  const auto found = tree.resolve(tree.path("Mozilla/Firefox").string());
  REQUIRE(names_of(found) == Strings{"ab.default"});
  CHECK(found[0].browser_name == "Firefox");
  CHECK(found[0].system == "windows");
  CHECK(tree.one("Mozilla/Firefox/Profiles/ab.default").browser_name == "Firefox");
}

TEST_CASE("absolute paths of a copied profiles.ini belong to another machine") {
  const Tree tree;
  tree.file("own/cookies.sqlite");
  const std::string ini = "[Profile0]\nName=own\nIsRelative=0\nPath=" + tree.path("own").string();
  tree.file("copy/profiles.ini", ini);
  tree.file("home/.mozilla/firefox/profiles.ini", ini);
  CHECK(tree.one("home/.mozilla/firefox").path == tree.path("own"));
  tree.fails(tree.path("copy").string(), ErrorCode::not_found,
             tree.path("copy").string() +
                 ": no cookies or local storage below; expected a profile directory, a Chromium "
                 "user-data directory, a Firefox directory with profiles.ini, a single store, or "
                 "browser:name");
}

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
  make_chromium(tree, "home/.config/chromium");
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
}

TEST_CASE("a link that is named itself gives way to its target") {
  const Tree tree;
  tree.file("real/Default/Cookies");
  fs::create_symlink(tree.path("real/Default/Cookies"), tree.path("shortcut"));
  const Profile profile = tree.one("shortcut");
  CHECK(profile.path == fs::canonical(tree.path("real/Default")));
  CHECK(profile.only_store == "Cookies");
  fs::create_symlink(tree.path("real"), tree.path("linked"));
  CHECK(tree.one("linked").path == tree.path("linked/Default"));
}

TEST_CASE("browser:name asks the browsers of this machine") {
  const Tree tree;
  make_chromium(tree, "home/.config/google-chrome");
  make_chromium(tree, "home/.var/app/com.google.Chrome/config/google-chrome");
  make_firefox(tree, "home/.mozilla/firefox");
  CHECK(names_of(tree.resolve("chrome:")) ==
        Strings{"Default", "Profile 1", "Default", "Profile 1"});
  const auto both = tree.resolve("chrome:Default");
  REQUIRE(both.size() == 2);
  CHECK(both[0].packaging == "native");
  CHECK(both[1].packaging == "flatpak");
  CHECK(names_of(tree.resolve("chrome:Home")) == Strings{"Profile 1", "Profile 1"});
  CHECK(tree.resolve("firefox:default-release").at(0).path ==
        tree.path("home/.mozilla/firefox/ab.default-release"));
  CHECK(names_of(tree.resolve("firefox:")) == Strings{"default-release", "work"});
  tree.fails("chrome:Default/Cookies", ErrorCode::not_found,
             "chrome:Default/Cookies: no such file or directory");
  tree.fails("firefox:other", ErrorCode::not_found,
             "firefox:other: Firefox has no such profile; it has default-release, work");
  tree.fails("vivaldi:", ErrorCode::not_found, "vivaldi:: no profile of Vivaldi found");
  tree.fails(
      "netscape:Default", ErrorCode::not_found,
      "netscape:Default: no such path, and no such browser; known are chrome, chrome-beta, "
      "chrome-unstable, chrome-canary, chrome-for-testing, chromium, edge, edge-beta, edge-dev, "
      "edge-canary, brave, brave-beta, brave-nightly, vivaldi, opera, opera-gx, firefox, "
      "librewolf, waterfox, tor-browser");
}

TEST_CASE("what is no profile is refused with one line that says what was expected") {
  const Tree tree;
  const std::string expected_directory =
      ": no cookies or local storage below; expected a profile directory, a Chromium user-data "
      "directory, a Firefox directory with profiles.ini, a single store, or browser:name";
  const std::string expected_store =
      ": not a store; expected a Cookies file, a leveldb directory, LocalStorage, cookies.sqlite, "
      "data.sqlite, webappsstore.sqlite or a session-store file";
  const auto place = [&](const char* relative) { return tree.path(relative).string(); };
  tree.folder("empty");
  tree.file("data/Local State", "{}");
  tree.file("collection/one/Default/Cookies");
  tree.file("collection/two/cookies.sqlite");
  tree.file("notes.txt", "CREATE TABLE cookies");
  tree.file("Default/Cookies-journal", "");
  tree.file("short", "SQLite format 3");
  test::build_database(tree.path("other.db"), "CREATE TABLE history(url TEXT)");
  REQUIRE(mkfifo(place("pipe").c_str(), 0600) == 0);
  fs::create_symlink(place("gone"), place("dangling"));

  for (const char* directory : {"empty", "data", "collection"})
    tree.fails(place(directory), ErrorCode::not_found, place(directory) + expected_directory);
  for (const char* file : {"notes.txt", "Default/Cookies-journal", "short", "other.db"})
    tree.fails(place(file), ErrorCode::not_found, place(file) + expected_store);
  for (const char* missing : {"missing", "notes.txt/Default", "dangling"})
    tree.fails(place(missing), ErrorCode::not_found,
               place(missing) + ": no such file or directory");
  tree.fails(place("pipe"), ErrorCode::not_found,
             place("pipe") + ": neither a directory nor a file");
  tree.fails("", ErrorCode::not_found, "the profile's path is empty");
  tree.fails("nothing-of-that-name", ErrorCode::not_found,
             "nothing-of-that-name: no such file or directory");
}

TEST_CASE("a path that could be browser:name is a path where it exists") {
  const Tree tree;
  tree.file("chrome:Default/Cookies");
  const fs::path before = fs::current_path();
  fs::current_path(tree.path(""));
  const auto found = tree.resolve("chrome:Default");
  fs::current_path(before);
  REQUIRE(found.size() == 1);
  CHECK(found[0].name == "chrome:Default");
}

}  // namespace crumbs
