#pragma once

/// How a measurement is added: one function here, one line in the table of bench.cc.

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

/// A measurement: prepares its data below `work`, which is its own and empty, and measures. Throws
/// std::runtime_error where something does not work at all.
using Measurement = std::vector<Row> (*)(const std::filesystem::path& work);

std::vector<Row> chromium_cookies(const std::filesystem::path& work);
std::vector<Row> small_profile(const std::filesystem::path& work);
std::vector<Row> matching(const std::filesystem::path& work);
std::vector<Row> leveldb_storage(const std::filesystem::path& work);
std::vector<Row> dom_storage(const std::filesystem::path& work);
std::vector<Row> firefox_origins(const std::filesystem::path& work);
std::vector<Row> html_report(const std::filesystem::path& work);
std::vector<Row> line_reports(const std::filesystem::path& work);
std::vector<Row> export_bundle(const std::filesystem::path& work);

/// What leveldb_storage compares with, as a process of its own: `crumbs_bench --iterate-leveldb
/// DIRECTORY`.
void iterate_leveldb(const std::string& directory);

/// What one run of a program cost.
struct Cost {
  double seconds = 0;
  double peak_mib = 0;
};

/// Runs a program with its output thrown away and the given directory as home. Throws where its
/// exit code is not 0.
Cost run(const std::vector<std::string>& argv, const std::filesystem::path& home);

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
