#include "profiles/search.h"

#include <algorithm>
#include <array>
#include <deque>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "diagnostics.h"
#include "profiles/profiles.h"
#include "stores/shared/names.h"
#include "system/directory.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

/// What holds copies of the web, of programs or of histories, in many directories, and no profile.
constexpr std::array<std::string_view, 12> kLeftOut{
    ".cache",       "Cache", "Caches", "Code Cache", "GPUCache",    "CacheStorage",
    "node_modules", ".git",  ".hg",    ".svn",       "__pycache__", "WinSxS"};
/// What the kernel makes up, where the root of this machine is searched.
constexpr std::array<std::string_view, 3> kKernel{"/proc", "/sys", "/dev"};

/// What belongs to a profile and may look like one.
constexpr std::array<std::string_view, 3> kParts{"Network", "Storage", "sessionstore-backups"};
/// What names the profiles of a browser.
constexpr std::string_view kLocalState = "Local State";
constexpr std::array<std::string_view, 2> kProfileLists{"profiles.ini", "installs.ini"};

/// The names of which one at least is in a directory that take() has to look into. Every directory
/// is asked for them, so that they are put together once.
const std::vector<std::string_view>& firefox_marks() {
  static const std::vector<std::string_view> marks = [] {
    std::vector<std::string_view> all = profile_marks(Engine::firefox);
    all.insert(all.end(), kProfileLists.begin(), kProfileLists.end());
    return all;
  }();
  return marks;
}
const std::vector<std::string_view>& chromium_marks() {
  static const std::vector<std::string_view> marks = [] {
    std::vector<std::string_view> all = profile_marks(Engine::chromium);
    all.push_back(kLocalState);
    return all;
  }();
  return marks;
}

/// A program that is in no list is called after its directory.
std::string name_after(const fs::path& directory, Engine engine) {
  const std::string name = directory.filename().string();
  const bool says_nothing = name == "User Data" || name == "Default" || name.starts_with("Profile");
  const std::string called = says_nothing ? directory.parent_path().filename().string() : name;
  return fmt::format("{} ({})", called.starts_with('.') ? called.substr(1) : called,
                     engine == Engine::chromium ? "Chromium-based" : "Firefox-based");
}

/// profile-sync-daemon keeps NAME on a memory disk and calls the copy on the disk NAME-backup, or
/// NAME-backup-crashrecovery-DATE.
BrowserPlace identify(const fs::path& path, Engine engine, bool& is_backup) {
  BrowserPlace place = identify_root(path, engine);
  const std::string name = path.filename().string();
  const std::size_t end = name.rfind("-backup");
  is_backup = place.browser == nullptr && end != std::string::npos && end != 0;
  if (!is_backup) return place;
  place = identify_root(path.parent_path() / name.substr(0, end), engine);
  place.path = path;
  is_backup = place.browser != nullptr;
  return place;
}

}  // namespace

/// One directory and the names in it.
class ProfileSearch::Directory {
 public:
  Directory(const fs::path& path, const Listing& listing) : path_(path), listing_(listing) {}

  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] bool has(std::string_view name) const {
    const auto found = std::ranges::lower_bound(listing_.entries, name, {}, &DirectoryEntry::name);
    return found != listing_.entries.end() && found->name == name;
  }
  [[nodiscard]] bool has_any(std::span<const std::string_view> names) const {
    return std::ranges::any_of(names, [this](std::string_view name) { return has(name); });
  }

 private:
  const fs::path& path_;
  const Listing& listing_;
};

void ProfileSearch::search(const fs::path& top) {
  if (bounds_.directories == 0) return;
  for (const std::string_view directory : kKernel) known_.emplace(directory);
  std::deque<Place> places{{top, 0}};
  for (; !places.empty() && !cut_off_; places.pop_front()) {
    const Place& place = places.front();
    if (!known_.insert(place.path.string()).second) continue;
    const Listing listing = list_below(place.path, "");
    if (!listing.listed() && listing.state != Listing::State::absent) tell_unreadable(place.path);
    cut_off_ = ++searched_ >= bounds_.directories;
    if (take(Directory(place.path, listing))) {
      // Programs built on Electron keep further sessions below their own
      // (electron shell/browser/electron_browser_context.cc).
      places.push_back({place.path / "Partitions", place.depth + 1});
      if (place.depth > 0) continue;
      // A home that is a profile as well is searched but for what belongs to a profile.
      for (const std::string_view part : kParts) known_.insert((place.path / part).string());
    }
    for (const auto& [name, kind] : listing.entries) {
      if (kind != PlaceKind::directory || std::ranges::find(kLeftOut, name) != kLeftOut.end())
        continue;
      if (place.depth + 1 > bounds_.depth)
        ++too_deep_;
      else
        places.push_back({place.path / name, place.depth + 1});
    }
  }
}

void ProfileSearch::tell_unreadable(const fs::path& directory) {
  if (all_)
    discovery_.rest.missing.push_back(unreadable_place(directory, ""));
  else if (unreadable_++ == 0)
    first_unreadable_ = directory;
}

FoundProfiles profiles_below(const fs::path& top, const Reach& reach, const FindOptions& options) {
  FoundProfiles found;
  const Discovery discovery = Discovery::into(found, reach, options);
  ProfileSearch search(discovery, options.recursive);
  search.search(top);
  search.conclude();
  return found;
}

/// Whether it is a profile or holds those of a browser, so that what lies below is its own.
bool ProfileSearch::take(const Directory& directory) {
  const fs::path& path = directory.path();
  if (directory.has_any(firefox_marks())) {
    if (has_profile_list(path) && take_root(path, Engine::firefox)) return true;
    if (take_profile(path, Engine::firefox)) return true;
  }
  if (!directory.has_any(chromium_marks())) return false;
  if (directory.has(kLocalState) && take_root(path, Engine::chromium)) return true;
  return take_profile(path, Engine::chromium);
}

/// A file of that name alone makes no browser: one of its profiles at least must hold something.
bool ProfileSearch::take_root(const fs::path& path, Engine engine) {
  bool is_backup = false, shows = false;
  const BrowserPlace root = identify(path, engine, is_backup);
  std::vector<Profile> waiting;
  const auto take = [&](Profile&& profile) {
    shows = shows || shows_stores(profile.path, engine);
    if (root.browser == nullptr) profile.browser_name = name_after(path, engine);
    if (is_backup) profile.browser_name += " (backup)";
    waiting.push_back(std::move(profile));
    if (!shows) return;
    for (Profile& one : waiting) discovery_.on_profile(std::move(one));
    waiting.clear();
  };
  FoundProfiles rest;
  add_profiles(
      root, engine,
      {.reach = discovery_.reach, .options = discovery_.options, .on_profile = take, .rest = rest});
  if (!shows) return false;
  std::ranges::move(rest.missing, std::back_inserter(discovery_.rest.missing));
  std::ranges::move(rest.notes, std::back_inserter(discovery_.rest.notes));
  return true;
}

bool ProfileSearch::take_profile(const fs::path& path, Engine engine) {
  if (!shows_stores(path, engine)) return false;
  Profile profile = lone_profile(path, engine);
  if (profile.browser_name == unknown_browser(engine))
    profile.browser_name = name_after(path, engine);
  discovery_.on_profile(std::move(profile));
  return true;
}

void ProfileSearch::conclude() {
  const auto note = [this](DiagnosticCode code, std::string message, const fs::path& place) {
    discovery_.rest.notes.push_back(
        make_diagnostic(code, Diagnostic::Severity::note, std::move(message), place.string()));
  };
  if (unreadable_ != 0)
    note(DiagnosticCode::unlisted,
         fmt::format("could not be searched for profiles: {}, {} first",
                     counted(unreadable_, "directory", "directories"), first_unreadable_.string()),
         first_unreadable_);
  if (cut_off_)
    note(DiagnosticCode::search_bound,
         fmt::format("not searched for profiles: what is left after {}",
                     counted(searched_, "directory", "directories")),
         {});
  if (too_deep_ != 0)
    note(DiagnosticCode::search_bound,
         fmt::format("not searched for profiles: {} more than {} levels deep",
                     counted(too_deep_, "directory", "directories"), bounds_.depth),
         {});
}

}  // namespace crumbs
