#include "render/unlisted.h"

#include <algorithm>

#include <fmt/format.h>

#include "crumbs/printable.h"

namespace crumbs {

Unlisted unlisted_in(const Report& report) {
  Unlisted unlisted;
  if (!report.all) unlisted.unknown = report.summary.unknown;
  const auto listed = static_cast<std::uint64_t>(std::ranges::count_if(
      report.findings, [](const Finding& finding) { return finding.state != ItemState::current; }));
  if (report.summary.residue > listed) unlisted.residue = report.summary.residue - listed;
  return unlisted;
}

std::string unlisted_words(const Unlisted& unlisted) {
  std::string text;
  if (unlisted.unknown > 0) text = counted(unlisted.unknown, "item") + " that no catalog knows";
  if (unlisted.residue == 0) return text;
  if (text.empty()) return counted(unlisted.residue, "item") + " of residue";
  return fmt::format("{}, {} of residue", text, unlisted.residue);
}

}  // namespace crumbs
