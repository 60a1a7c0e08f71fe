#pragma once

// lib/diff: what differs between two reports.

/// Which item of one report is which of the other.

#include <string>
#include <vector>

#include "crumbs/types.h"
#include "diff/known.h"

namespace crumbs {

/// One item on both sides, or on one.
struct ItemPair {
  const Finding* before = nullptr;
  const Finding* after = nullptr;
};

/// Pairs the findings of one profile. Where an item is kept and its name must be equal; of several
/// such, those go together first that agree in scheme, port, state and value, then those that agree
/// in less. Those of AFTER without a partner come last. Every finding occurs once, in the order
/// given. Cost: linear in the findings.
[[nodiscard]] std::vector<ItemPair> pair_items(const std::vector<const Finding*>& before,
                                               const std::vector<const Finding*>& after,
                                               const Known& known);

}  // namespace crumbs
