// What a PROFILE argument means.
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "profiles/named.h"
#include "profiles/profiles.h"
#include "system/directory.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kExpectedDirectory =
    "no cookies or local storage below; expected a profile directory, a Chromium user-data "
    "directory, a Firefox directory with profiles.ini, a single store, or browser:name";
constexpr std::string_view kExpectedStore =
    "not a store; expected a Cookies file, a leveldb directory, LocalStorage, cookies.sqlite, "
    "data.sqlite, webappsstore.sqlite or a session-store file";

[[noreturn]] void fail(ErrorCode code, const fs::path& place, std::string_view what) {
  throw Error(code, fmt::format("{}: {}", place.string(), what));
}

/// The profiles that a place means which somebody named. What could not be looked at on the way is
/// kept for a message.
class Resolver {
 public:
  explicit Resolver(const FindOptions& options) : options_(options) {}

  std::vector<Profile> profiles(const NamedPlace& place) {
    if (place.kind == NamedPlace::Kind::root) return root(place.path, place.engine);
    Profile profile = profile_at(place.path, place.engine);
    if (place.kind == NamedPlace::Kind::store) profile.only_store = place.store;
    return {profile};
  }

  [[noreturn]] void fail_empty(const fs::path& path) const {
    if (!list_below(path, "").listed()) fail(ErrorCode::io, path, "cannot be listed");
    for (const Diagnostic& diagnostic : diagnostics_) {
      if (diagnostic.severity == Diagnostic::Severity::incomplete)
        throw Error(ErrorCode::io, diagnostic.message);
    }
    fail(ErrorCode::not_found, path, kExpectedDirectory);
  }

 private:
  std::vector<Profile> root(const fs::path& path, Engine engine) {
    const BrowserPlace place = identify_root(path, engine);
    std::vector<Profile> profiles =
        engine == Engine::chromium ? chromium_profiles(place, diagnostics_)
                                   : firefox_profiles(place, absolute_paths(path), diagnostics_);
    const std::string system = engine == Engine::chromium ? chromium_system(path) : "";
    for (Profile& profile : profiles)
      complete(profile, engine == Engine::chromium ? system : firefox_system(profile.path));
    return profiles;
  }

  /// A root below the user's own home is the browser's; any other is taken for a copy.
  [[nodiscard]] AbsolutePaths absolute_paths(const fs::path& path) const {
    if (options_.home.empty()) return {};
    const fs::path below = path.lexically_relative(absolute_path(options_.home));
    if (below.empty() || *below.begin() == "..") return {};
    return {AbsolutePaths::Meaning::here, {}};
  }

  /// A profile directory that was named itself; its siblings are looked at for its name alone.
  Profile profile_at(const fs::path& path, Engine engine) {
    const auto root_of_it =
        engine == Engine::chromium ? user_data_dir_of(path) : firefox_root_of(path);
    if (!root_of_it) return lone_profile(path, engine);
    const std::vector<Profile> profiles = root(*root_of_it, engine);
    const auto found = std::ranges::find_if(profiles, [&](const Profile& profile) {
      std::error_code error;
      return fs::equivalent(profile.path, path, error);
    });
    if (found == profiles.end()) return lone_profile(path, engine);
    Profile profile = *found;
    profile.path = path;
    return profile;
  }

  static std::optional<fs::path> user_data_dir_of(const fs::path& profile) {
    if (is_user_data_dir(profile)) return profile;
    if (is_user_data_dir(profile.parent_path())) return profile.parent_path();
    return std::nullopt;
  }

  static std::optional<fs::path> firefox_root_of(const fs::path& profile) {
    fs::path root = profile.parent_path();
    if (root.filename() == "Profiles" && !has_profile_list(root)) root = root.parent_path();
    return has_profile_list(root) ? std::optional(root) : std::nullopt;
  }

  void complete(Profile& profile, const std::string& system) const {
    if (profile.system.empty()) profile.system = system;
    profile.running = running_of(profile, options_);
  }

  [[nodiscard]] Profile lone_profile(const fs::path& path, Engine engine) const {
    const fs::path parent = path.parent_path();
    BrowserPlace root = identify_root(parent, engine);
    if (root.browser == nullptr && parent.filename() == "Profiles")
      root = identify_root(parent.parent_path(), engine);
    if (root.browser == nullptr) root = identify_root(path, engine);
    Profile profile = profile_of(root, engine);
    profile.name = path.filename().string();
    profile.path = path;
    complete(profile, engine == Engine::firefox ? firefox_system(path) : "");
    return profile;
  }

  const FindOptions& options_;
  std::vector<Diagnostic> diagnostics_;
};

std::vector<Profile> resolve_directory(const fs::path& path, const FindOptions& options) {
  Resolver resolver(options);
  std::vector<Profile> found;
  if (const auto named = profiles_named(path)) found = resolver.profiles(*named);
  if (found.empty()) {
    if (const auto store = store_named_by_directory(path)) found = resolver.profiles(*store);
  }
  if (found.empty()) resolver.fail_empty(path);
  sort_profiles(found);
  return found;
}

std::vector<Profile> resolve_file(const fs::path& path, const FindOptions& options) {
  const auto store = store_named_by_file(path);
  if (!store) fail(ErrorCode::not_found, path, kExpectedStore);
  return Resolver(options).profiles(*store);
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string known_browsers() {
  std::vector<std::string> ids;
  for (const Browser& browser : browsers()) ids.emplace_back(browser.id);
  return joined(ids);
}

/// `browser:name`; `browser:` is all of them.
std::vector<Profile> resolve_name(const std::string& argument, const FindOptions& options) {
  const std::size_t colon = argument.find(':');
  const std::string name = argument.substr(colon + 1);
  const Browser* browser = find_browser(argument.substr(0, colon));
  if (browser == nullptr)
    fail(ErrorCode::not_found, argument,
         fmt::format("no such path, and no such browser; known are {}", known_browsers()));
  std::vector<Profile> found = find_profiles(options, nullptr);
  std::erase_if(found, [&](const Profile& profile) { return profile.browser != browser->id; });
  if (found.empty())
    fail(ErrorCode::not_found, argument, fmt::format("no profile of {} found", browser->name));
  if (name.empty()) return found;
  std::vector<std::string> names;
  names.reserve(found.size());
  for (const Profile& profile : found) names.push_back(profile.name);
  const bool is_name = std::ranges::find(names, name) != names.end();
  std::erase_if(found, [&](const Profile& profile) {
    return (is_name ? profile.name : profile.display_name) != name;
  });
  if (found.empty())
    fail(ErrorCode::not_found, argument,
         fmt::format("{} has no such profile; it has {}", browser->name, joined(names)));
  return found;
}

}  // namespace

std::vector<Profile> resolve_profile(const std::string& argument, const FindOptions& options) {
  if (argument.empty()) throw Error(ErrorCode::not_found, "the profile's path is empty");
  struct stat status {};
  if (stat(argument.c_str(), &status) == 0) {
    const fs::path path = absolute_path(argument);
    if (S_ISDIR(status.st_mode)) return resolve_directory(path, options);
    if (S_ISREG(status.st_mode)) return resolve_file(path, options);
    fail(ErrorCode::not_found, path, "neither a directory nor a file");
  }
  if (errno != ENOENT && errno != ENOTDIR)
    fail(ErrorCode::io, argument, std::generic_category().message(errno));
  const std::size_t colon = argument.find(':');
  if (colon == std::string::npos || argument.find('/') != std::string::npos)
    fail(ErrorCode::not_found, argument, "no such file or directory");
  return resolve_name(argument, options);
}

}  // namespace crumbs
