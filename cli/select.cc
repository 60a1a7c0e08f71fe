#include "select.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include <fmt/format.h>

#include "help.h"
#include "words.h"

namespace crumbs::cli {
namespace {

/// CRUMBS_NOT_OLDER_THAN
std::string variable_of(const std::string& option) {
  std::string variable = "CRUMBS_";
  for (const char c : option)
    variable += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return variable;
}

void add_option(CLI::App& command, SelectArguments::Given& given, const CriterionInfo& info) {
  const std::string name = fmt::format("{}{}", given.negated ? "not-" : "", info.option);
  const std::string help(info.meaning);
  CLI::Option* option = nullptr;
  if (info.argument.empty()) {
    option = command.add_flag("--" + name, given.flag, help);
  } else {
    const auto check = [criterion = info.criterion](const std::string& value) {
      return problem_with(criterion, value);
    };
    const std::vector<std::string> words(info.words.begin(), info.words.end());
    option = command.add_option("--" + name, given.values, help)
                 ->type_name(std::string(info.argument))
                 ->allow_extra_args(false)
                 ->check(words.empty() ? CLI::Validator(check, "") : one_of(words));
  }
  option->envname(variable_of(name))->group(given.negated ? kUnlistedGroup : kSelectionGroup);
}

}  // namespace

void add_select_options(CLI::App& command, SelectArguments& arguments) {
  for (const bool negated : {false, true}) {
    for (const CriterionInfo& info : criteria()) {
      arguments.given.push_back({info.criterion, negated, {}, false});
      add_option(command, arguments.given.back(), info);
    }
  }
}

Selection selection(const SelectArguments& arguments) {
  Selection chosen;
  for (const SelectArguments::Given& given : arguments.given) {
    if (given.flag) chosen.push_back({given.criterion, "", given.negated});
    for (const std::string& value : given.values)
      chosen.push_back({given.criterion, value, given.negated});
  }
  return chosen;
}

}  // namespace crumbs::cli
