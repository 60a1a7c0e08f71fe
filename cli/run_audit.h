#pragma once

/// From arguments to written reports: what `audit` and `show` have in common.

#include <functional>
#include <string>
#include <vector>

#include "crumbs/render.h"
#include "options.h"

namespace crumbs::cli {

struct AuditRun {
  bool detail = false;                         ///< text: every finding in full
  std::function<bool(const Finding&)> filter;  ///< as AuditOptions::filter
  /// Has the last word on `exit`, told how many findings are listed. May be empty.
  std::function<void(Report&, std::size_t)> conclude;
};

/// Writes the report to every output, as the arguments ask for, and makes all of them appear.
/// `detail`: as AuditRun::detail. Throws as write_outputs().
void write_report(const Report& report, const Outputs& outputs, const AuditArguments& arguments,
                  bool detail);

/// Says on stderr why the code is not 0, and returns it.
int explain(const Exit& exit);
/// "Default/Cookies: 16 values need a key: --keyring (and 2 more)"; printable.
[[nodiscard]] std::string first_reason(const Exit& exit);

/// Audits and writes every output. Returns the report's exit code; where it is not 0 the last line
/// on stderr says why. NDJSON alone is written as it is read.
int run_audit(const AuditArguments& arguments, const AuditRun& run);

}  // namespace crumbs::cli
