#include "audit/entries.h"

#include <algorithm>

namespace crumbs {
namespace {

void add(EntryIds& named, const std::string& entry) {
  if (!entry.empty() && !named.contains(entry)) named.insert(entry);
}

std::uint64_t errata_of(const Entry& entry) {
  const auto in_fields = std::ranges::count_if(
      entry.value.fields, [](const FieldEntry& field) { return field.erratum.has_value(); });
  return static_cast<std::uint64_t>(in_fields) + (entry.erratum ? 1 : 0);
}

bool states_lifetime(const Entry& entry) {
  return entry.max_age_s && entry.retention_basis.basis == Basis::document;
}

}  // namespace

void add_named(const Report& report, EntryIds& named) {
  for (const Finding& finding : report.findings) {
    add(named, finding.entry);
    for (const RunnerUp& other : finding.runner_up) add(named, other.entry);
  }
  for (const Absent& absent : report.absent) add(named, absent.entry);
}

std::vector<Entry> entries_of(std::span<const Catalog> catalogs, const EntryIds& named) {
  std::vector<Entry> entries;
  for (const Catalog& catalog : catalogs) {
    for (const Entry& entry : catalog.entries()) {
      if (!named.contains(entry.id)) continue;
      Entry& used = entries.emplace_back(entry);
      used.examples.clear();
      used.counter_examples.clear();
    }
  }
  return entries;
}

CatalogUsed catalog_used(const Catalog& catalog) {
  CatalogUsed used;
  used.id = catalog.id();
  used.version = catalog.version();
  used.sha256 = catalog.sha256();
  used.title = catalog.title();
  used.document = catalog.document();
  for (const Entry& entry : catalog.entries()) {
    if (entry.documented()) ++used.names_documented;
    used.errata += errata_of(entry);
    used.states_lifetimes = used.states_lifetimes || states_lifetime(entry);
  }
  return used;
}

}  // namespace crumbs
