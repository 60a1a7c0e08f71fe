#include <algorithm>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/text_parts.h"
#include "render/unlisted.h"
#include "render/words.h"

namespace crumbs {
namespace {

void add_unlisted(std::vector<std::string>& parts, const Report& report) {
  const Unlisted rest = unlisted_in(report);
  if (rest.unknown > 0)
    parts.push_back(counted(rest.unknown, "item") + " that no catalog knows (--all)");
  if (rest.residue > 0) parts.push_back(counted(rest.residue, "item") + " of residue (--residue)");
}

/// In the documents of vendors that left something.
void add_mistakes(std::vector<std::string>& parts, const Report& report) {
  std::uint64_t mistakes = 0;
  for (const CatalogUsed& used : report.catalogs) {
    const bool found = std::ranges::any_of(report.profiles, [&](const ProfileReport& part) {
      return std::ranges::find(part.tallies, used.id, &Tally::catalog) != part.tallies.end();
    });
    if (found) mistakes += used.errata;
  }
  if (mistakes > 0) parts.push_back(counted(mistakes, "mistake") + " in the document");
}

/// What was noticed and changes no number, and what was not looked into.
void add_remarks(std::vector<std::string>& parts, const Report& report) {
  std::uint64_t notes = report.notes.size(), places = 0;
  for (const ProfileReport& part : report.profiles) {
    places += part.also_there.size();
    for (const StoreResult& store : part.stores) {
      if (!store.note.empty()) ++notes;
      notes += static_cast<std::uint64_t>(
          std::ranges::count(store.diagnostics, Diagnostic::Severity::note, &Diagnostic::severity));
    }
  }
  if (notes > 0) parts.push_back(counted(notes, "note") + " on what was read");
  if (places > 0) parts.push_back(counted(places, "other place") + " not read");
}

bool has_footnote(const Report& report) {
  return std::ranges::any_of(report.profiles, [](const ProfileReport& part) {
    return std::ranges::any_of(part.tallies, is_our_reading);
  });
}

}  // namespace

void write_closing(const View& view) {
  const Report& report = view.report;
  std::vector<std::string> unlisted, verbose;
  add_unlisted(unlisted, report);
  add_mistakes(verbose, report);
  add_remarks(verbose, report);
  std::string text;
  if (!unlisted.empty()) text = fmt::format("Also there: {}. ", fmt::join(unlisted, ", "));
  if (!verbose.empty() && view.options.level != TextLevel::verbose)
    text += fmt::format("With -v: {}. ", fmt::join(verbose, ", "));
  if (!report.findings.empty()) text += "One item: crumbs show NAME.";
  if (!text.empty()) {
    view.page.blank();
    view.page.line(0, {shown(text, Style::dim)});
  }
  if (has_footnote(report))
    view.page.line(0,
                   {{"[1] Our reading throughout: the document says of no single item whether it "
                     "may be deleted.",
                     Style::dim}},
                   4);
}

}  // namespace crumbs
