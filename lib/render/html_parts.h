#pragma once

/// The parts of the HTML report, in the order they are written.

#include <optional>
#include <unordered_map>
#include <vector>

#include "crumbs/render.h"
#include "crumbs/report.h"
#include "entry_index.h"
#include "render/cards.h"
#include "render/html_writer.h"

namespace crumbs {

/// What every part needs. All of it outlives the rendering.
struct HtmlView {
  const Report& report;
  const RenderOptions& options;
  HtmlWriter& page;
  EntryIndex entries;  ///< of the report
  std::vector<Card> cards;
  std::unordered_map<const Finding*, std::size_t> card_of;  ///< index in `cards`

  [[nodiscard]] const Entry* entry(const Finding& finding) const {
    return entries.find(finding.entry);
  }
  /// The place of a finding in the report: the number in the address `#i12` of its row.
  [[nodiscard]] std::size_t number(const Finding& finding) const {
    return static_cast<std::size_t>(&finding - report.findings.data());
  }
};

/// What is counted of some findings.
struct ItemCounts {
  std::size_t items = 0, cookies = 0, personal = 0;
  std::size_t allowed = 0, with_consequence = 0, retain = 0, not_known = 0;
};
[[nodiscard]] ItemCounts count_items(const Findings& findings);
/// The catalog says that it holds personal data of a kind.
[[nodiscard]] bool is_personal(PersonalData kind);

void write_html_head(const HtmlView& view);
void write_html_overview(const HtmlView& view);
void write_html_pictures(const HtmlView& view);
void write_html_items(const HtmlView& view);
/// The full story of one item.
void write_html_story(const HtmlView& view, const Finding& finding);
/// What is undocumented, drifting, uncertain, left over and absent.
void write_html_lists(const HtmlView& view);
/// Profiles, stores, files, diagnostics.
void write_html_sources(const HtmlView& view);
void write_html_catalogs(const HtmlView& view);

}  // namespace crumbs
