#include "render/cards.h"

#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

namespace crumbs {
namespace {

bool belongs_on_card(const Finding& finding) {
  return finding.state == ItemState::current &&
         (finding.status == Status::documented || finding.status == Status::drift);
}

/// "jivo_widget_id" -> "widget"; empty for variables that identify nothing.
std::string id_word(std::string_view variable) {
  if (!variable.ends_with("_id")) return {};
  variable.remove_suffix(3);
  return std::string(variable.substr(variable.rfind('_') + 1));
}

}  // namespace

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

std::string captured_ids(const Card& card) {
  std::map<std::string, std::set<std::string>> ids;
  for (const Finding* finding : card.findings) {
    for (const auto& [variable, value] : finding->captured) {
      if (const std::string word = id_word(variable); !word.empty()) ids[word].insert(value);
    }
  }
  std::string text;
  for (const auto& [word, values] : ids) {
    const bool many = values.size() > 1;
    text += fmt::format(", {}{} {}", word, many ? "s" : "", fmt::join(values, many ? " and " : ""));
  }
  return text;
}

}  // namespace crumbs
