#pragma once

/// What limits a comparison.

#include <string>
#include <string_view>
#include <vector>

#include "crumbs/diff.h"

namespace crumbs {

/// Catalogs and digest keys that the reports do not share.
void add_report_remarks(const Report& before, const Report& after,
                        std::vector<std::string>& remarks);
/// What the report called `label` does not list.
void add_side_remarks(const Report& report, std::string_view label, bool lacks_residue,
                      std::vector<std::string>& remarks);
/// Profiles that are compared and are called otherwise.
void add_pair_remark(const ProfileChange& profile, std::vector<std::string>& remarks);

}  // namespace crumbs
