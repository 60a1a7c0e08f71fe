#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "form_name.h"
#include "render/brief.h"
#include "render/text_blocks.h"
#include "render/text_same.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kShortestId = 6;
constexpr std::size_t kBelow = 4;  // the indent of what stands below an item

Text title(const View& view, const Card& card) {
  Text text;
  if (view.report.catalogs.size() > 1) {
    text.push_back(shown(vendor_name(view.report, card.catalog), Style::bold));
    text.push_back({card.site.empty() ? "" : " on "});
  }
  text.push_back(shown(card.site, Style::bold));
  if (text_width(text) == 0)
    text.push_back(shown(vendor_name(view.report, card.catalog), Style::bold));
  if (std::string details = card_details(view.report, card); !details.empty())
    text.push_back(shown(details));
  text.push_back({" · " + counted(card.findings.size(), "item"), Style::dim});
  return text;
}

/// What is lost, in a few words: the entry's own where it is at hand.
std::string loss_of(const Finding& finding, const Entry* entry) {
  const Deletion& deletion = finding.deletion;
  if (deletion.verdict == Verdict::retain) {
    if (deletion.holds.empty()) return "keep";
    const std::string& owner = deletion.holds.front().owner;
    return owner.empty() ? "keep, held" : "keep, held by " + owner;
  }
  if (deletion.verdict != Verdict::allowed_with_consequence) return {};
  return entry != nullptr && !entry->deletion.loss.empty() ? entry->deletion.loss
                                                           : deletion.consequence;
}

/// Where not all verdicts are our reading, those that are somebody else's are marked so.
std::string_view claim_of(const View& view, const Finding& finding) {
  if (is_only_observed(finding)) return "publicly seen";
  const auto part =
      std::ranges::find(view.report.profiles, finding.profile,
                        [](const ProfileReport& report) { return report.profile.id; });
  if (part == view.report.profiles.end()) return {};
  const auto tally = std::ranges::find(part->tallies, finding.catalog, &Tally::catalog);
  if (tally == part->tallies.end() || finding.deletion.basis == usual_basis(*tally)) return {};
  return whose_claim(finding.deletion.basis);
}

Text words(const View& view, const Finding& finding) {
  const Entry* entry = view.entries.find(finding.entry);
  Text text{entry == nullptr ? shown(finding.entry, Style::dim) : shown(entry->title)};
  if (const std::string loss = loss_of(finding, entry); !loss.empty()) {
    text.push_back({" → ", Style::dim});
    text.push_back(shown(loss, Style::warning));
  }
  if (const std::string_view claim = claim_of(view, finding); !claim.empty())
    text.push_back({fmt::format(" [{}]", claim), Style::dim});
  return text;
}

/// The gravest first; what says nothing of a person last.
int rank(const ValueField& field) {
  constexpr std::array kOrder{PersonalData::contact, PersonalData::content,
                              PersonalData::identifier, PersonalData::location};
  const auto at = std::ranges::find(kOrder, field.personal_data);
  return static_cast<int>(at - kOrder.begin());
}

/// "name ••• · phone +••• · e-mail z•••@•••.org · 12 more", one line of it.
Text fields_of(const View& view, const Finding& finding) {
  const Entry* entry = view.entries.find(finding.entry);
  std::vector<const ValueField*> parts;
  for (const ValueField& field : finding.value.fields) {
    if (field.present && field.documented && !field.text.empty()) parts.push_back(&field);
  }
  std::ranges::stable_sort(parts, {}, [](const ValueField* field) { return rank(*field); });
  const auto name_of = [&](const ValueField& field) -> std::string {
    if (entry == nullptr) return field.pointer;
    const auto at = std::ranges::find(entry->value.fields, field.pointer, &FieldEntry::pointer);
    return at == entry->value.fields.end() || at->title.empty() ? field.pointer : at->title;
  };
  constexpr std::size_t kRest = 12;  // of " · 99 more"
  const std::size_t room = view.page.width() - kBelow - kRest;
  Text line{{"└ ", Style::dim}};
  std::size_t told = 0;
  for (const ValueField* field : parts) {
    Text part{shown(name_of(*field) + " ", Style::dim)};
    append(part, brief_contents(*field, view.report.created, false));
    if (text_width(line) + text_width(part) > room) break;
    append(line, part, told == 0 ? "" : " · ");
    ++told;
  }
  if (told == 0) return {};
  if (told < parts.size())
    line.push_back({fmt::format(" · {} more", parts.size() - told), Style::dim});
  return line;
}

/// What several items of a card say of themselves alike is told once.
using Notes = std::map<std::string, std::size_t>;

Notes notes_of(const Card& card) {
  Notes notes;
  for (const Finding* finding : card.findings) {
    for (const std::string& note : finding->notes) ++notes[note];
  }
  return notes;
}

void write_shared_notes(const View& view, const Notes& notes) {
  for (const auto& [note, items] : notes) {
    if (items > 1)
      view.page.line(
          2, {{fmt::format("note on {}: ", counted(items, "item")), Style::warning}, shown(note)},
          2);
  }
}

void write_item(const View& view, const ItemGroup& item, const Columns& columns,
                const Notes& notes) {
  const Finding& finding = *item.first;
  Line line = line_of(view, item, columns);
  line.words = words(view, finding);
  write_line(view, columns, line);
  for (const Drift& drift : finding.drift)
    view.page.line(kBelow, {shown(drift.rule + ": ", Style::warning), shown(drift.message)}, 2);
  for (const std::string& note : finding.notes) {
    if (notes.at(note) == 1) view.page.line(kBelow, {{"note: ", Style::warning}, shown(note)}, 2);
  }
  if (finding.value.type != ValueType::json) return;
  if (const Text fields = fields_of(view, finding); !fields.empty())
    view.page.line(kBelow, fields, 2);
}

/// The variables whose value is an id that joins a card's items, which its title tells:
/// "AbC123xYz0". In names it may be left out where no two of a variable make two names alike.
std::set<std::string> joining_variables(const View& view, const Card& card) {
  std::set<std::string> variables;
  const CardUsed* used = find_card(view.report, *card.findings.front());
  if (used == nullptr) return variables;
  std::map<std::string, std::set<std::string>> captured;
  for (const Finding* finding : card.findings) {
    for (const auto& [variable, value] : finding->captured) captured[variable].insert(value);
  }
  for (const auto& [variable, values] : captured) {
    if (values.size() > 1 || values.begin()->size() < kShortestId) continue;
    if (std::ranges::find(used->ids, *values.begin(), &CardId::value) != used->ids.end())
      variables.insert(variable);
  }
  return variables;
}

/// "jv_store_…_client".
std::string brief_name(const Finding& finding, const std::set<std::string>& told,
                       std::string_view ellipsis) {
  if (!finding.form || fill_form(finding.form->name, finding.captured) != finding.name)
    return finding.name;
  std::map<std::string, std::string> shorter = finding.captured;
  for (auto& [variable, value] : shorter) {
    if (told.contains(variable)) value = ellipsis;
  }
  return fill_form(finding.form->name, shorter);
}

/// Storage that holds what another site's holds is told in a line.
bool write_equal(const View& view, const Block& block, const EqualFindings& equal) {
  if (block.kind != ItemKind::local_storage) return false;
  const std::string site = equal.site_of(block);
  if (site.empty()) return false;
  view.page.line(2,
                 {shown(shared_words(view, block, true), Style::dim),
                  shown(" · same values as on " + site, Style::dim)},
                 2);
  view.page.line(kLineIndent, names_of(view, block), 2);
  return true;
}

void write_card(const View& view, const Card& card, const EqualFindings& equal) {
  view.page.blank();
  view.page.heading(title(view, card));
  const Notes notes = notes_of(card);
  write_shared_notes(view, notes);
  const std::set<std::string> told = joining_variables(view, card);
  std::vector<Block> blocks = blocks_of(view, card.findings, brief_place);
  for (Block& block : blocks) {
    for (ItemGroup& item : block.items)
      item.name = brief_name(*item.first, told, view.options.ascii ? "..." : "…");
  }
  const Columns columns = columns_of(view, blocks);
  for (const Block& block : blocks) {
    if (write_equal(view, block, equal)) continue;
    view.page.line(2, {shown(shared_words(view, block, true), Style::dim)}, 2);
    for (const ItemGroup& item : block.items) write_item(view, item, columns, notes);
  }
}

}  // namespace

void write_brief_cards(const View& view, const Findings& findings) {
  const EqualFindings equal(findings);
  for (const Card& card : cards_of(findings)) write_card(view, card, equal);
}

}  // namespace crumbs
