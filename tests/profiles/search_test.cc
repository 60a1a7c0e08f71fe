// Profiles in places that no list names.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "stores/store.h"
#include "support/browser_trees.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using namespace test;
using Strings = std::vector<std::string>;

/// As much of a database as tells that it is one.
const std::string kDatabase = std::string("SQLite format 3\0", 16) + std::string(84, '\0');
const std::string kSession = "mozLz40" + std::string("\0\x40\0\0\0\xf0\x10", 7) +
                             R"({"version":["sessionrestore",1],"windows":[]})";

/// "PATH: BROWSER, NAME", the path relative to the tree.
Strings told(const FoundProfiles& found, const fs::path& tree) {
  Strings lines;
  for (const Profile& profile : found.profiles)
    lines.push_back(profile.path.lexically_relative(tree).string() + ": " + profile.browser_name +
                    (profile.archived ? ", archived" : ""));
  std::ranges::sort(lines);
  return lines;
}

struct Layout {
  const char* what;
  Strings files;     ///< of databases, where the name does not tell something else
  Strings expected;  ///< as told()
};

std::string content_for(const std::string& file) {
  if (file.ends_with("Local State") || file.ends_with("Preferences")) return "{}";
  if (file.ends_with("CURRENT")) return "MANIFEST-000001\n";
  return file.find("lz4") != std::string::npos ? kSession : kDatabase;
}

void build(const fs::path& tree, const Strings& files) {
  for (const std::string& file : files) write_file(tree / file, content_for(file));
}

const Layout kLayouts[] = {
    {"a browser of no list, with its user-data directory",
     {".config/foo/Local State", ".config/foo/Default/Network/Cookies",
      ".config/foo/Profile 1/Preferences", ".config/foo/Crashpad/settings.dat"},
     {".config/foo/Default: foo (Chromium-based)", ".config/foo/Profile 1: foo (Chromium-based)"}},
    {"profiles that hold nothing yet, before the one that shows what they are",
     {".config/foo/Local State", ".config/foo/Default/Preferences",
      ".config/foo/Profile 1/Preferences", ".config/foo/Profile 2/Cookies"},
     {".config/foo/Default: foo (Chromium-based)", ".config/foo/Profile 1: foo (Chromium-based)",
      ".config/foo/Profile 2: foo (Chromium-based)"}},
    {"the same on Windows, called after the directory above",
     {"AppData/Local/Acme/Surf/User Data/Local State",
      "AppData/Local/Acme/Surf/User Data/Default/Cookies"},
     {"AppData/Local/Acme/Surf/User Data/Default: Surf (Chromium-based)"}},
    {"a program that embeds Chromium, and its further sessions",
     {".config/Slack/Cookies", ".config/Slack/Network/Cookies",
      ".config/Slack/Partitions/calls/Cookies"},
     {".config/Slack/Partitions/calls: calls (Chromium-based)",
      ".config/Slack: Slack (Chromium-based)"}},
    {"QtWebEngine",
     {".local/share/falkon/QtWebEngine/Default/Cookies"},
     {".local/share/falkon/QtWebEngine/Default: QtWebEngine (Chromium-based)"}},
    {"local storage alone",
     {"x/Default/Local Storage/leveldb/CURRENT", "x/Default/Local Storage/leveldb/MANIFEST-000001"},
     {"x/Default: x (Chromium-based)"}},
    {"a copy of a Firefox profile",
     {"backup/2020/ab12cd34.default/cookies.sqlite"},
     {"backup/2020/ab12cd34.default: ab12cd34.default (Firefox-based)"}},
    {"session files alone, in their directory and without it",
     {"a/x.default/sessionstore-backups/recovery.jsonlz4", "b/collected/previous.jsonlz4",
      "b/collected/recovery.baklz4"},
     {"a/x.default: x.default (Firefox-based)", "b/collected: collected (Firefox-based)"}},
    {"local storage of Firefox alone",
     {"c/x.default/storage/default/https+++example.com/ls/data.sqlite"},
     {"c/x.default: x.default (Firefox-based)"}},
    {"a copy of a root with its browser's name",
     {"old disk/google-chrome/Local State", "old disk/google-chrome/Default/Cookies"},
     {"old disk/google-chrome/Default: Google Chrome"}},
    {"profile-sync-daemon, and what it saved from a crash",
     {".config/google-chrome-backup/Local State", ".config/google-chrome-backup/Default/Cookies",
      ".config/chromium-backup-crashrecovery-20260101_120000/Local State",
      ".config/chromium-backup-crashrecovery-20260101_120000/Default/Cookies"},
     {".config/chromium-backup-crashrecovery-20260101_120000/Default: Chromium (backup)",
      ".config/google-chrome-backup/Default: Google Chrome (backup)"}},
    {"snapshots of an update",
     {".config/google-chrome/Local State", ".config/google-chrome/Default/Cookies",
      ".config/google-chrome/Snapshots/115.0.5790.171/Default/Cookies",
      ".config/google-chrome/Snapshots/115.0.5790.171/Local State",
      ".config/google-chrome/Snapshots/116.0.5845.96/Profile 1/Cookies"},
     {".config/google-chrome/Default: Google Chrome",
      ".config/google-chrome/Snapshots/115.0.5790.171/Default: Google Chrome, archived",
      ".config/google-chrome/Snapshots/116.0.5845.96/Profile 1: Google Chrome, archived"}},
    {"parts of a profile are none",
     {".config/chromium/Local State", ".config/chromium/Default/Cookies",
      ".config/chromium/Default/Storage/ext/abc/def/Cookies", "y/Default/Cookies",
      "y/Default/Storage/ext/abc/def/Network/Cookies"},
     {".config/chromium/Default: Chromium", "y/Default: y (Chromium-based)"}},
    {"caches and the modules of programs are left out",
     {".cache/x/Default/Cookies", "src/app/node_modules/x/Cookies", "src/app/.git/Cookies"},
     {}},
};

}  // namespace

TEST_CASE("a directory with the marks of a profile is one, wherever it lies") {
  for (const Layout& layout : kLayouts) {
    CAPTURE(layout.what);
    const TempDir home;
    build(home.path(), layout.files);
    const std::string before = describe_tree(home.path());
    const FoundProfiles found = find_profiles(in_home(home.path()));
    CHECK(describe_tree(home.path()) == before);
    CHECK(told(found, home.path()) == layout.expected);
    CHECK(messages_of(found.missing) == Strings{});
    CHECK(found.notes.empty());
    // The same in an image, in a home and beside all homes.
    for (const char* place : {"home/alice", "srv/kiosk/data"}) {
      const TempDir image;
      build(image.path() / place, layout.files);
      const FoundProfiles in_image = find_profiles(in_root(image.path()));
      Strings names;
      for (const Profile& profile : in_image.profiles) names.push_back(profile.browser_name);
      CHECK(names.size() == layout.expected.size());
      if (std::string(place) == "home/alice")
        CHECK(told(in_image, image.path() / place) == layout.expected);
    }
  }
}

/// A store in a directory that tells a profile of a driver: its path there.
std::string store_below(std::string_view directory) {
  static const std::map<std::string_view, std::string> stores{
      {"Local Storage", "leveldb/CURRENT"},
      {"storage/default", "https+++example.com/ls/data.sqlite"},
      {"sessionstore-backups", "previous.jsonlz4"}};
  const auto found = stores.find(directory);
  REQUIRE_MESSAGE(found != stores.end(), "say above what the store in ", directory, " is called");
  return found->second;
}

TEST_CASE("whatever tells the profile of a driver is found by a search") {
  for (const StoreDriver* driver : store_drivers()) {
    Strings files(driver->names.profile_files.begin(), driver->names.profile_files.end());
    for (const std::string_view directory : driver->names.profile_directories)
      files.push_back(fmt::format("{}/{}", directory, store_below(directory)));
    for (const std::string& file : files) {
      CAPTURE(driver->id);
      CAPTURE(file);
      const TempDir home;
      const bool by_content = driver->names.recognises != nullptr;
      write_file(home.path() / "some/where" / file, by_content ? kSession : content_for(file));
      const FoundProfiles found = find_profiles(in_home(home.path()));
      REQUIRE(found.profiles.size() == 1);
      CHECK(found.profiles[0].path == home.path() / "some/where");
      CHECK(found.profiles[0].engine == driver->engine);
    }
  }
}

TEST_CASE("names alone make no profile") {
  const TempDir home;
  write_file(home.path() / "project/Cookies", "how to bake them");
  write_file(home.path() / "project/cookies.sqlite", "");
  write_file(home.path() / "project/Local State", "{}");
  write_file(home.path() / "project/Default/Preferences", "{}");
  write_file(home.path() / "web/storage/default/x.txt", "");
  write_file(home.path() / "web/sessionstore.js", "var a;");
  write_file(home.path() / "game/profiles.ini", "[Profile0]\nName=one\nPath=saves/one\n");
  fs::create_directories(home.path() / "game/saves/two");
  fs::create_directories(home.path() / "app/Local Storage/leveldb");
  fs::create_directories(home.path() / "app/Network");
  const FoundProfiles found = find_profiles(in_home(home.path()));
  CHECK(told(found, home.path()) == Strings{});
  CHECK(messages_of(found.missing) == Strings{});
}

TEST_CASE("what is found in its place is not found again, nor what a link leads to") {
  const TempDir directory;
  const fs::path home = directory.path() / "home";
  build(home, {"disk/mozilla/firefox/ab.default/cookies.sqlite", "data/chrome/Local State",
               "data/chrome/Default/Cookies"});
  write_file(home / "disk/mozilla/firefox/profiles.ini",
             "[Profile0]\nName=a\nIsRelative=1\nPath=ab.default\n");
  fs::create_directories(home / ".config");
  fs::create_symlink("disk/mozilla", home / ".mozilla");
  fs::create_symlink("../data/chrome", home / ".config/google-chrome");
  fs::create_symlink("..", home / "data/up");
  const FoundProfiles found = find_profiles(in_home(home));
  CHECK(told(found, home) == Strings{".config/google-chrome/Default: Google Chrome",
                                     ".mozilla/firefox/ab.default: Firefox"});
  CHECK(messages_of(found.missing) == Strings{});
}

TEST_CASE("an image may be a user-data directory, a root or a profile itself") {
  const auto found_in = [](const Strings& files) {
    const TempDir image;
    build(image.path() / "google-chrome", files);
    write_file(image.path() / "google-chrome/other/profiles.ini",
               "[Profile0]\nName=n\nIsRelative=1\nPath=ab.default\n");
    build(image.path() / "google-chrome/other", {"ab.default/cookies.sqlite"});
    const FoundProfiles found = find_profiles(in_root(image.path() / "google-chrome"));
    CHECK(messages_of(found.missing) == Strings{});
    return told(found, image.path());
  };
  const std::string other = "google-chrome/other/ab.default: other (Firefox-based)";
  CHECK(found_in({"Local State", "Default/Network/Cookies", "Snapshots/1.2/Default/Cookies"}) ==
        Strings{"google-chrome/Default: Google Chrome",
                "google-chrome/Snapshots/1.2/Default: Google Chrome, archived", other});
  CHECK(found_in({"Cookies", "Network/Cookies", "Storage/ext/a/def/Cookies"}) ==
        Strings{other, "google-chrome: Google Chrome"});
  CHECK(found_in({"cookies.sqlite", "sessionstore-backups/recovery.jsonlz4"}) ==
        Strings{other, "google-chrome: google-chrome (Firefox-based)"});
}

TEST_CASE("the bounds of a search are said where they are met") {
  const TempDir home;
  build(home.path(), {"a/b/c/d/Default/Cookies", "e/Cookies"});
  FindOptions options = in_home(home.path());
  CHECK(find_profiles(options).profiles.size() == 2);
  options.search.depth = 3;
  const FoundProfiles shallow = find_profiles(options);
  CHECK(told(shallow, home.path()) == Strings{"e: e (Chromium-based)"});
  REQUIRE(shallow.notes.size() == 1);
  CHECK(shallow.notes[0].code == "search_bound");
  CHECK(shallow.notes[0].severity == Diagnostic::Severity::note);
  CHECK(shallow.notes[0].message ==
        "not searched for profiles: 1 directory more than 3 levels deep");
  options.search.depth = 5;
  CHECK(find_profiles(options).notes.empty());
  options.search.directories = 4;
  const FoundProfiles few = find_profiles(options);
  CHECK(told(few, home.path()) == Strings{"e: e (Chromium-based)"});
  REQUIRE(few.notes.size() == 1);
  CHECK(few.notes[0].message == "not searched for profiles: what is left after 4 directories");
  options.search.directories = 0;
  CHECK(find_profiles(options).profiles.empty());
  CHECK(find_profiles(options).notes.empty());
}

TEST_CASE("a directory with profiles below it says so, or means them") {
  const TempDir directory;
  build(directory.path(),
        {"case/one/google-chrome/Local State", "case/one/google-chrome/Default/Cookies",
         "case/two/ab.default/cookies.sqlite", "single/x/Default/Cookies", "none/readme"});
  const auto place = [&](const char* relative) { return (directory.path() / relative).string(); };
  FindOptions options = in_home(directory.path() / "nobody");
  const auto refusal = [&](const char* relative) {
    const FoundProfiles found = resolve_profile(place(relative), options);
    CHECK(found.profiles.empty());
    REQUIRE(found.missing.size() == 1);
    CHECK(found.missing[0].reason == MissingReason::not_a_profile);
    return found.missing[0].message.substr(place(relative).size());
  };
  CHECK(refusal("case") == ": not a profile; 2 profiles lie below it, which --recursive reads");
  CHECK(refusal("single") == ": not a profile; 1 profile lies below it, which --recursive reads");
  options.recursive = true;
  CHECK(refusal("none").find(": no cookies or local storage below; expected ") == 0);
  const FoundProfiles below = resolve_profile(place("case"), options);
  CHECK(told(below, directory.path()) ==
        Strings{"case/one/google-chrome/Default: Google Chrome",
                "case/two/ab.default: ab.default (Firefox-based)"});
  for (const Profile& profile : below.profiles) CHECK(profile.running.evidence != "");
}

TEST_CASE("what a list names is called as the list says, however it is found again") {
  const TempDir directory;
  const fs::path home = directory.path() / "home";
  build(home, {"deep/er/aa.own/cookies.sqlite", "fox/bb.default/cookies.sqlite"});
  write_file(home / "fox/profiles.ini",
             "[Profile0]\nName=zed\nIsRelative=0\nPath=" + (home / "deep/er/aa.own").string() +
                 "\n[Profile1]\nName=b\nIsRelative=1\nPath=bb.default\n");
  const FoundProfiles found = find_profiles(in_home(home));
  CHECK(told(found, home) ==
        Strings{"deep/er/aa.own: fox (Firefox-based)", "fox/bb.default: fox (Firefox-based)"});
  CHECK(names_of(found.profiles) == Strings{"b", "zed"});
}

TEST_CASE("a hint that stopped at a bound claims no more than it saw") {
  const TempDir directory;
  build(directory.path(), {"a/Cookies"});
  for (int i = 0; i < 5'000; ++i)
    fs::create_directory(directory.path() / ("d" + std::to_string(i)));
  const FoundProfiles found = resolve_profile(directory.path().string(), {});
  REQUIRE(found.missing.size() == 1);
  CHECK(found.missing[0].message == directory.path().string() +
                                        ": not a profile; at least 1 profile lies below it, which "
                                        "--recursive reads");
}

TEST_CASE("the system that wrote a profile is told by its files, found by shape or named") {
  const TempDir directory;
  const fs::path home = directory.path() / "home";
  build(home, {"from windows/Default/Cookies"});
  write_file(home / "from windows/Local State", R"({"os_crypt":{"encrypted_key":"RFBBUEk="}})");
  build(home, {"fox/ab.default/cookies.sqlite"});
  write_file(home / "fox/profiles.ini", "[Profile0]\nName=a\nIsRelative=1\nPath=ab.default\n");
  write_file(home / "fox/ab.default/compatibility.ini",
             "[Compatibility]\nLastOSABI=Darwin_x86_64-gcc3\n");
  const FoundProfiles found = find_profiles(in_home(home));
  REQUIRE(found.profiles.size() == 2);
  CHECK(found.profiles[0].system == "macos");
  CHECK(found.profiles[1].system == "windows");
}

TEST_CASE("a name asks the known places alone") {
  const TempDir home;
  build(home.path(), {"copies/chromium/Local State", "copies/chromium/Default/Cookies",
                      ".config/chromium/Local State", ".config/chromium/Default/Cookies"});
  const FindOptions options = in_home(home.path());
  CHECK(find_profiles(options).profiles.size() == 2);
  const FoundProfiles named = resolve_profile("chromium:Default", options);
  CHECK(told(named, home.path()) == Strings{".config/chromium/Default: Chromium"});
}

}  // namespace crumbs
