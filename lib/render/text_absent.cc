#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/text_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

std::string catalog_of(std::string_view entry) {
  return std::string(entry.substr(0, entry.find('/')));
}

std::string absent_name(const Catalog* catalog, const std::string& id) {
  const Entry* entry = catalog == nullptr ? nullptr : catalog->find_entry(id);
  return entry == nullptr ? id : entry->name();
}

void write_absent_of(const View& view, const std::string& id,
                     const std::vector<std::string>& entries) {
  const Catalog* catalog = find_catalog(view.options.catalogs, id);
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

}  // namespace

void write_absent(const View& view) {
  if (view.report.absent.empty()) return;
  std::map<std::string, std::vector<std::string>> catalogs;
  for (const Absent& absent : view.report.absent)
    catalogs[catalog_of(absent.entry)].push_back(absent.entry);
  view.page.blank();
  view.page.heading({{"Absent", Style::bold}});
  for (const auto& [catalog, entries] : catalogs) write_absent_of(view, catalog, entries);
}

}  // namespace crumbs
