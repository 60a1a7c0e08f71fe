#pragma once

/// The options that choose: one grammar for every command (design 3).

#include <deque>
#include <string>
#include <vector>

#include "crumbs/select.h"

namespace CLI {
class App;
}  // namespace CLI

namespace crumbs::cli {

/// The group of these options, and of others that decide on what is listed, in the help.
inline constexpr const char* kSelectionGroup =
    "Selection (--not-site and so on leave such items out)";

struct SelectArguments {
  /// What was given for one option.
  struct Given {
    Criterion criterion = Criterion::site;
    bool negated = false;
    std::vector<std::string> values;
    bool flag = false;  ///< of a criterion that takes no value
  };
  std::deque<Given> given;  ///< one for each option; they stay where they are
};

/// An option for each of criteria(), and its opposite --not-…. `arguments` must outlive the
/// parsing.
void add_select_options(CLI::App& command, SelectArguments& arguments);

/// What they mean.
[[nodiscard]] Selection selection(const SelectArguments& arguments);

}  // namespace crumbs::cli
