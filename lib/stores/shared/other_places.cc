// Found by looking for a visited host's name in all files of real profiles (Chromium 156, Firefox
// 153); `Device Bound Sessions` by its source
// (net/device_bound_sessions/session_store_impl.cc), `Login Data` by
// components/password_manager/core/browser/password_store/login_database.cc, `logins.json` by
// toolkit/components/passwordmgr/storage-json.sys.mjs.
#include "stores/shared/other_places.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "system/directory.h"

namespace crumbs {
namespace {

struct KnownPlace {
  Engine engine;
  std::string_view path;
  std::string_view holds;
};

constexpr KnownPlace kKnown[] = {
    {Engine::chromium, "Cache", "what was downloaded"},
    {Engine::chromium, "Code Cache", "compiled scripts"},
    {Engine::chromium, "DIPS", "sites that track by redirecting"},
    {Engine::chromium, "Device Bound Sessions", "sessions bound to this device"},
    {Engine::chromium, "Favicons", "icons of visited pages"},
    {Engine::chromium, "File System", "files that sites keep"},
    {Engine::chromium, "History", "visited pages"},
    {Engine::chromium, "IndexedDB", "databases of sites"},
    {Engine::chromium, "Login Data", "saved logins"},
    {Engine::chromium, "Network Persistent State", "servers that were talked to"},
    {Engine::chromium, "Network/Device Bound Sessions", "sessions bound to this device"},
    {Engine::chromium, "Network/Network Persistent State", "servers that were talked to"},
    {Engine::chromium, "Network/Reporting and NEL", "where sites want errors reported"},
    {Engine::chromium, "Network/TransportSecurity", "sites that demand HTTPS, hashed"},
    {Engine::chromium, "Network/Trust Tokens", "tokens that sites have issued"},
    {Engine::chromium, "Preferences", "settings for sites and use of them"},
    {Engine::chromium, "Reporting and NEL", "where sites want errors reported"},
    {Engine::chromium, "Service Worker", "scripts and answers that sites keep"},
    {Engine::chromium, "Session Storage", "storage of open tabs"},
    {Engine::chromium, "Sessions", "open tabs and windows"},
    {Engine::chromium, "Sessions_Encrypted", "open tabs and windows"},
    {Engine::chromium, "Top Sites", "pages visited most"},
    {Engine::chromium, "TransportSecurity", "sites that demand HTTPS, hashed"},
    {Engine::chromium, "Trust Tokens", "tokens that sites have issued"},
    {Engine::chromium, "WebStorage", "storage and quota of sites"},
    {Engine::chromium, "shared_proto_db", "what the browser has learnt of sites"},
    {Engine::firefox, "SiteSecurityServiceState.bin", "sites that demand HTTPS"},
    {Engine::firefox, "bounce-tracking-protection.sqlite", "sites that track by redirecting"},
    {Engine::firefox, "cache2", "what was downloaded"},
    {Engine::firefox, "content-prefs.sqlite", "settings for sites"},
    {Engine::firefox, "favicons.sqlite", "icons of visited pages"},
    {Engine::firefox, "logins.json", "saved logins"},
    {Engine::firefox, "permissions.sqlite", "what sites may do"},
    {Engine::firefox, "places.sqlite", "visited pages and bookmarks"},
    {Engine::firefox, "protections.sqlite", "trackers that were blocked"},
    {Engine::firefox, "storage/private", "storage of private windows"},
    {Engine::firefox, "storage/temporary", "databases and caches of sites"},
    {Engine::firefox, "storage.sqlite", "sites that keep something"},
};

/// Whether an origin of Firefox keeps more than local storage.
bool has_other_storage(const std::filesystem::path& profile) {
  constexpr std::string_view kOrigins = "storage/default";
  constexpr std::array<std::string_view, 3> kOthers{"idb", "cache", "fs"};
  return std::ranges::any_of(list_below(profile, kOrigins).entries,
                             [&](const DirectoryEntry& origin) {
                               const std::filesystem::path place = profile / kOrigins / origin.name;
                               return origin.kind == PlaceKind::directory &&
                                      std::ranges::any_of(kOthers, [&](std::string_view other) {
                                        return kind_below(place, other) == PlaceKind::directory;
                                      });
                             });
}

bool is_there(PlaceKind kind) {
  return kind != PlaceKind::absent && kind != PlaceKind::unreadable;
}

}  // namespace

std::vector<OtherPlace> other_places(const Profile& profile) {
  std::vector<OtherPlace> places;
  if (profile.only_store) return places;
  for (const KnownPlace& known : kKnown) {
    if (known.engine == profile.engine && is_there(kind_below(profile.path, known.path)))
      places.push_back({std::string(known.path), std::string(known.holds)});
  }
  if (profile.engine == Engine::firefox && has_other_storage(profile.path))
    places.push_back({"storage/default", "databases, caches and files of sites"});
  return places;
}

}  // namespace crumbs
