#pragma once

/// What a report tells of its catalogs and of their entries that it names, so that it is read
/// without them.

#include <set>
#include <span>
#include <string>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/report.h"

namespace crumbs {

/// Ids of entries.
using EntryIds = std::set<std::string, std::less<>>;

/// Adds what the findings and the absent entries of a report, or of a part of one, name.
void add_named(const Report& report, EntryIds& named);
/// What the catalogs say of those, in the order of the catalogs, without examples.
[[nodiscard]] std::vector<Entry> entries_of(std::span<const Catalog> catalogs,
                                            const EntryIds& named);
/// What is told of the catalog as a whole.
[[nodiscard]] CatalogUsed catalog_used(const Catalog& catalog);

}  // namespace crumbs
