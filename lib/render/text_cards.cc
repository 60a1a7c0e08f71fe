#include <algorithm>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "printable.h"
#include "render/brief.h"
#include "render/facts.h"
#include "render/text_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kRecordsNamed = 3;

Text card_title(const View& view, const Card& card) {
  Text text{shown(vendor_name(view.report, card.catalog), Style::bold)};
  if (!card.site.empty()) {
    text.push_back({" on "});
    text.push_back(shown(card.site, Style::bold));
  }
  text.push_back(shown(card_details(view.report, card)));
  return text;
}

Text meaning(const View& view, const Finding& finding) {
  const Entry* entry = view.entries.find(finding.entry);
  if (entry == nullptr) return {shown(finding.entry, Style::dim)};
  Text text{shown(entry->description.empty() ? entry->documented_as : entry->description)};
  if (is_only_observed(finding))
    text.push_back(shown(" (seen in the wild, not in the vendor's document)", Style::dim));
  else if (finding.form && !finding.form->documented_as.empty())
    text.push_back(shown(" (documented as " + finding.form->documented_as + ")", Style::dim));
  if (!entry->set_by.empty()) text.push_back(shown(" (set by " + entry->set_by + ")", Style::dim));
  for (const Observation& seen : entry->observations) {
    if (seen.about == Observed::meaning)
      text.push_back(shown(" (publicly seen: " + seen.evidence.what + ")", Style::dim));
  }
  if (entry->erratum)
    text.push_back(shown(" (the document says “" + entry->erratum->says +
                             "”; likely meant: " + entry->erratum->likely + ")",
                         Style::dim));
  return text;
}

Text item_name(const View& view, const Finding& finding) {
  Text name{view.page.name(finding.name, Style::accent, finding.name_masked)};
  if (finding.status == Status::drift) name.push_back({" drift", Style::warning});
  if (is_only_observed(finding)) name.push_back({" undocumented", Style::warning});
  return name;
}

/// Where the records of a group lie.
std::string records_of(const ItemGroup& group) {
  std::vector<std::string> records;
  records.reserve(group.findings.size());
  for (const Finding* finding : group.findings) records.push_back(locator_words(finding->locator));
  return first_of(records, kRecordsNamed, "; ");
}

Text facts(const View& view, const ItemGroup& group) {
  const Finding& finding = *group.first;
  std::string text = places_of(group);
  if (const std::string life = lifetime(finding, view.report.created); !life.empty())
    text += " · " + life;
  const PersonalData personal = finding.value.personal_data;
  if (personal != PersonalData::none && personal != PersonalData::unknown)
    text += fmt::format(" · personal data: {}", to_string(personal));
  const Entry* entry = view.entries.find(finding.entry);
  if (entry != nullptr && entry->documented()) text += " · section: " + entry->section;
  return {shown(text + " · " + records_of(group), Style::dim)};
}

Text field_line(const View& view, const ValueField& field) {
  Text text{shown(field.pointer, Style::accent), {"  "}};
  append(text, field_contents(field, view.report.created));
  std::string remark;
  const auto add = [&](const std::string& part) { remark += (remark.empty() ? "" : ", ") + part; };
  if (!field.documented) add("undocumented");
  if (field.personal_data != PersonalData::none && field.personal_data != PersonalData::unknown)
    add(std::string(to_string(field.personal_data)));
  if (!field.erratum.empty()) add(field.erratum);
  if (!remark.empty())
    text.push_back(shown("  (" + remark + ")", field.documented ? Style::dim : Style::warning));
  return text;
}

void write_fields(const View& view, const FindingValue& value) {
  for (const ValueField& field : value.fields) {
    if (field.present) view.page.line(4, field_line(view, field), 2);
  }
}

void write_remarks(const View& view, const ItemGroup& group) {
  for (const Drift& drift : group.first->drift)
    view.page.line(4,
                   {{"differs: ", Style::warning},
                    shown(drift.message),
                    shown(" (" + drift.rule + ")", Style::dim)},
                   2);
  for (const std::string& note : group.first->notes)
    view.page.line(4, {{"note: ", Style::warning}, shown(note)}, 2);
  write_fields(view, group.first->value);
  view.page.line(4, facts(view, group), 2);
}

/// Columns of a card: the name takes what the names need, the words take the rest.
struct Layout {
  std::size_t name = 0, contents = 0, meaning = 0, verdict = 0;
};

Layout layout_of(const View& view, const std::vector<ItemGroup>& groups) {
  std::size_t longest = 0;
  for (const ItemGroup& group : groups)
    longest = std::max(longest, text_width(item_name(view, *group.first)));
  const std::size_t width = view.page.width() - 2;
  Layout layout;
  if (!view.wide()) {
    layout.name = std::clamp<std::size_t>(longest, 12, width * 2 / 5);
    layout.contents = width - layout.name - 2;
    return layout;
  }
  const std::size_t words = width - 6;
  layout.name = std::clamp<std::size_t>(longest, 16, words / 4);
  layout.contents = words / 5;
  layout.verdict = words / 4;
  layout.meaning = words - layout.name - layout.contents - layout.verdict;
  return layout;
}

void write_wide(const View& view, const ItemGroup& group, const Layout& layout) {
  const Finding& finding = *group.first;
  const Cell cells[] = {
      {item_name(view, finding), layout.name},
      {contents(finding, view.report.created, layout.contents * 3), layout.contents},
      {meaning(view, finding), layout.meaning},
      {verdict(finding), layout.verdict}};
  view.page.row(2, cells);
  write_remarks(view, group);
}

void write_narrow(const View& view, const ItemGroup& group, const Layout& layout) {
  const Finding& finding = *group.first;
  const Cell cells[] = {
      {item_name(view, finding), layout.name},
      {contents(finding, view.report.created, layout.contents * 3), layout.contents}};
  view.page.row(2, cells);
  view.page.line(4, meaning(view, finding));
  Text permission{{"may be deleted: ", Style::dim}};
  append(permission, verdict(finding));
  view.page.line(4, permission, 2);
  write_remarks(view, group);
}

void write_column_titles(const View& view, const Layout& layout) {
  const Cell cells[] = {{{{"name", Style::dim}}, layout.name},
                        {{{"contains", Style::dim}}, layout.contents},
                        {{{"what it is", Style::dim}}, layout.meaning},
                        {{{"may it be deleted", Style::dim}}, layout.verdict}};
  view.page.row(2, cells);
}

void write_card(const View& view, const Card& card) {
  view.page.blank();
  view.page.heading(card_title(view, card));
  const std::vector<ItemGroup> groups = group_items(view, card.findings, place_on_card);
  const Layout layout = layout_of(view, groups);
  if (view.wide()) write_column_titles(view, layout);
  for (const ItemGroup& group : groups)
    (view.wide() ? write_wide : write_narrow)(view, group, layout);
}

}  // namespace

void write_cards(const View& view, const Findings& findings) {
  for (const Card& card : cards_of(findings)) write_card(view, card);
}

}  // namespace crumbs
