#include "entry_index.h"

#include <algorithm>

namespace crumbs {
namespace {

std::string_view id_of(const Entry* entry) {
  return entry->id;
}

}  // namespace

EntryIndex::EntryIndex(std::span<const Entry> entries) {
  sorted_.reserve(entries.size());
  for (const Entry& entry : entries) sorted_.push_back(&entry);
  std::ranges::stable_sort(sorted_, {}, id_of);
}

const Entry* EntryIndex::find(std::string_view id) const {
  if (id.empty()) return nullptr;
  const auto at = std::ranges::lower_bound(sorted_, id, {}, id_of);
  return at != sorted_.end() && (*at)->id == id ? *at : nullptr;
}

}  // namespace crumbs
