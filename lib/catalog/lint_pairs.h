#pragma once

/// Forms of different entries that get in each other's way (crumbs-catalog(5), LINT).

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/rank.h"
#include "catalog/read.h"

namespace crumbs {

/// A form of an entry that was read without a problem, and where both are.
struct LintedForm : CompiledForm {
  std::size_t entry_index;
  std::size_t form_index;
};

/// An entry that was read without a problem.
struct LintedEntry {
  const Entry* entry;
  std::size_t index;
  std::vector<LintedForm> forms;
};

[[nodiscard]] std::string pointer_to(const LintedEntry& linted, std::string_view below = {});
[[nodiscard]] std::string pointer_to(const LintedForm& linted, std::string_view below = {});

/// Adds `duplicate`, `unreachable`, `shadowed` and `overlap`. Cost: quadratic in the forms.
void check_pairs(const std::vector<LintedEntry>& entries, Problems& problems);

}  // namespace crumbs
