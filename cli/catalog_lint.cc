#include <fmt/format.h>

#include "catalog.h"
#include "command.h"
#include "crumbs/render.h"

namespace crumbs::cli {
namespace {

std::string line_of(const std::string& file, const LintProblem& problem) {
  const std::string pointer = problem.pointer.empty() ? "" : ":" + problem.pointer;
  return printable(fmt::format("{}{}: {}: {}", file, pointer, problem.rule, problem.message));
}

nlohmann::ordered_json problem_json(const std::string& file, const LintProblem& problem) {
  return {{"file", file},
          {"pointer", problem.pointer},
          {"rule", problem.rule},
          {"message", problem.message}};
}

}  // namespace

int lint_catalogs(const std::vector<std::string>& files, const std::string& format) {
  auto list = nlohmann::ordered_json::array();
  for (const std::string& file : files) {
    for (const LintProblem& problem : lint_catalog(file)) {
      list.push_back(problem_json(file, problem));
      if (format != "json") fmt::print("{}\n", line_of(file, problem));
    }
  }
  if (format == "json") print_json(list);
  if (list.empty()) return kDone;
  fmt::print(stderr, "crumbs: {} in {}\n", counted(list.size(), "problem", "problems"),
             counted(files.size(), "catalog file", "catalog files"));
  return kInvalidInput;
}

}  // namespace crumbs::cli
