// crumbs profiles: the browser profiles of this machine, or below --root DIR.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/audit.h"
#include "crumbs/printable.h"
#include "environment.h"

namespace crumbs::cli {
namespace {

struct ProfilesArguments {
  std::string root;
  std::string format = "text";
};

std::string title(const Profile& profile) {
  const std::string name = printable(profile.name);
  return profile.display_name.empty()
             ? name
             : fmt::format("{} ({})", name, printable(profile.display_name));
}

/// A heading for each browser; for each profile what it is called and where it is, then whether a
/// browser holds it open and how that is known.
std::string as_text(const std::vector<Profile>& profiles) {
  std::size_t width = 0;
  for (const Profile& profile : profiles) width = std::max(width, display_width(title(profile)));
  std::string text;
  const Profile* previous = nullptr;
  for (const Profile& profile : profiles) {
    if (previous == nullptr || previous->browser_name != profile.browser_name)
      text += fmt::format("{}{}\n", previous == nullptr ? "" : "\n", profile.browser_name);
    previous = &profile;
    const std::string name = title(profile);
    text += fmt::format("  {}{}  {}\n", name, std::string(width - display_width(name), ' '),
                        printable(profile.path.string()));
    text += fmt::format("  {}  {}: {}\n", std::string(width, ' '), to_string(profile.running),
                        printable(profile.running.evidence));
  }
  return text;
}

std::string as_json(const std::vector<Profile>& profiles) {
  auto list = nlohmann::ordered_json::array();
  for (const Profile& profile : profiles) {
    const auto running = profile.running.running ? nlohmann::ordered_json(*profile.running.running)
                                                 : nlohmann::ordered_json();
    list.push_back({{"id", profile.id},
                    {"browser", profile.browser},
                    {"browser_name", profile.browser_name},
                    {"engine", to_string(profile.engine)},
                    {"name", profile.name},
                    {"display_name", profile.display_name},
                    {"path", profile.path.string()},
                    {"user_data_dir", profile.user_data_dir.string()},
                    {"system", profile.system},
                    {"packaging", profile.packaging},
                    {"running", running},
                    {"evidence", profile.running.evidence}});
  }
  return list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

int fail(ExitCode code, const std::string& message) {
  fmt::print(stderr, "crumbs: {}\n", message);
  return code;
}

int run(const ProfilesArguments& arguments) {
  std::vector<Diagnostic> diagnostics;
  std::vector<Profile> profiles = find_profiles(find_options(arguments.root), &diagnostics);
  for (std::size_t i = 0; i < profiles.size(); ++i) profiles[i].id = fmt::format("p{}", i + 1);
  if (arguments.format == "json")
    fmt::print("{}", as_json(profiles));
  else
    fmt::print("{}", as_text(profiles));
  if (std::fflush(stdout) != 0) return fail(kIncomplete, "standard output cannot be written");
  bool incomplete = false;
  for (const Diagnostic& diagnostic : diagnostics) {
    fmt::print(stderr, "crumbs: {}\n", printable(diagnostic.message));
    incomplete |= diagnostic.severity == Diagnostic::Severity::incomplete;
  }
  if (incomplete) return fail(kIncomplete, "not every place could be looked at");
  if (profiles.empty()) return fail(kNothingToRead, "no browser profile found");
  return kDone;
}

}  // namespace

void add_profiles(CLI::App& app, Invocation& invocation) {
  auto arguments = std::make_shared<ProfilesArguments>();
  CLI::App* command =
      app.add_subcommand("profiles", "the browser profiles on this machine, or under --root DIR")
          ->group(kLook);
  command->add_option("--root", arguments->root, "look in a mounted image or a copied home")
      ->type_name("DIR")
      ->envname("CRUMBS_ROOT");
  command->add_option("-f,--format", arguments->format, "text or json")
      ->type_name("FORMAT")
      ->envname("CRUMBS_FORMAT")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback(
      [arguments, &invocation] { invocation.run = [arguments] { return run(*arguments); }; });
}

}  // namespace crumbs::cli
