#pragma once

/// Why a report is not whole, and what would mend it.

#include <vector>

#include "crumbs/audit.h"
#include "crumbs/report.h"

namespace crumbs {

/// A profile that was not read.
[[nodiscard]] Reason missing_reason(const MissingProfile& missing);
/// One for each store that was not read as a whole.
void add_store_reasons(const Profile& profile, const std::vector<StoreResult>& stores,
                       std::vector<Reason>& reasons);
/// Why listed values cannot be had: one for each file and cause. Left out is what `options` excuse,
/// and what wants a key and no catalog knows.
void add_value_reasons(const Profile& profile, const std::vector<Finding>& findings,
                       const AuditOptions& options, std::vector<Reason>& reasons);

}  // namespace crumbs
