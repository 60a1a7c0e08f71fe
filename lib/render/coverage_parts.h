#pragma once

/// What the formats of coverage have in common.

#include <array>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/coverage.h"

namespace crumbs {

/// What is written: the tables, and the audit that they take into account, or nullptr.
struct CoverageView {
  std::span<const Coverage> coverage;
  const Report* report;
};

void write_coverage_text(const CoverageView& view, const RenderOptions& options, std::ostream& out);
void write_coverage_json(const CoverageView& view, const RenderOptions& options, std::ostream& out);
void write_coverage_ndjson(const CoverageView& view, const RenderOptions& options,
                           std::ostream& out);
void write_coverage_markdown(const CoverageView& view, const RenderOptions& options,
                             std::ostream& out);

/// The three tables, in their order.
struct CoverageTable {
  std::string_view key;      ///< in JSON
  std::string_view heading;  ///< for people
  std::vector<CoverageRow> Coverage::*rows;
};
inline constexpr std::array<CoverageTable, 3> kCoverageTables = {
    {{"never_seen", "Documented and never seen", &Coverage::never_seen},
     {"never_documented", "Seen and never documented", &Coverage::never_documented},
     {"differences", "Where the document and what was seen differ", &Coverage::differences}}};

/// "JivoChat Cookie Policy (JivoChat, 2018-05-25); catalog jivochat 2026.2".
[[nodiscard]] std::string coverage_title(const Coverage& coverage);
/// "31 documented: 15 publicly seen, 29 in the profiles that were read".
[[nodiscard]] std::string coverage_counts(const CoverageView& view, const Coverage& coverage);
/// "2 profiles read"; with what is missing where it could not be read as a whole.
[[nodiscard]] std::string coverage_profiles(const CoverageView& view);
/// What was seen, the evidence for it, and who sets it where that is not the vendor; empty where
/// nothing was seen.
[[nodiscard]] std::string seen_text(const CoverageRow& row);
/// "name: enter_ts"; what the document says, as far as it does.
[[nodiscard]] std::string document_text(const CoverageRow& row);
/// "3 items on 2 sites"; empty where there is none.
[[nodiscard]] std::string found_text(const Found& found);

}  // namespace crumbs
