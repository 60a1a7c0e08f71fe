#include "help.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "crumbs/printable.h"

namespace crumbs::cli {
namespace {

/// Levenshtein distance. Cost: the product of the lengths.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

std::string suggestion(const CLI::App& app, std::string_view word) {
  std::string best;
  std::size_t least = 3;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::size_t far = distance(word.substr(0, 32), command->get_name());
    if (far >= least) continue;
    least = far;
    best = command->get_name();
  }
  return best.empty() ? "" : fmt::format("; did you mean {}?", best);
}

const CLI::App* chosen(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? nullptr : commands.front();
}

}  // namespace

void arrange_help(CLI::App& app) {
  app.get_formatter()->column_width(36);
  app.footer(
      "\nExit codes: 0 done, 1 findings, 2 usage, 3 invalid input, 4 nothing to read,\n"
      "5 incomplete, 7 verification failed, 70 internal error. See crumbs(1).");
}

std::string usage_problem(const CLI::App& app, const CLI::ParseError& error, int argc,
                          const char* const* argv) {
  const CLI::App* command = chosen(app);
  if (command == nullptr && argc > 1 && argv[1][0] == '-')
    return fmt::format("there is no option {} before a command (see crumbs --help)",
                       printable(argv[1]));
  if (command == nullptr && argc > 1)
    return fmt::format("there is no command {}{} (see crumbs --help)", printable(argv[1]),
                       suggestion(app, argv[1]));
  const std::string name = command == nullptr ? "" : command->get_name() + " ";
  return fmt::format("{} (see crumbs {}--help)", printable(error.what()), name);
}

}  // namespace crumbs::cli
