#pragma once

/// Selections in the words of the command line.

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>

#include "crumbs/select.h"

namespace crumbs::test {

/// "--site example.com --not-expired"; no value may hold a space.
inline Selection chosen_by(const std::string& words) {
  Selection selection;
  std::istringstream stream(words);
  for (std::string word; stream >> word;) {
    Condition condition;
    condition.negated = word.starts_with("--not-");
    const std::string option = word.substr(condition.negated ? 6 : 2);
    const auto info = std::ranges::find(criteria(), option, &CriterionInfo::option);
    if (info == criteria().end()) throw std::runtime_error("no criterion " + word);
    condition.criterion = info->criterion;
    if (!info->argument.empty()) stream >> condition.value;
    selection.push_back(condition);
  }
  return selection;
}

}  // namespace crumbs::test
