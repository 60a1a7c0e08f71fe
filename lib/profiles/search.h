#pragma once

/// Profiles by what they hold: directories that have the marks of a profile of either engine,
/// wherever they lie.

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>

#include "crumbs/audit.h"
#include "profiles/profiles.h"

namespace crumbs {

/// Looks through directories from the top, the shallow ones first. No link is followed: what a link
/// below the top leads to lies below it, or outside of what is searched. Caches are left out.
class ProfileSearch {
 public:
  /// `discovery` gets what is found, and a note where a bound was met or a directory could not be
  /// searched. It outlives the search.
  /// A directory that cannot be searched is missing where somebody asked for `all` of a place, and
  /// else a note, since a home may well have one that was never the user's.
  ProfileSearch(const Discovery& discovery, bool all)
      : discovery_(discovery), bounds_(discovery.options.search), all_(all) {}

  /// Neither this directory nor what lies below it is searched again. `directory` is behind links.
  void leave_out(const std::filesystem::path& directory) { known_.insert(directory.string()); }

  /// Searches what lies below `top` and is not left out; then it is.
  void search(const std::filesystem::path& top);

  /// Tells of the bounds that were met and of what could not be searched.
  void conclude();

 private:
  struct Place {
    std::filesystem::path path;
    std::size_t depth = 0;
  };
  class Directory;

  void tell_unreadable(const std::filesystem::path& directory);
  bool take(const Directory& directory);
  bool take_root(const std::filesystem::path& path, Engine engine);
  bool take_profile(const std::filesystem::path& path, Engine engine);

  const Discovery& discovery_;
  const SearchBounds& bounds_;
  bool all_;
  std::set<std::string> known_;
  std::size_t searched_ = 0, unreadable_ = 0, too_deep_ = 0;
  std::filesystem::path first_unreadable_;
  bool cut_off_ = false;
};

/// All below one directory, without `running`.
[[nodiscard]] FoundProfiles profiles_below(const std::filesystem::path& top, const Reach& reach,
                                           const FindOptions& options);

}  // namespace crumbs
