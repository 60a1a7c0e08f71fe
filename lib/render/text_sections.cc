#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/text_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

template <class Keep>
Findings select(const Findings& findings, const Keep& keep) {
  Findings selected;
  std::ranges::copy_if(findings, std::back_inserter(selected),
                       [&](const Finding* finding) { return keep(*finding); });
  return selected;
}

void write_title(const View& view, std::string_view title, std::size_t count,
                 std::string_view explanation) {
  view.page.blank();
  view.page.heading({{fmt::format("{}: {}", title, counted(count, "item")), Style::bold}});
  if (!explanation.empty()) view.page.line(2, {shown(explanation, Style::dim)});
}

/// Name and contents; then, beside or below, where that is.
void write_item(const View& view, const ItemGroup& group, std::size_t name, const Text& remark) {
  const Finding& finding = *group.first;
  const std::size_t width = view.page.width() - 2;
  const std::size_t content = view.wide() ? width / 4 : width - name - 2;
  std::vector<Cell> cells{
      {{view.page.name(finding.name, Style::accent, finding.name_masked)}, name},
      {contents(finding, view.report.created, content * 2), content}};
  Text where{shown(places_of(group), Style::dim)};
  append(where, remark, " · ");
  if (view.wide()) cells.push_back({where, width - name - content - 4});
  view.page.row(2, cells);
  if (!view.wide()) view.page.line(4, where, 2);
}

std::size_t name_width(const View& view, const std::vector<ItemGroup>& groups) {
  std::size_t longest = 16;
  for (const ItemGroup& group : groups)
    longest = std::max(longest, display_width(group.first->name));
  return std::min(longest, view.page.width() * 2 / (view.wide() ? 8 : 5));
}

/// `remark` says of the first of a group what its place does not.
template <class Remark>
void write_items(const View& view, const Findings& findings, const Remark& remark) {
  const std::vector<ItemGroup> groups = group_items(view, findings, place);
  const std::size_t name = name_width(view, groups);
  for (const ItemGroup& group : groups) write_item(view, group, name, remark(*group.first));
}

Text nothing(const Finding&) {
  return {};
}

void write_undocumented(const View& view, const Findings& findings) {
  const Findings found = with_status(findings, Status::undocumented);
  if (found.empty()) return;
  std::set<std::string> vendors;
  for (const Finding* finding : found) vendors.insert(vendor_name(view.report, finding->catalog));
  write_title(view, "Undocumented", found.size(),
              fmt::format("carries the names or lies in the store of {}, but no entry describes it",
                          fmt::join(vendors, ", ")));
  write_items(view, found, nothing);
}

/// The messages stand with the items; this says at a glance what is wrong.
void write_drift(const View& view, const Findings& findings) {
  const Findings found = with_status(findings, Status::drift);
  if (found.empty()) return;
  std::map<std::string, std::set<std::string>> rules;
  for (const Finding* finding : found) {
    for (const Drift& drift : finding->drift) rules[drift.rule].insert(finding->name);
  }
  write_title(view, "Drift", found.size(), "documented, but not as found");
  for (const auto& [rule, names] : rules) {
    view.page.line(
        2, {shown(rule, Style::warning), {": "}, shown(fmt::format("{}", fmt::join(names, ", ")))},
        2);
  }
}

/// What the item could be, and why that is not certain.
Text candidates(const View& view, const Finding& finding) {
  const auto name_of = [&](const std::string& id) {
    const Entry* entry = view.entries.find(id);
    return entry == nullptr || entry->description.empty() ? id
                                                          : id + " (" + entry->description + ")";
  };
  Text text{shown("may be " + name_of(finding.entry))};
  for (const RunnerUp& other : finding.runner_up) {
    text.push_back(shown("; or " + name_of(other.entry)));
    if (!other.reason.empty()) text.push_back(shown(": " + other.reason, Style::dim));
  }
  return text;
}

void write_uncertain(const View& view, const Findings& findings, Status status,
                     std::string_view title, std::string_view explanation) {
  const Findings found = with_status(findings, status);
  if (found.empty()) return;
  write_title(view, title, found.size(), explanation);
  write_items(view, found, [&](const Finding& finding) { return candidates(view, finding); });
}

void write_unknown(const View& view, const Findings& findings) {
  const Findings found = with_status(findings, Status::unknown);
  if (found.empty()) return;
  write_title(view, "Unknown", found.size(), "no catalog knows these");
  write_items(view, found, nothing);
}

void write_residue(const View& view, const Findings& findings) {
  const Findings found = residue_in(findings);
  if (found.empty()) return;
  write_title(view, "Residue", found.size(),
              "still in the files, but no longer what the browser uses");
  write_items(view, found, [](const Finding& finding) {
    return Text{shown(to_string(finding.state), Style::warning)};
  });
}

}  // namespace

Findings with_status(const Findings& findings, Status status) {
  return select(findings, [status](const Finding& finding) {
    return finding.status == status && finding.state == ItemState::current &&
           !is_only_observed(finding);
  });
}

Findings residue_in(const Findings& findings) {
  return select(findings,
                [](const Finding& finding) { return finding.state != ItemState::current; });
}

void write_sections(const View& view, const Findings& findings) {
  write_undocumented(view, findings);
  write_drift(view, findings);
  write_uncertain(
      view, findings, Status::possible, "Possible",
      "documented names that anybody may use; nothing else of the vendor is beside them");
  write_uncertain(view, findings, Status::ambiguous, "Ambiguous",
                  "several entries fit equally well and disagree; the stricter verdict counts");
  write_unknown(view, findings);
  write_residue(view, findings);
}

}  // namespace crumbs
