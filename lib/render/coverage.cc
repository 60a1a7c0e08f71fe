// The formats of coverage, and the words that they share.
#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/coverage_parts.h"
#include "render/render.h"

namespace crumbs {
namespace {

constexpr FormatInfo kFormats[] = {{"text", "for people at a terminal"},
                                   {"json", "the tables, one JSON document"},
                                   {"ndjson", "one JSON object a line: catalog, row, summary"},
                                   {"markdown", "tables to send to the vendor"}};
using Write = void (*)(const CoverageView&, const RenderOptions&, std::ostream&);
constexpr Write kWriters[] = {write_coverage_text, write_coverage_json, write_coverage_ndjson,
                              write_coverage_markdown};
static_assert(std::size(kFormats) == std::size(kWriters));

}  // namespace

std::span<const FormatInfo> coverage_formats() {
  return kFormats;
}

void render(std::span<const Coverage> coverage, const Report* report, std::string_view format,
            const RenderOptions& options, std::ostream& out) {
  kWriters[format_index(kFormats, format)]({coverage, report}, options, out);
}

std::string coverage_title(const Coverage& coverage) {
  const CatalogDocument& document = coverage.document;
  return fmt::format("{} ({}{}{}); catalog {} {}", document.title, document.publisher,
                     document.effective_date.empty() ? "" : ", ", document.effective_date,
                     coverage.catalog, coverage.version);
}

std::string coverage_counts(const CoverageView& view, const Coverage& coverage) {
  std::string text =
      fmt::format("{} documented: {} publicly seen", coverage.documented, coverage.publicly_seen);
  if (view.report != nullptr)
    text += fmt::format(", {} in the profiles that were read", coverage.found);
  return text;
}

std::string coverage_profiles(const CoverageView& view) {
  if (view.report == nullptr) return "no profile was read";
  std::string text = counted(view.report->profiles.size(), "profile") + " read";
  if (!view.report->complete) text += ", INCOMPLETE: what could not be read is missing here";
  return text;
}

std::string seen_text(const CoverageRow& row) {
  if (!row.evidence) return row.seen;
  Evidence evidence = *row.evidence;
  evidence.what = row.seen;
  return evidence_text(evidence) + (row.set_by.empty() ? "" : "; set by " + row.set_by);
}

std::string document_text(const CoverageRow& row) {
  if (row.document.empty()) return {};
  return row.section.empty() ? row.document : fmt::format("{} ({})", row.document, row.section);
}

std::string found_text(const Found& found) {
  if (found.items == 0) return {};
  return fmt::format("{} on {}", counted(found.items, "item"), counted(found.sites, "site"));
}

}  // namespace crumbs
