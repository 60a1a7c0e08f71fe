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
#include "system/directory.h"
#include "system/io.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMaxTextFile = 32U << 20U;

struct Home {
  fs::path path;   ///< as seen from `image`
  fs::path image;  ///< empty: this machine
};

/// The user directories of a mounted image, and the image itself where it is a copied home.
std::vector<Home> homes_in(const fs::path& image, std::vector<Diagnostic>& diagnostics) {
  std::vector<Home> homes{{"/", image}, {"/root", image}};
  for (const char* parent : {"/home", "/Users"}) {
    fs::path failed;
    const auto directory = follow_inside(image, parent, failed);
    if (!failed.empty()) note_skipped(diagnostics, failed, PlaceKind::unreadable);
    if (!directory || kind_below(*directory, "") != PlaceKind::directory) continue;
    const Listing listing = list_below(*directory, "");
    if (!listing.listed()) {
      note_skipped(diagnostics, *directory, PlaceKind::unreadable);
      continue;
    }
    for (const DirectoryEntry& entry : listing.entries) {
      if (entry.kind == PlaceKind::directory || entry.kind == PlaceKind::link)
        homes.push_back({fs::path(parent) / entry.name, image});
    }
  }
  return homes;
}

/// The places that exist. Below an image `path` is where the links inside it lead.
std::vector<BrowserPlace> existing_places(const Home& home, const FindOptions& options,
                                          std::vector<Diagnostic>& diagnostics) {
  const bool here = home.image.empty();
  std::vector<BrowserPlace> existing;
  for (BrowserPlace& place :
       places_below(home.path, here ? options.environment : decltype(options.environment)())) {
    fs::path failed;
    const auto real = follow_inside(here ? "/" : home.image, place.path, failed);
    if (!failed.empty()) note_skipped(diagnostics, failed, PlaceKind::unreadable);
    if (!real || kind_below(*real, "") != PlaceKind::directory) continue;
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

void note_place(std::vector<Diagnostic>& diagnostics, DiagnosticCode code,
                Diagnostic::Severity severity, const fs::path& place, std::string_view what) {
  Diagnostic diagnostic =
      make_diagnostic(code, severity, fmt::format("{}: {}", place.string(), what), place.string());
  const bool known = std::ranges::any_of(diagnostics, [&](const Diagnostic& other) {
    return other.code == diagnostic.code && other.message == diagnostic.message;
  });
  if (!known) diagnostics.push_back(std::move(diagnostic));
}

void note_skipped(std::vector<Diagnostic>& diagnostics, const fs::path& place, PlaceKind kind) {
  const bool link = kind == PlaceKind::link;
  note_place(
      diagnostics, link ? DiagnosticCode::link_not_followed : DiagnosticCode::unreadable,
      Diagnostic::Severity::incomplete, place,
      link ? "a symbolic link, not followed; name its target to read it" : "cannot be searched");
}

Profile profile_of(const BrowserPlace& root, Engine engine) {
  Profile profile;
  profile.engine = engine;
  profile.browser = root.browser == nullptr ? to_string(engine) : root.browser->id;
  const std::string_view unknown =
      engine == Engine::chromium ? "Chromium-based browser" : "Firefox-based browser";
  profile.browser_name = root.browser == nullptr ? unknown : root.browser->name;
  profile.browser_name += packaging_word(root.packaging);
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

std::optional<std::string> read_noted(const fs::path& root, std::string_view relative,
                                      std::vector<Diagnostic>& diagnostics) {
  try {
    return read_below(root, relative, kMaxTextFile);
  } catch (const Error& error) {
    note_place(diagnostics, DiagnosticCode::unreadable, Diagnostic::Severity::incomplete, root,
               error.what());
    return std::nullopt;
  }
}

std::vector<Profile> find_profiles(const FindOptions& options,
                                   std::vector<Diagnostic>* diagnostics) {
  std::vector<Diagnostic> noted;
  std::vector<Home> homes;
  AbsolutePaths absolute{AbsolutePaths::Meaning::here, {}};
  if (!options.root.empty()) {
    absolute = {AbsolutePaths::Meaning::inside, absolute_path(options.root)};
    homes = homes_in(absolute.image, noted);
  } else if (!options.home.empty()) {
    homes.push_back({absolute_path(options.home), {}});
  }
  std::vector<Profile> profiles;
  for (const Home& home : homes) {
    for (const BrowserPlace& place : existing_places(home, options, noted)) {
      auto found = place.browser->engine == Engine::chromium
                       ? chromium_profiles(place, noted)
                       : firefox_profiles(place, absolute, noted);
      std::ranges::move(found, std::back_inserter(profiles));
    }
  }
  sort_profiles(profiles);
  for (Profile& profile : profiles) profile.running = running_of(profile, options);
  if (diagnostics != nullptr) std::ranges::move(noted, std::back_inserter(*diagnostics));
  return profiles;
}

}  // namespace crumbs
