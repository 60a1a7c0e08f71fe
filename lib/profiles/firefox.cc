// Firefox: `profiles.ini` names the profiles, which may lie anywhere; `installs.ini` repeats the
// default of each installation (toolkit/profile/nsToolkitProfileService.cpp). A profile that the
// user has made in a group is in the group's database alone.
#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ascii.h"
#include "crumbs/error.h"
#include "diagnostics.h"
#include "formats/ini.h"
#include "profiles/firefox_groups.h"
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

/// Without "." and a slash at the end.
std::string trimmed(const fs::path& path) {
  std::string text = path.lexically_normal().string();
  if (text.ends_with('/')) text.pop_back();
  return text;
}

/// A profile that a list names.
struct ListedProfile {
  std::string list;  ///< relative to the root
  std::string path;  ///< as written, but for backslashes of Windows
  bool relative = true;
  std::string name, display_name;  ///< may be empty
};

class FirefoxRoot {
 public:
  FirefoxRoot(const BrowserPlace& root, const Discovery& discovery)
      : root_(root), browser_(browser_id(root, Engine::firefox)), discovery_(discovery) {}

  void add_all() {
    if (kind_below(root_.path, kProfilesIni) == PlaceKind::unreadable) {
      rest().missing.push_back(unreadable_place(root_.path, browser_));
      return;
    }
    read_groups();
    read_ini_files();
    for (const auto& [path, name] : grouped_) {
      const auto& [list, display_name] = name;
      add_listed({.list = list, .path = path, .name = "", .display_name = display_name});
    }
    add_unnamed("");
    add_unnamed("Profiles");
    hand_on();
  }

 private:
  static constexpr std::string_view kProfilesIni = "profiles.ini", kInstallsIni = "installs.ini";

  [[nodiscard]] FoundProfiles& rest() const { return discovery_.rest; }

  std::string read(std::string_view list) {
    return read_list(root_.path, list, browser_, rest().missing).value_or("");
  }

  void read_ini_files() {
    const auto profiles_ini = read(kProfilesIni), installs_ini = read(kInstallsIni);
    for (const IniSection& section : parse_ini(profiles_ini)) {
      if (!section.name.starts_with("Profile")) continue;
      add_named(kProfilesIni, section.get("Path"), section.get("Name"),
                section.get("IsRelative") != "0");
      note_group(section.get("StoreID"));
    }
    for (const auto& [list, text] :
         {std::pair(kProfilesIni, &profiles_ini), std::pair(kInstallsIni, &installs_ini)}) {
      for (const IniSection& section : parse_ini(*text)) {
        if (list == kInstallsIni || section.name.starts_with("Install"))
          add_named(list, section.get("Default"), "", true);
      }
    }
  }

  void add_named(std::string_view list, std::string_view path, std::string_view name,
                 bool relative) {
    const auto grouped = grouped_.find(trimmed(path));
    add_listed({.list = std::string(list),
                .path = std::string(path),
                .relative = relative,
                .name = std::string(name),
                .display_name = grouped == grouped_.end() ? "" : grouped->second.second});
  }

  /// The same path may be named twice.
  void add_listed(const ListedProfile& listed) {
    if (listed.path.empty() || !named_.insert(trimmed(listed.path)).second) return;
    const fs::path written = fs::path(listed.path).lexically_normal();
    const std::string full = listed.relative ? trimmed(root_.path / written) : listed.path;
    const bool inside = listed.relative && !written.is_absolute() && *written.begin() != "..";
    const ProfilePlace place = inside ? discovery_.reach.below(root_.path, trimmed(written))
                                      : discovery_.reach.named(full);
    if (place.readable) return add(place.path, listed.name, listed.display_name);
    rest().missing.push_back(
        missing_profile(full, place,
                        {(root_.path / listed.list).string(),
                         listed.name.empty() ? listed.display_name : listed.name},
                        browser_));
  }

  /// Reads what the databases of profile groups name.
  void read_groups() {
    const auto groups = list_folder(kProfileGroups);
    if (!groups) return;
    for (const DirectoryEntry& entry : groups->second.entries) {
      if (entry.name.ends_with(".sqlite")) read_group(groups->first, entry.name);
    }
  }

  void read_group(const fs::path& folder, const std::string& file) {
    const std::string list = (fs::path(kProfileGroups) / file).string();
    try {
      for (GroupedProfile& profile :
           read_profile_group(folder, file, discovery_.options.temp_dir)) {
        if (kind_below(root_.path, profile.path) == PlaceKind::absent)
          std::ranges::replace(profile.path, '\\', '/');
        grouped_.emplace(trimmed(profile.path), std::pair(list, profile.name));
      }
    } catch (const Error& error) {
      if (error.code() == ErrorCode::interrupted) throw;
      rest().missing.push_back(
          unreadable_list(root_.path / list, (folder / error.what()).string(), browser_));
    }
  }

  /// The group that a profile belongs to may be gone, and with it who else belonged to it.
  void note_group(std::string_view store_id) {
    if (store_id.empty()) return;
    const std::string list = fmt::format("{}/{}.sqlite", kProfileGroups, store_id);
    if (kind_below(root_.path, list) != PlaceKind::absent || !told_groups_.insert(list).second)
      return;
    const std::string file = (root_.path / list).string();
    rest().notes.push_back(make_diagnostic(
        DiagnosticCode::missing_file, Diagnostic::Severity::note,
        fmt::format("{}: named by profiles.ini, and not there: which profiles were in this group "
                    "is not known",
                    file),
        file));
  }

  /// A folder of the root as it is behind links; nullopt, and told, where it cannot be listed.
  std::optional<std::pair<fs::path, Listing>> list_folder(std::string_view folder) {
    const ProfilePlace place = discovery_.reach.below(root_.path, std::string(folder));
    const fs::path written = trimmed(root_.path / folder);
    if (!place.readable && (place.reason != MissingReason::absent || !place.target.empty()))
      rest().missing.push_back(missing_profile(
          written, place, {std::string(MissingProfile::kKnownPlace), ""}, browser_));
    if (!place.readable) return std::nullopt;
    Listing listing = list_below(place.path, "");
    if (!listing.listed()) rest().missing.push_back(unreadable_place(written, browser_));
    return std::pair(place.path, std::move(listing));
  }

  /// Profiles that were made with --profile, or that profiles.ini has forgotten.
  void add_unnamed(std::string_view folder) {
    const auto listed = list_folder(folder);
    if (!listed) return;
    for (const auto& [name, kind] : listed->second.entries) {
      if (kind == PlaceKind::directory || kind == PlaceKind::link)
        add_if_profile((fs::path(folder) / name).string());
    }
  }

  void add_if_profile(const std::string& relative) {
    const ProfilePlace place = discovery_.reach.below(root_.path, relative);
    const fs::path written = root_.path / relative;
    if (place.readable && is_firefox_profile(place.path))
      add(place.path, written.filename().string(), "not in profiles.ini");
    else if (!place.readable && is_salted_name(written.filename().string()))
      rest().missing.push_back(missing_profile(
          written, place, {std::string(MissingProfile::kKnownPlace), ""}, browser_));
  }

  struct Found {
    std::string name, display_name;
    fs::path path;
  };

  void add(const fs::path& path, const std::string& name, const std::string& display_name) {
    if (!added_.insert(path).second) return;
    found_.push_back({name.empty() ? path.filename().string() : name, display_name, path});
  }

  void hand_on() {
    std::ranges::sort(found_, [](const Found& left, const Found& right) {
      return left.name == right.name ? left.path < right.path : natural_less(left.name, right.name);
    });
    for (const Found& found : found_) {
      Profile profile =
          profile_of(root_, Engine::firefox, found.path, found.name, found.display_name);
      if (profile.system.empty()) profile.system = firefox_system(found.path);
      discovery_.on_profile(std::move(profile));
    }
  }

  const BrowserPlace& root_;
  std::string_view browser_;
  const Discovery& discovery_;
  /// By path: the list that names it, and what the user called it.
  std::map<std::string, std::pair<std::string, std::string>> grouped_;
  std::set<std::string> named_, told_groups_;  ///< paths
  std::set<fs::path> added_;
  std::vector<Found> found_;
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

void add_firefox_profiles(const BrowserPlace& root, const Discovery& discovery) {
  FirefoxRoot(root, discovery).add_all();
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
