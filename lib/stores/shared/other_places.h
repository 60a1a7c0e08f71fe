#pragma once

/// What else of a profile may know a site, beside the stores that are read.

#include <vector>

#include "crumbs/profile.h"
#include "crumbs/types.h"

namespace crumbs {

/// Those that are there, by names alone, in the order of path. None of a profile of which a single
/// store was named.
[[nodiscard]] std::vector<OtherPlace> other_places(const Profile& profile);

}  // namespace crumbs
