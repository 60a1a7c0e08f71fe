#include "render/cards.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "context.h"

namespace crumbs {
namespace {

bool belongs_on_card(const Finding& finding) {
  return finding.state == ItemState::current &&
         (is_documented(finding.status) || is_only_observed(finding));
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

const CardUsed* find_card(const Report& report, const Finding& finding) {
  const auto key = [](const CardUsed& card) { return std::tie(card.profile, card.id); };
  const auto wanted = std::tie(finding.profile, finding.card);
  const auto at = std::ranges::lower_bound(report.cards, wanted, {}, key);
  return at != report.cards.end() && key(*at) == wanted ? &*at : nullptr;
}

std::string card_details(const CardUsed& card) {
  std::string text = card.own_site ? ", its own site" : "";
  if (!card.context.empty()) text += ", " + card.context;
  std::map<std::string_view, std::vector<std::string_view>> ids;
  for (const CardId& id : card.ids) ids[id.word].push_back(id.value);
  for (const auto& [word, values] : ids) {
    const bool many = values.size() > 1;
    text += fmt::format(", {}{} {}", word, many ? "s" : "", fmt::join(values, many ? " and " : ""));
  }
  return text;
}

std::string card_details(const Report& report, const Card& card) {
  const Finding& first = *card.findings.front();
  if (const CardUsed* used = find_card(report, first); used != nullptr) return card_details(*used);
  const std::string context = context_words(first);
  return context.empty() ? context : ", " + context;
}

}  // namespace crumbs
