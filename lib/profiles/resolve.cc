// What a PROFILE argument means.
#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "profiles/profiles.h"
#include "system/directory.h"
#include "system/io.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

/// A store by the end of its path. The profile is what remains before `tail`.
struct StoreName {
  std::string_view tail;
  Engine engine;
};

/// The first match counts: places within a profile come before copies that lie by themselves.
constexpr StoreName kStoreFiles[] = {
    {"Storage/ext/*/*/Network/Cookies", Engine::chromium},
    {"Storage/ext/*/*/Cookies", Engine::chromium},
    {"Network/Cookies", Engine::chromium},
    {"Cookies", Engine::chromium},
    {"Extension Cookies", Engine::chromium},
    {"LocalStorage", Engine::chromium},
    {"Local Storage/*.localstorage", Engine::chromium},
    {"*.localstorage", Engine::chromium},
    {"cookies.sqlite", Engine::firefox},
    {"cookies.sqlite.bak", Engine::firefox},
    {"webappsstore.sqlite", Engine::firefox},
    {"storage/ls-archive.sqlite", Engine::firefox},
    {"ls-archive.sqlite", Engine::firefox},
    {"storage/*/*/ls/data.sqlite", Engine::firefox},
    {"data.sqlite", Engine::firefox},
    {"sessionstore-backups/recovery.*", Engine::firefox},
    {"sessionstore-backups/previous.js*", Engine::firefox},
    {"sessionstore-backups/upgrade.js*", Engine::firefox},
    {"sessionstore.*", Engine::firefox},
    {"recovery.jsonlz4", Engine::firefox},
    {"recovery.baklz4", Engine::firefox},
    {"previous.jsonlz4", Engine::firefox},
    {"upgrade.jsonlz4-*", Engine::firefox},
};
constexpr StoreName kStoreDirectories[] = {
    {"Local Storage/leveldb", Engine::chromium},
    {"leveldb", Engine::chromium},
};

/// What only a database of that kind has in its first pages, for copies under another name.
struct SchemaMark {
  std::string_view text;
  Engine engine;
};
constexpr SchemaMark kSchemaMarks[] = {
    {"moz_cookies", Engine::firefox},
    {"CREATE TABLE cookies", Engine::chromium},
    {"CREATE TABLE webappsstore2", Engine::firefox},
    {"CREATE TABLE map_entries", Engine::chromium},
};
/// The storage partition of an app or extension: it looks like a profile and is a part of one.
constexpr std::string_view kPartition = "Storage/ext/*/*";
constexpr std::uint64_t kSniffedBytes = 256U << 10U;

constexpr std::string_view kExpectedDirectory =
    "no cookies or local storage below; expected a profile directory, a Chromium user-data "
    "directory, a Firefox directory with profiles.ini, a single store, or browser:name";
constexpr std::string_view kExpectedStore =
    "not a store; expected a Cookies file, a leveldb directory, LocalStorage, cookies.sqlite, "
    "data.sqlite, webappsstore.sqlite or a session-store file";

[[noreturn]] void fail(ErrorCode code, const fs::path& place, std::string_view what) {
  throw Error(code, fmt::format("{}: {}", place.string(), what));
}

fs::path last_components(const fs::path& path, std::ptrdiff_t count) {
  fs::path last;
  const auto length = std::distance(path.begin(), path.end());
  for (auto name = std::next(path.begin(), std::max<std::ptrdiff_t>(0, length - count));
       name != path.end(); ++name)
    last /= *name;
  return last;
}

bool ends_as(const fs::path& path, std::string_view tail) {
  const fs::path pattern(tail);
  const fs::path end = last_components(path, std::distance(pattern.begin(), pattern.end()));
  return fnmatch(pattern.c_str(), end.c_str(), FNM_PATHNAME) == 0;
}

/// nullptr: no store has such a name.
template <std::size_t Count>
const StoreName* store_named(const StoreName (&names)[Count], const fs::path& path) {
  const auto* found =
      std::ranges::find_if(names, [&](const StoreName& name) { return ends_as(path, name.tail); });
  return found == std::end(names) ? nullptr : found;
}

std::optional<Engine> engine_by_content(const fs::path& file) {
  const auto opened = open_below(file.parent_path(), file.filename().string());
  if (!opened) return std::nullopt;
  std::string head(kSniffedBytes, '\0');
  const ssize_t count = pread(opened->fd.get(), head.data(), head.size(), 0);
  head.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  if (!head.starts_with(std::string_view("SQLite format 3\0", 16))) return std::nullopt;
  for (const SchemaMark& mark : kSchemaMarks) {
    if (head.find(mark.text) != std::string::npos) return mark.engine;
  }
  return std::nullopt;
}

/// "or the like": what a browser keeps in the user-data directory and nowhere else.
bool is_user_data_dir(const fs::path& directory) {
  constexpr std::array<std::string_view, 5> kMarks{"Local State", "SingletonLock", "First Run",
                                                   "Last Version", "lockfile"};
  return std::ranges::any_of(kMarks, [&](std::string_view name) {
    return kind_below(directory, name) != PlaceKind::absent;
  });
}

bool has_profile_list(const fs::path& directory) {
  return kind_below(directory, "profiles.ini") == PlaceKind::file ||
         kind_below(directory, "installs.ini") == PlaceKind::file;
}

class Resolver {
 public:
  explicit Resolver(const FindOptions& options) : options_(options) {}

  std::vector<Profile> path(const fs::path& path, const struct stat& status) {
    if (S_ISDIR(status.st_mode)) return directory(path);
    if (!S_ISREG(status.st_mode))
      fail(ErrorCode::not_found, path, "neither a directory nor a file");
    return {store_file(real_if_link(path))};
  }

 private:
  std::vector<Profile> directory(const fs::path& path) {
    std::vector<Profile> found = profiles_in(path);
    if (found.empty()) {
      if (const auto store = store_directory(path)) found.push_back(*store);
    }
    if (found.empty()) fail_empty(path);
    sort_profiles(found);
    return found;
  }

  std::vector<Profile> profiles_in(const fs::path& path) {
    if (ends_as(path, kPartition)) return {};
    if (is_firefox_profile(path)) return {firefox_profile(path)};
    if (has_profile_list(path) || is_folder_of_profiles(path)) return firefox_root(path);
    const bool user_data = is_user_data_dir(path);
    if (is_chromium_profile(path) && !user_data) return {chromium_profile(path)};
    if (user_data || is_chromium_profile(path / "Default")) return chromium_root(path);
    return {};
  }

  [[noreturn]] void fail_empty(const fs::path& path) const {
    if (!list_below(path, "").listed()) fail(ErrorCode::io, path, "cannot be listed");
    for (const Diagnostic& diagnostic : diagnostics_) {
      if (diagnostic.severity == Diagnostic::Severity::incomplete)
        throw Error(ErrorCode::io, diagnostic.message);
    }
    fail(ErrorCode::not_found, path, kExpectedDirectory);
  }

  /// A Firefox root without its lists: `Profiles` holds profiles.
  static bool is_folder_of_profiles(const fs::path& path) {
    const Listing listing = list_below(path, "Profiles");
    return listing.listed() &&
           std::ranges::any_of(listing.entries, [&](const DirectoryEntry& entry) {
             return entry.kind == PlaceKind::directory &&
                    is_firefox_profile(path / "Profiles" / entry.name);
           });
  }

  std::vector<Profile> chromium_root(const fs::path& path) {
    std::vector<Profile> profiles =
        chromium_profiles(identify_root(path, Engine::chromium), diagnostics_);
    const std::string system = chromium_system(path);
    for (Profile& profile : profiles) complete(profile, system);
    return profiles;
  }

  std::vector<Profile> firefox_root(const fs::path& path) {
    std::vector<Profile> profiles =
        firefox_profiles(identify_root(path, Engine::firefox), absolute_paths(path), diagnostics_);
    for (Profile& profile : profiles) complete(profile, firefox_system(profile.path));
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
  Profile chromium_profile(const fs::path& path) {
    const fs::path parent = path.parent_path();
    if (is_user_data_dir(path)) return one_of(chromium_root(path), path, Engine::chromium);
    if (is_user_data_dir(parent)) return one_of(chromium_root(parent), path, Engine::chromium);
    return lone_profile(path, Engine::chromium);
  }

  Profile firefox_profile(const fs::path& path) {
    fs::path root = path.parent_path();
    if (root.filename() == "Profiles" && !has_profile_list(root)) root = root.parent_path();
    if (has_profile_list(root)) return one_of(firefox_root(root), path, Engine::firefox);
    return lone_profile(path, Engine::firefox);
  }

  Profile one_of(const std::vector<Profile>& profiles, const fs::path& path, Engine engine) {
    const auto found = std::ranges::find_if(profiles, [&](const Profile& profile) {
      std::error_code error;
      return fs::equivalent(profile.path, path, error);
    });
    if (found == profiles.end()) return lone_profile(path, engine);
    Profile profile = *found;
    profile.path = path;
    return profile;
  }

  static Profile lone_profile(const fs::path& path, Engine engine) {
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

  static void complete(Profile& profile, const std::string& system) {
    if (profile.system.empty()) profile.system = system;
    profile.running = running_of(profile);
  }

  Profile store_file(const fs::path& file) {
    if (const StoreName* name = store_named(kStoreFiles, file))
      return store(file, name->tail, name->engine);
    if (const auto engine = engine_by_content(file)) return store(file, "*", *engine);
    fail(ErrorCode::not_found, file, kExpectedStore);
  }

  /// A storage partition, a LevelDB directory, a directory that holds one, or one origin's
  /// directory of Firefox.
  std::optional<Profile> store_directory(const fs::path& named) {
    const fs::path path = real_if_link(named);
    for (const char* cookies : {"Network/Cookies", "Cookies"}) {
      if (kind_below(path, cookies) == PlaceKind::file) return store_file(path / cookies);
    }
    if (kind_below(path, "ls/data.sqlite") == PlaceKind::file)
      return store_file(path / "ls" / "data.sqlite");
    if (kind_below(path, "data.sqlite") == PlaceKind::file) return store_file(path / "data.sqlite");
    if (kind_below(path, "leveldb/CURRENT") == PlaceKind::file)
      return store_directory(path / "leveldb");
    const StoreName* name = store_named(kStoreDirectories, path);
    if (name != nullptr) return store(path, name->tail, name->engine);
    if (kind_below(path, "CURRENT") == PlaceKind::file) return store(path, "*", Engine::chromium);
    return std::nullopt;
  }

  /// The profile that `tail` stands in, restricted to that store.
  Profile store(const fs::path& path, std::string_view tail, Engine engine) {
    const fs::path pattern(tail);
    const auto count = std::distance(pattern.begin(), pattern.end());
    fs::path root = path;
    for (auto i = count; i > 0; --i) root = root.parent_path();
    Profile profile = engine == Engine::chromium ? chromium_profile(root) : firefox_profile(root);
    profile.only_store = last_components(path, count).string();
    return profile;
  }

  /// Below a profile no link is followed, so a link that was named itself gives way to its target.
  static fs::path real_if_link(const fs::path& path) {
    std::error_code error;
    if (!fs::is_symlink(path, error)) return path;
    const fs::path target = fs::canonical(path, error);
    return error ? path : target;
  }

  const FindOptions& options_;
  std::vector<Diagnostic> diagnostics_;
};

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
  if (stat(argument.c_str(), &status) == 0)
    return Resolver(options).path(absolute_path(argument), status);
  if (errno != ENOENT && errno != ENOTDIR)
    fail(ErrorCode::io, argument, std::generic_category().message(errno));
  const std::size_t colon = argument.find(':');
  if (colon == std::string::npos || argument.find('/') != std::string::npos)
    fail(ErrorCode::not_found, argument, "no such file or directory");
  return resolve_name(argument, options);
}

}  // namespace crumbs
