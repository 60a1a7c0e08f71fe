#pragma once

/// What the program says of itself, and of arguments it cannot use.

#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace crumbs::cli {

/// The group of options that the help does not list. (Options without a group are nameless in what
/// the parser says of them.)
inline constexpr const char* kUnlistedGroup = "Unlisted";

/// Commands in groups, the exit codes below them. Before commands are added, which take it over.
void arrange_help(CLI::App& app);
/// The words of a command line, the name of the program first, in which `help COMMAND` stands for
/// `COMMAND --help` and `explain NAME` for `catalog explain NAME`.
[[nodiscard]] std::vector<const char*> written_out(std::span<const char* const> words);
/// One line on why these words cannot be used, with what may have been meant.
[[nodiscard]] std::string usage_problem(const CLI::App& app, const CLI::ParseError& error,
                                        std::span<const char* const> words);

}  // namespace crumbs::cli
