#include "profiles/browsers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <span>
#include <sstream>

#include "support/browser_trees.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using namespace test;
using Strings = std::vector<std::string>;

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
    {".config/ungoogled-chromium", "ungoogled-chromium", "ungoogled-chromium", "linux", "native"},
    {".var/app/io.github.ungoogled_software.ungoogled_chromium/config/chromium",
     "ungoogled-chromium", "ungoogled-chromium (Flatpak)", "linux", "flatpak"},
    {"snap/chromium/current/.config/chromium", "chromium", "Chromium (Snap)", "linux", "snap"},
    {".var/app/com.microsoft.EdgeDev/config/microsoft-edge-dev", "edge-dev",
     "Microsoft Edge Dev (Flatpak)", "linux", "flatpak"},
    {".config/vivaldi-snapshot", "vivaldi-snapshot", "Vivaldi Snapshot", "linux", "native"},
    {"Library/Application Support/Vivaldi Snapshot", "vivaldi-snapshot", "Vivaldi Snapshot",
     "macos", "native"},
    {"AppData/Local/Vivaldi Snapshot/User Data", "vivaldi-snapshot", "Vivaldi Snapshot", "windows",
     "native"},
    {".config/opera-beta", "opera-beta", "Opera Beta", "linux", "native"},
    {"Library/Application Support/com.operasoftware.OperaNext", "opera-beta", "Opera Beta", "macos",
     "native"},
    {"AppData/Roaming/Opera Software/Opera Beta", "opera-beta", "Opera Beta", "windows", "native"},
    {"AppData/Roaming/Opera Software/Opera Next", "opera-beta", "Opera Beta", "windows", "native"},
    {"snap/opera-beta/current/.config/opera-beta", "opera-beta", "Opera Beta (Snap)", "linux",
     "snap"},
    {".config/opera-developer", "opera-developer", "Opera Developer", "linux", "native"},
    {"Library/Application Support/com.operasoftware.OperaDeveloper", "opera-developer",
     "Opera Developer", "macos", "native"},
    {"AppData/Roaming/Opera Software/Opera Developer", "opera-developer", "Opera Developer",
     "windows", "native"},
    {".config/yandex-browser", "yandex", "Yandex Browser", "linux", "native"},
    {"Library/Application Support/Yandex/YandexBrowser", "yandex", "Yandex Browser", "macos",
     "native"},
    {"AppData/Local/Yandex/YandexBrowser/User Data", "yandex", "Yandex Browser", "windows",
     "native"},
    {".var/app/ru.yandex.Browser/config/yandex-browser", "yandex", "Yandex Browser (Flatpak)",
     "linux", "flatpak"},
    {".config/yandex-browser-beta", "yandex-beta", "Yandex Browser Beta", "linux", "native"},
    {".config/naver-whale", "whale", "NAVER Whale", "linux", "native"},
    {"Library/Application Support/Naver/Whale", "whale", "NAVER Whale", "macos", "native"},
    {"AppData/Local/Naver/Naver Whale/User Data", "whale", "NAVER Whale", "windows", "native"},
    {".config/thorium", "thorium", "Thorium", "linux", "native"},
    {"Library/Application Support/Thorium", "thorium", "Thorium", "macos", "native"},
    {"AppData/Local/Thorium/User Data", "thorium", "Thorium", "windows", "native"},
    {".config/net.imput.helium", "helium", "Helium", "linux", "native"},
    {"Library/Application Support/net.imput.helium", "helium", "Helium", "macos", "native"},
    {"AppData/Local/imput/Helium/User Data", "helium", "Helium", "windows", "native"},
    {".config/iridium", "iridium", "Iridium", "linux", "native"},
    {"Library/Application Support/Iridium", "iridium", "Iridium", "macos", "native"},
    {"AppData/Local/Iridium/User Data", "iridium", "Iridium", "windows", "native"},
    {".config/cromite", "cromite", "Cromite", "linux", "native"},
    {"Library/Application Support/Arc/User Data", "arc", "Arc", "macos", "native"},
    {"AppData/Local/Packages/TheBrowserCompany.Arc_ttt1ap7aakyb4/LocalCache/Local/Arc/User Data",
     "arc", "Arc", "windows", "native"},
    {"Library/Application Support/Dia/User Data", "dia", "Dia", "macos", "native"},
    {"Library/Application Support/Perplexity/Comet", "comet", "Comet", "macos", "native"},
    {"AppData/Local/Perplexity/Comet/User Data", "comet", "Comet", "windows", "native"},
    {"Library/Application Support/Coccoc", "coccoc", "Cốc Cốc", "macos", "native"},
    {"Library/Application Support/CocCoc/Browser", "coccoc", "Cốc Cốc", "macos", "native"},
    {"AppData/Local/CocCoc/Browser/User Data", "coccoc", "Cốc Cốc", "windows", "native"},
    {"Library/Application Support/HiddenReflex/Epic", "epic", "Epic Privacy Browser", "macos",
     "native"},
    {"AppData/Local/Epic Privacy Browser/User Data", "epic", "Epic Privacy Browser", "windows",
     "native"},
    {"AppData/Local/Comodo/Dragon/User Data", "comodo-dragon", "Comodo Dragon", "windows",
     "native"},
    {"AppData/Local/360Chrome/Chrome/User Data", "qihoo-extreme", "360 Extreme Browser", "windows",
     "native"},
    {"AppData/Local/360ChromeX/Chrome/User Data", "qihoo-extreme", "360 Extreme Browser", "windows",
     "native"},
    {"AppData/Roaming/360se6/User Data", "qihoo-secure", "360 Secure Browser", "windows", "native"},
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
    {"AppData/Local/Packages/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Roaming/Mozilla/Firefox",
     "firefox", "Firefox", "windows", "native"},
    {".zen", "zen", "Zen Browser", "linux", "native"},
    {".config/zen", "zen", "Zen Browser", "linux", "native"},
    {"Library/Application Support/zen", "zen", "Zen Browser", "macos", "native"},
    {"AppData/Roaming/zen", "zen", "Zen Browser", "windows", "native"},
    {".var/app/app.zen_browser.zen/.zen", "zen", "Zen Browser (Flatpak)", "linux", "flatpak"},
    {".floorp", "floorp", "Floorp", "linux", "native"},
    {"Library/Application Support/Floorp", "floorp", "Floorp", "macos", "native"},
    {"AppData/Roaming/Floorp", "floorp", "Floorp", "windows", "native"},
    {".var/app/one.ablaze.floorp/.floorp", "floorp", "Floorp (Flatpak)", "linux", "flatpak"},
    {".moonchild productions/pale moon", "palemoon", "Pale Moon", "linux", "native"},
    {"Library/Application Support/Pale Moon", "palemoon", "Pale Moon", "macos", "native"},
    {"AppData/Roaming/Moonchild Productions/Pale Moon", "palemoon", "Pale Moon", "windows",
     "native"},
    {".moonchild productions/basilisk", "basilisk", "Basilisk", "linux", "native"},
    {"AppData/Roaming/Moonchild Productions/Basilisk", "basilisk", "Basilisk", "windows", "native"},
    {".mozilla/seamonkey", "seamonkey", "SeaMonkey", "linux", "native"},
    {"Library/Application Support/SeaMonkey", "seamonkey", "SeaMonkey", "macos", "native"},
    {"AppData/Roaming/Mozilla/SeaMonkey", "seamonkey", "SeaMonkey", "windows", "native"},
    {".mozilla/icecat", "icecat", "GNU IceCat", "linux", "native"},
    {"AppData/Roaming/Comodo/IceDragon", "icedragon", "Comodo IceDragon", "windows", "native"},
    {".mullvad-browser", "mullvad", "Mullvad Browser", "linux", "native"},
    {"AppData/Roaming/Mullvad/MullvadBrowser", "mullvad", "Mullvad Browser", "windows", "native"},
    {".local/share/torbrowser/tbb/x86_64/tor-browser/Browser/TorBrowser/Data/Browser",
     "tor-browser", "Tor Browser", "linux", "native"},
    {"Library/Application Support/TorBrowser-Data/Browser", "tor-browser", "Tor Browser", "macos",
     "native"},
};

void check_known(const Profile& profile, const Known& known, const fs::path& root) {
  CHECK(profile.id == "");
  CHECK(profile.browser == known.browser);
  CHECK(profile.browser_name == known.name);
  CHECK(profile.system == known.system);
  CHECK(profile.packaging == known.packaging);
  CHECK(profile.user_data_dir == root);
  CHECK_FALSE(profile.only_store.has_value());
}

}  // namespace

TEST_CASE("every browser is found in its place on every system, below a home or an image") {
  for (const bool chromium : {true, false}) {
    for (const Known& known : chromium ? std::span<const Known>(kChromium) : kFirefox) {
      CAPTURE(known.root);
      for (const char* home : {"", "home/alice", "Users/alice", "root"}) {
        const TempDir directory;
        const fs::path root = directory.path() / home / known.root;
        chromium ? make_chromium(root) : make_firefox(root);
        const bool live = *home == '\0';
        const auto found = find_all(in_root(directory.path()), directory.path());
        REQUIRE(found.size() == 1);
        check_known(found[0], known, root);
        CHECK(found[0].running == Running{std::nullopt, "--root reads a copy"});
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
  const TempDir home;
  for (const Known& known : kChromium) make_chromium(home.path() / known.root);
  for (const Known& known : kFirefox) make_firefox(home.path() / known.root);
  const auto found = find_all(in_home(home.path()), home.path());
  CHECK(found.size() == std::size(kChromium) + std::size(kFirefox));
  Strings ids;
  for (const Profile& profile : found) ids.push_back(profile.browser);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  CHECK(ids == Strings{"chrome",
                       "chrome-beta",
                       "chrome-unstable",
                       "chrome-canary",
                       "chrome-for-testing",
                       "chromium",
                       "ungoogled-chromium",
                       "edge",
                       "edge-beta",
                       "edge-dev",
                       "edge-canary",
                       "brave",
                       "brave-beta",
                       "brave-nightly",
                       "vivaldi",
                       "vivaldi-snapshot",
                       "opera",
                       "opera-beta",
                       "opera-developer",
                       "opera-gx",
                       "yandex",
                       "yandex-beta",
                       "whale",
                       "thorium",
                       "helium",
                       "iridium",
                       "cromite",
                       "arc",
                       "dia",
                       "comet",
                       "coccoc",
                       "epic",
                       "comodo-dragon",
                       "qihoo-extreme",
                       "qihoo-secure",
                       "firefox",
                       "librewolf",
                       "waterfox",
                       "zen",
                       "floorp",
                       "palemoon",
                       "basilisk",
                       "seamonkey",
                       "icecat",
                       "icedragon",
                       "mullvad",
                       "tor-browser"});
}

TEST_CASE("the services of Windows and the root of a system have homes, too") {
  const TempDir image;
  for (const char* home :
       {"root", "var/root", "Windows/System32/config/systemprofile",
        "Windows/SysWOW64/config/systemprofile", "Windows/ServiceProfiles/LocalService"})
    make_chromium(image.path() / home / "AppData/Local/Google/Chrome/User Data");
  const auto found = find_all(in_root(image.path()), image.path());
  CHECK(found.size() == 5);
  for (const Profile& profile : found) CHECK(profile.browser == "chrome");
}

TEST_CASE("crumbs-profiles(1) has the id of every browser") {
  std::istringstream page(read_file(source_dir() / "man/crumbs-profiles.1"));
  std::set<std::string> words;
  for (std::string word; page >> word;) words.insert(word);
  for (const Browser& browser : browsers()) {
    CAPTURE(browser.id);
    CHECK(words.contains(std::string(browser.id)));
  }
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
