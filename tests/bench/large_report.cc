#include "large_report.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>
#include <vector>

#include "bench.h"
#include "crumbs/audit.h"

namespace crumbs::bench {

Report large_report(std::span<const Catalog> catalogs, std::size_t findings) {
  AuditOptions options;
  options.now = parse_iso8601("2026-11-24T00:00:00Z");
  Report report = audit(resolve_profile(source("fixtures/profiles/chromium-156-leveldb"), {}),
                        catalogs, options);
  const std::vector<Finding> found = std::move(report.findings);
  if (found.empty()) throw std::runtime_error("the fixture has no findings");
  report.findings.clear();
  report.findings.reserve(findings);
  for (std::size_t i = 0; i < findings; ++i) {
    Finding finding = found[i % found.size()];
    finding.host = fmt::format("shop{}.example.com", i / found.size());
    report.findings.push_back(std::move(finding));
  }
  return report;
}

}  // namespace crumbs::bench
