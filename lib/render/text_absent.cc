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

std::string absent_name(const View& view, const std::string& id) {
  const Entry* entry = view.entries.find(id);
  return entry == nullptr ? id : entry->name();
}

void write_absent_of(const View& view, const std::string& id,
                     const std::vector<std::string>& entries) {
  const CatalogUsed* used = find_catalog(view.report, id);
  Text text{shown(vendor_name(view.report, id), Style::bold)};
  const bool nothing = used != nullptr && entries.size() == used->names_documented;
  if (nothing) {
    text.push_back(
        {fmt::format(": none of the {} was found", counted(entries.size(), "documented item"))});
  } else {
    const std::string of = used == nullptr ? "" : fmt::format(" of {}", used->names_documented);
    std::vector<std::string> names;
    names.reserve(entries.size());
    for (const std::string& entry : entries) names.push_back(absent_name(view, entry));
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
