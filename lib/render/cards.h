#pragma once

/// Cards: what one vendor's installation on one site has left.

#include <span>
#include <string>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/types.h"

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
/// ", its own site, container 6 Work, widget AbC123xYz0": whether the site is the vendor's, in
/// which context the items lie, and the ids that join them, as their names have captured them, each
/// with the catalog's word for what it joins; of these the context alone where the card's catalog
/// is not at hand.
[[nodiscard]] std::string card_details(const Card& card, std::span<const Catalog> catalogs);

}  // namespace crumbs
