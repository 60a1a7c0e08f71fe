#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalog.h"
#include "command.h"
#include "crumbs/error.h"
#include "crumbs/printable.h"

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

/// A file that cannot be read is no clean catalog.
std::vector<LintProblem> problems_of(const std::string& file) {
  try {
    return lint_catalog(file);
  } catch (const Error& error) {
    throw Error(ErrorCode::invalid, error.what());
  }
}

/// A problem that did not arrive must not look like none.
void require_written() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw Error(ErrorCode::io, "standard output cannot be written");
}

}  // namespace

int lint_catalogs(const std::vector<std::string>& files, const std::string& format) {
  auto list = nlohmann::ordered_json::array();
  for (const std::string& file : files) {
    for (const LintProblem& problem : problems_of(file)) {
      list.push_back(problem_json(file, problem));
      if (format != "json") fmt::print("{}\n", line_of(file, problem));
    }
  }
  if (format == "json")
    fmt::print("{}\n", list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  require_written();
  if (list.empty()) return kDone;
  fmt::print(stderr, "crumbs: {} in {}\n", counted(list.size(), "problem", "problems"),
             counted(files.size(), "catalog file", "catalog files"));
  return kInvalidInput;
}

}  // namespace crumbs::cli
