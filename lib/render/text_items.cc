#include <fmt/format.h>

#include <unordered_map>

#include "render/text_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

/// Everything that is shown of a finding but its place.
std::string appearance(const View& view, const Finding& finding) {
  std::string key;
  const auto add = [&](std::string_view part) {
    key += part;
    key += '\0';
  };
  add(finding.name);
  add(to_string(finding.kind));
  add(to_string(finding.status));
  add(to_string(finding.state));
  add(finding.entry);
  add(plain(contents(finding, view.report.created, 0)));
  add(lifetime(finding, view.report.created));
  add(plain(verdict(finding)));
  for (const Drift& drift : finding.drift) add(drift.message);
  for (const std::string& note : finding.notes) add(note);
  for (const ValueField& field : finding.value.fields) {
    add(field.pointer);
    add(field.text);
  }
  return key;
}

}  // namespace

std::vector<ItemGroup> group_items(const View& view, const Findings& findings,
                                   std::string (*where)(const Finding&)) {
  std::vector<ItemGroup> groups;
  std::unordered_map<std::string, std::size_t> known;
  for (const Finding* finding : findings) {
    const auto at = known.try_emplace(appearance(view, *finding), groups.size()).first->second;
    if (at == groups.size()) groups.push_back({finding, finding->name, {}, {}});
    const std::string place = where(*finding);
    groups[at].places.push_back(place.empty() ? "(no host)" : place);
    groups[at].findings.push_back(finding);
  }
  return groups;
}

std::string places_of(const ItemGroup& group) {
  const bool cookie = group.first->kind == ItemKind::cookie;
  std::string text = cookie ? "cookie on " : "local storage of ";
  if (group.places.size() > 1)
    text += fmt::format("{} {}: ", group.places.size(), cookie ? "places" : "origins");
  return text + fmt::format("{}", fmt::join(group.places, ", "));
}

}  // namespace crumbs
