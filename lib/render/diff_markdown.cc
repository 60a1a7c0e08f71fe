// A difference for a pull request or a job's summary.
#include <ostream>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "printable.h"
#include "render/diff_parts.h"
#include "render/markdown_text.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kCellColumns = 120;

/// Text from outside, cut: a cell is no place for a whole value.
std::string cell(std::string_view raw) {
  return markdown_text(shorten(printable(raw), kCellColumns));
}

std::string fact_cell(const FactChange& fact) {
  std::string text = fact.fact.starts_with("value ")
                         ? "value, part " + cell(std::string_view(fact.fact).substr(6))
                         : fact_name(fact);
  if (fact.hidden)
    text += ": differs; not shown";
  else
    text += fmt::format(": {} → {}", cell(fact_text(fact, fact.before)),
                        cell(fact_text(fact, fact.after)));
  for (const std::string& remark : {moved_by(fact), fact.note}) {
    if (!remark.empty()) text += " (" + remark + ")";
  }
  return text;
}

std::string details(const ItemChange& item, const Difference& difference) {
  std::string text;
  const auto add = [&text](const std::string& more) {
    if (!more.empty()) text += (text.empty() ? "" : "; ") + more;
  };
  if (!item.why.empty()) add(cell(item.why));
  if (!item.before || !item.after) {
    const Time& now = item.after ? difference.after.created : difference.before.created;
    std::string content;
    for (const Span& span : contents(item.shown(), now, kCellColumns)) content += span.text;
    add(cell(content));
    add(lifetime(item.shown(), now));
  }
  for (const FactChange& fact : item.facts) add(fact_cell(fact));
  if (!item.unsure.empty()) add("whether the value differs cannot be told: " + item.unsure);
  return text;
}

void write_group(const ChangeGroup& group, const Difference& difference, std::ostream& out) {
  out << "\n### " << (group.vendor.empty() ? "No catalog knows" : cell(group.vendor));
  if (!group.site.empty()) out << " on " << cell(group.site);
  out << "\n\n| | Item | Where | What |\n|---|---|---|---|\n";
  for (const ItemChange* item : group.items) {
    const Finding& finding = item->shown();
    std::string where = cell(place(finding));
    if (finding.state != ItemState::current) where += fmt::format(" {}", to_string(finding.state));
    out << fmt::format("| {} | {} | {} | {} |\n", words_of(item->change), cell(finding.name), where,
                       details(*item, difference));
  }
}

void write_incomplete(const Difference& difference, std::ostream& out) {
  if (difference.complete()) return;
  out << fmt::format("\n**{}**\n\n", kIncompleteDiff);
  for (const std::string& line : incomplete_lines(difference)) out << "- " << cell(line) << '\n';
}

}  // namespace

void write_diff_markdown(const Difference& difference, const RenderOptions&, std::ostream& out) {
  out << "# What differs\n";
  write_incomplete(difference, out);
  out << "\n- BEFORE: " << cell(side_text(difference.before))
      << "\n- AFTER: " << cell(side_text(difference.after)) << '\n';
  if (!difference.selection.empty()) out << "- only " << cell(difference.selection) << '\n';
  for (const std::string& remark : difference.remarks) out << "- note: " << cell(remark) << '\n';
  for (const ProfileChange& profile : difference.profiles) {
    out << "\n## " << cell(profile_title(profile)) << "\n\n" << counts_text(profile.counts) << '\n';
    if (const std::string unknown = unknown_text(difference, profile); !unknown.empty())
      out << '\n' << unknown << '\n';
    for (const ChangeGroup& group : groups_of(difference, profile))
      write_group(group, difference, out);
  }
}

}  // namespace crumbs
