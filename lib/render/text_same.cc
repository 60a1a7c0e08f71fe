#include "render/text_same.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/brief.h"
#include "render/marks.h"

namespace crumbs {
namespace {

/// What a masked text is, in a word.
struct Kind {
  ValueType type;
  std::string_view one, several;
};
constexpr std::array kKinds{
    Kind{ValueType::identifier, "id", "ids"}, Kind{ValueType::person_name, "name", "names"},
    Kind{ValueType::phone, "phone", "phones"}, Kind{ValueType::email, "e-mail", "e-mails"}};
constexpr Kind kOther{ValueType::opaque, "value", "values"};

Kind kind_of(ValueType type) {
  const auto* const kind = std::ranges::find(kKinds, type, &Kind::type);
  return kind == kKinds.end() ? kOther : *kind;
}

/// Values that equally many items on equally many sites hold.
struct Alike {
  std::uint64_t items = 0, sites = 0;
  std::vector<std::pair<Kind, std::vector<std::string>>> tokens;  ///< in the order of the first
};

std::vector<Alike> group(const std::vector<SameValue>& values) {
  std::vector<Alike> groups;
  for (const SameValue& value : values) {
    auto group = std::ranges::find_if(groups, [&](const Alike& one) {
      return one.items == value.items && one.sites == value.sites;
    });
    if (group == groups.end()) group = groups.insert(groups.end(), {value.items, value.sites, {}});
    const Kind kind = kind_of(value.type);
    auto tokens = std::ranges::find_if(
        group->tokens, [&kind](const auto& one) { return one.first.type == kind.type; });
    if (tokens == group->tokens.end())
      tokens = group->tokens.insert(group->tokens.end(), {kind, {}});
    tokens->second.push_back(value.token);
  }
  std::ranges::stable_sort(groups, std::ranges::greater{}, &Alike::items);
  return groups;
}

std::uint64_t undocumented_keys(const Finding& finding) {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      finding.value.fields,
      [](const ValueField& field) { return field.present && !field.documented; }));
}

}  // namespace

std::vector<Text> same_values(const std::vector<SameValue>& values) {
  constexpr std::size_t kMostGroups = 4, kMostTokens = 6;
  const std::vector<Alike> groups = group(values);
  const bool same_sites = std::ranges::all_of(
      groups, [&](const Alike& one) { return one.sites == groups.front().sites; });
  std::vector<Text> parts;
  for (const Alike& alike : groups) {
    if (parts.size() == kMostGroups) {
      parts.push_back({{fmt::format("{} more", groups.size() - kMostGroups)}});
      break;
    }
    std::string text;
    for (const auto& [kind, tokens] : alike.tokens)
      text += fmt::format("{}{} ({})", text.empty() ? "" : ", ",
                          tokens.size() == 1 ? kind.one : kind.several,
                          first_of(tokens, kMostTokens, ", "));
    text +=
        parts.empty() ? " in " + counted(alike.items, "item") : fmt::format(" in {}", alike.items);
    if (!same_sites || &alike == &groups.back()) text += " on " + counted(alike.sites, "site");
    parts.push_back({shown(text)});
  }
  return parts;
}

EqualFindings::EqualFindings(const Findings& findings) {
  for (const Finding* finding : findings) by_id_.emplace(finding->id, finding);
}

std::string EqualFindings::site_of(const Block& block) const {
  std::string site;
  for (const ItemGroup& item : block.items) {
    for (const Finding* finding : item.findings) {
      const auto other = by_id_.find(finding->value.same_as);
      if (other == by_id_.end() || !is_documented(other->second->status) ||
          !finding->drift.empty() || finding->notes != other->second->notes)
        return {};
      const std::string& found = other->second->site;
      if (found.empty() || found == finding->site || (!site.empty() && site != found)) return {};
      site = found;
    }
  }
  return site;
}

Text names_of(const View& view, const Block& block) {
  Text text;
  for (const ItemGroup& item : block.items) {
    const Finding& finding = *item.first;
    Text one{sign(mark_of(finding)), {" "}};
    one.push_back(view.page.name(item.name, Style::accent, finding.name_masked));
    if (const std::uint64_t keys = undocumented_keys(finding); keys > 0)
      one.push_back({fmt::format(" ({})", counted(keys, "undocumented key")), Style::warning});
    append(text, one, ", ");
  }
  return text;
}

}  // namespace crumbs
