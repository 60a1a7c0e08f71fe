#pragma once

/// How a measurement is added: one function here, one line in the table of bench.cc.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbs::bench {

/// One line of the table.
struct Row {
  std::string what;
  double value = 0;
  std::string unit;       ///< "x", "MiB", "million/s"
  double target = 0;      ///< 0: for information
  bool at_least = false;  ///< the target is a lower bound, else an upper one
};

/// One run of a measurement: the directory for its data, which is its own and empty, and how much
/// of it there is to be.
struct Run {
  std::filesystem::path work;
  bool small = false;  ///< only to see that it works: a hundredth of the data, each thing once

  [[nodiscard]] int amount(int full) const { return small ? std::max(full / 100, 1) : full; }
  [[nodiscard]] int times(int full) const { return small ? 1 : full; }
};

/// A measurement: prepares its data and measures. Throws std::runtime_error where something does
/// not work at all.
using Measurement = std::vector<Row> (*)(const Run& run);

std::vector<Row> chromium_cookies(const Run& run);
std::vector<Row> small_profile(const Run& run);
std::vector<Row> matching(const Run& run);
std::vector<Row> leveldb_storage(const Run& run);
std::vector<Row> dom_storage(const Run& run);
std::vector<Row> firefox_origins(const Run& run);
std::vector<Row> html_report(const Run& run);
std::vector<Row> line_reports(const Run& run);
std::vector<Row> export_bundle(const Run& run);

/// What leveldb_storage compares with, as a process of its own: `crumbs_bench --iterate-leveldb
/// DIRECTORY ITEMS`. Throws where there are other than so many items.
void iterate_leveldb(const std::string& directory, int items);

/// What one run of a program cost.
struct Cost {
  double seconds = 0;
  double peak_mib = 0;
};

/// Runs a program with its output thrown away and the given directory as home. Throws where its
/// exit code is not 0.
Cost run_program(const std::vector<std::string>& argv, const std::filesystem::path& home);

/// Runs both programs by turns and gives the median of each, so that whatever else the machine does
/// hits both alike.
struct Pair {
  Cost ours, theirs;
};
Pair compare(const std::vector<std::string>& ours, const std::vector<std::string>& theirs,
             int times, const std::filesystem::path& home);

/// The built program; a file of the source tree.
std::string crumbs_program();
std::filesystem::path source(std::string_view relative);

}  // namespace crumbs::bench
