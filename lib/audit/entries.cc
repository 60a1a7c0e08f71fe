#include "audit/entries.h"

namespace crumbs {
namespace {

void add(EntryIds& named, const std::string& entry) {
  if (!entry.empty() && !named.contains(entry)) named.insert(entry);
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

}  // namespace crumbs
