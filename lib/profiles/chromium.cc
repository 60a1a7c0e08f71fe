// Chromium: a user-data directory holds `Local State` and one directory a profile
// (chrome/browser/profiles/profile_attributes_storage.cc: profile.info_cache). Opera's older
// versions, and programs that embed Chromium, keep the one profile in the root itself.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "diagnostics.h"
#include "profiles/profiles.h"
#include "stores/shared/names.h"
#include "system/directory.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;
constexpr int kMaxDepth = 32;

/// nullopt: not JSON. Parts nested deeper than kMaxDepth are left out.
std::optional<json> parse_bounded(const std::string& text) {
  const auto keep = [](int depth, json::parse_event_t /*event*/, json& /*parsed*/) {
    return depth <= kMaxDepth;
  };
  json parsed = json::parse(text, keep, false);
  if (parsed.is_discarded()) return std::nullopt;
  return parsed;
}

/// The member, or null where there is none or `object` is no object.
const json& member(const json& object, const char* name) {
  static const json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

/// Directory names of the profiles that `Local State` knows, with what the user called them.
using ProfileNames = std::map<std::string, std::string, std::less<>>;

ProfileNames profile_names(const json& local_state) {
  ProfileNames names;
  const json& cache = member(member(local_state, "profile"), "info_cache");
  if (!cache.is_object()) return names;
  for (const auto& [directory, info] : cache.items()) {
    const json& name = member(info, "name");
    names.emplace(directory, name.is_string() ? name.get<std::string>() : std::string());
  }
  return names;
}

constexpr std::string_view kLocalState = "Local State", kSnapshots = "Snapshots";

json read_local_state(const fs::path& root, std::string_view browser, FoundProfiles& found) {
  const auto text = read_list(root, kLocalState, browser, found.missing);
  if (!text) return {};
  if (auto parsed = parse_bounded(*text)) return *std::move(parsed);
  const std::string file = (root / kLocalState).string();
  found.notes.push_back(make_diagnostic(
      DiagnosticCode::corrupt, Diagnostic::Severity::note,
      fmt::format("{}: not JSON; profiles are told by their files alone", file), file));
  return {};
}

/// Empty where it does not say. Only on Windows the key is kept in this file, wrapped by DPAPI
/// (components/os_crypt/sync/os_crypt_win.cc).
std::string system_of(const json& local_state) {
  return member(member(local_state, "os_crypt"), "encrypted_key").is_string() ? "windows" : "";
}

bool has_profile_name(std::string_view name) {
  return name == "Default" || name == "Guest Profile" || name == "System Profile" ||
         name.starts_with("Profile ");
}

/// A name that is no path. Anything else would lead out of the user-data directory.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos;
}

class UserDataDir {
 public:
  UserDataDir(const BrowserPlace& root, const Reach& reach, FoundProfiles& found)
      : root_(root), browser_(browser_id(root, Engine::chromium)), reach_(reach), found_(found) {}

  void add_all() {
    const Listing listing = list_below(root_.path, "");
    if (!listing.listed()) {
      found_.missing.push_back(unreadable_place(root_.path, browser_));
      return;
    }
    const json local_state = read_local_state(root_.path, browser_, found_);
    system_ = system_of(local_state);
    ProfileNames names = profile_names(local_state);
    if (is_chromium_profile(root_.path)) {
      add(root_.path, root_.path.filename().string(), "");
      names.erase(root_.path.filename().string());
      names.erase("");
    }
    for (const auto& [name, kind] : listing.entries) {
      const auto known = names.find(name);
      if (known == names.end()) {
        add_unnamed(name, kind);
      } else {
        add_named(name, known->second);
        names.erase(known);
      }
    }
    for (const auto& [name, display_name] : names) add_named(name, display_name);
    add_snapshots();
  }

 private:
  /// `Local State` names it.
  void add_named(const std::string& name, const std::string& display_name) {
    ProfilePlace place{.readable = false,
                       .path = root_.path / name,
                       .reason = MissingReason::outside,
                       .target = {}};
    if (is_plain_name(name)) place = searchable(name);
    if (place.readable) return add(place.path, name, display_name);
    found_.missing.push_back(missing_profile(
        root_.path / name, place, {(root_.path / kLocalState).string(), name}, browser_));
  }

  void add_unnamed(const std::string& name, PlaceKind kind) {
    // `Network` is a part of a profile, and it holds a file `Cookies` as a profile does.
    if ((kind != PlaceKind::directory && kind != PlaceKind::link) || name == "Network") return;
    const ProfilePlace place = searchable(name);
    if (place.readable && is_chromium_profile(place.path))
      add(place.path, name, "");
    else if (!place.readable && has_profile_name(name))
      found_.missing.push_back(missing_profile(
          root_.path / name, place, {std::string(MissingProfile::kKnownPlace), name}, browser_));
  }

  /// Before an update that cannot be undone Chromium copies its profiles to `Snapshots/VERSION`
  /// (chrome/browser/downgrade/snapshot_manager.cc).
  void add_snapshots() {
    const Listing versions = list_below(root_.path, kSnapshots);
    if (!versions.listed() && versions.state != Listing::State::absent)
      found_.missing.push_back(unreadable_place(root_.path / kSnapshots, browser_));
    for (const DirectoryEntry& version : versions.entries) {
      const fs::path snapshot = root_.path / kSnapshots / version.name;
      for (const DirectoryEntry& entry : list_below(snapshot, "").entries) {
        const bool is_profile =
            entry.kind == PlaceKind::directory && is_chromium_profile(snapshot / entry.name);
        if (version.kind != PlaceKind::directory || !is_profile) continue;
        add(snapshot / entry.name, entry.name, "snapshot of " + version.name);
        found_.profiles.back().archived = true;
      }
    }
  }

  [[nodiscard]] ProfilePlace searchable(const std::string& name) const {
    ProfilePlace place = reach_.below(root_.path, name);
    if (place.readable && kind_below(place.path, "Preferences") == PlaceKind::unreadable) {
      place.readable = false;
      place.reason = MissingReason::unreadable;
    }
    return place;
  }

  void add(const fs::path& directory, const std::string& name, const std::string& display_name) {
    found_.profiles.push_back(profile_of(root_, Engine::chromium, directory, name, display_name));
    if (root_.system.empty()) found_.profiles.back().system = system_;
  }

  const BrowserPlace& root_;
  std::string_view browser_;
  const Reach& reach_;
  FoundProfiles& found_;
  std::string system_;  ///< as `Local State` tells it
};

}  // namespace

bool is_chromium_profile(const fs::path& directory) {
  return holds_stores(directory, Engine::chromium) ||
         kind_below(directory, "Preferences") == PlaceKind::file;
}

bool is_user_data_dir(const fs::path& directory) {
  constexpr std::array<std::string_view, 5> kMarks{"Local State", "SingletonLock", "First Run",
                                                   "Last Version", "lockfile"};
  return std::ranges::any_of(kMarks, [&](std::string_view name) {
    return kind_below(directory, name) != PlaceKind::absent;
  });
}

void add_chromium_profiles(const BrowserPlace& root, const Reach& reach, FoundProfiles& found) {
  UserDataDir(root, reach, found).add_all();
}

}  // namespace crumbs
