#pragma once

/// What each criterion of a selection asks of findings and of entries.

#include <functional>
#include <string>

#include "crumbs/select.h"

namespace crumbs {

using FindingTest = std::function<bool(const Finding&)>;
using EntryTest = std::function<bool(const Entry&)>;

/// Whether a finding is one that a condition names. `value` is one that problem_with lets through.
[[nodiscard]] FindingTest finding_test(Criterion criterion, const std::string& value,
                                       const Time& now);
/// Whether a finding of an entry may be; empty where the criterion says nothing of entries.
[[nodiscard]] EntryTest entry_test(Criterion criterion, const std::string& value);

/// Whether every item that no catalog knows is alike to the criterion.
[[nodiscard]] bool is_of_catalogs(Criterion criterion) noexcept;

}  // namespace crumbs
