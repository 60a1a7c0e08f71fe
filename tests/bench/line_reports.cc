/// The formats of one finding a line: how many findings a second are written to a file; and the
/// text, which has a line for each as well.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <limits>
#include <stdexcept>

#include "bench.h"
#include "crumbs/catalog.h"
#include "crumbs/render.h"
#include "large_report.h"

namespace crumbs::bench {
namespace {

constexpr int kFindings = 20'000;
constexpr int kTimes = 15;

/// Seconds of the fastest of several times: what else the machine does only ever slows down.
double seconds_to_write(const Report& report, std::string_view format, const RenderOptions& options,
                        const std::filesystem::path& file, int times) {
  double best = std::numeric_limits<double>::max();
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    std::ofstream out(file);
    render(report, format, options, out);
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    best = std::min(best, elapsed.count());
  }
  return best;
}

}  // namespace

std::vector<Row> line_reports(const Run& run) {
  const std::vector<Catalog> catalogs = load_catalogs(default_catalog_dir());
  const auto findings = static_cast<std::size_t>(run.amount(kFindings));
  const Report report = large_report(catalogs, findings);
  std::vector<Row> rows;
  for (const std::string_view format : {"csv", "ndjson"}) {
    const double seconds =
        seconds_to_write(report, format, {}, run.work / format, run.times(kTimes));
    rows.push_back({fmt::format("{}, findings written", format == "csv" ? "CSV" : "NDJSON"),
                    static_cast<double>(findings) / seconds / 1000, "thousand/s", 200, true});
  }
  const double text =
      seconds_to_write(report, "text", {.width = 100}, run.work / "text", run.times(kTimes));
  rows.push_back({"text, 10,000 findings written",
                  text * 10'000'000 / static_cast<double>(findings), "ms", 300, false});
  return rows;
}

}  // namespace crumbs::bench
