#pragma once

/// Cards: which items are of one installation, and what a report tells of each.

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/report.h"

namespace crumbs {

/// Variables whose values join items to one card, by catalog id and name, with the word for what
/// names with one value belong to (Variable::joins).
using JoiningVariables = std::map<std::pair<std::string, std::string>, std::string>;
[[nodiscard]] JoiningVariables joining_variables(std::span<const Catalog> catalogs);

/// Joins the findings of one profile into cards: one catalog on one site in one context; where a
/// joining variable has several values in the names there, one card a value.
void assign_cards(std::vector<Finding>& findings, const JoiningVariables& joining);

/// Removes those that no finding names.
void drop_unnamed_cards(Report& report);
/// Those that the findings of a report name, so that they are told without the catalogs; sorted by
/// profile and id. Names are as the findings have them, masked or not.
[[nodiscard]] std::vector<CardUsed> cards_in(const Report& report,
                                             std::span<const Catalog> catalogs,
                                             const JoiningVariables& joining);

}  // namespace crumbs
