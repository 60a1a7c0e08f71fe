/// An HTML report of ten thousand findings: time to write it, and the memory of the whole process
/// that holds the report and writes it.

#include <fstream>

#include <sys/resource.h>

#include <chrono>
#include <stdexcept>

#include "bench.h"
#include "crumbs/catalog.h"
#include "crumbs/render.h"
#include "large_report.h"

namespace crumbs::bench {
namespace {

constexpr int kFindings = 10'000;

double peak_mib() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) throw std::runtime_error("getrusage");
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace

std::vector<Row> html_report(const Run& run) {
  const std::vector<Catalog> catalogs = load_catalogs(default_catalog_dir());
  const Report report = large_report(catalogs, static_cast<std::size_t>(run.amount(kFindings)));
  const std::filesystem::path file = run.work / "report.html";
  const auto start = std::chrono::steady_clock::now();
  {
    std::ofstream out(file);
    render(report, "html", {}, out);
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  return {
      {"HTML of 10,000 findings, time", elapsed.count(), "s", 1, false},
      {"HTML of 10,000 findings, peak memory of the process", peak_mib(), "MiB", 200, false},
      {"HTML of 10,000 findings, size",
       static_cast<double>(std::filesystem::file_size(file)) / (1024 * 1024), "MiB"},
  };
}

}  // namespace crumbs::bench
