#include "profiles/profiles.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "ascii.h"
#include "crumbs/error.h"
#include "profiles/running.h"
#include "profiles/search.h"
#include "system/directory.h"
#include "system/io.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMaxTextFile = 32U << 20U;

constexpr std::string_view kKnown = MissingProfile::kKnownPlace;

/// Follows the way to a place that is known to hold profiles. Merely absent is nothing to tell;
/// what is there and leads nowhere, or is no directory, is.
std::optional<fs::path> known_directory(const Reach& reach, const fs::path& path,
                                        std::string_view browser, FoundProfiles& found) {
  const Followed way = reach.follow(path);
  if (way.kind == PlaceKind::directory) return way.place;
  if (way.kind == PlaceKind::absent) return std::nullopt;
  const bool is_itself = reach.seen(way.place) == path;  // else a directory of many browsers
  found.missing.push_back(missing_profile(way.place, place_of(way), {std::string(kKnown), ""},
                                          is_itself ? browser : std::string_view()));
  return std::nullopt;
}

/// Homes of users that are no persons: root, and services of Windows.
constexpr const char* kOtherHomes[] = {"/root", "/var/root",
                                       "/Windows/System32/config/systemprofile",
                                       "/Windows/SysWOW64/config/systemprofile"};
constexpr const char* kParentsOfHomes[] = {"/home", "/Users", "/Windows/ServiceProfiles"};

/// The user directories of a mounted image, as they are seen inside it, and the image itself where
/// it is a copied home.
std::vector<fs::path> homes_in(const Reach& reach, FoundProfiles& found) {
  std::vector<fs::path> homes{"/"};
  homes.insert(homes.end(), std::begin(kOtherHomes), std::end(kOtherHomes));
  for (const char* parent : kParentsOfHomes) {
    const auto directory = known_directory(reach, parent, "", found);
    if (!directory) continue;
    const Listing listing = list_below(*directory, "");
    if (!listing.listed()) found.missing.push_back(unreadable_place(*directory, ""));
    for (const DirectoryEntry& entry : listing.entries) {
      const fs::path home = fs::path(parent) / entry.name;
      const bool is_home =
          entry.kind == PlaceKind::directory ||
          (entry.kind == PlaceKind::link && known_directory(reach, home, "", found).has_value());
      if (is_home) homes.push_back(home);
    }
  }
  return homes;
}

/// Homes before the rest of an image, which may be large.
void search_homes(const std::vector<fs::path>& homes, const Reach& reach, ProfileSearch& search) {
  for (const fs::path& home : homes) {
    const Followed way = reach.follow(home);
    if (home != "/" && way.kind == PlaceKind::directory) search.search(way.place);
  }
  if (std::ranges::find(homes, "/") != homes.end()) search.search(reach.follow("/").place);
  search.conclude();
}

/// The places that exist. Below an image `path` is where the links inside it lead.
std::vector<BrowserPlace> existing_places(const fs::path& home, const Discovery& discovery) {
  const FindOptions& options = discovery.options;
  const bool here = options.root.empty();
  std::vector<BrowserPlace> existing;
  for (BrowserPlace& place :
       places_below(home, here ? options.environment : decltype(options.environment)())) {
    const auto real =
        known_directory(discovery.reach, place.path, place.browser->id, discovery.rest);
    if (!real) continue;
    if (!here) place.path = *real;
    existing.push_back(std::move(place));
  }
  return existing;
}

/// Splits off the first run of digits or of other characters.
std::string_view take_run(std::string_view& text) {
  const bool digits = is_digit(text.front());
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length]) == digits) ++length;
  const std::string_view run = text.substr(0, length);
  text.remove_prefix(length);
  return run;
}

std::string_view packaging_word(std::string_view packaging) {
  if (packaging == "snap") return " (Snap)";
  return packaging == "flatpak" ? " (Flatpak)" : "";
}

}  // namespace

std::string_view browser_id(const BrowserPlace& root, Engine engine) {
  return root.browser == nullptr ? to_string(engine) : root.browser->id;
}

std::string_view unknown_browser(Engine engine) {
  return engine == Engine::chromium ? "Chromium-based browser" : "Firefox-based browser";
}

Profile lone_profile(const fs::path& path, Engine engine) {
  const fs::path parent = path.parent_path();
  BrowserPlace root = identify_root(parent, engine);
  if (root.browser == nullptr && parent.filename() == "Profiles")
    root = identify_root(parent.parent_path(), engine);
  if (root.browser == nullptr) root = identify_root(path, engine);
  Profile profile = profile_of(root, engine, path, path.filename().string(), "");
  profile.user_data_dir.clear();
  if (profile.system.empty() && engine == Engine::firefox) profile.system = firefox_system(path);
  return profile;
}

Profile profile_of(const BrowserPlace& root, Engine engine, const fs::path& path,
                   const std::string& name, const std::string& display_name) {
  Profile profile;
  profile.engine = engine;
  profile.browser = browser_id(root, engine);
  profile.browser_name = root.browser == nullptr ? unknown_browser(engine) : root.browser->name;
  profile.browser_name += packaging_word(root.packaging);
  profile.name = name;
  profile.display_name = display_name;
  profile.path = path;
  profile.user_data_dir = root.path;
  profile.system = root.system;
  profile.packaging = root.packaging;
  return profile;
}

Running running_of(const Profile& profile, const FindOptions& options) {
  if (!options.root.empty()) return {std::nullopt, "--root reads a copy"};
  return profile.engine == Engine::chromium ? chromium_running(profile.user_data_dir, profile.path)
                                            : firefox_running(profile.path);
}

bool natural_less(std::string_view left, std::string_view right) {
  while (!left.empty() && !right.empty()) {
    const std::string_view a = take_run(left), b = take_run(right);
    if (a == b) continue;
    if (is_digit(a.front()) && is_digit(b.front()) && a.size() != b.size())
      return a.size() < b.size();
    return a < b;
  }
  return left.empty() && !right.empty();
}

std::optional<DirectoryIdentity> identity_of(const fs::path& directory) {
  struct stat status {};
  if (stat(directory.c_str(), &status) != 0) return std::nullopt;
  return DirectoryIdentity(status.st_dev, status.st_ino);
}

bool DistinctDirectories::insert(const fs::path& directory) {
  const auto identity = identity_of(directory);
  return identity && seen_.insert(*identity).second;
}

Discovery Discovery::into(FoundProfiles& found, const Reach& reach, const FindOptions& options) {
  const auto keep = [&found](Profile&& profile) { found.profiles.push_back(std::move(profile)); };
  return {.reach = reach, .options = options, .on_profile = keep, .rest = found};
}

void add_profiles(const BrowserPlace& root, Engine engine, const Discovery& discovery) {
  if (engine == Engine::chromium)
    add_chromium_profiles(root, discovery);
  else
    add_firefox_profiles(root, discovery);
}

fs::path absolute_path(const fs::path& path) {
  fs::path normal = fs::absolute(path).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

void drop_repeated(std::vector<MissingProfile>& missing) {
  std::set<std::pair<std::string, MissingReason>> seen;
  std::erase_if(missing, [&](const MissingProfile& one) {
    return !seen.emplace(one.path, one.reason).second;
  });
}

MissingProfile unreadable_list(const fs::path& list, std::string message,
                               std::string_view browser) {
  MissingProfile missing = unreadable_place(list, browser);
  missing.message = std::move(message);
  return missing;
}

std::optional<std::string> read_list(const fs::path& root, std::string_view relative,
                                     std::string_view browser,
                                     std::vector<MissingProfile>& missing) {
  try {
    return read_below(root, relative, kMaxTextFile);
  } catch (const Error& error) {
    missing.push_back(unreadable_list(root / relative,
                                      fmt::format("{}/{}", root.string(), error.what()), browser));
    return std::nullopt;
  }
}

FoundProfiles find_profiles(const FindOptions& options,
                            const std::function<void(Profile&&)>& on_profile) {
  FoundProfiles rest;
  if (options.root.empty() && options.home.empty()) return rest;
  const bool here = options.root.empty();
  rest.searched.push_back(absolute_path(here ? options.home : options.root));
  const Reach reach = here ? Reach::machine(absolute_path(options.home))
                           : Reach::image(absolute_path(options.root));
  const std::vector<fs::path> homes =
      here ? std::vector{absolute_path(options.home)} : homes_in(reach, rest);
  DistinctDirectories known;
  const auto take = [&](Profile&& profile) {
    if (!known.insert(profile.path)) return;
    profile.running = running_of(profile, options);
    on_profile(std::move(profile));
  };
  const Discovery discovery{.reach = reach, .options = options, .on_profile = take, .rest = rest};
  ProfileSearch search(discovery, !here);
  for (const fs::path& home : homes) {
    for (const BrowserPlace& place : existing_places(home, discovery)) {
      search.leave_out(reach.follow(reach.seen(place.path)).place);
      add_profiles(place, place.browser->engine, discovery);
    }
  }
  search_homes(homes, reach, search);
  drop_repeated(rest.missing);
  return rest;
}

FoundProfiles find_profiles(const FindOptions& options) {
  std::vector<Profile> profiles;
  FoundProfiles found =
      find_profiles(options, [&](Profile&& profile) { profiles.push_back(std::move(profile)); });
  found.profiles = std::move(profiles);
  return found;
}

}  // namespace crumbs
