// A difference for people at a terminal.
#include <map>

#include <fmt/format.h>

#include "render/diff_parts.h"
#include "render/page.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kValueColumns = 160;

Style style_of(Change change) {
  switch (change) {
    case Change::appeared:
      return Style::good;
    case Change::gone:
      return Style::bad;
    case Change::changed:
      return Style::warning;
    case Change::newly_seen:
    case Change::not_seen:
    case Change::cannot_tell:
      break;
  }
  return Style::accent;
}

void write_incomplete(const Difference& difference, Page& page) {
  if (difference.complete()) return;
  page.blank();
  page.line(0, {{std::string(kIncompleteDiff), Style::bad}});
  for (const std::string& line : incomplete_lines(difference))
    page.line(2, {{"! ", Style::bad}, shown(line, Style::warning)}, 2);
}

Text fact_line(const FactChange& fact) {
  Text text{shown(fact_name(fact) + ": ", Style::dim)};
  if (fact.hidden) {
    text.push_back({"differs; not shown"});
  } else {
    text.push_back(shown(fact_text(fact, fact.before)));
    text.push_back({" → ", Style::dim});
    text.push_back(shown(fact_text(fact, fact.after)));
  }
  for (const std::string& remark : {moved_by(fact), fact.note}) {
    if (!remark.empty()) text.push_back(shown(" (" + remark + ")", Style::dim));
  }
  return text;
}

/// What an item that is on one side only contains and how long it lives.
void write_content(const ItemChange& item, const Difference& difference, Page& page) {
  const Finding& finding = item.shown();
  const Time& now = item.after ? difference.after.created : difference.before.created;
  Text text = contents(finding, now, kValueColumns);
  if (const std::string life = lifetime(finding, now); !life.empty())
    append(text, {shown(life, Style::dim)}, " · ");
  if (!text.empty()) page.line(6, text, 2);
}

void write_item(const ItemChange& item, const Difference& difference, Page& page) {
  const Finding& finding = item.shown();
  const Style style = style_of(item.change);
  Text text{{fmt::format("{:<3}", mark_of(item.change)), style},
            {words_of(item.change) + "  ", style},
            shown(finding.name, Style::accent),
            {"  "},
            shown(place(finding), Style::dim)};
  if (finding.state != ItemState::current)
    text.push_back({fmt::format("  {}", to_string(finding.state)), Style::warning});
  if (!finding.entry.empty()) text.push_back(shown("  " + finding.entry, Style::dim));
  page.line(2, text, 3);
  if (!item.why.empty()) page.line(6, {shown(item.why, Style::warning)}, 2);
  if (!item.before || !item.after) write_content(item, difference, page);
  for (const FactChange& fact : item.facts) page.line(6, fact_line(fact), 2);
  if (!item.unsure.empty())
    page.line(
        6, {shown("whether the value differs cannot be told: " + item.unsure, Style::warning)}, 2);
}

/// Many look alike here, so they share a paragraph for each reason.
void write_untold(const ChangeGroup& group, Page& page) {
  std::map<std::string, std::vector<std::string>> names;
  for (const ItemChange* item : group.items) {
    if (item->change == Change::cannot_tell)
      names[item->unsure].push_back(item->shown().name + " (" + place(item->shown()) + ")");
  }
  for (const auto& [why, items] : names) {
    page.line(2,
              {{fmt::format("{:<3}", mark_of(Change::cannot_tell)), Style::accent},
               {"cannot be told", Style::accent},
               shown(fmt::format(", {}: {}", why, fmt::join(items, ", ")))},
              3);
  }
}

void write_profile(const ProfileChange& profile, const Difference& difference, Page& page) {
  page.blank();
  page.heading({shown(profile_title(profile), Style::bold)});
  for (const ChangeGroup& group : groups_of(difference, profile)) {
    page.blank();
    Text title{shown(group.vendor.empty() ? "No catalog knows" : group.vendor, Style::bold)};
    if (!group.site.empty()) {
      title.push_back({" on "});
      title.push_back(shown(group.site, Style::bold));
    }
    page.line(0, title);
    for (const ItemChange* item : group.items) {
      if (item->change != Change::cannot_tell) write_item(*item, difference, page);
    }
    write_untold(group, page);
  }
  if (!profile.items.empty()) page.blank();
  page.line(0, {{counts_text(profile.counts), Style::bold}}, 2);
  if (const std::string unknown = unknown_text(difference, profile); !unknown.empty())
    page.line(0, {{unknown, Style::dim}}, 2);
}

}  // namespace

void write_diff_text(const Difference& difference, const RenderOptions& options,
                     std::ostream& out) {
  Page page(out, {options.width, options.color, options.ascii});
  page.line(0, {{"crumbs diff ", Style::bold},
                shown(difference.tool_version, Style::bold),
                {fmt::format(" · values {}", to_string(difference.values)), Style::dim}});
  page.line(0, {{"BEFORE  ", Style::bold}, shown(side_text(difference.before), Style::dim)}, 8);
  page.line(0, {{"AFTER   ", Style::bold}, shown(side_text(difference.after), Style::dim)}, 8);
  if (!difference.selection.empty())
    page.line(0, {{"only "}, shown(difference.selection, Style::bold)}, 2);
  for (const std::string& remark : difference.remarks)
    page.line(0, {{"note: ", Style::warning}, shown(remark)}, 2);
  write_incomplete(difference, page);
  for (const ProfileChange& profile : difference.profiles) write_profile(profile, difference, page);
  write_incomplete(difference, page);
}

}  // namespace crumbs
