#pragma once

// lib/profiles: which profiles there are, and what a PROFILE argument means.

/// Parts of discovery: what a root holds. Names are looked at, `Local State` and `profiles.ini` are
/// read, no store is opened.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/audit.h"
#include "crumbs/types.h"
#include "diagnostics.h"
#include "profiles/browsers.h"
#include "system/directory.h"

namespace crumbs {

/// What a profile of this machine may name by an absolute path (profiles.ini, IsRelative=0).
struct AbsolutePaths {
  enum class Meaning {
    here,    ///< as written: the root is the browser's own on this machine
    inside,  ///< below `image`, a mounted file system or a copied home
    refused  ///< a copy: the path belongs to another machine
  };
  Meaning meaning = Meaning::refused;
  std::filesystem::path image;
};

/// Directly below `directory` is what a profile of that engine has. Names only.
[[nodiscard]] bool is_chromium_profile(const std::filesystem::path& directory);
[[nodiscard]] bool is_firefox_profile(const std::filesystem::path& directory);

/// "or the like": holds what a browser keeps in the user-data directory and nowhere else.
[[nodiscard]] bool is_user_data_dir(const std::filesystem::path& directory);
/// Holds `profiles.ini` or `installs.ini`.
[[nodiscard]] bool has_profile_list(const std::filesystem::path& directory);
/// A Firefox root without its lists: `Profiles` holds profiles.
[[nodiscard]] bool is_folder_of_profiles(const std::filesystem::path& directory);

/// The profiles of one root, without `running`, in no particular order. Places that could not be
/// looked at are added to `diagnostics`.
[[nodiscard]] std::vector<Profile> chromium_profiles(const BrowserPlace& root,
                                                     std::vector<Diagnostic>& diagnostics);
[[nodiscard]] std::vector<Profile> firefox_profiles(const BrowserPlace& root,
                                                    const AbsolutePaths& absolute,
                                                    std::vector<Diagnostic>& diagnostics);

/// The system that wrote a Chromium user-data directory or a Firefox profile, as Profile::system,
/// where a file in it says so; else empty.
[[nodiscard]] std::string chromium_system(const std::filesystem::path& user_data_dir);
[[nodiscard]] std::string firefox_system(const std::filesystem::path& profile);

/// A profile of `root` with the fields that follow from it.
[[nodiscard]] Profile profile_of(const BrowserPlace& root, Engine engine);
/// Absolute and normal, without a slash at the end. Links stay as they are written.
[[nodiscard]] std::filesystem::path absolute_path(const std::filesystem::path& path);
/// Asks the system whether a browser holds the profile open; not of an image (`options.root`).
[[nodiscard]] Running running_of(const Profile& profile, const FindOptions& options);
/// Sorts by browser (as in browsers.def), packaging, name (numbers by value) and path; of several
/// entries for one directory the first stays.
void sort_profiles(std::vector<Profile>& profiles);

/// Adds "PLACE: WHAT", once for each code and place.
void note_place(std::vector<Diagnostic>& diagnostics, DiagnosticCode code,
                Diagnostic::Severity severity, const std::filesystem::path& place,
                std::string_view what);
/// The same for a place that `kind` keeps us from looking into: a link or an unreadable place.
void note_skipped(std::vector<Diagnostic>& diagnostics, const std::filesystem::path& place,
                  PlaceKind kind);

/// read_below for the small text files of discovery. nullopt: absent, or unreadable and noted.
[[nodiscard]] std::optional<std::string> read_noted(const std::filesystem::path& root,
                                                    std::string_view relative,
                                                    std::vector<Diagnostic>& diagnostics);

}  // namespace crumbs
