#pragma once

/// Saved reports as arguments.

#include <string>

#include "crumbs/report.h"

namespace crumbs::cli {

/// Whether `path` is there and looks like a saved report: a pipe, or a file that starts as a JSON
/// object does. Reads one block of a file, nothing of a pipe.
[[nodiscard]] bool is_report_file(const std::string& path);
/// `-` is standard input. Throws Error(invalid) where it holds no report that this version knows or
/// is over 512 MiB, Error(not_found) where
/// it is not there, Error(io) where it cannot be read.
[[nodiscard]] Report read_report_file(const std::string& path);

}  // namespace crumbs::cli
