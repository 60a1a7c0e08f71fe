#include "render/diff_parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::pair<std::string_view, std::string_view> kFactNames[] = {
    {"expires", "expiry"},
    {"expires_raw", "expiry as stored"},
    {"http_only", "HttpOnly"},
    {"secure", "Secure"},
    {"same_site", "SameSite"},
    {"partitioned", "Partitioned"},
    {"session", "ends with the browser session"},
    {"host_only", "for this host only"},
    {"source_scheme", "scheme"},
    {"source_port", "port"},
    {"source_type", "set by"}};

std::string title_of(const Difference& difference, const std::string& id) {
  Report titles;
  titles.catalogs = difference.after.catalogs;
  titles.catalogs.insert(titles.catalogs.end(), difference.before.catalogs.begin(),
                         difference.before.catalogs.end());
  return id.empty() ? std::string() : vendor_name(titles, id);
}

std::string name_of(const ProfileName& name) {
  const std::string& browser = name.browser_name.empty() ? name.browser : name.browser_name;
  if (browser.empty() && name.name.empty()) return name.id;
  return browser + (browser.empty() || name.name.empty() ? "" : " ") + name.name;
}

bool is_time(const FactChange& fact) {
  return fact.fact == "expires" || fact.fact == "created" || fact.fact == "updated" ||
         fact.fact == "value";
}

}  // namespace

std::vector<ChangeGroup> groups_of(const Difference& difference, const ProfileChange& profile) {
  std::vector<ChangeGroup> groups;
  const Finding* last = nullptr;
  for (const ItemChange& item : profile.items) {
    const Finding& finding = item.shown();
    if (last == nullptr || last->catalog != finding.catalog || last->site != finding.site)
      groups.push_back({title_of(difference, finding.catalog), finding.site, {}});
    groups.back().items.push_back(&item);
    last = &finding;
  }
  return groups;
}

std::string_view mark_of(Change change) {
  switch (change) {
    case Change::appeared:
      return "+";
    case Change::gone:
      return "-";
    case Change::changed:
      return "~";
    case Change::newly_seen:
      return "+?";
    case Change::not_seen:
      return "-?";
    case Change::cannot_tell:
      break;
  }
  return "?";
}

std::string words_of(Change change) {
  return change == Change::cannot_tell ? "cannot be told" : spaced(to_string(change));
}

std::string fact_name(const FactChange& fact) {
  for (const auto& [word, name] : kFactNames) {
    if (fact.fact == word) return std::string(name);
  }
  if (fact.fact.starts_with("value ")) return "value, part " + fact.fact.substr(6);
  return fact.fact;
}

std::string fact_text(const FactChange& fact, const std::optional<std::string>& text) {
  if (!text) return fact.fact == "expires" ? "no expiry" : "none";
  if (text->empty()) return "(empty)";
  const auto time = is_time(fact) ? parse_iso8601(*text) : std::nullopt;
  return time ? human_time(*time) : *text;
}

std::string moved_by(const FactChange& fact) {
  if (!is_time(fact) || !fact.before || !fact.after) return {};
  const auto before = parse_iso8601(*fact.before), after = parse_iso8601(*fact.after);
  if (!before || !after) return {};
  std::string text = relative_time(*after, *before);  // "in 3 days", "3 days ago", "now"
  if (text.starts_with("in ")) return text.substr(3) + " later";
  if (text.ends_with(" ago")) return text.substr(0, text.size() - 4) + " earlier";
  return {};
}

std::string profile_title(const ProfileChange& profile) {
  if (!profile.before) return name_of(*profile.after) + ", only in AFTER";
  if (!profile.after) return name_of(*profile.before) + ", only in BEFORE";
  const std::string before = name_of(*profile.before), after = name_of(*profile.after);
  return before == after ? before : before + ", compared with " + after;
}

std::string counts_text(const ChangeCounts& counts) {
  std::string text;
  const auto add = [&text](std::uint64_t count, std::string_view what) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  };
  add(counts.appeared, "appeared");
  add(counts.newly_seen, "newly seen");
  add(counts.changed, "changed");
  add(counts.gone, "gone");
  add(counts.not_seen, "not seen");
  if (text.empty()) text = counts.cannot_tell > 0 ? "no difference found" : "nothing differs";
  if (counts.cannot_tell > 0) text += fmt::format("; {} cannot be told", counts.cannot_tell);
  text += fmt::format("; {} the same", counts.same);
  if (counts.rewritten > 0) text += fmt::format(" ({} written again)", counts.rewritten);
  return text;
}

std::string unknown_text(const Difference& difference, const ProfileChange& profile) {
  if (difference.all) return {};
  if (profile.unknown) {
    if (*profile.unknown == ChangeCounts{}) return {};
    return "items that no catalog knows: " + counts_text(*profile.unknown) + " (--all lists them)";
  }
  if (profile.unknown_before + profile.unknown_after == 0) return {};
  return fmt::format("items that no catalog knows: {} in BEFORE, {} in AFTER; not compared",
                     profile.unknown_before, profile.unknown_after);
}

std::string side_text(const ComparedReport& side) {
  std::string text =
      fmt::format("{} · values {}", human_time(side.created), to_string(side.values));
  for (const CatalogUsed& used : side.catalogs)
    text += fmt::format(" · catalog {} {}", used.id, used.version);
  if (!side.selection.empty()) text += " · only " + side.selection;
  return text;
}

std::vector<std::string> incomplete_lines(const Difference& difference) {
  std::vector<std::string> lines;
  const auto add = [&lines](std::string_view label, const ComparedReport& side) {
    if (side.complete) return;
    if (side.exit.reasons.empty()) lines.push_back(fmt::format("{}: no reason given", label));
    for (const Reason& reason : side.exit.reasons)
      lines.push_back(fmt::format("{}: {}", label, to_string(reason)));
  };
  add("BEFORE", difference.before);
  add("AFTER", difference.after);
  return lines;
}

}  // namespace crumbs
