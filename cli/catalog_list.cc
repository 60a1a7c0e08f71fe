#include <fmt/format.h>

#include <algorithm>

#include "catalog.h"
#include "command.h"
#include "crumbs/printable.h"

namespace crumbs::cli {
namespace {

struct Columns {
  std::size_t id = 0, category = 8, personal_data = 8;
};

Columns measure(const Catalog& catalog) {
  Columns columns;
  for (const Entry& entry : catalog.entries()) {
    columns.id = std::max(columns.id, display_width(entry.id));
    columns.category = std::max(columns.category, to_string(entry.category).size());
    columns.personal_data = std::max(columns.personal_data, to_string(entry.personal_data).size());
  }
  return columns;
}

/// `allowed_with_consequence` would fill a third of the line; a mark and a line below say it too.
std::string verdict_text(const Entry& entry) {
  if (entry.deletion.verdict == Verdict::allowed_with_consequence) return "allowed *";
  return std::string(to_string(entry.deletion.verdict));
}

void print_row(const Columns& columns, std::string_view id, std::string_view category,
               std::string_view personal_data, std::string_view verdict) {
  fmt::print("{}  {}  {}  {}\n", padded(id, columns.id), padded(category, columns.category),
             padded(personal_data, columns.personal_data), verdict);
}

void print_entry(const Columns& columns, const Entry& entry) {
  print_row(columns, entry.id, to_string(entry.category), to_string(entry.personal_data),
            verdict_text(entry));
  // The last part of an id is mostly the name itself.
  for (const Form& form : entry.forms) {
    if (!entry.id.ends_with("/" + form.name)) fmt::print("  {}\n", printable(form.name));
  }
}

void print_kind(const Catalog& catalog, ItemKind kind) {
  const Columns columns = measure(catalog);
  bool first = true;
  for (const Entry& entry : catalog.entries()) {
    if (entry.store != kind) continue;
    if (std::exchange(first, false)) {
      fmt::print("\n");
      print_row(columns, to_string(kind), "category", "personal", "deletion");
    }
    print_entry(columns, entry);
  }
}

std::string count_text(const Catalog& catalog) {
  const auto documented =
      static_cast<std::size_t>(std::ranges::count_if(catalog.entries(), &Entry::documented));
  const std::size_t observed = catalog.entries().size() - documented;
  const CatalogDocument& document = catalog.document();
  std::string text =
      fmt::format("{} {}: {}, from {} ({}{}{})", catalog.id(), catalog.version(),
                  counted(documented, "entry", "entries"), document.title, document.publisher,
                  document.effective_date.empty() ? "" : ", ", document.effective_date);
  if (observed != 0)
    text += fmt::format("; {} only publicly seen", counted(observed, "other", "others"));
  return text;
}

void print_catalog(const Catalog& catalog) {
  fmt::print("{}", wrapped("", 0, count_text(catalog)));
  print_kind(catalog, ItemKind::cookie);
  print_kind(catalog, ItemKind::local_storage);
  const bool marked = std::ranges::any_of(catalog.entries(), [](const Entry& entry) {
    return entry.deletion.verdict == Verdict::allowed_with_consequence;
  });
  if (marked) fmt::print("\n* allowed_with_consequence: crumbs catalog show ID says which\n");
}

std::vector<std::string> form_names(const Entry& entry) {
  std::vector<std::string> names;
  for (const Form& form : entry.forms) names.push_back(form.name);
  return names;
}

nlohmann::ordered_json list_json(std::span<const Catalog> catalogs) {
  auto list = nlohmann::ordered_json::array();
  for (const Catalog& catalog : catalogs) {
    for (const Entry& entry : catalog.entries())
      list.push_back({{"id", entry.id},
                      {"store", to_string(entry.store)},
                      {"forms", form_names(entry)},
                      {"documented", entry.documented()},
                      {"category", to_string(entry.category)},
                      {"personal_data", to_string(entry.personal_data)},
                      {"verdict", to_string(entry.deletion.verdict)}});
  }
  return list;
}

}  // namespace

int list_catalogs(const CatalogChoice& choice) {
  const std::vector<Catalog> catalogs = chosen_catalogs(choice);
  if (choice.format == "json") print_json(list_json(catalogs));
  bool first = true;
  for (const Catalog& catalog : catalogs) {
    if (choice.format == "json") break;
    if (!std::exchange(first, false)) fmt::print("\n");
    print_catalog(catalog);
  }
  return catalogs.empty() ? no_catalogs() : kDone;
}

}  // namespace crumbs::cli
