#pragma once

/// What the program says of itself, and of arguments it cannot use.

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace crumbs::cli {

/// Commands in groups, the exit codes below them. After all commands have been added.
void arrange_help(CLI::App& app);
/// One line on why `arguments` cannot be used, with the command that may have been meant.
[[nodiscard]] std::string usage_problem(const CLI::App& app, const CLI::ParseError& error, int argc,
                                        const char* const* argv);

}  // namespace crumbs::cli
