// Firefox: `profiles.ini` names the profiles, which may lie anywhere; `installs.ini` repeats the
// default of each installation (toolkit/profile/nsToolkitProfileService.cpp).
#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "ascii.h"
#include "formats/ini.h"
#include "profiles/profiles.h"
#include "stores/shared/names.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

/// `xxxxxxxx.name`, as Firefox calls the directories that it makes
/// (toolkit/profile/nsToolkitProfileService.cpp, SaltProfileName).
bool is_salted_name(std::string_view name) {
  constexpr std::size_t kSalt = 8;
  return name.size() > kSalt + 1 && name[kSalt] == '.' &&
         std::ranges::all_of(name.substr(0, kSalt), is_alphanumeric);
}

class FirefoxRoot {
 public:
  FirefoxRoot(const BrowserPlace& root, const Reach& reach, FoundProfiles& found)
      : root_(root), browser_(browser_id(root, Engine::firefox)), reach_(reach), found_(found) {}

  void add_all() {
    if (kind_below(root_.path, kProfilesIni) == PlaceKind::unreadable) {
      found_.missing.push_back(unreadable_place(root_.path, browser_));
      return;
    }
    const auto profiles_ini = read(kProfilesIni), installs_ini = read(kInstallsIni);
    for (const IniSection& section : parse_ini(profiles_ini)) {
      if (section.name.starts_with("Profile"))
        add_named(kProfilesIni, section.get("Path"), section.get("Name"),
                  section.get("IsRelative") != "0");
    }
    for (const auto& [list, text] :
         {std::pair(kProfilesIni, &profiles_ini), std::pair(kInstallsIni, &installs_ini)}) {
      for (const IniSection& section : parse_ini(*text)) {
        if (list == kInstallsIni || section.name.starts_with("Install"))
          add_named(list, section.get("Default"), "", true);
      }
    }
    add_unnamed("");
    add_unnamed("Profiles");
  }

 private:
  static constexpr std::string_view kProfilesIni = "profiles.ini", kInstallsIni = "installs.ini";

  std::string read(std::string_view list) {
    return read_list(root_.path, list, browser_, found_.missing).value_or("");
  }

  /// The same path may be named twice.
  void add_named(std::string_view list, std::string_view path, std::string_view name,
                 bool relative) {
    if (path.empty() || !named_.emplace(path).second) return;
    const fs::path written = fs::path(path).lexically_normal();
    const std::string full = relative ? trimmed(root_.path / written) : std::string(path);
    const bool inside = relative && !written.is_absolute() && *written.begin() != "..";
    const ProfilePlace place =
        inside ? reach_.below(root_.path, trimmed(written)) : reach_.named(full);
    if (place.readable) return add(place.path, std::string(name), "");
    found_.missing.push_back(
        missing_profile(full, place, {(root_.path / list).string(), std::string(name)}, browser_));
  }

  static std::string trimmed(const fs::path& path) {
    std::string text = path.lexically_normal().string();
    if (text.ends_with('/')) text.pop_back();
    return text;
  }

  /// Profiles that were made with --profile, or that profiles.ini has forgotten.
  void add_unnamed(const std::string& folder) {
    const ProfilePlace place = reach_.below(root_.path, folder);
    const fs::path written = trimmed(root_.path / folder);
    if (!place.target.empty())
      found_.missing.push_back(missing_profile(
          written, place, {std::string(MissingProfile::kKnownPlace), ""}, browser_));
    if (!place.readable) return;
    const Listing listing = list_below(place.path, "");
    if (!listing.listed()) found_.missing.push_back(unreadable_place(written, browser_));
    for (const auto& [name, kind] : listing.entries) {
      if (kind == PlaceKind::directory || kind == PlaceKind::link)
        add_if_profile((fs::path(folder) / name).string());
    }
  }

  void add_if_profile(const std::string& relative) {
    const ProfilePlace place = reach_.below(root_.path, relative);
    const fs::path written = root_.path / relative;
    if (place.readable && is_firefox_profile(place.path))
      add(place.path, written.filename().string(), "not in profiles.ini");
    else if (!place.readable && is_salted_name(written.filename().string()))
      found_.missing.push_back(missing_profile(
          written, place, {std::string(MissingProfile::kKnownPlace), ""}, browser_));
  }

  void add(const fs::path& place, const std::string& name, const std::string& display_name) {
    if (!added_.insert(place).second) return;
    Profile profile = profile_of(root_, Engine::firefox, place,
                                 name.empty() ? place.filename().string() : name, display_name);
    if (profile.system.empty()) profile.system = firefox_system(place);
    found_.profiles.push_back(std::move(profile));
  }

  const BrowserPlace& root_;
  std::string_view browser_;
  const Reach& reach_;
  FoundProfiles& found_;
  std::set<std::string, std::less<>> named_;  ///< paths as written
  std::set<fs::path> added_;
};

}  // namespace

bool is_firefox_profile(const fs::path& directory) {
  return holds_stores(directory, Engine::firefox);
}

bool has_profile_list(const fs::path& directory) {
  return kind_below(directory, "profiles.ini") == PlaceKind::file ||
         kind_below(directory, "installs.ini") == PlaceKind::file;
}

bool is_folder_of_profiles(const fs::path& directory) {
  const Listing listing = list_below(directory, "Profiles");
  return listing.listed() && std::ranges::any_of(listing.entries, [&](const DirectoryEntry& entry) {
           return entry.kind == PlaceKind::directory &&
                  is_firefox_profile(directory / "Profiles" / entry.name);
         });
}

void add_firefox_profiles(const BrowserPlace& root, const Reach& reach, FoundProfiles& found) {
  FirefoxRoot(root, reach, found).add_all();
}

std::string firefox_system(const fs::path& profile) {
  std::vector<MissingProfile> ignored;
  const auto text = read_list(profile, "compatibility.ini", "", ignored);
  if (!text) return "";
  for (const IniSection& section : parse_ini(*text)) {
    const std::string_view abi = section.get("LastOSABI");
    if (abi.starts_with("Linux")) return "linux";
    if (abi.starts_with("Darwin")) return "macos";
    if (abi.starts_with("WINNT")) return "windows";
  }
  return "";
}

}  // namespace crumbs
