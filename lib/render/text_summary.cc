#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/text_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

void write_incomplete(const View& view) {
  const Exit& exit = view.report.exit;
  view.page.line(0,
                 {{"INCOMPLETE: what could not be read is missing from this report", Style::bad}});
  for (const Reason& reason : exit.reasons)
    view.page.line(2, {{"! ", Style::bad}, shown(to_string(reason), Style::warning)}, 2);
}

std::string catalog_of(std::string_view entry) {
  return std::string(entry.substr(0, entry.find('/')));
}

const Catalog* find_catalog(const View& view, std::string_view id) {
  const auto found = std::ranges::find_if(
      view.options.catalogs, [&](const Catalog& catalog) { return catalog.id() == id; });
  return found == view.options.catalogs.end() ? nullptr : &*found;
}

std::string absent_name(const Catalog* catalog, const std::string& id) {
  const Entry* entry = catalog == nullptr ? nullptr : catalog->find_entry(id);
  return entry == nullptr ? id : entry->name();
}

void write_absent_of(const View& view, const std::string& id,
                     const std::vector<std::string>& entries) {
  const Catalog* catalog = find_catalog(view, id);
  Text text{shown(vendor_name(view.report, id), Style::bold)};
  const std::size_t documented = catalog == nullptr ? 0 : documented_entries(*catalog);
  const bool nothing = catalog != nullptr && entries.size() == documented;
  if (nothing) {
    text.push_back(
        {fmt::format(": none of the {} was found", counted(entries.size(), "documented item"))});
  } else {
    const std::string of = catalog == nullptr ? "" : fmt::format(" of {}", documented);
    std::vector<std::string> names;
    names.reserve(entries.size());
    for (const std::string& entry : entries) names.push_back(absent_name(catalog, entry));
    text.push_back({fmt::format(": {}{} documented items not found: ", entries.size(), of)});
    text.push_back(shown(fmt::format("{}", fmt::join(names, ", ")), Style::dim));
  }
  view.page.line(2, text, 2);
}

std::string counts(const Summary& summary) {
  std::string text = counted(summary.items, "item") + ":";
  std::string_view separator = " ";
  const auto add = [&](std::uint64_t count, std::string_view what, bool always) {
    if (count == 0 && !always) return;
    text += fmt::format("{}{} {}", separator, count, what);
    separator = ", ";
  };
  add(summary.documented, "documented", true);
  add(summary.drift, "drifting", false);
  add(summary.undocumented, "undocumented", false);
  add(summary.possible, "possible", false);
  add(summary.ambiguous, "ambiguous", false);
  add(summary.unknown, "unknown", true);
  add(summary.residue, "residue", false);
  separator = "; ";
  const bool one = summary.undocumented_fields == 1;
  add(summary.undocumented_fields, one ? "undocumented part inside" : "undocumented parts inside",
      false);
  add(summary.personal, "with personal data", false);
  add(summary.unavailable, "without a readable value", false);
  add(summary.doubtful, "with a doubtful value", false);
  return text;
}

}  // namespace

void write_head(const View& view) {
  const Report& report = view.report;
  view.page.line(
      0,
      {{"crumbs ", Style::bold},
       shown(report.tool_version, Style::bold),
       shown(fmt::format(" · {} · values {}", human_time(report.created), to_string(report.values)),
             Style::dim)});
  for (const CatalogUsed& used : report.catalogs)
    view.page.line(
        0,
        {shown(fmt::format("catalog {} ({} {})", used.title.empty() ? used.id : used.title, used.id,
                           used.version),
               Style::dim)},
        2);
  if (!report.selection.empty())
    view.page.line(0, {{"only "}, shown(report.selection, Style::bold)}, 2);
  for (const Diagnostic& note : report.notes)
    view.page.line(0, {shown("note: " + note.message, Style::dim)}, 2);
  if (report.complete) return;
  view.page.blank();
  write_incomplete(view);
}

void write_absent(const View& view) {
  if (view.report.absent.empty()) return;
  std::map<std::string, std::vector<std::string>> catalogs;
  for (const Absent& absent : view.report.absent)
    catalogs[catalog_of(absent.entry)].push_back(absent.entry);
  view.page.blank();
  view.page.heading({{"Absent", Style::bold}});
  for (const auto& [catalog, entries] : catalogs) write_absent_of(view, catalog, entries);
}

void write_closing(const View& view) {
  const Report& report = view.report;
  view.page.blank();
  view.page.line(0, {{counts(report.summary), Style::bold}}, 2);
  if (!report.complete) {
    write_incomplete(view);
  } else if (report.exit.code != 0) {
    for (const Reason& reason : report.exit.reasons)
      view.page.line(0, {shown(to_string(reason), Style::bad)}, 2);
  }
}

}  // namespace crumbs
