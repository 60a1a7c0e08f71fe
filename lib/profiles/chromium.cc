// Chromium: a user-data directory holds `Local State` and one directory a profile. Opera's older
// versions, and programs that embed Chromium, keep the one profile in the root itself.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "diagnostics.h"
#include "profiles/local_state.h"
#include "profiles/profiles.h"
#include "stores/shared/names.h"
#include "system/directory.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kLocalState = "Local State", kSnapshots = "Snapshots";

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
  UserDataDir(const BrowserPlace& root, const Discovery& discovery)
      : root_(root), browser_(browser_id(root, Engine::chromium)), discovery_(discovery) {}

  void add_all() {
    const Listing listing = list_below(root_.path, "");
    if (!listing.listed()) {
      rest().missing.push_back(unreadable_place(root_.path, browser_));
      return;
    }
    read_local_state();
    if (is_chromium_profile(root_.path)) {
      add(root_.path, root_.path.filename().string(), "", false);
      state_.names.erase(root_.path.filename().string());
      state_.names.erase("");
    }
    for (const auto& [name, kind] : candidates(listing)) {
      const auto known = state_.names.find(name);
      if (known == state_.names.end())
        add_unnamed(name, kind);
      else
        add_named(name, known->second);
    }
    add_snapshots();
  }

 private:
  [[nodiscard]] FoundProfiles& rest() const { return discovery_.rest; }

  void read_local_state() {
    const auto text = read_list(root_.path, kLocalState, browser_, rest().missing);
    if (!text) return;
    if (auto state = parse_local_state(*text)) {
      state_ = *std::move(state);
      return;
    }
    const std::string file = (root_.path / kLocalState).string();
    rest().notes.push_back(make_diagnostic(
        DiagnosticCode::corrupt, Diagnostic::Severity::note,
        fmt::format("{}: not JSON; profiles are told by their files alone", file), file));
  }

  /// What lies in the root, and what `Local State` names besides, in the order of the report.
  [[nodiscard]] std::vector<DirectoryEntry> candidates(const Listing& listing) const {
    std::vector<DirectoryEntry> all = listing.entries;
    for (const auto& [name, display_name] : state_.names) {
      if (!std::ranges::binary_search(listing.entries, name, {}, &DirectoryEntry::name))
        all.push_back({name, PlaceKind::absent});
    }
    std::ranges::stable_sort(all, natural_less, &DirectoryEntry::name);
    return all;
  }

  /// `Local State` names it.
  void add_named(const std::string& name, const std::string& display_name) {
    ProfilePlace place{.readable = false,
                       .path = root_.path / name,
                       .reason = MissingReason::outside,
                       .target = {}};
    if (is_plain_name(name)) place = searchable(name);
    if (place.readable) return add(place.path, name, display_name, false);
    rest().missing.push_back(missing_profile(
        root_.path / name, place, {(root_.path / kLocalState).string(), name}, browser_));
  }

  void add_unnamed(const std::string& name, PlaceKind kind) {
    // `Network` is a part of a profile, and it holds a file `Cookies` as a profile does.
    if ((kind != PlaceKind::directory && kind != PlaceKind::link) || name == "Network") return;
    const ProfilePlace place = searchable(name);
    if (place.readable && is_chromium_profile(place.path))
      add(place.path, name, "", false);
    else if (!place.readable && has_profile_name(name))
      rest().missing.push_back(missing_profile(
          root_.path / name, place, {std::string(MissingProfile::kKnownPlace), name}, browser_));
  }

  /// Before an update that cannot be undone Chromium copies its profiles to `Snapshots/VERSION`
  /// (chrome/browser/downgrade/snapshot_manager.cc).
  void add_snapshots() {
    const Listing versions = list_below(root_.path, kSnapshots);
    if (!versions.listed() && versions.state != Listing::State::absent)
      rest().missing.push_back(unreadable_place(root_.path / kSnapshots, browser_));
    for (const DirectoryEntry& version : versions.entries) {
      const fs::path snapshot = root_.path / kSnapshots / version.name;
      for (const DirectoryEntry& entry : list_below(snapshot, "").entries) {
        const bool is_profile =
            entry.kind == PlaceKind::directory && is_chromium_profile(snapshot / entry.name);
        if (version.kind != PlaceKind::directory || !is_profile) continue;
        add(snapshot / entry.name, entry.name, "snapshot of " + version.name, true);
      }
    }
  }

  [[nodiscard]] ProfilePlace searchable(const std::string& name) const {
    ProfilePlace place = discovery_.reach.below(root_.path, name);
    if (place.readable && kind_below(place.path, "Preferences") == PlaceKind::unreadable) {
      place.readable = false;
      place.reason = MissingReason::unreadable;
    }
    return place;
  }

  void add(const fs::path& directory, const std::string& name, const std::string& display_name,
           bool archived) {
    Profile profile = profile_of(root_, Engine::chromium, directory, name, display_name);
    if (root_.system.empty()) profile.system = state_.system;
    profile.archived = archived;
    discovery_.on_profile(std::move(profile));
  }

  const BrowserPlace& root_;
  std::string_view browser_;
  const Discovery& discovery_;
  LocalState state_;
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

void add_chromium_profiles(const BrowserPlace& root, const Discovery& discovery) {
  UserDataDir(root, discovery).add_all();
}

}  // namespace crumbs
