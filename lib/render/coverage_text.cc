// Coverage for people at a terminal.
#include <utility>

#include <fmt/format.h>

#include "render/coverage_parts.h"
#include "render/page.h"
#include "render/words.h"

namespace crumbs {
namespace {

void write_line(Page& page, std::string_view label, const std::string& text) {
  if (!text.empty()) page.line(4, {{fmt::format("{}: ", label), Style::dim}, shown(text)}, 2);
}

void write_row(Page& page, const CoverageView& view, const CoverageRow& row) {
  Text name{shown(row.name, Style::accent)};
  name.push_back({fmt::format("  {}", spaced(to_string(row.store))), Style::dim});
  if (!row.about.empty()) name.push_back({fmt::format(" · its {}", row.about)});
  page.line(2, name, 2);
  const std::string document = document_text(row);
  write_line(page, "the document",
             document.empty() && !row.about.empty() ? "says nothing" : document);
  write_line(page, "publicly seen", seen_text(row));
  if (view.report != nullptr) write_line(page, "in the profiles", found_text(row.found));
}

}  // namespace

void write_coverage_text(const CoverageView& view, const RenderOptions& options,
                         std::ostream& out) {
  Page page(out, {options.width, options.color, options.ascii});
  bool first = true;
  for (const Coverage& coverage : view.coverage) {
    if (!std::exchange(first, false)) page.blank();
    page.line(0, {shown(coverage_title(coverage), Style::bold)}, 2);
    page.line(0, {{coverage_counts(view, coverage)}}, 2);
    const bool incomplete = view.report != nullptr && !view.report->complete;
    page.line(0, {{coverage_profiles(view), incomplete ? Style::bad : Style::plain}}, 2);
    for (const CoverageTable& table : kCoverageTables) {
      const std::vector<CoverageRow>& rows = coverage.*table.rows;
      page.blank();
      page.heading({{fmt::format("{}: {}", table.heading, rows.size()), Style::bold}});
      for (const CoverageRow& row : rows) write_row(page, view, row);
    }
  }
}

}  // namespace crumbs
