#pragma once

/// What differs between two findings of the same item.

#include <string>
#include <vector>

#include "crumbs/diff.h"
#include "diff/known.h"

namespace crumbs {

struct FactsCompared {
  std::vector<FactChange> facts;
  bool differs = false;    ///< value, expiry, attributes or state; else `facts` is empty
  bool rewritten = false;  ///< times of creation or update differ; those alone are no difference
  std::string unsure;      ///< why names or values cannot be compared; empty where they can
};

/// `before` and `after` as the reports have them; the shown ones as they may be shown. Only the
/// shown ones give texts. Time of access is never compared.
[[nodiscard]] FactsCompared compare_facts(const Finding& before, const Finding& after,
                                          const Finding& shown_before, const Finding& shown_after,
                                          const Known& known);

}  // namespace crumbs
