#include "audit/cards.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "context.h"

namespace crumbs {
namespace {

/// What a card is of, before joining variables part it.
std::string card_of(const Finding& finding) {
  const std::string context = context_of(finding);
  return fmt::format("{}|{}{}{}", finding.catalog, finding.site, context.empty() ? "" : "|",
                     context);
}

/// One card, and the ids of what joins its items by their words.
struct Sums {
  const Finding* first = nullptr;
  std::set<std::pair<std::string, std::string>> ids;
};

CardUsed used_card(const Finding& first, std::span<const Catalog> catalogs) {
  CardUsed card;
  card.profile = first.profile;
  card.id = first.card;
  card.catalog = first.catalog;
  card.site = first.site;
  const auto catalog = std::ranges::find(catalogs, first.catalog, &Catalog::id);
  card.own_site = catalog != catalogs.end() && catalog->is_vendor_host(first.site);
  card.container = first.container;
  card.context = context_words(first);
  return card;
}

}  // namespace

JoiningVariables joining_variables(std::span<const Catalog> catalogs) {
  JoiningVariables joining;
  for (const Catalog& catalog : catalogs) {
    for (const Variable& variable : catalog.variables()) {
      if (!variable.joins.empty()) joining[{catalog.id(), variable.name}] = variable.joins;
    }
  }
  return joining;
}

void assign_cards(std::vector<Finding>& findings, const JoiningVariables& joining) {
  std::map<std::string, std::map<std::string, std::set<std::string>>> variables;
  for (const Finding& finding : findings) {
    if (finding.state != ItemState::current) continue;  // else listing residue would part cards
    for (const auto& [variable, value] : finding.captured) {
      if (joining.contains({finding.catalog, variable}))
        variables[card_of(finding)][variable].insert(value);
    }
  }
  for (Finding& finding : findings) {
    if (finding.catalog.empty()) continue;
    finding.card = card_of(finding);
    const auto joined = variables.find(finding.card);
    if (joined == variables.end()) continue;
    for (const auto& [variable, value] : finding.captured) {
      const auto values = joined->second.find(variable);
      if (values != joined->second.end() && values->second.size() > 1) finding.card += "|" + value;
    }
  }
}

void drop_unnamed_cards(Report& report) {
  std::set<std::pair<std::string_view, std::string_view>> named;
  for (const Finding& finding : report.findings) named.emplace(finding.profile, finding.card);
  std::erase_if(report.cards, [&named](const CardUsed& card) {
    return !named.contains({card.profile, card.id});
  });
}

std::vector<CardUsed> cards_in(const Report& report, std::span<const Catalog> catalogs,
                               const JoiningVariables& joining) {
  std::map<std::pair<std::string, std::string>, Sums> cards;
  for (const Finding& finding : report.findings) {
    if (finding.card.empty()) continue;
    Sums& sums = cards[{finding.profile, finding.card}];
    if (sums.first == nullptr) sums.first = &finding;
    for (const auto& [variable, value] : finding.captured) {
      const auto word = joining.find({finding.catalog, variable});
      if (word != joining.end()) sums.ids.emplace(word->second, value);
    }
  }
  std::vector<CardUsed> used;
  used.reserve(cards.size());
  for (const auto& [key, sums] : cards) {
    CardUsed& card = used.emplace_back(used_card(*sums.first, catalogs));
    for (const auto& [word, value] : sums.ids) card.ids.push_back({word, value});
  }
  return used;
}

}  // namespace crumbs
