#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "field_key.h"
#include "render/brief.h"
#include "render/marks.h"
#include "render/text_blocks.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kPlacesNamed = 2;

void write_title(const View& view, const Text& title, std::string_view explanation) {
  Text text = title;
  text.push_back(shown(fmt::format(" ── {}", explanation), Style::dim));
  view.page.blank();
  view.page.heading(text);
}

std::string vendors_in(const View& view, const Findings& findings) {
  std::set<std::string> vendors;
  for (const Finding* finding : findings)
    vendors.insert(vendor_name(view.report, finding->catalog));
  return fmt::format("{}", fmt::join(vendors, ", "));
}

/// "cookie on shop.example.com", with the context that it is in.
Text place_words(const ItemGroup& item) {
  const bool cookie = item.first->kind == ItemKind::cookie;
  return {shown(fmt::format("{} {}", cookie ? "cookie on" : "local storage of",
                            first_of(item.places, kPlacesNamed)),
                Style::dim)};
}

std::string place_in_context(const Finding& finding) {
  const std::string context = place(finding).substr(place_on_card(finding).size());
  return brief_place(finding) + context;
}

/// A part of structured values that no entry describes: one key, in however many items.
struct UnknownKey {
  const Finding* finding = nullptr;
  const ValueField* field = nullptr;
  std::set<std::string> sites;
};

std::vector<UnknownKey> unknown_keys(const Findings& findings) {
  std::vector<UnknownKey> keys;
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (const Finding* finding : findings) {
    if (finding->state != ItemState::current || !is_documented(finding->status)) continue;
    for (const ValueField& field : finding->value.fields) {
      if (field.documented || !field.present) continue;
      const auto key = std::pair(finding->entry, field_key(finding->value, field));
      const auto at = known.try_emplace(key, keys.size()).first->second;
      if (at == keys.size()) keys.push_back({finding, &field, {}});
      keys[at].sites.insert(finding->site);
    }
  }
  return keys;
}

/// "in jv_store_…_client, on 3 sites".
Text where_key(const View& view, const UnknownKey& key) {
  const Entry* entry = view.entries.find(key.finding->entry);
  std::string name = entry == nullptr ? key.finding->entry : entry->name();
  for (std::size_t at = name.find("${"); at != std::string::npos; at = name.find("${", at))
    name.replace(at, name.find('}', at) - at + 1, "…");
  return {shown(fmt::format("in {}, on {}", name, counted(key.sites.size(), "site")), Style::dim)};
}

Line line_of(const View& view, const UnknownKey& key) {
  return {sign(Mark::undocumented),
          {view.page.name(field_key(key.finding->value, *key.field), Style::accent,
                          view.report.values != ValuesMode::full)},
          brief_contents(*key.field, view.report.created, true),
          {{std::string(to_string(key.field->personal_data)), Style::dim}},
          where_key(view, key)};
}

void write_undocumented(const View& view, const Findings& findings) {
  const Findings found = with_status(findings, Status::undocumented);
  const std::vector<UnknownKey> keys = unknown_keys(findings);
  if (found.empty() && keys.empty()) return;
  Findings all = found;
  for (const UnknownKey& key : keys) all.push_back(key.finding);
  write_title(
      view, {{"Undocumented", Style::bold}},
      fmt::format("{}'s by name or place; what deleting does is not known", vendors_in(view, all)));
  const std::vector<ItemGroup> items = group_items(view, found, place_in_context);
  Columns columns = columns_of(view, {{ItemKind::cookie, {}, items}});
  for (const UnknownKey& key : keys) widen(view, columns, line_of(view, key));
  for (const ItemGroup& item : items) {
    Line line = line_of(view, item, columns);
    line.words = place_words(item);
    write_line(view, columns, line);
  }
  for (const UnknownKey& key : keys) write_line(view, columns, line_of(view, key));
}

std::set<std::string> sites_of(const Findings& findings) {
  std::set<std::string> sites;
  for (const Finding* finding : findings) sites.insert(finding->site);
  return sites;
}

/// Items of the same places in one line: nothing is certain of them but their names.
void write_possible(const View& view, const Findings& findings) {
  const Findings found = with_status(findings, Status::possible);
  if (found.empty()) return;
  const std::set<std::string> sites = sites_of(found);
  const std::string where = sites.size() == 1 ? *sites.begin() : counted(sites.size(), "site");
  write_title(
      view, {shown("Possible on " + where, Style::bold)},
      fmt::format("anybody's names, nothing else of {} beside them", vendors_in(view, found)));
  for (const Block& block : blocks_of(view, found, place_in_context)) {
    std::vector<std::string> names;
    names.reserve(block.items.size());
    for (const ItemGroup& item : block.items)
      names.push_back(view.page.name(item.name, Style::plain, item.first->name_masked).text);
    Text text{
        sign(Mark::possible), {"  "}, {fmt::format("{}", fmt::join(names, ", ")), Style::accent}};
    text.push_back(shown("  " + shared_words(view, block, false), Style::dim));
    view.page.line(kLineIndent, text, 3);
  }
}

std::string title_of(const View& view, const std::string& id) {
  const Entry* entry = view.entries.find(id);
  return entry == nullptr || entry->title.empty() ? id : entry->title;
}

/// What the item could be.
Text candidates(const View& view, const Finding& finding) {
  std::string text = "may be " + title_of(view, finding.entry);
  for (const RunnerUp& other : finding.runner_up) text += ", or " + title_of(view, other.entry);
  return {shown(text)};
}

template <class Words>
void write_items(const View& view, const Findings& findings, const Words& words) {
  const std::vector<ItemGroup> items = group_items(view, findings, place_in_context);
  const Columns columns = columns_of(view, {{ItemKind::cookie, {}, items}});
  for (const ItemGroup& item : items) {
    Line line = line_of(view, item, columns);
    line.words = words(item);
    write_line(view, columns, line);
  }
}

void write_ambiguous(const View& view, const Findings& findings) {
  const Findings found = with_status(findings, Status::ambiguous);
  if (found.empty()) return;
  write_title(view, {{"Ambiguous", Style::bold}},
              "several entries fit and disagree; the strictest counts");
  write_items(view, found, [&](const ItemGroup& item) {
    Text text = candidates(view, *item.first);
    append(text, place_words(item), " · ");
    return text;
  });
}

void write_unknown(const View& view, const Findings& findings) {
  const Findings found = with_status(findings, Status::unknown);
  if (found.empty()) return;
  write_title(view, {{"Unknown", Style::bold}},
              counted(found.size(), "item") + " that no catalog knows");
  write_items(view, found, place_words);
}

void write_residue(const View& view, const Findings& findings) {
  const Findings found = residue_in(findings);
  if (found.empty()) return;
  write_title(view, {{"Residue", Style::bold}},
              "still in the files, and no longer what the browser uses");
  write_items(view, found, [&](const ItemGroup& item) {
    Text text{{std::string(to_string(item.first->state)), Style::warning}};
    append(text, place_words(item), " ");
    return text;
  });
}

}  // namespace

void write_brief_sections(const View& view, const Findings& findings) {
  write_undocumented(view, findings);
  write_possible(view, findings);
  write_ambiguous(view, findings);
  write_unknown(view, findings);
  write_residue(view, findings);
}

}  // namespace crumbs
