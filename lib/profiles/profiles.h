#pragma once

// lib/profiles: which profiles there are, and what a PROFILE argument means.

/// Parts of discovery: what a root holds. Names are looked at, a browser's own lists of profiles
/// are read, no store is opened.

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crumbs/audit.h"
#include "crumbs/types.h"
#include "profiles/browsers.h"
#include "profiles/reach.h"

namespace crumbs {

/// Directly below `directory` is what a profile of that engine has. Names only.
[[nodiscard]] bool is_chromium_profile(const std::filesystem::path& directory);
[[nodiscard]] bool is_firefox_profile(const std::filesystem::path& directory);

/// "or the like": holds what a browser keeps in the user-data directory and nowhere else.
[[nodiscard]] bool is_user_data_dir(const std::filesystem::path& directory);
/// Holds `profiles.ini` or `installs.ini`.
[[nodiscard]] bool has_profile_list(const std::filesystem::path& directory);
/// A Firefox root without its lists: `Profiles` holds profiles.
[[nodiscard]] bool is_folder_of_profiles(const std::filesystem::path& directory);

/// One search: how far it may go, and who gets what it comes upon. Refers to what outlives it.
struct Discovery {
  const Reach& reach;
  const FindOptions& options;
  std::function<void(Profile&&)> on_profile;  ///< one by one, so that nobody has to hold them all
  FoundProfiles& rest;                        ///< gets all that is no profile

  /// The profiles go into `found` as well.
  [[nodiscard]] static Discovery into(FoundProfiles& found, const Reach& reach,
                                      const FindOptions& options);
};

/// Hands on the profiles of one root, without `running`, by name (numbers by value) and then path;
/// adds what is missing of them.
void add_profiles(const BrowserPlace& root, Engine engine, const Discovery& discovery);
/// The same for one engine's roots.
void add_chromium_profiles(const BrowserPlace& root, const Discovery& discovery);
void add_firefox_profiles(const BrowserPlace& root, const Discovery& discovery);

/// The system that wrote a Firefox profile, as Profile::system, where a file in it says so; else
/// empty.
[[nodiscard]] std::string firefox_system(const std::filesystem::path& profile);

/// A profile that no root knows, without `running`: called after its directory, of the browser that
/// the end of its path tells.
[[nodiscard]] Profile lone_profile(const std::filesystem::path& path, Engine engine);
/// Profile::browser_name where the browser is not known.
[[nodiscard]] std::string_view unknown_browser(Engine engine);
/// A profile of `root`, without `running`.
[[nodiscard]] Profile profile_of(const BrowserPlace& root, Engine engine,
                                 const std::filesystem::path& path, const std::string& name,
                                 const std::string& display_name);
/// Absolute and normal, without a slash at the end. Links stay as they are written.
[[nodiscard]] std::filesystem::path absolute_path(const std::filesystem::path& path);
/// Asks the system whether a browser holds the profile open; not of an image (`options.root`).
[[nodiscard]] Running running_of(const Profile& profile, const FindOptions& options);
/// "Profile 2" before "Profile 10".
[[nodiscard]] bool natural_less(std::string_view left, std::string_view right);

/// Equal for paths that lead to one directory. nullopt: nothing is there.
using DirectoryIdentity = std::pair<dev_t, ino_t>;
[[nodiscard]] std::optional<DirectoryIdentity> identity_of(const std::filesystem::path& directory);

/// Directories, each once, whatever paths lead to it.
class DistinctDirectories {
 public:
  /// True the first time; false for what is not there as well.
  bool insert(const std::filesystem::path& directory);

 private:
  std::set<DirectoryIdentity> seen_;
};

/// As Profile::browser.
[[nodiscard]] std::string_view browser_id(const BrowserPlace& root, Engine engine);
/// Of equal entries the first stays.
void drop_repeated(std::vector<MissingProfile>& missing);

/// A list of profiles that cannot be read, so that what it names is not known. `message` says why
/// and begins with its path.
[[nodiscard]] MissingProfile unreadable_list(const std::filesystem::path& list, std::string message,
                                             std::string_view browser);
/// read_below for the small text files of discovery. nullopt: absent, or unreadable, which is told
/// as missing.
[[nodiscard]] std::optional<std::string> read_list(const std::filesystem::path& root,
                                                   std::string_view relative,
                                                   std::string_view browser,
                                                   std::vector<MissingProfile>& missing);

}  // namespace crumbs
