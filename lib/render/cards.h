#pragma once

/// Cards: what one vendor's installation on one site has left.

#include <string>
#include <vector>

#include "crumbs/report.h"

namespace crumbs {

/// Pointers into a report, which outlives them.
using Findings = std::vector<const Finding*>;

struct Card {
  std::string catalog, site;
  Findings findings;
};

/// Whether an entry describes the item, of which the document says nothing.
[[nodiscard]] bool is_only_observed(const Finding& finding);
/// The cards of what is current and described, in the order in which they first occur.
[[nodiscard]] std::vector<Card> cards_of(const Findings& findings);
/// nullptr where the report does not tell of it. Cost: logarithmic in the cards.
[[nodiscard]] const CardUsed* find_card(const Report& report, const Finding& finding);
/// ", its own site, container 6 Work, widget AbC123xYz0": whether the site is the vendor's, in
/// which context the items lie, and the ids that join them, as their names have captured them, each
/// with the catalog's word for what it joins.
[[nodiscard]] std::string card_details(const CardUsed& card);
/// The same; of a card that the report does not tell of the context alone.
[[nodiscard]] std::string card_details(const Report& report, const Card& card);

}  // namespace crumbs
