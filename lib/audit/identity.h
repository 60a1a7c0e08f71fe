#pragma once

/// What tells one item from others, and the same item wherever it is found.

#include <string>
#include <string_view>

#include "crumbs/report.h"

namespace crumbs {

/// What of an item and its profile may be masked, as every report may show it: neither an id nor a
/// fingerprint tells what is masked, and both are the same in every mode.
struct ShownParts {
  std::string name, path;
  std::string file;  ///< Locator::file
};

/// The path of the profile, the same however it is written and whatever links lead to it.
[[nodiscard]] std::string real_path(const Profile& profile);
/// As the public profile_id, of a path as every report may show it.
[[nodiscard]] std::string profile_id(const Profile& profile, std::string_view real_path,
                                     const Labels& labels);
/// As Finding::id, from Finding::profile; equal for items that only their state of storage parts.
/// Never from a value.
[[nodiscard]] std::string id_of(const Finding& finding, const ShownParts& shown);
/// As Finding::fingerprint. Never from a value, nor from what differs between machines.
[[nodiscard]] std::string fingerprint_of(const Finding& finding, const ShownParts& shown);

}  // namespace crumbs
