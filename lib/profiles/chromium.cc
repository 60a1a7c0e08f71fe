// Chromium: a user-data directory holds `Local State` and one directory a profile
// (chrome/browser/profiles/profile_attributes_storage.cc: profile.info_cache). Opera's older
// versions, and programs that embed Chromium, keep the one profile in the root itself.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

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

json read_local_state(const fs::path& root, std::vector<Diagnostic>& diagnostics) {
  const auto text = read_noted(root, "Local State", diagnostics);
  if (!text) return {};
  if (auto parsed = parse_bounded(*text)) return *std::move(parsed);
  note_place(diagnostics, DiagnosticCode::corrupt, Diagnostic::Severity::note, root / "Local State",
             "not JSON; profiles are told by their files alone");
  return {};
}

bool has_profile_name(std::string_view name) {
  return name == "Default" || name == "Guest Profile" || name == "System Profile" ||
         name.starts_with("Profile ");
}

Profile chromium_profile(const BrowserPlace& root, const fs::path& directory,
                         const std::string& display_name) {
  Profile profile = profile_of(root, Engine::chromium);
  profile.name = directory.filename().string();
  profile.display_name = display_name;
  profile.path = directory;
  profile.user_data_dir = root.path;
  return profile;
}

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

std::vector<Profile> chromium_profiles(const BrowserPlace& root,
                                       std::vector<Diagnostic>& diagnostics) {
  const Listing listing = list_below(root.path, "");
  if (!listing.listed()) {
    note_skipped(diagnostics, root.path, PlaceKind::unreadable);
    return {};
  }
  const ProfileNames names = profile_names(read_local_state(root.path, diagnostics));
  std::vector<Profile> profiles;
  if (is_chromium_profile(root.path)) profiles.push_back(chromium_profile(root, root.path, ""));
  for (const auto& [name, kind] : listing.entries) {
    const auto known = names.find(name);
    const bool expected = known != names.end() || has_profile_name(name);
    const fs::path directory = root.path / name;
    const bool searchable = kind == PlaceKind::directory &&
                            kind_below(directory, "Preferences") != PlaceKind::unreadable;
    if (expected && !searchable && kind != PlaceKind::file)
      note_skipped(diagnostics, directory, kind);
    // `Network` is a part of a profile, and it holds a file `Cookies` as a profile does.
    if (!searchable || name == "Network") continue;
    if (known != names.end() || is_chromium_profile(directory))
      profiles.push_back(
          chromium_profile(root, directory, known == names.end() ? "" : known->second));
  }
  return profiles;
}

std::string chromium_system(const fs::path& user_data_dir) {
  std::vector<Diagnostic> ignored;
  const json local_state = read_local_state(user_data_dir, ignored);
  // Only there the key is kept in this file, wrapped by DPAPI
  // (components/os_crypt/sync/os_crypt_win.cc).
  return member(member(local_state, "os_crypt"), "encrypted_key").is_string() ? "windows" : "";
}

}  // namespace crumbs
