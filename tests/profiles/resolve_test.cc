#include <doctest/doctest.h>
#include <sys/stat.h>

#include "support/resolve_tree.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using namespace test;
using Strings = std::vector<std::string>;

Strings names_of(const std::vector<Profile>& profiles) {
  Strings names;
  for (const Profile& profile : profiles) names.push_back(profile.name);
  return names;
}

constexpr const char* kExpectedDirectory =
    ": no cookies or local storage below; expected a profile directory, a Chromium user-data "
    "directory, a Firefox directory with profiles.ini, a single store, or browser:name";

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

TEST_CASE("a profile that a list names and that holds nothing yet is one") {
  const Tree tree;
  tree.file("home/.mozilla/firefox/profiles.ini",
            "[Profile0]\nName=default\nIsRelative=1\nPath=ab.default\n");
  tree.file("home/.mozilla/firefox/ab.default/times.json", "{}");
  tree.file("home/.config/chromium/Local State",
            R"({"profile":{"info_cache":{"Profile 3":{"name":"New"}}}})");
  tree.folder("home/.config/chromium/Profile 3");
  tree.folder("home/.config/chromium/Crashpad");
  CHECK(tree.one("home/.mozilla/firefox/ab.default").name == "default");
  CHECK(tree.one("home/.config/chromium/Profile 3").display_name == "New");
  tree.fails(tree.path("home/.config/chromium/Crashpad").string(), MissingReason::not_a_profile,
             tree.path("home/.config/chromium/Crashpad").string() + kExpectedDirectory);
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
  const FoundProfiles copy = tree.look_up(tree.path("copy").string());
  CHECK(copy.profiles.empty());
  REQUIRE(copy.missing.size() == 1);
  const MissingProfile expected{.path = tree.path("own").string(),
                                .browser = "firefox",
                                .name = "own",
                                .named_by = tree.path("copy/profiles.ini").string(),
                                .reason = MissingReason::other_machine,
                                .target = "",
                                .message = tree.path("own").string() +
                                           ": a path of another machine; named by " +
                                           tree.path("copy/profiles.ini").string()};
  CHECK(copy.missing[0].message == expected.message);
  CHECK(copy.missing[0] == expected);
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
  tree.fails("chrome:Default/Cookies", MissingReason::absent,
             "chrome:Default/Cookies: no such file or directory");
  tree.fails("firefox:other", MissingReason::absent,
             "firefox:other: Firefox has no such profile; it has default-release, work");
  tree.fails("vivaldi:", MissingReason::absent, "vivaldi:: no profile of Vivaldi found");
  tree.fails("netscape:Default", MissingReason::absent,
             "netscape:Default: no such path, and no browser is called so; crumbs-profiles(1) has "
             "their names");
}

TEST_CASE("what is no profile is refused with one line that says what was expected") {
  const Tree tree;
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
  build_database(tree.path("other.db"), "CREATE TABLE history(url TEXT)");
  REQUIRE(mkfifo(place("pipe").c_str(), 0600) == 0);
  fs::create_symlink(place("gone"), place("dangling"));

  for (const char* directory : {"empty", "data", "collection"})
    tree.fails(place(directory), MissingReason::not_a_profile,
               place(directory) + kExpectedDirectory);
  for (const char* file : {"notes.txt", "Default/Cookies-journal", "short", "other.db"})
    tree.fails(place(file), MissingReason::not_a_store, place(file) + expected_store);
  tree.fails(place("dangling"), MissingReason::dangling_link,
             place("dangling") + ": a symbolic link to " + place("gone") + ", where nothing is");
  for (const char* missing : {"missing", "notes.txt/Default"})
    tree.fails(place(missing), MissingReason::absent,
               place(missing) + ": no such file or directory");
  tree.fails(place("pipe"), MissingReason::not_a_store,
             place("pipe") + ": neither a directory nor a file");
  tree.fails("", MissingReason::absent, "the profile's path is empty");
  tree.fails("nothing-of-that-name", MissingReason::absent,
             "nothing-of-that-name: no such file or directory");
  tree.fails("firefox", MissingReason::absent,
             "firefox: no such file or directory; firefox: means the profiles of Firefox");
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
