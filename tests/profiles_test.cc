#include "profiles.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>

#include <fmt/format.h>

#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

/// Where the browsers themselves put it, written out by hand: not derived from browsers.def.
struct Known {
  const char *root, *browser, *name, *system, *packaging;
};
const Known kChromium[] = {
    {".config/google-chrome", "chrome", "Google Chrome", "linux", "native"},
    {"Library/Application Support/Google/Chrome", "chrome", "Google Chrome", "macos", "native"},
    {"AppData/Local/Google/Chrome/User Data", "chrome", "Google Chrome", "windows", "native"},
    {".var/app/com.google.Chrome/config/google-chrome", "chrome", "Google Chrome (Flatpak)",
     "linux", "flatpak"},
    {".config/google-chrome-beta", "chrome-beta", "Google Chrome Beta", "linux", "native"},
    {"Library/Application Support/Google/Chrome Beta", "chrome-beta", "Google Chrome Beta", "macos",
     "native"},
    {"AppData/Local/Google/Chrome Beta/User Data", "chrome-beta", "Google Chrome Beta", "windows",
     "native"},
    {".config/google-chrome-unstable", "chrome-unstable", "Google Chrome Dev", "linux", "native"},
    {"Library/Application Support/Google/Chrome Dev", "chrome-unstable", "Google Chrome Dev",
     "macos", "native"},
    {"AppData/Local/Google/Chrome Dev/User Data", "chrome-unstable", "Google Chrome Dev", "windows",
     "native"},
    {".var/app/com.google.ChromeDev/config/google-chrome-unstable", "chrome-unstable",
     "Google Chrome Dev (Flatpak)", "linux", "flatpak"},
    {".config/google-chrome-canary", "chrome-canary", "Google Chrome Canary", "linux", "native"},
    {"Library/Application Support/Google/Chrome Canary", "chrome-canary", "Google Chrome Canary",
     "macos", "native"},
    {"AppData/Local/Google/Chrome SxS/User Data", "chrome-canary", "Google Chrome Canary",
     "windows", "native"},
    {".config/google-chrome-for-testing", "chrome-for-testing", "Google Chrome for Testing",
     "linux", "native"},
    {"Library/Application Support/Google/Chrome for Testing", "chrome-for-testing",
     "Google Chrome for Testing", "macos", "native"},
    {"AppData/Local/Google/Chrome for Testing/User Data", "chrome-for-testing",
     "Google Chrome for Testing", "windows", "native"},
    {".config/chromium", "chromium", "Chromium", "linux", "native"},
    {"Library/Application Support/Chromium", "chromium", "Chromium", "macos", "native"},
    {"AppData/Local/Chromium/User Data", "chromium", "Chromium", "windows", "native"},
    {"snap/chromium/common/chromium", "chromium", "Chromium (Snap)", "linux", "snap"},
    {".var/app/org.chromium.Chromium/config/chromium", "chromium", "Chromium (Flatpak)", "linux",
     "flatpak"},
    {".config/microsoft-edge", "edge", "Microsoft Edge", "linux", "native"},
    {"Library/Application Support/Microsoft Edge", "edge", "Microsoft Edge", "macos", "native"},
    {"AppData/Local/Microsoft/Edge/User Data", "edge", "Microsoft Edge", "windows", "native"},
    {".var/app/com.microsoft.Edge/config/microsoft-edge", "edge", "Microsoft Edge (Flatpak)",
     "linux", "flatpak"},
    {".config/microsoft-edge-beta", "edge-beta", "Microsoft Edge Beta", "linux", "native"},
    {"Library/Application Support/Microsoft Edge Beta", "edge-beta", "Microsoft Edge Beta", "macos",
     "native"},
    {"AppData/Local/Microsoft/Edge Beta/User Data", "edge-beta", "Microsoft Edge Beta", "windows",
     "native"},
    {".config/microsoft-edge-dev", "edge-dev", "Microsoft Edge Dev", "linux", "native"},
    {"Library/Application Support/Microsoft Edge Dev", "edge-dev", "Microsoft Edge Dev", "macos",
     "native"},
    {"AppData/Local/Microsoft/Edge Dev/User Data", "edge-dev", "Microsoft Edge Dev", "windows",
     "native"},
    {"Library/Application Support/Microsoft Edge Canary", "edge-canary", "Microsoft Edge Canary",
     "macos", "native"},
    {"AppData/Local/Microsoft/Edge SxS/User Data", "edge-canary", "Microsoft Edge Canary",
     "windows", "native"},
    {".config/BraveSoftware/Brave-Browser", "brave", "Brave", "linux", "native"},
    {"Library/Application Support/BraveSoftware/Brave-Browser", "brave", "Brave", "macos",
     "native"},
    {"AppData/Local/BraveSoftware/Brave-Browser/User Data", "brave", "Brave", "windows", "native"},
    {"snap/brave/current/.config/BraveSoftware/Brave-Browser", "brave", "Brave (Snap)", "linux",
     "snap"},
    {".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser", "brave", "Brave (Flatpak)",
     "linux", "flatpak"},
    {".config/BraveSoftware/Brave-Browser-Beta", "brave-beta", "Brave Beta", "linux", "native"},
    {"Library/Application Support/BraveSoftware/Brave-Browser-Beta", "brave-beta", "Brave Beta",
     "macos", "native"},
    {"AppData/Local/BraveSoftware/Brave-Browser-Beta/User Data", "brave-beta", "Brave Beta",
     "windows", "native"},
    {".config/BraveSoftware/Brave-Browser-Nightly", "brave-nightly", "Brave Nightly", "linux",
     "native"},
    {"Library/Application Support/BraveSoftware/Brave-Browser-Nightly", "brave-nightly",
     "Brave Nightly", "macos", "native"},
    {"AppData/Local/BraveSoftware/Brave-Browser-Nightly/User Data", "brave-nightly",
     "Brave Nightly", "windows", "native"},
    {".config/vivaldi", "vivaldi", "Vivaldi", "linux", "native"},
    {"Library/Application Support/Vivaldi", "vivaldi", "Vivaldi", "macos", "native"},
    {"AppData/Local/Vivaldi/User Data", "vivaldi", "Vivaldi", "windows", "native"},
    {"snap/vivaldi/current/.config/vivaldi", "vivaldi", "Vivaldi (Snap)", "linux", "snap"},
    {".var/app/com.vivaldi.Vivaldi/config/vivaldi", "vivaldi", "Vivaldi (Flatpak)", "linux",
     "flatpak"},
    {".config/opera", "opera", "Opera", "linux", "native"},
    {"Library/Application Support/com.operasoftware.Opera", "opera", "Opera", "macos", "native"},
    {"AppData/Roaming/Opera Software/Opera Stable", "opera", "Opera", "windows", "native"},
    {"snap/opera/current/.config/opera", "opera", "Opera (Snap)", "linux", "snap"},
    {".var/app/com.opera.Opera/config/opera", "opera", "Opera (Flatpak)", "linux", "flatpak"},
    {"Library/Application Support/com.operasoftware.OperaGX", "opera-gx", "Opera GX", "macos",
     "native"},
    {"AppData/Roaming/Opera Software/Opera GX Stable", "opera-gx", "Opera GX", "windows", "native"},
};
const Known kFirefox[] = {
    {".mozilla/firefox", "firefox", "Firefox", "linux", "native"},
    {".config/mozilla/firefox", "firefox", "Firefox", "linux", "native"},
    {"Library/Application Support/Firefox", "firefox", "Firefox", "macos", "native"},
    {"AppData/Roaming/Mozilla/Firefox", "firefox", "Firefox", "windows", "native"},
    {"snap/firefox/common/.mozilla/firefox", "firefox", "Firefox (Snap)", "linux", "snap"},
    {"snap/firefox/common/.config/mozilla/firefox", "firefox", "Firefox (Snap)", "linux", "snap"},
    {".var/app/org.mozilla.firefox/.mozilla/firefox", "firefox", "Firefox (Flatpak)", "linux",
     "flatpak"},
    {".var/app/org.mozilla.firefox/config/mozilla/firefox", "firefox", "Firefox (Flatpak)", "linux",
     "flatpak"},
    {".librewolf", "librewolf", "LibreWolf", "linux", "native"},
    {".config/librewolf/librewolf", "librewolf", "LibreWolf", "linux", "native"},
    {"Library/Application Support/librewolf", "librewolf", "LibreWolf", "macos", "native"},
    {"AppData/Roaming/librewolf", "librewolf", "LibreWolf", "windows", "native"},
    {".var/app/io.gitlab.librewolf-community/.librewolf", "librewolf", "LibreWolf (Flatpak)",
     "linux", "flatpak"},
    {".waterfox", "waterfox", "Waterfox", "linux", "native"},
    {"Library/Application Support/Waterfox", "waterfox", "Waterfox", "macos", "native"},
    {"AppData/Roaming/Waterfox", "waterfox", "Waterfox", "windows", "native"},
    {".local/share/torbrowser/tbb/x86_64/tor-browser/Browser/TorBrowser/Data/Browser",
     "tor-browser", "Tor Browser", "linux", "native"},
    {"Library/Application Support/TorBrowser-Data/Browser", "tor-browser", "Tor Browser", "macos",
     "native"},
};

void make_chromium(const fs::path& root) {
  test::write_file(root / "Local State",
                   R"({"profile":{"info_cache":{"Default":{"name":"Person 1"}}}})");
  test::write_file(root / "Default/Preferences", "{}");
}

void make_firefox(const fs::path& root) {
  test::write_file(root / "profiles.ini",
                   "[Profile0]\nName=default-release\nIsRelative=1\nPath=ab12.default-release\n");
  test::write_file(root / "ab12.default-release/cookies.sqlite", "");
}

FindOptions in_home(const fs::path& home) {
  FindOptions options;
  options.home = home;
  return options;
}

FindOptions in_root(const fs::path& root) {
  FindOptions options;
  options.home = "/nonexistent";
  options.root = root;
  return options;
}

/// find_profiles, with the tree the same before and after and nothing to complain of.
std::vector<Profile> find_all(const FindOptions& options, const fs::path& tree) {
  const std::string before = test::describe_tree(tree);
  std::vector<Diagnostic> diagnostics;
  std::vector<Profile> found = find_profiles(options, &diagnostics);
  CHECK(test::describe_tree(tree) == before);
  for (const Diagnostic& diagnostic : diagnostics) MESSAGE(diagnostic.message);
  CHECK(diagnostics.empty());
  return found;
}

void check_known(const Profile& profile, const Known& known, const fs::path& root) {
  CHECK(profile.id == "");
  CHECK(profile.browser == known.browser);
  CHECK(profile.browser_name == known.name);
  CHECK(profile.system == known.system);
  CHECK(profile.packaging == known.packaging);
  CHECK(profile.user_data_dir == root);
  CHECK_FALSE(profile.only_store.has_value());
}

std::vector<std::string> names_of(const std::vector<Profile>& profiles) {
  std::vector<std::string> names;
  for (const Profile& profile : profiles) names.push_back(profile.name);
  return names;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("every browser is found in its place on every system, below a home or an image") {
  for (const bool chromium : {true, false}) {
    for (const Known& known : chromium ? std::span<const Known>(kChromium) : kFirefox) {
      CAPTURE(known.root);
      for (const char* home : {"", "home/alice", "Users/alice", "root"}) {
        const test::TempDir directory;
        const fs::path root = directory.path() / home / known.root;
        chromium ? make_chromium(root) : make_firefox(root);
        const bool live = *home == '\0';
        const auto found = find_all(in_root(directory.path()), directory.path());
        REQUIRE(found.size() == 1);
        check_known(found[0], known, root);
        CHECK(found[0].running.evidence == "not checked: --root");
        if (!live) continue;
        const auto same = find_all(in_home(directory.path()), directory.path());
        REQUIRE(same.size() == 1);
        check_known(same[0], known, root);
        CHECK(same[0].path == root / (chromium ? "Default" : "ab12.default-release"));
        CHECK(same[0].name == (chromium ? "Default" : "default-release"));
        CHECK(same[0].display_name == (chromium ? "Person 1" : ""));
        CHECK(same[0].engine == (chromium ? Engine::chromium : Engine::firefox));
      }
    }
  }
}

TEST_CASE("all browsers side by side are found once each, in the order of the registry") {
  const test::TempDir home;
  for (const Known& known : kChromium) make_chromium(home.path() / known.root);
  for (const Known& known : kFirefox) make_firefox(home.path() / known.root);
  const auto found = find_all(in_home(home.path()), home.path());
  CHECK(found.size() == std::size(kChromium) + std::size(kFirefox));
  Strings ids;
  for (const Profile& profile : found) ids.push_back(profile.browser);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  CHECK(ids ==
        Strings{"chrome",   "chrome-beta", "chrome-unstable", "chrome-canary", "chrome-for-testing",
                "chromium", "edge",        "edge-beta",       "edge-dev",      "edge-canary",
                "brave",    "brave-beta",  "brave-nightly",   "vivaldi",       "opera",
                "opera-gx", "firefox",     "librewolf",       "waterfox",      "tor-browser"});
}

TEST_CASE("the environment adds places on this machine and none on an image") {
  const test::TempDir directory;
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
  CHECK(found[0].user_data_dir == directory.path() / "chrome/chromium");
  CHECK(found[1].user_data_dir == home / ".config/chromium");
  CHECK(found[2].user_data_dir == directory.path() / "xdg/chromium");
  CHECK(found[3].user_data_dir == directory.path() / "xdg/mozilla/firefox");
  options.environment = {{"XDG_CONFIG_HOME", (home / ".config").string()},
                         {"CHROME_CONFIG_HOME", "relative"}};
  CHECK(find_all(options, directory.path()).size() == 1);
  options.environment["XDG_CONFIG_HOME"] = (directory.path() / "xdg").string();
  options.root = directory.path();
  CHECK(find_all(options, directory.path()).size() == 1);
}

TEST_CASE("Chromium profiles are those that Local State names and those that look like one") {
  const test::TempDir home;
  const fs::path root = home.path() / ".config/google-chrome";
  test::write_file(root / "Local State", R"({"profile":{"info_cache":{
      "Default":{"name":"Work"},"Profile 10":{"name":"Ten"},"Profile 2":{"name":"Zwei \u00e4"},
      "Named Only":{"name":3},"../../etc":{"name":"no"}}}})");
  test::write_file(root / "Default/Cookies", "");
  test::write_file(root / "Default/Network/Cookies", "");
  test::write_file(root / "Default/Storage/ext/abcdef/def/Cookies", "");
  test::write_file(root / "Profile 2/Preferences", "{}");
  test::write_file(root / "Profile 10/Network/Cookies", "");
  test::write_file(root / "Profile 11/LocalStorage", "");
  fs::create_directories(root / "Profile 12/Local Storage/leveldb");
  fs::create_directories(root / "Named Only");
  test::write_file(root / "Guest Profile/Preferences", "{}");
  test::write_file(root / "System Profile/Preferences", "{}");
  fs::create_directories(root / "Profile 13");
  fs::create_directories(root / "Crashpad/reports");
  test::write_file(root / "Safe Browsing/Safe Browsing Cookies", "");
  test::write_file(root / "Network/Cookies", "");
  fs::remove_all(root / "Network");
  std::vector<Diagnostic> diagnostics;
  const auto found = find_profiles(in_home(home.path()), &diagnostics);
  CHECK(names_of(found) == Strings{"Default", "Guest Profile", "Named Only", "Profile 2",
                                   "Profile 10", "Profile 11", "Profile 12", "System Profile"});
  CHECK(found[0].display_name == "Work");
  CHECK(found[2].display_name == "");
  CHECK(found[3].display_name == "Zwei \u00e4");
  CHECK(found[4].display_name == "Ten");
  CHECK(diagnostics.empty());
}

TEST_CASE("the root of an older Opera is itself the profile") {
  const test::TempDir home;
  const fs::path root = home.path() / "AppData/Roaming/Opera Software/Opera Stable";
  test::write_file(root / "Local State", "{}");
  test::write_file(root / "Cookies", "");
  auto found = find_all(in_home(home.path()), home.path());
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == root);
  CHECK(found[0].name == "Opera Stable");
  test::write_file(root / "Network/Cookies", "");
  test::write_file(root / "Default/Cookies", "");
  found = find_all(in_home(home.path()), home.path());
  CHECK(names_of(found) == Strings{"Default", "Opera Stable"});
}

TEST_CASE("a Local State that cannot be used costs the names, not the profiles") {
  for (const std::string text : {"", "{", "[]", "null", R"({"profile":[]})",
                                 R"({"profile":{"info_cache":7}})", "\xff\xfe"}) {
    CAPTURE(text);
    const test::TempDir home;
    const fs::path root = home.path() / ".config/chromium";
    test::write_file(root / "Local State", text);
    test::write_file(root / "Default/Preferences", "{}");
    std::vector<Diagnostic> diagnostics;
    const auto found = find_profiles(in_home(home.path()), &diagnostics);
    CHECK(names_of(found) == Strings{"Default"});
    for (const Diagnostic& diagnostic : diagnostics) {
      CHECK(diagnostic.code == "corrupt");
      CHECK(diagnostic.severity == Diagnostic::Severity::note);
    }
  }
}

TEST_CASE("a Local State of endless depth is bounded") {
  const test::TempDir home;
  const fs::path root = home.path() / ".config/chromium";
  const std::size_t depth = 200'000;
  test::write_file(root / "Local State",
                   R"({"x":)" + std::string(depth, '[') + std::string(depth, ']') +
                       R"(,"profile":{"info_cache":{"Default":{"name":"Kept"}}}})");
  test::write_file(root / "Default/Preferences", "{}");
  const auto found = find_all(in_home(home.path()), home.path());
  REQUIRE(found.size() == 1);
  CHECK(found[0].display_name == "Kept");
}

TEST_CASE("Firefox profiles come from profiles.ini, installs.ini and the directories beside them") {
  const test::TempDir directory;
  const fs::path home = directory.path() / "home";
  const fs::path root = home / ".mozilla/firefox";
  const fs::path elsewhere = directory.path() / "elsewhere/own";
  test::write_file(
      root / "profiles.ini",
      "[Install4F96D1932A9F858E]\nDefault=by.install\nLocked=1\n\n"
      "[Profile1]\nName=default\nIsRelative=1\nPath=Profiles/one.default\nDefault=1\n\n"
      "[Profile0]\nName=own\nIsRelative=0\nPath=" +
          elsewhere.string() +
          "\n\n"
          "[Profile2]\nName=beside\nIsRelative=1\nPath=../beside\n\n"
          "[General]\nStartWithLastProfile=1\nVersion=2\n");
  test::write_file(root / "installs.ini", "[308046B0AF4A39CB]\nDefault=other.install\n");
  fs::create_directories(root / "by.install");
  fs::create_directories(root / "other.install");
  fs::create_directories(root / "Profiles/one.default");
  fs::create_directories(elsewhere);
  fs::create_directories(home / ".mozilla/beside");
  test::write_file(root / "forgotten/cookies.sqlite", "");
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
  const test::TempDir image;
  const fs::path linux_root = image.path() / "home/alice/.mozilla/firefox";
  test::write_file(linux_root / "profiles.ini",
                   "[Profile0]\nName=own\nIsRelative=0\nPath=/srv/own\n"
                   "[Profile1]\nName=up\nIsRelative=1\nPath=../../../../../../up\n"
                   "[Profile2]\nName=down\nIsRelative=1\nPath=../down\n");
  const fs::path windows_root = image.path() / "Users/bob/AppData/Roaming/Mozilla/Firefox";
  test::write_file(windows_root / "profiles.ini",
                   "[Profile0]\nName=drive\nIsRelative=0\nPath=C:\\Users\\bob\\ff\n");
  fs::create_directories(image.path() / "srv/own");
  fs::create_directories(image.path() / "home/alice/.mozilla/down");
  fs::create_directories(image.path() / "Users/bob/ff");
  std::vector<Diagnostic> diagnostics;
  const auto found = find_profiles(in_root(image.path()), &diagnostics);
  CHECK(names_of(found) == Strings{"down", "drive", "own"});
  CHECK(found[0].path == image.path() / "home/alice/.mozilla/down");
  CHECK(found[1].path == image.path() / "Users/bob/ff");
  CHECK(found[2].path == image.path() / "srv/own");
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].code == "missing_profile");
  CHECK(diagnostics[0].severity == Diagnostic::Severity::note);
}

TEST_CASE("links of an image lead into the image, never out of it") {
  const test::TempDir image, outside;
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
  const auto found = find_all(in_root(image.path()), image.path());
  REQUIRE(found.size() == 2);
  CHECK(found[0].path ==
        image.path() / "home/alice/snap/brave/12/.config/BraveSoftware/Brave-Browser/Default");
  CHECK(found[0].packaging == "snap");
  CHECK(found[1].path == image.path() / "data/vivaldi/Default");
}

TEST_CASE("a home may keep its browsers behind links, each profile counts once") {
  const test::TempDir directory;
  const fs::path home = directory.path() / "home";
  make_firefox(directory.path() / "disk/mozilla/firefox");
  fs::create_directories(home / ".config");
  fs::create_symlink(directory.path() / "disk/mozilla", home / ".mozilla");
  fs::create_symlink(directory.path() / "disk/mozilla", home / ".config/mozilla");
  const auto found = find_all(in_home(home), directory.path());
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == home / ".config/mozilla/firefox/ab12.default-release");
}

TEST_CASE("no link below the root of a browser is followed, and that is said") {
  const test::TempDir directory;
  const fs::path home = directory.path() / "home";
  make_chromium(directory.path() / "other");
  const fs::path chromium = home / ".config/chromium";
  const fs::path firefox = home / ".mozilla/firefox";
  test::write_file(chromium / "Local State", "{}");
  fs::create_symlink(directory.path() / "other/Default", chromium / "Default");
  fs::create_symlink("/dev/null", chromium / "SingletonSocket");
  make_firefox(directory.path() / "fox");
  test::write_file(firefox / "profiles.ini", "[Profile0]\nName=a\nIsRelative=1\nPath=linked\n");
  fs::create_symlink(directory.path() / "fox/ab12.default-release", firefox / "linked");
  fs::create_symlink(directory.path() / "fox/profiles.ini", firefox / "installs.ini");
  std::vector<Diagnostic> diagnostics;
  CHECK(find_profiles(in_home(home), &diagnostics).empty());
  Strings codes;
  for (const Diagnostic& diagnostic : diagnostics) {
    codes.push_back(diagnostic.code);
    CHECK(diagnostic.severity == Diagnostic::Severity::incomplete);
    CHECK(diagnostic.message.find(diagnostic.file) == 0);
  }
  CHECK(codes == Strings{"link_not_followed", "unreadable", "link_not_followed"});
}

TEST_CASE("a link in place of Local State or profiles.ini is not read") {
  const test::TempDir directory;
  const fs::path home = directory.path() / "home";
  const fs::path chromium = home / ".config/chromium";
  make_chromium(directory.path() / "other");
  test::write_file(chromium / "Default/Preferences", "{}");
  fs::create_symlink(directory.path() / "other/Local State", chromium / "Local State");
  REQUIRE(mkfifo((home / "pipe").c_str(), 0600) == 0);
  fs::create_directories(home / ".mozilla/firefox");
  fs::rename(home / "pipe", home / ".mozilla/firefox/profiles.ini");
  std::vector<Diagnostic> diagnostics;
  const auto found = find_profiles(in_home(home), &diagnostics);
  REQUIRE(found.size() == 1);
  CHECK(found[0].display_name == "");
  REQUIRE(diagnostics.size() == 2);
  CHECK(diagnostics[0].code == "unreadable");
  CHECK(diagnostics[1].code == "unreadable");
}

TEST_CASE("a profile that profiles.ini names and nobody has is a note") {
  const test::TempDir home;
  test::write_file(home.path() / ".mozilla/firefox/profiles.ini",
                   "[Profile0]\nName=gone\nIsRelative=1\nPath=gone\n[Profile1]\nName=nopath\n");
  std::vector<Diagnostic> diagnostics;
  CHECK(find_profiles(in_home(home.path()), &diagnostics).empty());
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].code == "missing_profile");
  CHECK(diagnostics[0].message == (home.path() / ".mozilla/firefox/gone").string() +
                                      ": named by profiles.ini, but there is no such directory");
}

TEST_CASE("without a home or with an empty one nothing is found") {
  const test::TempDir home;
  CHECK(find_all(in_home(home.path()), home.path()).empty());
  CHECK(find_profiles(FindOptions{}, nullptr).empty());
  CHECK(find_profiles(in_home(home.path() / "absent"), nullptr).empty());
}

TEST_CASE("every id of the registry is one word, every place starts with a variable") {
  Strings ids;
  for (const Browser& browser : browsers()) {
    ids.emplace_back(browser.id);
    CHECK(browser.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos);
    for (const std::string_view places : browser.places)
      CHECK((places.empty() || places.front() == '{'));
  }
  std::ranges::sort(ids);
  CHECK(std::ranges::adjacent_find(ids) == ids.end());
  for (const BrowserPlace& place : places_below("/h", {}))
    CHECK(place.path.string().starts_with("/h/"));
}

TEST_CASE("a root is known by the end of its path, the longest match counts") {
  struct Row {
    const char* path;
    Engine engine;
    const char *browser, *system, *packaging;
  };
  const Row rows[] = {
      {"/home/a/.config/google-chrome", Engine::chromium, "chrome", "linux", "native"},
      {"/x/.config/BraveSoftware/Brave-Browser", Engine::chromium, "brave", "linux", "native"},
      {"/x/Library/Application Support/BraveSoftware/Brave-Browser", Engine::chromium, "brave",
       "macos", "native"},
      {"/x/BraveSoftware/Brave-Browser", Engine::chromium, "brave", "", ""},
      {"/x/snap/chromium/common/chromium", Engine::chromium, "chromium", "linux", "snap"},
      {"/x/.var/app/com.google.Chrome/config/google-chrome", Engine::chromium, "chrome", "linux",
       "flatpak"},
      {"/copies/google-chrome", Engine::chromium, "chrome", "", ""},
      {"/copies/Google/Chrome/User Data", Engine::chromium, "chrome", "", ""},
      {"/copies/Mozilla/Firefox", Engine::firefox, "firefox", "", ""},
      {"/copies/.mozilla/firefox", Engine::firefox, "firefox", "linux", "native"},
      {"/copies/chromium", Engine::firefox, "", "", ""},
      {"/copies/my-google-chrome", Engine::chromium, "", "", ""},
      {"/", Engine::chromium, "", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    const BrowserPlace place = identify_root(row.path, row.engine);
    CHECK((place.browser == nullptr ? "" : place.browser->id) == row.browser);
    CHECK(place.system == row.system);
    CHECK(place.packaging == row.packaging);
  }
}

}  // namespace crumbs
