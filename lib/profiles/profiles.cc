#include "profiles/profiles.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
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

/// A user's directory, as it is seen from where `reach` looks.
struct Home {
  fs::path path;
  const Reach* reach;
};

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

/// The user directories of a mounted image, and the image itself where it is a copied home.
std::vector<Home> homes_in(const Reach& reach, FoundProfiles& found) {
  std::vector<Home> homes{{"/", &reach}};
  for (const char* home : kOtherHomes) homes.push_back({home, &reach});
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
      if (is_home) homes.push_back({home, &reach});
    }
  }
  return homes;
}

/// Homes before the rest of an image, which may be large.
void search_homes(const std::vector<Home>& homes, ProfileSearch& search) {
  for (const Home& home : homes) {
    const Followed way = home.reach->follow(home.path);
    if (home.path != "/" && way.kind == PlaceKind::directory) search.search(way.place);
  }
  for (const Home& home : homes) {
    if (home.path == "/") search.search(home.reach->follow("/").place);
  }
  search.conclude();
}

/// The places that exist. Below an image `path` is where the links inside it lead.
std::vector<BrowserPlace> existing_places(const Home& home, const FindOptions& options,
                                          FoundProfiles& found) {
  const bool here = options.root.empty();
  std::vector<BrowserPlace> existing;
  for (BrowserPlace& place :
       places_below(home.path, here ? options.environment : decltype(options.environment)())) {
    const auto real = known_directory(*home.reach, place.path, place.browser->id, found);
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

/// "Profile 2" before "Profile 10".
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

std::size_t packaging_rank(std::string_view packaging) {
  constexpr std::string_view kOrder[] = {"native", "snap", "flatpak"};
  return static_cast<std::size_t>(std::ranges::find(kOrder, packaging) - kOrder);
}

bool listed_before(const Profile& left, const Profile& right) {
  const auto rank = [](const Profile& profile) {
    return std::tuple(browser_rank(profile.browser), packaging_rank(profile.packaging));
  };
  if (rank(left) != rank(right)) return rank(left) < rank(right);
  if (left.name != right.name) return natural_less(left.name, right.name);
  return left.path < right.path;
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

void sort_profiles(std::vector<Profile>& profiles) {
  std::ranges::sort(profiles, listed_before);
  std::set<std::pair<dev_t, ino_t>> seen;
  std::erase_if(profiles, [&](const Profile& profile) {
    struct stat status {};
    return stat(profile.path.c_str(), &status) != 0 ||
           !seen.emplace(status.st_dev, status.st_ino).second;
  });
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

std::optional<std::string> read_list(const fs::path& root, std::string_view relative,
                                     std::string_view browser,
                                     std::vector<MissingProfile>& missing) {
  try {
    return read_below(root, relative, kMaxTextFile);
  } catch (const Error& error) {
    MissingProfile list = unreadable_place(root / relative, browser);
    list.message = fmt::format("{}/{}", root.string(), error.what());
    missing.push_back(std::move(list));
    return std::nullopt;
  }
}

FoundProfiles find_profiles(const FindOptions& options) {
  FoundProfiles found;
  if (options.root.empty() && options.home.empty()) return found;
  const bool here = options.root.empty();
  found.searched.push_back(absolute_path(here ? options.home : options.root));
  const Reach reach = here ? Reach::machine(absolute_path(options.home))
                           : Reach::image(absolute_path(options.root));
  const std::vector<Home> homes =
      here ? std::vector<Home>{{absolute_path(options.home), &reach}} : homes_in(reach, found);
  ProfileSearch search(reach, options.search, !here, found);
  for (const Home& home : homes) {
    for (const BrowserPlace& place : existing_places(home, options, found)) {
      search.leave_out(reach.follow(reach.seen(place.path)).place);
      if (place.browser->engine == Engine::chromium)
        add_chromium_profiles(place, reach, found);
      else
        add_firefox_profiles(place, reach, found);
    }
  }
  for (const Profile& profile : found.profiles)
    search.leave_out(reach.follow(reach.seen(profile.path)).place);
  search_homes(homes, search);
  sort_profiles(found.profiles);
  for (Profile& profile : found.profiles) profile.running = running_of(profile, options);
  drop_repeated(found.missing);
  return found;
}

}  // namespace crumbs
