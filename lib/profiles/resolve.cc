// What a PROFILE argument means.
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "profiles/named.h"
#include "profiles/profiles.h"
#include "profiles/search.h"
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

/// An argument that means no profile. `what` says why, the message begins with the argument.
FoundProfiles refused(const fs::path& argument, MissingReason reason, std::string_view what,
                      const fs::path& target = {}) {
  MissingProfile missing;
  missing.path = argument.string();
  missing.named_by = MissingProfile::kArgument;
  missing.reason = reason;
  missing.target = target.string();
  missing.message = argument.empty() ? what : fmt::format("{}: {}", missing.path, what);
  FoundProfiles found;
  found.missing.push_back(std::move(missing));
  return found;
}

/// The profiles that a place means which somebody named.
class Resolver {
 public:
  explicit Resolver(const FindOptions& options) : options_(options) {}

  FoundProfiles profiles(const NamedPlace& place) {
    if (place.kind == NamedPlace::Kind::root) return root(place.path, place.engine);
    Profile profile = profile_at(place.path, place.engine);
    if (place.kind == NamedPlace::Kind::store) profile.only_store = place.store;
    FoundProfiles found;
    found.profiles.push_back(std::move(profile));
    return found;
  }

  /// What the root of `path` knows it as; nullopt: no root, or not as a profile.
  std::optional<Profile> listed_profile(const fs::path& path, Engine engine) {
    const auto root_of_it =
        engine == Engine::chromium ? user_data_dir_of(path) : firefox_root_of(path);
    if (!root_of_it) return std::nullopt;
    const auto identity = identity_of(path);
    const Listed& listed = listed_below(*root_of_it, engine);
    const auto found = identity ? listed.find(*identity) : listed.end();
    if (found == listed.end()) return std::nullopt;
    Profile profile = found->second;
    profile.path = path;
    profile.running = running_of(profile, options_);
    return profile;
  }

  /// A root below the user's own home is the browser's, below --root the image's; any other is
  /// taken for a copy.
  [[nodiscard]] Reach reach_of(const fs::path& path) const {
    const auto lies_in = [&](const fs::path& directory) {
      return !directory.empty() && lies_below(path, absolute_path(directory));
    };
    if (lies_in(options_.root)) return Reach::image(absolute_path(options_.root));
    return lies_in(options_.home) ? Reach::machine(absolute_path(options_.home)) : Reach::copy();
  }

 private:
  FoundProfiles root(const fs::path& path, Engine engine) {
    FoundProfiles found = found_below(path, engine);
    for (Profile& profile : found.profiles) profile.running = running_of(profile, options_);
    return found;
  }

  using Listed = std::map<DirectoryIdentity, Profile>;

  /// Several profiles of one root are often named one after the other: it is listed once.
  const Listed& listed_below(const fs::path& root, Engine engine) {
    if (root == listed_root_ && engine == listed_engine_) return listed_;
    listed_.clear();
    listed_root_ = root;
    listed_engine_ = engine;
    for (Profile& profile : found_below(root, engine).profiles) {
      if (const auto identity = identity_of(profile.path))
        listed_.emplace(*identity, std::move(profile));
    }
    return listed_;
  }

  [[nodiscard]] FoundProfiles found_below(const fs::path& path, Engine engine) const {
    const BrowserPlace place = identify_root(path, engine);
    const Reach reach = reach_of(path);
    FoundProfiles found;
    add_profiles(place, engine, Discovery::into(found, reach, options_));
    return found;
  }

  /// A profile directory that was named itself; its siblings are looked at for its name alone.
  Profile profile_at(const fs::path& path, Engine engine) {
    if (auto listed = listed_profile(path, engine)) return *std::move(listed);
    Profile profile = lone_profile(path, engine);
    profile.running = running_of(profile, options_);
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

  const FindOptions& options_;
  fs::path listed_root_;
  Engine listed_engine_ = Engine::chromium;
  Listed listed_;
};

/// No profile by itself. Some may lie below it.
FoundProfiles resolve_folder(const fs::path& path, const FindOptions& options, const Reach& reach) {
  constexpr SearchBounds kEnoughForHint{.directories = 5'000};
  if (!list_below(path, "").listed())
    return refused(path, MissingReason::unreadable, "cannot be listed");
  FindOptions below = options;
  if (!options.recursive) below.search = kEnoughForHint;
  FoundProfiles found = profiles_below(path, reach, below);
  if (options.recursive && !found.missing.empty() && found.profiles.empty()) return found;
  if (found.profiles.empty())
    return refused(path, MissingReason::not_a_profile, kExpectedDirectory);
  if (!options.recursive)
    return refused(path, MissingReason::not_a_profile,
                   fmt::format("not a profile; {}{} below it, which --recursive reads",
                               found.notes.empty() ? "" : "at least ",
                               counted(found.profiles.size(), "profile lies", "profiles lie")));
  for (Profile& profile : found.profiles) profile.running = running_of(profile, options);
  return found;
}

/// Of several that are one directory the first stays.
void drop_repeated_profiles(std::vector<Profile>& profiles) {
  DistinctDirectories known;
  std::erase_if(profiles, [&](const Profile& profile) { return !known.insert(profile.path); });
}

FoundProfiles resolve_directory(const fs::path& path, const FindOptions& options,
                                Resolver& resolver) {
  FoundProfiles found;
  if (const auto named = profiles_named(path)) found = resolver.profiles(*named);
  if (found.profiles.empty()) {
    if (const auto store = store_named_by_directory(path)) found = resolver.profiles(*store);
  }
  for (const Engine engine : {Engine::firefox, Engine::chromium}) {
    if (!found.profiles.empty() || !found.missing.empty()) break;
    // One that a list names and that holds nothing yet.
    if (auto listed = resolver.listed_profile(path, engine)) found.profiles = {*std::move(listed)};
  }
  if (found.profiles.empty() && found.missing.empty())
    found = resolve_folder(path, options, resolver.reach_of(path));
  drop_repeated_profiles(found.profiles);
  return found;
}

FoundProfiles resolve_file(const fs::path& path, Resolver& resolver) {
  const auto store = store_named_by_file(path);
  if (!store) return refused(path, MissingReason::not_a_store, kExpectedStore);
  return resolver.profiles(*store);
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

/// `browser:name`; `browser:` is all of them.
FoundProfiles resolve_name(const std::string& argument, const FindOptions& options) {
  const auto absent = [&](const std::string& what) {
    return refused(argument, MissingReason::absent, what);
  };
  const std::size_t colon = argument.find(':');
  const std::string name = argument.substr(colon + 1);
  const Browser* browser = find_browser(argument.substr(0, colon));
  if (browser == nullptr)
    return absent("no such path, and no browser is called so; crumbs-profiles(1) has their names");
  FindOptions known_places = options;
  known_places.search.directories = 0;
  FoundProfiles found = find_profiles(known_places);
  std::erase_if(found.profiles,
                [&](const Profile& profile) { return profile.browser != browser->id; });
  // What is of no known browser may be of this one.
  std::erase_if(found.missing, [&](const MissingProfile& missing) {
    return !missing.browser.empty() && missing.browser != browser->id;
  });
  if (found.profiles.empty() && found.missing.empty())
    return absent(fmt::format("no profile of {} found", browser->name));
  if (name.empty()) return found;
  std::vector<std::string> names;
  names.reserve(found.profiles.size());
  for (const Profile& profile : found.profiles) names.push_back(profile.name);
  const bool is_name = std::ranges::find(names, name) != names.end();
  std::erase_if(found.profiles, [&](const Profile& profile) {
    return (is_name ? profile.name : profile.display_name) != name;
  });
  std::erase_if(found.missing, [&](const MissingProfile& missing) { return missing.name != name; });
  if (found.profiles.empty() && found.missing.empty())
    return absent(fmt::format("{} has no such profile; it has {}", browser->name, joined(names)));
  return found;
}

/// Nothing is at the path: it may be a name, or a link that leads nowhere.
FoundProfiles resolve_absent(const std::string& argument, const FindOptions& options) {
  std::error_code error;
  const fs::path target = fs::read_symlink(argument, error);
  if (!error)
    return refused(argument, MissingReason::dangling_link,
                   fmt::format("a symbolic link to {}, where nothing is", target.string()), target);
  constexpr std::string_view kNothing = "no such file or directory";
  if (const Browser* browser = find_browser(argument))
    return refused(
        argument, MissingReason::absent,
        fmt::format("{}; {}: means the profiles of {}", kNothing, argument, browser->name));
  const std::size_t colon = argument.find(':');
  if (colon == std::string::npos || argument.find('/') != std::string::npos)
    return refused(argument, MissingReason::absent, kNothing);
  return resolve_name(argument, options);
}

FoundProfiles resolve_one(const std::string& argument, const FindOptions& options,
                          Resolver& resolver) {
  if (argument.empty())
    return refused(argument, MissingReason::absent, "the profile's path is empty");
  struct stat status {};
  if (stat(argument.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return resolve_absent(argument, options);
    return refused(argument, MissingReason::unreadable, std::generic_category().message(errno));
  }
  const fs::path path = absolute_path(argument);
  if (S_ISDIR(status.st_mode)) return resolve_directory(path, options, resolver);
  if (S_ISREG(status.st_mode)) return resolve_file(path, resolver);
  return refused(path, MissingReason::not_a_store, "neither a directory nor a file");
}

FoundProfiles resolve_or_refuse(const std::string& argument, const FindOptions& options,
                                Resolver& resolver) {
  try {
    return resolve_one(argument, options, resolver);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::interrupted) throw;
    return refused(absolute_path(argument), MissingReason::unreadable, error.what());
  }
}

template <class T>
void append(std::vector<T>& to, std::vector<T>&& from) {
  std::ranges::move(from, std::back_inserter(to));
}

}  // namespace

FoundProfiles resolve_profile(const std::string& argument, const FindOptions& options) {
  return resolve_profiles(std::span(&argument, 1), options);
}

FoundProfiles resolve_profiles(std::span<const std::string> arguments, const FindOptions& options) {
  FoundProfiles all;
  Resolver resolver(options);
  for (const std::string& argument : arguments) {
    FoundProfiles found = resolve_or_refuse(argument, options, resolver);
    append(all.profiles, std::move(found.profiles));
    append(all.missing, std::move(found.missing));
    append(all.notes, std::move(found.notes));
  }
  std::set<std::string> seen;
  std::erase_if(all.profiles, [&](const Profile& profile) {
    return !seen.insert(profile.path.native() + '\0' + profile.only_store.value_or("")).second;
  });
  drop_repeated(all.missing);
  return all;
}

}  // namespace crumbs
