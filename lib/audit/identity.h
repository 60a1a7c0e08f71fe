#pragma once

/// What tells one item from others, and the same item wherever it is found.

#include <string>

#include "crumbs/profile.h"
#include "crumbs/types.h"

namespace crumbs {

/// What of an item and its profile may be masked, as every report may show it: neither an id nor a
/// fingerprint tells what is masked, and both are the same in every mode.
struct ShownParts {
  std::string name, path;
  std::string file;          ///< Locator::file
  std::string profile_path;  ///< the same however the profile was reached
};

/// As Finding::id, equal for items that only their state of storage parts. Never from a value.
[[nodiscard]] std::string id_of(const Finding& finding, const Profile& profile,
                                const ShownParts& shown);
/// As Finding::fingerprint. Never from a value, nor from what differs between machines.
[[nodiscard]] std::string fingerprint_of(const Finding& finding, const ShownParts& shown);

}  // namespace crumbs
