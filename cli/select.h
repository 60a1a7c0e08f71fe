#pragma once

/// The options that choose: one grammar for every command (design 3).

#include <string>
#include <vector>

#include "crumbs/select.h"

namespace CLI {
class App;
}  // namespace CLI

namespace crumbs::cli {

struct SelectArguments {
  std::vector<std::string> vendors, sites, entries, stores, statuses, categories;
  bool personal_data = false, expired = false;
  std::string older_than;
};

/// --vendor, --site, --entry, --store, --status, --category, --personal-data, --expired,
/// --older-than. `arguments` must outlive the parsing.
void add_select_options(CLI::App& command, SelectArguments& arguments);

/// What they mean. Never throws for what add_select_options let through.
[[nodiscard]] Selection selection(const SelectArguments& arguments);

/// Whether items that no catalog knows are asked for by name of their status.
[[nodiscard]] bool wants_unknown(const SelectArguments& arguments);

}  // namespace crumbs::cli
