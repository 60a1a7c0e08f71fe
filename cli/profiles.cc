// crumbs profiles: the browser profiles of this machine, or below --root DIR.
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/audit.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "environment.h"
#include "options.h"
#include "run_audit.h"

namespace crumbs::cli {
namespace {

struct ProfilesArguments : OutputArguments {
  std::string root;
  bool separate_by_nul = false;
};

/// The code, and why it is not 0.
Exit exit_of(const FoundProfiles& rest, std::size_t profiles) {
  Exit exit;
  for (const MissingProfile& missing : rest.missing)
    exit.reasons.push_back({.code = std::string(to_string(missing.reason)),
                            .path = missing.path,
                            .message = missing.message});
  if (!exit.reasons.empty()) {
    exit.code = kIncomplete;
  } else if (profiles == 0) {
    exit.code = kNothingToRead;
    exit.reasons.push_back(
        {.code = "no_profile",
         .message = rest.searched.empty()
                        ? "no profile found: there is no home to look in"
                        : "no profile found below " + rest.searched.front().string()});
  }
  return exit;
}

int run(const ProfilesArguments& arguments) {
  const Outputs outputs = open_outputs(arguments, profile_formats());
  std::vector<std::unique_ptr<ProfileList>> lists;
  lists.reserve(outputs.size());
  for (const auto& output : outputs)
    lists.push_back(ProfileList::make(
        output->format(), {render_options(arguments, *output), arguments.separate_by_nul},
        output->stream()));
  std::size_t profiles = 0;
  const FoundProfiles rest = find_profiles(find_options(arguments.root), [&](Profile&& profile) {
    ++profiles;
    profile.id = profile_id(profile, {});
    for (const auto& list : lists) list->add(profile);
  });
  for (const auto& list : lists) list->finish(rest);
  for (const auto& output : outputs) output->commit();
  return explain(exit_of(rest, profiles));
}

}  // namespace

void add_profiles(CLI::App& app, Invocation& invocation) {
  auto arguments = std::make_shared<ProfilesArguments>();
  CLI::App* command =
      app.add_subcommand("profiles", "the browser profiles on this machine, or under --root DIR")
          ->group(kLook);
  add_root_option(*command, arguments->root);
  add_output_options(*command, *arguments, profile_formats());
  add_null_option(*command, arguments->separate_by_nul, "paths: NUL ends a path");
  on_chosen(*command, invocation, [arguments] { return run(*arguments); });
}

}  // namespace crumbs::cli
