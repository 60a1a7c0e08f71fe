// Looking something up in the catalogs: by its id, or by a name that a browser stores.
#include <algorithm>

#include "ascii.h"
#include "crumbs/catalog_view.h"

namespace crumbs {
namespace {

/// Entries whose exact name differs from the one asked for in case only.
std::vector<const Entry*> other_case(std::span<const Catalog> catalogs, ItemKind kind,
                                     const std::string& name) {
  std::vector<const Entry*> found;
  for (const Catalog& catalog : catalogs) {
    for (const Entry& entry : catalog.entries()) {
      const bool same = std::ranges::any_of(entry.forms, [&](const Form& form) {
        return !form.is_template && form.name != name && equal_but_for_case(form.name, name);
      });
      if (entry.store == kind && same) found.push_back(&entry);
    }
  }
  return found;
}

std::vector<std::string> owners(std::span<const Catalog> catalogs, ItemKind kind,
                                const std::string& name) {
  std::vector<std::string> found;
  for (const Catalog& catalog : catalogs) {
    for (const LookAlike& other : catalog.look_alikes()) {
      if (other.store == kind && other.name == name) found.push_back(other.whose);
    }
  }
  return found;
}

void count_forms(std::span<const Catalog> catalogs, Explanation& explanation) {
  for (const Catalog& catalog : catalogs) {
    for (const Entry& entry : catalog.entries()) {
      if (entry.store != explanation.kind) continue;
      for (const Form& form : entry.forms)
        ++(form.is_template ? explanation.templates : explanation.exact_names);
    }
  }
}

}  // namespace

std::optional<CatalogPart> find_part(std::span<const Catalog> catalogs, std::string_view id) {
  for (const Catalog& catalog : catalogs) {
    if (catalog.id() == id) return CatalogPart{.catalog = &catalog};
    if (const Entry* entry = catalog.find_entry(id))
      return CatalogPart{.catalog = &catalog, .entry = entry};
    const auto statement = std::ranges::find(catalog.statements(), id, &Statement::id);
    if (statement != catalog.statements().end())
      return CatalogPart{.catalog = &catalog, .statement = &*statement};
  }
  return std::nullopt;
}

ExplainedName explain_name(std::span<const Catalog> catalogs, const NameQuery& query) {
  ExplainedName explained{query, catalogs, {}};
  const Matcher matcher(catalogs);
  for (const ItemKind kind : {ItemKind::cookie, ItemKind::local_storage}) {
    if (query.kind && query.kind != kind) continue;
    Explanation explanation{.kind = kind, .match = matcher.match(kind, query.host, query.name)};
    count_forms(catalogs, explanation);
    explanation.owners = owners(catalogs, kind, query.name);
    explanation.other_case = other_case(catalogs, kind, query.name);
    explained.kinds.push_back(std::move(explanation));
  }
  return explained;
}

}  // namespace crumbs
