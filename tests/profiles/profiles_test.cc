#include "profiles/profiles.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "support/browser_trees.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using namespace test;
using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("the environment adds places on this machine and none on an image") {
  const TempDir directory;
  const fs::path home = directory.path() / "home/alice";
  make_chromium(directory.path() / "xdg/chromium");
  make_chromium(directory.path() / "chrome/chromium");
  make_firefox(directory.path() / "xdg/mozilla/firefox");
  make_firefox(directory.path() / "chrome/mozilla/firefox");
  make_chromium(home / ".config/chromium");
  FindOptions options = in_home(home);
  options.environment = {{"XDG_CONFIG_HOME", (directory.path() / "xdg").string()},
                         {"CHROME_CONFIG_HOME", (directory.path() / "chrome").string()}};
  const auto found = find_all(options, directory.path());
  REQUIRE(found.size() == 4);
  CHECK(found[0].user_data_dir == home / ".config/chromium");
  CHECK(found[1].user_data_dir == directory.path() / "xdg/chromium");
  CHECK(found[2].user_data_dir == directory.path() / "chrome/chromium");
  CHECK(found[3].user_data_dir == directory.path() / "xdg/mozilla/firefox");
  options.environment = {{"XDG_CONFIG_HOME", (home / ".config").string()},
                         {"CHROME_CONFIG_HOME", "relative"}};
  CHECK(find_all(options, directory.path()).size() == 1);
  options.environment["XDG_CONFIG_HOME"] = (directory.path() / "xdg").string();
  options.root = directory.path();
  CHECK(find_all(options, directory.path()).size() == 1);
}

TEST_CASE("Chromium profiles are those that Local State names and those that look like one") {
  const TempDir home;
  const fs::path root = home.path() / ".config/google-chrome";
  write_file(root / "Local State", R"({"profile":{"info_cache":{
      "Default":{"name":"Work"},"Profile 10":{"name":"Ten"},"Profile 2":{"name":"Zwei \u00e4"},
      "Named Only":{"name":3},"../../etc":{"name":"no"}}}})");
  write_file(root / "Default/Cookies", "");
  write_file(root / "Default/Network/Cookies", "");
  write_file(root / "Default/Storage/ext/abcdef/def/Cookies", "");
  write_file(root / "Profile 2/Preferences", "{}");
  write_file(root / "Profile 10/Network/Cookies", "");
  write_file(root / "Profile 11/LocalStorage", "");
  fs::create_directories(root / "Profile 12/Local Storage/leveldb");
  fs::create_directories(root / "Named Only");
  write_file(root / "Guest Profile/Preferences", "{}");
  write_file(root / "System Profile/Preferences", "{}");
  fs::create_directories(root / "Profile 13");
  fs::create_directories(root / "Crashpad/reports");
  write_file(root / "Safe Browsing/Safe Browsing Cookies", "");
  write_file(root / "Network/Cookies", "");
  fs::remove_all(root / "Network");
  const auto [found, missing, searched, notes] = find_profiles(in_home(home.path()));
  CHECK(notes.empty());
  CHECK(messages_of(missing) ==
        Strings{(root / "../../etc").string() + ": outside of what is searched; named by " +
                (root / "Local State").string()});
  CHECK(names_of(found) == Strings{"Default", "Guest Profile", "Named Only", "Profile 2",
                                   "Profile 10", "Profile 11", "Profile 12", "System Profile"});
  CHECK(found[0].display_name == "Work");
  CHECK(found[2].display_name == "");
  CHECK(found[3].display_name == "Zwei \u00e4");
  CHECK(found[4].display_name == "Ten");
}

TEST_CASE("the root of an older Opera is itself the profile") {
  const TempDir home;
  const fs::path root = home.path() / "AppData/Roaming/Opera Software/Opera Stable";
  write_file(root / "Local State", "{}");
  write_file(root / "Cookies", "");
  auto found = find_all(in_home(home.path()), home.path());
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == root);
  CHECK(found[0].name == "Opera Stable");
  write_file(root / "Network/Cookies", "");
  write_file(root / "Default/Cookies", "");
  found = find_all(in_home(home.path()), home.path());
  CHECK(names_of(found) == Strings{"Opera Stable", "Default"});
}

TEST_CASE("a Local State that cannot be used costs the names, not the profiles") {
  for (const std::string text : {"", "{", "[]", "null", R"({"profile":[]})",
                                 R"({"profile":{"info_cache":7}})", "\xff\xfe"}) {
    CAPTURE(text);
    const TempDir home;
    const fs::path root = home.path() / ".config/chromium";
    write_file(root / "Local State", text);
    write_file(root / "Default/Preferences", "{}");
    const FoundProfiles found = find_profiles(in_home(home.path()));
    CHECK(names_of(found.profiles) == Strings{"Default"});
    CHECK(messages_of(found.missing) == Strings{});
    for (const Diagnostic& diagnostic : found.notes) {
      CHECK(diagnostic.code == "corrupt");
      CHECK(diagnostic.severity == Diagnostic::Severity::note);
    }
  }
}

TEST_CASE("a Local State of endless depth is bounded") {
  const TempDir home;
  const fs::path root = home.path() / ".config/chromium";
  const std::size_t depth = 200'000;
  write_file(root / "Local State", R"({"x":)" + std::string(depth, '[') + std::string(depth, ']') +
                                       R"(,"profile":{"info_cache":{"Default":{"name":"Kept"}}}})");
  write_file(root / "Default/Preferences", "{}");
  const auto found = find_all(in_home(home.path()), home.path());
  REQUIRE(found.size() == 1);
  CHECK(found[0].display_name == "Kept");
}

TEST_CASE("Firefox profiles come from profiles.ini, installs.ini and the directories beside them") {
  const TempDir directory;
  const fs::path home = directory.path() / "home";
  const fs::path root = home / ".mozilla/firefox";
  const fs::path elsewhere = directory.path() / "elsewhere/own";
  write_file(root / "profiles.ini",
             "[Install4F96D1932A9F858E]\nDefault=by.install\nLocked=1\n\n"
             "[Profile1]\nName=default\nIsRelative=1\nPath=Profiles/one.default\nDefault=1\n\n"
             "[Profile0]\nName=own\nIsRelative=0\nPath=" +
                 elsewhere.string() +
                 "\n\n"
                 "[Profile2]\nName=beside\nIsRelative=1\nPath=../beside\n\n"
                 "[General]\nStartWithLastProfile=1\nVersion=2\n");
  write_file(root / "installs.ini", "[308046B0AF4A39CB]\nDefault=other.install\n");
  fs::create_directories(root / "by.install");
  fs::create_directories(root / "other.install");
  fs::create_directories(root / "Profiles/one.default");
  fs::create_directories(elsewhere);
  fs::create_directories(home / ".mozilla/beside");
  write_file(root / "forgotten/cookies.sqlite", "");
  fs::create_directories(root / "Profiles/old/storage/default");
  fs::create_directories(root / "Crash Reports/events");
  fs::create_directories(root / "Pending Pings");
  const auto found = find_all(in_home(home), directory.path());
  CHECK(names_of(found) ==
        Strings{"beside", "by.install", "default", "forgotten", "old", "other.install", "own"});
  CHECK(found[0].path == home / ".mozilla/beside");
  CHECK(found[2].path == root / "Profiles/one.default");
  CHECK(found[2].display_name == "");
  CHECK(found[3].display_name == "not in profiles.ini");
  CHECK(found[4].path == root / "Profiles/old");
  CHECK(found[6].path == elsewhere);
  for (const Profile& profile : found) CHECK(profile.user_data_dir == root);
}

TEST_CASE("absolute paths in the profiles.ini of an image mean the image") {
  const TempDir image;
  const fs::path linux_root = image.path() / "home/alice/.mozilla/firefox";
  write_file(linux_root / "profiles.ini",
             "[Profile0]\nName=own\nIsRelative=0\nPath=/srv/own\n"
             "[Profile1]\nName=up\nIsRelative=1\nPath=../../../../../../up\n"
             "[Profile2]\nName=down\nIsRelative=1\nPath=../down\n");
  const fs::path windows_root = image.path() / "Users/bob/AppData/Roaming/Mozilla/Firefox";
  write_file(windows_root / "profiles.ini",
             "[Profile0]\nName=drive\nIsRelative=0\nPath=C:\\Users\\bob\\ff\n");
  fs::create_directories(image.path() / "srv/own");
  fs::create_directories(image.path() / "home/alice/.mozilla/down");
  fs::create_directories(image.path() / "Users/bob/ff");
  const auto [found, missing, searched, notes] = find_profiles(in_root(image.path()));
  CHECK(names_of(found) == Strings{"down", "own", "drive"});
  CHECK(found[0].path == image.path() / "home/alice/.mozilla/down");
  CHECK(found[1].path == image.path() / "srv/own");
  CHECK(found[2].path == image.path() / "Users/bob/ff");
  REQUIRE(missing.size() == 1);
  CHECK(missing[0].reason == MissingReason::absent);
  CHECK(missing[0].name == "up");
  CHECK(notes.empty());
}

TEST_CASE("links of an image lead into the image, never out of it") {
  const TempDir image, outside;
  make_chromium(outside.path() / "google-chrome");
  make_chromium(outside.path() / ".config/chromium");
  make_chromium(image.path() / "home/alice/snap/brave/12/.config/BraveSoftware/Brave-Browser");
  fs::create_symlink("12", image.path() / "home/alice/snap/brave/current");
  make_chromium(image.path() / "data/vivaldi");
  fs::create_directories(image.path() / "home/alice/.config");
  fs::create_symlink("/data/vivaldi", image.path() / "home/alice/.config/vivaldi");
  fs::create_symlink(outside.path() / "google-chrome",
                     image.path() / "home/alice/.config/google-chrome");
  fs::create_symlink(outside.path(), image.path() / "home/mallory");
  fs::create_symlink("loop", image.path() / "home/loop");
  fs::create_symlink("../../../../../../../../../../../../.." / outside.path().relative_path(),
                     image.path() / "home/climber");
  const std::string before = describe_tree(image.path());
  const auto [found, missing, searched, notes] = find_profiles(in_root(image.path()));
  CHECK(describe_tree(image.path()) == before);
  REQUIRE(found.size() == 2);
  CHECK(found[0].path ==
        image.path() / "home/alice/snap/brave/12/.config/BraveSoftware/Brave-Browser/Default");
  CHECK(found[0].packaging == "snap");
  CHECK(found[1].path == image.path() / "data/vivaldi/Default");
  const auto leads_nowhere = [&](const char* link, const std::string& target) {
    return (image.path() / link).string() + ": a symbolic link to " + target + ", where nothing is";
  };
  CHECK(messages_of(missing) ==
        Strings{
            leads_nowhere("home/climber", fs::read_symlink(image.path() / "home/climber").string()),
            leads_nowhere("home/loop", "loop"),
            leads_nowhere("home/mallory", outside.path().string()),
            leads_nowhere("home/alice/.config/google-chrome",
                          (outside.path() / "google-chrome").string())});
  CHECK(notes.empty());
}

TEST_CASE("a home may keep its browsers behind links, each profile counts once") {
  const TempDir directory;
  const fs::path home = directory.path() / "home";
  make_firefox(directory.path() / "disk/mozilla/firefox");
  fs::create_directories(home / ".config");
  fs::create_symlink(directory.path() / "disk/mozilla", home / ".mozilla");
  fs::create_symlink(directory.path() / "disk/mozilla", home / ".config/mozilla");
  const auto found = find_all(in_home(home), directory.path());
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == home / ".mozilla/firefox/ab12.default-release");
}

TEST_CASE("a link to a profile is followed below the home, and said where it leads out of it") {
  const TempDir directory;
  const fs::path home = directory.path() / "home";
  const fs::path chromium = home / ".config/chromium";
  const fs::path firefox = home / ".mozilla/firefox";
  make_chromium(directory.path() / "other");
  make_chromium(home / "disk/chromium");
  make_firefox(directory.path() / "fox");
  make_firefox(home / "disk/firefox");
  write_file(chromium / "Local State", R"({"profile":{"info_cache":{"Mine":{"name":"M"}}}})");
  fs::create_symlink(directory.path() / "other/Default", chromium / "Default");
  fs::create_symlink("../../disk/chromium/Default", chromium / "Profile 1");
  fs::create_symlink("../../gone", chromium / "Mine");
  fs::create_symlink("/dev/null", chromium / "SingletonSocket");
  write_file(firefox / "profiles.ini",
             "[Profile0]\nName=a\nIsRelative=1\nPath=linked\n"
             "[Profile1]\nName=b\nIsRelative=1\nPath=own\n");
  fs::create_symlink(directory.path() / "fox/ab12.default-release", firefox / "linked");
  fs::create_symlink(home / "disk/firefox/ab12.default-release", firefox / "own");
  fs::create_symlink("nowhere", firefox / "abcd1234.default");
  const auto [found, missing, searched, notes] = find_profiles(in_home(home));
  CHECK(names_of(found) == Strings{"Profile 1", "b"});
  CHECK(found[0].path == home / "disk/chromium/Default");
  CHECK(found[0].user_data_dir == chromium);
  CHECK(found[1].path == home / "disk/firefox/ab12.default-release");
  const std::string not_followed = ", not followed; name its target to read it";
  REQUIRE(missing.size() == 4);
  CHECK(missing[0] ==
        MissingProfile{.path = (chromium / "Default").string(),
                       .browser = "chromium",
                       .name = "Default",
                       .named_by = "known_place",
                       .reason = MissingReason::outside,
                       .target = (directory.path() / "other/Default").string(),
                       .message = (chromium / "Default").string() + ": a symbolic link to " +
                                  (directory.path() / "other/Default").string() + not_followed});
  CHECK(missing[1].message == (chromium / "Mine").string() +
                                  ": a symbolic link to ../../gone, where nothing is; named by " +
                                  (chromium / "Local State").string());
  CHECK(missing[2].message == (firefox / "linked").string() + ": a symbolic link to " +
                                  (directory.path() / "fox/ab12.default-release").string() +
                                  not_followed + "; named by " +
                                  (firefox / "profiles.ini").string());
  CHECK(missing[3].message ==
        (firefox / "abcd1234.default").string() + ": a symbolic link to nowhere, where nothing is");
}

TEST_CASE("a link to a profile is followed inside an image, as seen from its root") {
  const TempDir image;
  const fs::path chromium = image.path() / "home/alice/.config/chromium";
  make_chromium(image.path() / "data/profiles");
  write_file(chromium / "Local State", "{}");
  fs::create_symlink("/data/profiles/Default", chromium / "Profile 1");
  fs::create_symlink("/data/gone", chromium / "Profile 2");
  const auto [found, missing, searched, notes] = find_profiles(in_root(image.path()));
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == image.path() / "data/profiles/Default");
  CHECK(found[0].name == "Profile 1");
  CHECK(found[0].browser_name == "Chromium");
  CHECK(messages_of(missing) == Strings{(chromium / "Profile 2").string() +
                                        ": a symbolic link to /data/gone, where nothing is"});
}

TEST_CASE("a link in place of Local State or profiles.ini is not read") {
  const TempDir directory;
  const fs::path home = directory.path() / "home";
  const fs::path chromium = home / ".config/chromium";
  make_chromium(directory.path() / "other");
  write_file(chromium / "Default/Preferences", "{}");
  fs::create_symlink(directory.path() / "other/Local State", chromium / "Local State");
  REQUIRE(mkfifo((home / "pipe").c_str(), 0600) == 0);
  fs::create_directories(home / ".mozilla/firefox");
  fs::rename(home / "pipe", home / ".mozilla/firefox/profiles.ini");
  const auto [found, missing, searched, notes] = find_profiles(in_home(home));
  REQUIRE(found.size() == 1);
  CHECK(found[0].display_name == "");
  REQUIRE(missing.size() == 2);
  CHECK(missing[0].path == (chromium / "Local State").string());
  CHECK(missing[0].reason == MissingReason::unreadable);
  CHECK(missing[0].message.find(missing[0].path + ": ") == 0);
  CHECK(missing[1].path == (home / ".mozilla/firefox/profiles.ini").string());
  CHECK(missing[1].reason == MissingReason::unreadable);
}

TEST_CASE("what the lists of profiles name and nobody has is missing, once") {
  const TempDir home;
  const fs::path firefox = home.path() / ".mozilla/firefox";
  const fs::path chrome = home.path() / ".config/google-chrome";
  write_file(firefox / "profiles.ini",
             "[Profile0]\nName=gone\nIsRelative=1\nPath=gone\n[Profile1]\nName=nopath\n"
             "[Profile2]\nName=data\nIsRelative=0\nPath=E:\\firefox\\Zed\n"
             "[Profile3]\nName=file\nIsRelative=1\nPath=a-file\n"
             "[Install0]\nDefault=gone\n");
  write_file(firefox / "a-file", "");
  write_file(firefox / "installs.ini",
             "[308046B0AF4A39CB]\nDefault=only.here\n[X]\nDefault=gone\n");
  write_file(chrome / "Local State",
             R"({"profile":{"info_cache":{"Default":{"name":"D"},"Profile 2":{"name":"Two"},
                 "../up":{},"":{}}}})");
  write_file(chrome / "Default/Preferences", "{}");
  const auto [found, missing, searched, notes] = find_profiles(in_home(home.path()));
  CHECK(names_of(found) == Strings{"Default"});
  const auto named_by = [](const fs::path& list) { return "; named by " + list.string(); };
  const std::string local_state = named_by(chrome / "Local State");
  const std::string profiles_ini = named_by(firefox / "profiles.ini");
  CHECK(messages_of(missing) ==
        Strings{chrome.string() + "/: outside of what is searched" + local_state,
                chrome.string() + "/../up: outside of what is searched" + local_state,
                chrome.string() + "/Profile 2: no such directory" + local_state,
                firefox.string() + "/gone: no such directory" + profiles_ini,
                "E:\\firefox\\Zed: no such directory" + profiles_ini,
                firefox.string() + "/a-file: not a directory" + profiles_ini,
                firefox.string() + "/only.here: no such directory" +
                    named_by(firefox / "installs.ini")});
  CHECK(missing[2].browser == "chrome");
  CHECK(missing[2].name == "Profile 2");
  CHECK(missing[4].name == "data");
  CHECK(notes.empty());
}

TEST_CASE("a place where a browser keeps its profiles is looked at or told") {
  const TempDir directory;
  const fs::path home = directory.path() / "home";
  write_file(home / ".config/google-chrome", "/run/user/1000/psd/user-google-chrome");
  fs::create_symlink("/nonexistent/tmpfs", home / ".config/chromium");
  fs::create_symlink("/nonexistent/mozilla", home / ".mozilla");
  fs::create_symlink("vivaldi", home / ".config/vivaldi");
  const auto [found, missing, searched, notes] = find_profiles(in_home(home));
  CHECK(found.empty());
  CHECK(messages_of(missing) ==
        Strings{
            (home / ".config/google-chrome").string() + ": not a directory",
            (home / ".config/chromium").string() +
                ": a symbolic link to /nonexistent/tmpfs, where nothing is",
            (home / ".config/vivaldi").string() + ": a symbolic link to vivaldi, where nothing is",
            (home / ".mozilla").string() +
                ": a symbolic link to /nonexistent/mozilla, where nothing is"});
  CHECK(missing[1].browser == "chromium");
  CHECK(missing[3].browser == "");
}

TEST_CASE("without a home or with an empty one nothing is found") {
  const TempDir home;
  CHECK(find_all(in_home(home.path()), home.path()).empty());
  CHECK(find_all(FindOptions{}, home.path()).empty());
  CHECK(find_all(in_home(home.path() / "absent"), home.path()).empty());
}

}  // namespace crumbs
