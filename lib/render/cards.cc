#include "render/cards.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "context.h"

namespace crumbs {
namespace {

bool belongs_on_card(const Finding& finding) {
  return finding.state == ItemState::current &&
         (finding.status == Status::documented || finding.status == Status::drift ||
          is_only_observed(finding));
}

}  // namespace

bool is_only_observed(const Finding& finding) {
  return finding.status == Status::undocumented && !finding.entry.empty();
}

std::vector<Card> cards_of(const Findings& findings) {
  std::vector<Card> cards;
  std::unordered_map<std::string, std::size_t> known;
  for (const Finding* finding : findings) {
    if (!belongs_on_card(*finding)) continue;
    const std::string key =
        finding->card.empty() ? finding->catalog + '|' + finding->site : finding->card;
    const auto at = known.try_emplace(key, cards.size()).first->second;
    if (at == cards.size()) cards.push_back({finding->catalog, finding->site, {}});
    cards[at].findings.push_back(finding);
  }
  return cards;
}

std::string card_details(const Card& card, std::span<const Catalog> catalogs) {
  std::string text = context_words(*card.findings.front());
  const auto catalog = std::ranges::find(catalogs, card.catalog, &Catalog::id);
  if (catalog == catalogs.end()) return text;
  std::map<std::string, std::set<std::string>> ids;
  for (const Variable& variable : catalog->variables()) {
    if (variable.joins.empty()) continue;
    for (const Finding* finding : card.findings) {
      const auto captured = finding->captured.find(variable.name);
      if (captured != finding->captured.end()) ids[variable.joins].insert(captured->second);
    }
  }
  if (catalog->is_vendor_host(card.site)) text = ", its own site" + text;
  for (const auto& [word, values] : ids) {
    const bool many = values.size() > 1;
    text += fmt::format(", {}{} {}", word, many ? "s" : "", fmt::join(values, many ? " and " : ""));
  }
  return text;
}

}  // namespace crumbs
