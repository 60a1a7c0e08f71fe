#pragma once

/// --label: what every record of a report is marked with.

#include <string>
#include <vector>

#include "crumbs/report.h"

namespace CLI {
class App;
}  // namespace CLI

namespace crumbs::cli {

/// KEY=VALUE, repeatable. `labels` must outlive the parsing.
void add_label_option(CLI::App& command, std::vector<std::string>& labels);
/// Of what the option let through. Throws Error(usage) for a key that is given twice.
[[nodiscard]] Labels labels_of(const std::vector<std::string>& texts);

}  // namespace crumbs::cli
