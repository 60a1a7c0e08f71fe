// crumbs profiles: the browser profiles of this machine, or below --root DIR.
#include <memory>
#include <string>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/audit.h"
#include "crumbs/printable.h"
#include "environment.h"
#include "options.h"
#include "run_audit.h"

namespace crumbs::cli {
namespace {

struct ProfilesArguments : OutputArguments {
  std::string root;
  ListOptions list;
};

/// The code, and why it is not 0.
Exit exit_of(const FoundProfiles& found) {
  Exit exit;
  for (const MissingProfile& missing : found.missing) exit.reasons.push_back(missing.message);
  if (!exit.reasons.empty()) {
    exit.code = kIncomplete;
  } else if (found.profiles.empty()) {
    exit.code = kNothingToRead;
    exit.reasons.push_back(found.searched.empty()
                               ? "no profile found: there is no home to look in"
                               : "no profile found below " + found.searched.front().string());
  }
  return exit;
}

int run(const ProfilesArguments& arguments) {
  const auto outputs =
      open_outputs(arguments.format, arguments.format_given, arguments.outputs, profile_formats());
  FoundProfiles found = find_profiles(find_options(arguments.root));
  for (std::size_t i = 0; i < found.profiles.size(); ++i)
    found.profiles[i].id = fmt::format("p{}", i + 1);
  for (const auto& output : outputs)
    render(found, output->format(), arguments.list, output->stream());
  for (const auto& output : outputs) output->commit();
  return explain(exit_of(found));
}

}  // namespace

void add_profiles(CLI::App& app, Invocation& invocation) {
  auto arguments = std::make_shared<ProfilesArguments>();
  CLI::App* command =
      app.add_subcommand("profiles", "the browser profiles on this machine, or under --root DIR")
          ->group(kLook);
  add_root_option(*command, arguments->root);
  add_place_options(*command, *arguments, profile_formats());
  add_null_option(*command, arguments->list.separate_by_nul, "paths: NUL ends a path");
  command->callback(
      [arguments, &invocation] { invocation.run = [arguments] { return run(*arguments); }; });
}

}  // namespace crumbs::cli
