#include "audit/cards.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "context.h"

namespace crumbs {
namespace {

/// What names with one value of a variable belong to, by catalog and variable.
using Words = std::map<std::pair<std::string, std::string>, std::string>;

Words words_of(std::span<const Catalog> catalogs) {
  Words words;
  for (const Catalog& catalog : catalogs) {
    for (const Variable& variable : catalog.variables()) {
      if (!variable.joins.empty()) words[{catalog.id(), variable.name}] = variable.joins;
    }
  }
  return words;
}

/// One card, and the ids of what joins its items by their words.
struct Sums {
  const Finding* first = nullptr;
  std::set<std::pair<std::string, std::string>> ids;
};

CardUsed card_of(const Finding& first, std::span<const Catalog> catalogs) {
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

void drop_unnamed_cards(Report& report) {
  std::set<std::pair<std::string_view, std::string_view>> named;
  for (const Finding& finding : report.findings) named.emplace(finding.profile, finding.card);
  std::erase_if(report.cards, [&named](const CardUsed& card) {
    return !named.contains({card.profile, card.id});
  });
}

std::vector<CardUsed> cards_in(const Report& report, std::span<const Catalog> catalogs) {
  const Words words = words_of(catalogs);
  std::map<std::pair<std::string, std::string>, Sums> cards;
  for (const Finding& finding : report.findings) {
    if (finding.card.empty()) continue;
    Sums& sums = cards[{finding.profile, finding.card}];
    if (sums.first == nullptr) sums.first = &finding;
    for (const auto& [variable, value] : finding.captured) {
      const auto word = words.find({finding.catalog, variable});
      if (word != words.end()) sums.ids.emplace(word->second, value);
    }
  }
  std::vector<CardUsed> used;
  used.reserve(cards.size());
  for (const auto& [key, sums] : cards) {
    CardUsed& card = used.emplace_back(card_of(*sums.first, catalogs));
    for (const auto& [word, value] : sums.ids) card.ids.push_back({word, value});
  }
  return used;
}

}  // namespace crumbs
