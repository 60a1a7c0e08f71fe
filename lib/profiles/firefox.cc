// Firefox: `profiles.ini` names the profiles, which may lie anywhere; `installs.ini` repeats the
// default of each installation (toolkit/profile/nsToolkitProfileService.cpp).
#include <algorithm>
#include <utility>

#include "formats/ini.h"
#include "profiles/profiles.h"
#include "stores/shared/names.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

struct Named {
  std::string name;
  std::string path;  ///< as written
  bool relative = true;
};

/// What the two files name; the same path may come twice.
std::vector<Named> named_profiles(const std::string& profiles_ini,
                                  const std::string& installs_ini) {
  std::vector<Named> named, defaults;
  for (const IniSection& section : parse_ini(profiles_ini)) {
    if (section.name.starts_with("Profile"))
      named.push_back({std::string(section.get("Name")), std::string(section.get("Path")),
                       section.get("IsRelative") != "0"});
    if (section.name.starts_with("Install"))
      defaults.push_back({"", std::string(section.get("Default")), true});
  }
  for (const IniSection& section : parse_ini(installs_ini))
    defaults.push_back({"", std::string(section.get("Default")), true});
  std::ranges::move(defaults, std::back_inserter(named));
  std::erase_if(named, [](const Named& profile) { return profile.path.empty(); });
  return named;
}

bool is_windows_path(std::string_view path) {
  return path.size() > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/');
}

/// `C:\Users\a` as seen from the root of its drive: `/Users/a`.
fs::path from_drive_root(const std::string& path) {
  if (!is_windows_path(path)) return path;
  std::string slashed = path.substr(2);
  std::ranges::replace(slashed, '\\', '/');
  return slashed;
}

class FirefoxRoot {
 public:
  FirefoxRoot(const BrowserPlace& root, const AbsolutePaths& absolute,
              std::vector<Diagnostic>& diagnostics)
      : root_(root), absolute_(absolute), diagnostics_(diagnostics) {}

  std::vector<Profile> profiles() {
    if (kind_below(root_.path, "profiles.ini") == PlaceKind::unreadable) {
      note_skipped(diagnostics_, root_.path, PlaceKind::unreadable);
      return {};
    }
    const auto profiles_ini = read_noted(root_.path, "profiles.ini", diagnostics_);
    const auto installs_ini = read_noted(root_.path, "installs.ini", diagnostics_);
    for (const Named& named : named_profiles(profiles_ini.value_or(""), installs_ini.value_or("")))
      add_named(named);
    add_unnamed("");
    add_unnamed("Profiles");
    return std::move(profiles_);
  }

 private:
  void add_named(const Named& named) {
    const bool relative = named.relative && !fs::path(named.path).is_absolute();
    const auto place = relative ? inside_root(named.path) : elsewhere(named.path);
    if (place) add(*place, named.name, "");
  }

  /// A relative path that stays below the root, through no link.
  std::optional<fs::path> inside_root(const std::string& written) {
    const fs::path relative = fs::path(written).lexically_normal();
    const fs::path place = (root_.path / relative).lexically_normal();
    if (*relative.begin() == "..") return elsewhere(place.string());
    return accept(place, kind_below(root_.path, trimmed(relative)));
  }

  /// A path that leaves the root.
  std::optional<fs::path> elsewhere(const std::string& written) {
    switch (absolute_.meaning) {
      case AbsolutePaths::Meaning::here:
        return accept(written, kind_below(written, ""));
      case AbsolutePaths::Meaning::inside: {
        fs::path failed;
        const auto place = follow_inside(absolute_.image, seen_inside(written), failed);
        return accept(place.value_or(written), !failed.empty() ? PlaceKind::unreadable
                                               : place         ? kind_below(*place, "")
                                                               : PlaceKind::absent);
      }
      case AbsolutePaths::Meaning::refused:
        note_place(diagnostics_, DiagnosticCode::outside_root, Diagnostic::Severity::note, written,
                   "named by a copied profiles.ini, a path of another machine");
        return std::nullopt;
    }
    return std::nullopt;
  }

  /// A path that is already below the image, as one that leaves the root with `..` is, stays so.
  [[nodiscard]] fs::path seen_inside(const std::string& written) const {
    const fs::path below = fs::path(written).lexically_relative(absolute_.image);
    const bool is_below = !below.empty() && *below.begin() != "..";
    return is_below ? "/" / below : from_drive_root(written);
  }

  static std::string trimmed(const fs::path& relative) {
    std::string text = relative.string();
    if (text.ends_with('/')) text.pop_back();
    return text;
  }

  std::optional<fs::path> accept(const fs::path& place, PlaceKind kind) {
    if (kind == PlaceKind::directory) return trimmed(place);
    if (kind == PlaceKind::link || kind == PlaceKind::unreadable)
      note_skipped(diagnostics_, place, kind);
    else
      note_place(diagnostics_, DiagnosticCode::missing_profile, Diagnostic::Severity::note, place,
                 "named by profiles.ini, but there is no such directory");
    return std::nullopt;
  }

  /// Profiles that were made with --profile, or that profiles.ini has forgotten.
  void add_unnamed(const std::string& folder) {
    const Listing listing = list_below(root_.path, folder);
    if (listing.state == Listing::State::denied || listing.state == Listing::State::cut_off)
      note_skipped(diagnostics_, trimmed(root_.path / folder), PlaceKind::unreadable);
    for (const auto& [name, kind] : listing.entries) {
      const fs::path place = root_.path / folder / name;
      if (kind == PlaceKind::directory && is_firefox_profile(place))
        add(place, "", "not in profiles.ini");
    }
  }

  void add(const fs::path& place, const std::string& name, const std::string& display_name) {
    if (std::ranges::find(profiles_, place, &Profile::path) != profiles_.end()) return;
    Profile profile = profile_of(root_, Engine::firefox);
    profile.name = name.empty() ? place.filename().string() : name;
    profile.display_name = display_name;
    profile.path = place;
    profile.user_data_dir = root_.path;
    profiles_.push_back(std::move(profile));
  }

  const BrowserPlace& root_;
  const AbsolutePaths& absolute_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Profile> profiles_;
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

std::vector<Profile> firefox_profiles(const BrowserPlace& root, const AbsolutePaths& absolute,
                                      std::vector<Diagnostic>& diagnostics) {
  return FirefoxRoot(root, absolute, diagnostics).profiles();
}

std::string firefox_system(const fs::path& profile) {
  std::vector<Diagnostic> ignored;
  const auto text = read_noted(profile, "compatibility.ini", ignored);
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
