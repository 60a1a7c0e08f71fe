#pragma once

/// What is worth knowing of findings beside their status. Pure; no note ever holds a value.

#include <cstddef>
#include <vector>

#include "audit/present.h"
#include "crumbs/types.h"

namespace crumbs {

/// Notes a value that fails a check of the browser, and numbers that no time can be.
void note_doubts(Finding& finding);

/// Notes local storage that nothing ever removes and whose newest inner time is over 180 days
/// before `now`.
void note_age(Finding& finding, const Time& now);

/// What the value of one finding says of variables.
struct StatedVariables {
  std::size_t finding = 0;  ///< index into the findings
  VariableValues variables;
};

/// Notes documented current items of one catalog, site and context, partition included, that differ
/// in a variable which at least one value there states; captured variables count too. Names alone
/// that differ belong to several installations, which is no contradiction. n log n in the findings.
void note_disagreements(std::vector<Finding>& findings, const std::vector<StatedVariables>& stated);

}  // namespace crumbs
