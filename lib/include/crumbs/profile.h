#pragma once

/// A browser's user directories: those that are there, and those that are known to exist and could
/// not be read. Plain values, as in types.h.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "crumbs/export.h"

namespace crumbs {

enum class Engine { chromium, firefox };

/// Whether a browser holds the profile open, and how we know ("lock on .parentlock held by pid
/// 12"). nullopt: it was not checked or cannot be told; `evidence` says which.
struct Running {
  std::optional<bool> running;
  std::string evidence;
  friend bool operator==(const Running&, const Running&) = default;
};

/// One browser user directory. Invariant: `path` exists when it came from find or resolve.
struct Profile {
  std::string id;  ///< as profile_id() gives it; empty before it is given
  std::string
      browser;  ///< id in browsers.def ("chrome", "firefox", ...); the engine's name where unknown
  std::string browser_name;  ///< for people: "Google Chrome (Flatpak)"
  Engine engine = Engine::chromium;
  std::string name;                     ///< "Default", "default-release"
  std::string display_name;             ///< what the browser's user called it, may be empty
  std::filesystem::path path;           ///< the profile directory itself
  std::filesystem::path user_data_dir;  ///< Chromium: holds `Local State`; Firefox: the root with
                                        ///< profiles.ini; may be empty
  std::string
      system;  ///< "linux", "macos", "windows": whose layout it was found in; empty where unknown
  std::string packaging;  ///< "native", "snap", "flatpak"
  Running running;
  /// A copy that the browser has put aside and does not use: all that it holds is `archived`.
  bool archived = false;
  /// Set where PROFILE named a single store: its path relative to `path`, '/'-separated. Only this
  /// store is read.
  std::optional<std::string> only_store;
  friend bool operator==(const Profile&, const Profile&) = default;
};

/// Why a profile that is known of was not read.
enum class MissingReason {
  absent,           ///< nothing is there
  not_a_directory,  ///< something is there that holds no profile: a file, a pipe
  not_a_profile,    ///< a directory without a profile
  not_a_store,      ///< a file that is no store
  unreadable,       ///< the system refuses to say what is there
  dangling_link,    ///< a symbolic link that leads nowhere
  outside,          ///< a symbolic link or a path out of what may be searched, not followed
  other_machine,    ///< a path of the machine that the list of profiles was copied from
};

/// A place that something names as a profile, or where one is known to be kept, and that was not
/// read. A report with one is not complete.
struct MissingProfile {
  std::string path;      ///< of the profile, or of the place that holds profiles
  std::string browser;   ///< as Profile::browser; empty where it is not known
  std::string name;      ///< as Profile::name; empty where it has none
  std::string named_by;  ///< the path of the list that names it, else kArgument or kKnownPlace
  MissingReason reason = MissingReason::absent;
  std::string target;   ///< of a symbolic link; empty where it is none
  std::string message;  ///< one line for people that begins with the path

  static constexpr std::string_view kArgument = "argument";       ///< the user named it
  static constexpr std::string_view kKnownPlace = "known_place";  ///< where the browser keeps them
  friend bool operator==(const MissingProfile&, const MissingProfile&) = default;
};

[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(Engine value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(MissingReason value);
/// "running", "not running", "not checked".
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(const Running& running);

}  // namespace crumbs
