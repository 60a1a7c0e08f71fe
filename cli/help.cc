#include "help.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "near.h"

namespace crumbs::cli {
namespace {

using Names = std::vector<std::string>;

/// What stands for more than one word: see written_out.
constexpr std::string_view kHelp = "help", kExplain = "explain";

Names commands_of(const CLI::App& app) {
  Names names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

/// Those that the help leaves out among them.
Names options_of(const CLI::App& app) {
  Names names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

/// The command that the line got to, and what it is called: "catalog list".
struct Reached {
  const CLI::App* command;
  std::string name;
};

Reached reached(const CLI::App& app) {
  Reached at{&app, ""};
  for (auto parts = app.get_subcommands(); !parts.empty(); parts = at.command->get_subcommands()) {
    at.command = parts.front();
    at.name += (at.name.empty() ? "" : " ") + at.command->get_name();
  }
  return at;
}

bool is_option(const std::string& word) {
  return word.size() > 1 && word.front() == '-';
}

/// Of what the command could not place the first option, or else the first word; empty: all is
/// placed.
std::string first_extra(const CLI::App& command) {
  const Names extras = command.remaining();
  const auto option = std::ranges::find_if(extras, is_option);
  if (option != extras.end()) return option->substr(0, option->find('='));
  return extras.empty() ? "" : extras.front();
}

/// Leaves out a group of options that others explain.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    if (group == kUnlistedGroup) return {};
    return CLI::Formatter::make_group(std::move(group), is_positional, std::move(options));
  }
};

std::string problem_of(const Reached& at, const CLI::ParseError& error) {
  const std::string extra = first_extra(*at.command);
  if (extra.empty()) return printable(error.what());
  const Names commands = commands_of(*at.command);
  if (is_option(extra))
    return fmt::format("{} has no option {}{}", at.name, printable(extra),
                       extra.starts_with("--") ? did_you_mean(extra, options_of(*at.command)) : "");
  if (!commands.empty())
    return fmt::format("there is no command {} {}{}", at.name, printable(extra),
                       did_you_mean(extra, commands));
  return fmt::format("{} takes no further argument {}", at.name, printable(extra));
}

}  // namespace

void arrange_help(CLI::App& app) {
  const auto formatter = std::make_shared<HelpFormatter>();
  formatter->column_width(36);
  app.formatter(formatter);
  app.footer(
      "\ncrumbs help COMMAND says more of a command; crumbs explain NAME is crumbs catalog explain "
      "NAME.\n\nExit codes: 0 done, 1 findings, 2 usage, 3 invalid input, 4 nothing to read,\n"
      "5 incomplete, 7 verification failed, 70 internal error. See crumbs(1).");
}

std::string usage_problem(const CLI::App& app, const CLI::ParseError& error,
                          std::span<const char* const> words) {
  const std::string word = words.size() < 2 ? "" : words[1];
  if (is_option(word))
    return fmt::format("there is no option {} before a command (see crumbs --help)",
                       printable(word));
  const Reached at = reached(app);
  if (at.command != &app)
    return fmt::format("{} (see crumbs {} --help)", problem_of(at, error), at.name);
  Names commands = commands_of(app);
  commands.insert(commands.end(), {std::string(kHelp), std::string(kExplain)});
  return fmt::format("there is no command {}{} (see crumbs --help)", printable(word),
                     did_you_mean(word, commands));
}

std::vector<const char*> written_out(std::span<const char* const> words) {
  std::vector<const char*> all(words.begin(), words.end());
  if (all.size() < 2) return all;
  if (all[1] == kHelp) {
    all.erase(all.begin() + 1);
    all.push_back("--help");
  } else if (all[1] == kExplain) {
    all.insert(all.begin() + 1, "catalog");
  }
  return all;
}

}  // namespace crumbs::cli
