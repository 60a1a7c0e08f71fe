#pragma once

/// Firefox's profile groups: databases beside `profiles.ini` that name profiles which need not be
/// in it.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace crumbs {

/// One row of a group.
struct GroupedProfile {
  std::string path;  ///< as written: relative to the root, with the system's own separators
  std::string name;  ///< what the user called it
};

/// The directory of the groups, in a Firefox root.
inline constexpr std::string_view kProfileGroups = "Profile Groups";

/// The profiles that the database `relative` below `root` names, read from a private copy, which
/// lies in `temp_dir` as ReadLimits::temp_dir says. Throws Error where it cannot be read as a
/// whole.
[[nodiscard]] std::vector<GroupedProfile> read_profile_group(const std::filesystem::path& root,
                                                             const std::string& relative,
                                                             const std::filesystem::path& temp_dir);

}  // namespace crumbs
