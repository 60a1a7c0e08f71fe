#pragma once

/// The entries of a report by their ids.

#include <span>
#include <string_view>
#include <vector>

#include "crumbs/catalog.h"

namespace crumbs {

/// Holds references to the entries, which outlive it.
class EntryIndex {
 public:
  /// n log n in the entries, which need not be sorted.
  explicit EntryIndex(std::span<const Entry> entries);
  /// The first that has the id; nullptr where none has it, and where it is empty. Cost: logarithmic
  /// in the entries.
  [[nodiscard]] const Entry* find(std::string_view id) const;

 private:
  std::vector<const Entry*> sorted_;
};

}  // namespace crumbs
