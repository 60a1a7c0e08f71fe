#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>
#include <sstream>

#include "crumbs/render.h"
#include "crumbs/select.h"
#include "diagnostics.h"
#include "stores/store.h"
#include "support/support.h"

namespace crumbs {
namespace {

using Words = std::set<std::string>;

constexpr const char* kCommands[] = {
#define CRUMBS_COMMAND(name) #name,
#include "../cli/commands.def"
#undef CRUMBS_COMMAND
};

Words all_matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  Words words;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at)
    words.insert((*at)[1]);
  return words;
}

std::string help(std::vector<std::string> command) {
  command.emplace_back("--help");
  const test::ProcessResult result = test::crumbs(command);
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  return result.out;
}

/// Names below the heading "Subcommands:".
std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream lines(text);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (inside && line.starts_with("  ") && line[2] != ' ')
      parts.push_back(line.substr(2, line.find(' ', 2) - 2));
    if (!line.starts_with(" ")) inside = line == "Subcommands:";
  }
  return parts;
}

Words options_of(const std::vector<std::string>& command) {
  const std::string text = help(command);
  Words options = all_matches(text, "(?:^|\n) {2}(?:-[a-zA-Z0-9],)?--([a-z0-9-]+)");
  for (const std::string& part : parts_of(text)) {
    std::vector<std::string> longer = command;
    longer.push_back(part);
    options.merge(options_of(longer));
  }
  return options;
}

Words variables_of(const std::vector<std::string>& command) {
  return all_matches(help(command), "\\(Env:\\s*([A-Z_]+)\\)");
}

std::string page(const std::string& name) {
  return test::read_file(test::source_dir() / "man" / name);
}

Words documented_options(const std::string& text) {
  Words options;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(".It")) options.merge(all_matches(line, "Fl -([a-z0-9-]+)"));
  }
  return options;
}

void check_line(const std::string& text, const std::string& line, const std::string& where) {
  const bool is_there = text.find("\n" + line + "\n") != std::string::npos;
  CHECK_MESSAGE(is_there, where, " has no line \"", line, "\"");
}

/// The options of selections, which the overview describes for all commands.
Words select_options() {
  Words options;
  for (const CriterionInfo& info : criteria()) options.insert(std::string(info.option));
  return options;
}

TEST_CASE("every option of --help is in the man page, and the other way round") {
  const Words selecting = select_options();
  for (const std::string command : kCommands) {
    CAPTURE(command);
    Words options = options_of({command});
    CHECK(options.contains("help"));
    const bool selects = options.contains("site");
    if (selects) {
      for (const std::string& option : selecting) CHECK(options.erase(option) == 1);
    }
    const std::string text = page("crumbs-" + command + ".1");
    CHECK(documented_options(text) == options);
    CHECK((text.find("\n.Sx SELECTIONS\nof\n.Xr crumbs 1 .\n") != std::string::npos) == selects);
  }
}

TEST_CASE("the overview says what every option of a selection means, and which words it takes") {
  const std::string overview = page("crumbs.1");
  const std::size_t start = overview.find(".Sh SELECTIONS\n");
  const std::string section = overview.substr(start, overview.find("\n.Sh ", start) - start);
  CHECK(documented_options(section) == select_options());
  for (const CriterionInfo& info : criteria()) {
    CAPTURE(info.option);
    const std::size_t item = section.find("\n.It Fl -" + std::string(info.option));
    REQUIRE(item != std::string::npos);
    const std::string about = section.substr(item, section.find("\n.It ", item + 1) - item);
    Words named;
    for (const std::string& line : all_matches(about, "\n\\.Cm ([a-z_ ,]+)"))
      named.merge(all_matches(line, "([a-z_]+)"));
    if (!info.words.empty()) CHECK(named == Words(info.words.begin(), info.words.end()));
  }
}

TEST_CASE("each option of a selection has its opposite and its variable") {
  const std::string profile = test::fixture("profiles/chromium-64").string();
  const std::string nobody = "crumbs: --not-vendor nobody: no catalog is of this vendor";
  for (const std::string command : {"audit", "show", "export", "diff"}) {
    CAPTURE(command);
    std::vector<std::string> argv{command, profile};
    if (command == "show") argv.insert(argv.begin() + 1, "x");
    if (command == "diff") argv.push_back(profile);
    const test::TempDir work;
    if (command == "export") argv.insert(argv.end(), {"-o", (work.path() / "bundle").string()});
    CHECK(test::crumbs(argv, {{"CRUMBS_NOT_VENDOR", "nobody"}}).err.starts_with(nobody));
    argv.insert(argv.end(), {"--not-vendor", "nobody"});
    CHECK(test::crumbs(argv).err.starts_with(nobody));
  }
}

TEST_CASE("every variable of --help is in the man page") {
  for (const std::string command : kCommands) {
    const Words documented = all_matches(page("crumbs-" + command + ".1"), "Ev (CRUMBS_[A-Z_]+)");
    Words variables = variables_of({command});
    for (std::string option : select_options()) {
      std::ranges::transform(option, option.begin(), [](char c) {
        return c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      });
      variables.erase("CRUMBS_" + option);
    }
    for (const std::string& variable : variables) {
      CAPTURE(command);
      CAPTURE(variable);
      CHECK(documented.contains(variable));
    }
  }
}

TEST_CASE("the overview names every command, every store and every exit code") {
  const std::string overview = page("crumbs.1");
  const std::string see_also = overview.substr(overview.find(".Sh SEE ALSO"));
  for (const std::string command : kCommands) {
    check_line(overview, ".It Cm " + command, "man/crumbs.1");
    check_line(see_also, ".Xr crumbs-" + command + " 1 ,", "man/crumbs.1, SEE ALSO");
  }
  for (const StoreDriver* driver : store_drivers())
    check_line(overview, ".It Cm " + std::string(driver->id), "man/crumbs.1");
  for (const char* code : {"0", "1", "2", "3", "4", "5", "7", "70", "130"})
    check_line(overview, ".It " + std::string(code), "man/crumbs.1");
}

TEST_CASE("the pages of what writes a report name every format") {
  for (const std::string name : {"crumbs-audit.1", "crumbs-show.1"}) {
    const std::string text = page(name);
    const std::size_t start = text.find("\n.It Fl f Ar FORMAT");
    REQUIRE(start != std::string::npos);
    const Words named =
        all_matches(text.substr(start, text.find("\n.It ", start + 1) - start), "\n\\.Cm ([a-z]+)");
    for (const FormatInfo& format : formats()) {
      const std::string id(format.id);
      CHECK_MESSAGE(named.contains(id), "man/", name, " does not say what --format ", id, " is");
    }
  }
}

TEST_CASE("the overview says of every diagnostic what it means, in the same words") {
  const std::string overview = page("crumbs.1");
  for (const DiagnosticMeaning& one : diagnostic_meanings()) {
    CAPTURE(one.code);
    std::string item = ".It Cm " + std::string(one.code) + "\n" + std::string(one.meaning) + ".\n";
    char& first = item[item.find('\n') + 1];
    first = static_cast<char>(std::toupper(static_cast<unsigned char>(first)));
    CHECK(overview.find(item) != std::string::npos);
  }
  const std::string section = overview.substr(overview.find(".Sh DIAGNOSTICS"));
  CHECK(all_matches(section.substr(0, section.find(".El")), "\\.It Cm ([a-z_]+)").size() ==
        diagnostic_meanings().size());
}

TEST_CASE("every page is clean mdoc") {
  if (test::run({"mandoc", "-V"}).code == 127) {
    MESSAGE("mandoc is not installed");
    return;
  }
  for (const auto& file : std::filesystem::directory_iterator(test::source_dir() / "man")) {
    const std::string extension = file.path().extension().string();
    if (extension != ".1" && extension != ".5" && extension != ".7") continue;
    const test::ProcessResult result =
        test::run({"mandoc", "-T", "lint", "-W", "warning", file.path().string()});
    CHECK(result.out == "");
    CHECK(result.code == 0);
  }
}

}  // namespace
}  // namespace crumbs
