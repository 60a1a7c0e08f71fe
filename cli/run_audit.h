#pragma once

/// From arguments to written reports: what `audit` and `show` have in common.

#include <functional>

#include "options.h"

namespace crumbs::cli {

struct AuditRun {
  bool detail = false;                         ///< text: every finding in full
  std::function<bool(const Finding&)> filter;  ///< as AuditOptions::filter
  /// Has the last word on `exit`, told how many findings are listed. May be empty.
  std::function<void(Report&, std::size_t)> conclude;
};

/// Audits and writes every output. Returns the report's exit code; where it is not 0 the last line
/// on stderr says why. NDJSON alone is written as it is read.
int run_audit(const AuditArguments& arguments, const AuditRun& run);

}  // namespace crumbs::cli
