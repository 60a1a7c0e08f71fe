/// Speed and memory as ratios measured in one run, each beside its target. Numbers of different
/// machines or days cannot be compared; these can.

#include "bench.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>

namespace crumbs::bench {
namespace {

struct Entry {
  std::string_view name;
  Measurement measure;
};

constexpr Entry kMeasurements[] = {
    {"chromium_cookies", chromium_cookies},
    {"small_profile", small_profile},
    {"matching", matching},
    {"leveldb_storage", leveldb_storage},
    {"dom_storage", dom_storage},
    {"firefox_origins", firefox_origins},
    {"html_report", html_report},
    {"line_reports", line_reports},
    {"export_bundle", export_bundle},
};

void print(const Row& row) {
  const std::string value = fmt::format("{:.1f} {}", row.value, row.unit);
  if (row.target == 0) {
    fmt::print("{:<66} {:>16}\n", row.what, value);
    return;
  }
  const bool met = row.at_least ? row.value >= row.target : row.value <= row.target;
  fmt::print("{:<66} {:>16}  ({} {:.4g})  {}\n", row.what, value,
             row.at_least ? ">=" : "<=", row.target, met ? "met" : "MISSED");
}

std::filesystem::path make_work_dir() {
  std::string pattern = (std::filesystem::temp_directory_path() / "crumbs-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp " + pattern);
  return pattern;
}

/// Figures of a small run would mean nothing, so it tells only that there are some.
void measure(const Entry& entry, bool small) {
  const Run run{make_work_dir(), small};
  try {
    const std::vector<Row> rows = entry.measure(run);
    if (small) fmt::print("{}: works\n", entry.name);
    for (const Row& row : rows) {
      if (!small) print(row);
    }
    std::fflush(stdout);
  } catch (...) {
    std::filesystem::remove_all(run.work);
    throw;
  }
  std::filesystem::remove_all(run.work);
}

void measure_selected(const std::vector<std::string_view>& names, bool small) {
  for (const std::string_view name : names) {
    if (std::ranges::find(kMeasurements, name, &Entry::name) == std::end(kMeasurements))
      throw std::runtime_error(fmt::format("there is no measurement '{}'", name));
  }
  for (const Entry& entry : kMeasurements) {
    if (names.empty() || std::ranges::find(names, entry.name) != names.end()) measure(entry, small);
  }
}

}  // namespace
}  // namespace crumbs::bench

int main(int argc, char** argv) {
  try {
    std::vector<std::string_view> arguments(argv + 1, argv + argc);
    if (arguments.size() == 3 && arguments[0] == "--iterate-leveldb") {
      crumbs::bench::iterate_leveldb(argv[2], std::atoi(argv[3]));
    } else {
      const bool small = std::erase(arguments, "--small") != 0;
      crumbs::bench::measure_selected(arguments, small);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench: %s\n", error.what());
    return 1;
  }
  return 0;
}
