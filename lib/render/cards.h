#pragma once

/// Cards: what one vendor's installation on one site has left.

#include <string>
#include <vector>

#include "crumbs/types.h"

namespace crumbs {

/// Pointers into a report, which outlives them.
using Findings = std::vector<const Finding*>;

struct Card {
  std::string catalog, site;
  Findings findings;
};

/// The cards of what is current and documented, in the order in which they first occur.
[[nodiscard]] std::vector<Card> cards_of(const Findings& findings);
/// ", widget AbC123xYz0, visitors 12 and 13": what the names of the items have captured.
[[nodiscard]] std::string captured_ids(const Card& card);

}  // namespace crumbs
