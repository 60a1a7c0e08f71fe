#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "support/support.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;

using Arguments = std::vector<std::string>;

constexpr std::string_view kCommands[] = {
#define CRUMBS_COMMAND(name) #name,
#include "../cli/commands.def"
#undef CRUMBS_COMMAND
};

/// Each command as it is run over a profile. `@` stands for the profile's path, `@@` for one where
/// nothing is yet.
struct Command {
  const char* name;
  std::vector<Arguments> forms;
};

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"audit",
       {{"audit", "@"},
        {"audit", "--all", "--values", "full", "--format", "json", "@"},
        {"audit", "--all", "--format", "ndjson", "@"}}},
      {"show", {{"show", "visits_count", "@"}}},
      {"render", {{"render", "@"}}},
      {"profiles", {{"profiles", "--root", "@"}}},
      {"diff", {{"diff", "@", "@"}, {"diff", "--all", "--residue", "-f", "json", "@", "@"}}},
      {"export",
       {{"export", "@", "-o", "@@"},
        {"export", "@", "-o", "@@", "--raw", "--include-unknown", "--allow-empty"}}},
      {"verify", {{"verify", "@"}}},
      {"catalog", {{"catalog", "list"}, {"catalog", "explain", "visits_count"}}},
  };
  return all;
}

std::vector<fs::path> profile_fixtures() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(test::fixture("profiles"))) {
    if (entry.is_directory()) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

Arguments with_profile(Arguments arguments, const fs::path& profile) {
  static int count = 0;
  for (std::string& argument : arguments) {
    if (argument == "@") argument = profile.string();
    if (argument == "@@") argument = fmt::format("{}-new-{}", profile.string(), ++count);
  }
  return arguments;
}

/// Runs one form and says what changed: empty where nothing did.
std::string changed_by(const Arguments& arguments, const fs::path& profile, const fs::path& home) {
  const std::string before = test::describe_tree(profile);
  const auto result = test::crumbs(with_profile(arguments, profile), {{"HOME", home.string()}});
  INFO(arguments[0], ": ", result.err);
  CHECK(result.code != 2);
  CHECK(result.code < 70);
  const std::string after = test::describe_tree(profile);
  return before == after ? "" : fmt::format("before:\n{}after:\n{}", before, after);
}

TEST_CASE("no command changes a profile: names, bytes, modes and times stay") {
  const std::vector<fs::path> fixtures = profile_fixtures();
  REQUIRE(fixtures.size() >= 5);
  for (const fs::path& fixture : fixtures) {
    const test::TempDir work;
    const fs::path profile = work.path() / "profile";
    test::copy_tree(fixture, profile);
    const fs::path home = work.path() / "home";
    fs::create_directory(home);
    for (const Command& command : commands()) {
      for (const Arguments& form : command.forms) {
        INFO("crumbs ", command.name, " on ", fixture.filename().string());
        CHECK(changed_by(form, profile, home).empty());
      }
    }
    CHECK_MESSAGE(fs::is_empty(home), "a command wrote into the home directory");
  }
}

TEST_CASE("every command is in the table above") {
  for (const std::string_view name : kCommands) {
    const bool covered = std::ranges::any_of(
        commands(), [name](const Command& command) { return command.name == name; });
    CHECK_MESSAGE(covered, "crumbs ", name, ": add to commands() how it is run over a profile");
  }
}

TEST_CASE("the comparison itself sees a touched file") {
  const test::TempDir work;
  test::write_file(work.path() / "Cookies", "a");
  const std::string before = test::describe_tree(work.path());
  fs::last_write_time(work.path() / "Cookies", fs::file_time_type{});
  CHECK(before != test::describe_tree(work.path()));
}

}  // namespace
}  // namespace crumbs
