#pragma once

/// What a comparison shows of the findings of two reports.

#include "audit/disguise.h"
#include "crumbs/audit.h"
#include "crumbs/report.h"
#include "diff/known.h"

namespace crumbs {

/// Never shows more than its mode allows, whatever the reports show. One thread.
class Showing {
 public:
  /// `known` must outlive it.
  Showing(ValuesMode mode, const Known& known);
  Showing(const Showing&) = delete;
  Showing& operator=(const Showing&) = delete;

  /// Takes what the report shows and the mode does not: of both reports before shown().
  void learn(const Report& report);
  /// Digests go, tokens that mean something on one side only, and what `of_report` shows beyond the
  /// mode.
  [[nodiscard]] Finding shown(const Finding& finding, ValuesMode of_report);

 private:
  [[nodiscard]] bool hides(ValuesMode of_report) const;

  ValuesMode mode_;
  const Known& known_;
  AuditOptions options_;
  Disguise disguise_;
  KeyNumbers keys_;
};

}  // namespace crumbs
