#pragma once

// lib/diff: what differs between two reports.

/// Which item of one report is which of the other.

#include <string>
#include <vector>

#include "crumbs/types.h"

namespace crumbs {

/// One item on both sides, or on one.
struct ItemPair {
  const Finding* before = nullptr;
  const Finding* after = nullptr;
};

/// Digest of the whole value; empty where it is not known: masked, not readable.
[[nodiscard]] std::string value_digest(const FindingValue& value);

/// Whether the name is told, or at least its digest.
[[nodiscard]] bool is_name_known(const Finding& finding) noexcept;
/// Digest of the name; empty where it is not known.
[[nodiscard]] std::string name_digest(const Finding& finding);
/// What is left of the name whatever a report masks in it: "jv_enter_ts_•••".
[[nodiscard]] std::string name_shape(const Finding& finding);
/// Removes the tokens and what else refers to others of their own report.
void drop_tokens(Finding& finding);

/// Pairs the findings of one profile. Where an item is kept and its name must be equal; of several
/// such, those go together first that agree in scheme, port, state and value, then those that agree
/// in less. Those of AFTER without a partner come last. Every finding occurs once, in the order
/// given. Cost: linear in the findings.
[[nodiscard]] std::vector<ItemPair> pair_items(const std::vector<const Finding*>& before,
                                               const std::vector<const Finding*>& after);

}  // namespace crumbs
