#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ascii.h"
#include "crumbs/printable.h"
#include "render/brief.h"
#include "render/text_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kNotesShown = 3;

std::string catalogs_used(const Report& report) {
  std::vector<std::string> used;
  used.reserve(report.catalogs.size());
  for (const CatalogUsed& catalog : report.catalogs)
    used.push_back(fmt::format("{} {}", catalog.id, catalog.version));
  if (used.empty()) return "no catalog";
  return fmt::format("{} {}", used.size() == 1 ? "catalog" : "catalogs", fmt::join(used, ", "));
}

/// "2026-11-23 10:00 UTC".
std::string to_the_minute(const Time& time) {
  const std::string day = brief_day(time);
  return fmt::format("{} {} UTC", day, to_iso8601(time).substr(day.size() + 1, 5));
}

bool concerns(const Reason& reason, const ProfileReport& part) {
  return reason.profile == part.profile.id;
}

/// The first stands behind INCOMPLETE, the others below it.
void write_causes(const View& view, const std::vector<const Reason*>& reasons) {
  Text first{{"INCOMPLETE: ", Style::bad}};
  if (reasons.empty()) {
    first.push_back(shown("what could not be read is missing from this report", Style::bad));
  } else {
    first.push_back(shown(to_string(*reasons.front()), Style::bad));
  }
  view.page.line(0, first, 2);
  for (std::size_t i = 1; i < reasons.size(); ++i)
    view.page.line(2, {shown(to_string(*reasons[i]), Style::bad)}, 2);
}

std::string_view running_word(const Running& running) {
  if (!running.running) return "not known whether running";
  return *running.running ? "running" : "not running";
}

/// Stores of one id are one phrase.
struct StoreSum {
  std::uint64_t items = 0, stores = 0;
  bool whole = true;
  std::set<std::string> schemas;
};

/// "40 cookies", "32 local-storage items".
std::string items_words(std::string_view id, std::uint64_t count) {
  constexpr std::string_view kCookies = "cookies";
  std::string kind(id.substr(id.find('.') + 1));
  std::ranges::replace(kind, '_', '-');
  if (kind == kCookies) return counted(count, "cookie");
  if (kind.ends_with(kCookies)) {
    kind.resize(kind.size() - kCookies.size() - 1);
    return counted(count, kind + " cookie");
  }
  return counted(count, kind + " item");
}

std::string phrase(const std::string& id, const StoreSum& sum) {
  std::string text = items_words(id, sum.items);
  if (sum.stores > 1) text += fmt::format(" in {} stores", sum.stores);
  const std::string schema = sum.schemas.size() == 1 ? *sum.schemas.begin() : "";
  const bool named = std::ranges::any_of(schema, is_letter) && schema != "unknown";
  if (!schema.empty() && schema != "none")
    text += fmt::format(" ({}{})", named ? "" : "schema ", schema);
  if (!sum.whole) text += ", in part";
  return text;
}

/// What was read, in the order in which it was; `absent` gets what was looked for in vain.
std::vector<std::string> phrases(const ProfileReport& part, std::vector<std::string>& absent) {
  std::vector<std::string> order;
  std::map<std::string, StoreSum> sums;
  for (const StoreResult& store : part.stores) {
    if (store.status == StoreStatus::absent) {
      absent.push_back(store.id);
      continue;
    }
    if (store.status != StoreStatus::read && store.status != StoreStatus::partial) continue;
    const auto [at, is_new] = sums.try_emplace(store.id);
    if (is_new) order.push_back(store.id);
    at->second.items += store.items;
    ++at->second.stores;
    at->second.whole = at->second.whole && store.status == StoreStatus::read;
    at->second.schemas.insert(store.schema);
  }
  std::vector<std::string> words;
  words.reserve(order.size());
  for (const std::string& id : order) words.push_back(phrase(id, sums[id]));
  return words;
}

void write_read(const View& view, const ProfileReport& part) {
  std::vector<std::string> absent;
  const std::vector<std::string> read = phrases(part, absent);
  std::string text = is_whole(view.report, part) ? "Read whole: " : "Read: ";
  text += read.empty() ? "nothing" : fmt::format("{}", fmt::join(read, ", "));
  Text line{shown(text)};
  // Where nothing was found, it matters where was looked.
  if (part.tallies.empty() && !absent.empty())
    line.push_back(shown(fmt::format("; not there: {}", fmt::join(absent, ", ")), Style::dim));
  view.page.line(0, line, 2);
}

/// The path stands behind it where there is room.
Text profile_line(const Profile& profile) {
  Text text = profile_name(profile);
  const bool running = profile.running.running.value_or(false);
  text.push_back({" · "});
  text.push_back(
      {std::string(running_word(profile.running)), running ? Style::warning : Style::plain});
  return text;
}

}  // namespace

bool is_whole(const Report& report, const ProfileReport& part) {
  const bool read = std::ranges::all_of(part.stores, [](const StoreResult& store) {
    return store.status == StoreStatus::read || store.status == StoreStatus::absent;
  });
  return read && (report.complete || std::ranges::none_of(report.exit.reasons, [&](const auto& it) {
                    return concerns(it, part);
                  }));
}

Text profile_name(const Profile& profile) {
  Text text{
      shown(profile.browser_name.empty() ? profile.browser : profile.browser_name, Style::bold)};
  if (!profile.name.empty()) append(text, {shown(profile.name, Style::bold)}, " · ");
  if (!profile.display_name.empty() && profile.display_name != profile.name)
    text.push_back(shown(" (" + profile.display_name + ")"));
  return text;
}

void write_head(const View& view) {
  const Report& report = view.report;
  view.page.line(0,
                 {{"crumbs ", Style::bold},
                  shown(report.tool_version, Style::bold),
                  shown(fmt::format(" · {} · {} · values {}", to_the_minute(report.created),
                                    catalogs_used(report), to_string(report.values)),
                        Style::dim)},
                 2);
  if (!report.selection.empty()) {
    const std::string selected = selected_words(report);
    view.page.line(0,
                   {{"only "},
                    shown(report.selection, Style::bold),
                    {selected.empty() ? "" : ": " + selected}},
                   2);
    view.page.line(2, {{"What follows counts all that was read.", Style::dim}}, 2);
  }
  if (!report.labels.empty())
    view.page.line(0, {{"labels "}, shown(label_words(report.labels), Style::bold)}, 2);
}

void write_profile_head(const View& view, const ProfileReport& part) {
  const Text path{shown(part.profile.path.native(), Style::dim)};
  Text line = profile_line(part.profile);
  Text with_path = line;
  append(with_path, path, " · ");
  const bool fits = text_width(view.page.fit(with_path)) <= view.page.width();
  view.page.line(0, fits ? with_path : line, 2);
  std::vector<const Reason*> reasons;
  const bool alone = view.report.profiles.size() == 1;
  for (const Reason& reason : view.report.exit.reasons) {
    if (concerns(reason, part) || (alone && reason.profile.empty())) reasons.push_back(&reason);
  }
  if (!is_whole(view.report, part) || (alone && !view.report.complete)) write_causes(view, reasons);
  if (!fits) view.page.line(2, path, 2);
  write_read(view, part);
}

void write_outcome(const View& view) {
  const Report& report = view.report;
  std::vector<const Reason*> reasons;
  for (const Reason& reason : report.exit.reasons) {
    const bool told_with_profile = report.profiles.size() == 1 || !reason.profile.empty();
    if (!told_with_profile || report.complete) reasons.push_back(&reason);
  }
  if (report.complete) {
    for (const Reason* reason : reasons)
      view.page.line(0, {shown(to_string(*reason), Style::bad)}, 2);
    return;
  }
  if (report.profiles.size() == 1) return;
  const auto parts = std::ranges::count_if(
      report.profiles, [&](const ProfileReport& part) { return !is_whole(report, part); });
  view.page.line(0,
                 {{fmt::format("INCOMPLETE: {} of {} not read whole, {} not read at all", parts,
                               counted(report.profiles.size(), "profile"), report.missing.size()),
                   Style::bad}},
                 2);
  for (const Reason* reason : reasons)
    view.page.line(2, {shown(to_string(*reason), Style::bad)}, 2);
}

void write_notes(const View& view) {
  const std::vector<Diagnostic>& notes = view.report.notes;
  const bool all = view.options.level == TextLevel::verbose;
  const std::size_t shown_notes = all ? notes.size() : std::min(notes.size(), kNotesShown);
  for (std::size_t i = 0; i < shown_notes; ++i)
    view.page.line(0, {shown("note: " + notes[i].message, Style::dim)}, 2);
  if (shown_notes < notes.size())
    view.page.line(0,
                   {{fmt::format("and {} (-v)", counted(notes.size() - shown_notes, "more note")),
                     Style::dim}});
}

}  // namespace crumbs
