// Coverage as tables to send to the vendor.
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/coverage_parts.h"
#include "render/markdown_text.h"
#include "render/words.h"

namespace crumbs {
namespace {

std::string cell(const std::string& raw, std::string_view nothing = "–") {
  return raw.empty() ? std::string(nothing) : markdown_prose(raw);
}

void write_table(const CoverageView& view, const CoverageTable& table,
                 const std::vector<CoverageRow>& rows, std::ostream& out) {
  out << fmt::format("\n## {}: {}\n", table.heading, rows.size());
  if (rows.empty()) return;
  const bool found = view.report != nullptr;
  out << "\n| Name | Store | About | The document | Publicly seen |"
      << (found ? " In the profiles |" : "") << "\n|---|---|---|---|---|" << (found ? "---|" : "")
      << '\n';
  for (const CoverageRow& row : rows) {
    const std::string_view nothing = row.about.empty() ? "–" : "says nothing";
    out << fmt::format("| {} | {} | {} | {} | {} |", markdown_text(row.name),
                       spaced(to_string(row.store)), row.about.empty() ? "–" : row.about,
                       cell(document_text(row), nothing), cell(seen_text(row)));
    if (found) out << fmt::format(" {} |", cell(found_text(row.found)));
    out << '\n';
  }
}

}  // namespace

void write_coverage_markdown(const CoverageView& view, const RenderOptions&, std::ostream& out) {
  bool first = true;
  for (const Coverage& coverage : view.coverage) {
    if (!std::exchange(first, false)) out << '\n';
    out << "# " << cell(coverage_title(coverage)) << "\n\n"
        << coverage_counts(view, coverage) << "; " << coverage_profiles(view) << ".\n";
    for (const CoverageTable& table : kCoverageTables)
      write_table(view, table, coverage.*table.rows, out);
  }
}

}  // namespace crumbs
