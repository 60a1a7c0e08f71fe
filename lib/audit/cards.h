#pragma once

/// The cards that the findings of a report name, so that they are told without the catalogs.

#include <span>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/report.h"

namespace crumbs {

/// Removes those that no finding names.
void drop_unnamed_cards(Report& report);
/// Sorted by profile and id. Names are as the findings have them, masked or not.
[[nodiscard]] std::vector<CardUsed> cards_in(const Report& report,
                                             std::span<const Catalog> catalogs);

}  // namespace crumbs
