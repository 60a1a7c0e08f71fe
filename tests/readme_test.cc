#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "crumbs/render.h"
#include "support/support.h"

namespace crumbs {
namespace {

constexpr const char* kCommands[] = {
#define CRUMBS_COMMAND(name) #name,
#include "../cli/commands.def"
#undef CRUMBS_COMMAND
};

struct Transcript {
  std::string command;
  std::vector<std::string> parts;  ///< what stands between the lines `[...]`
};

Transcript read_transcript(const std::string& readme) {
  static const std::string opening = "```console\n$ crumbs ";
  const std::size_t start = readme.find(opening);
  REQUIRE(start != std::string::npos);
  const std::size_t end = readme.find("```", start + opening.size());
  std::istringstream block(readme.substr(start + opening.size(), end - start - opening.size()));
  Transcript transcript;
  std::getline(block, transcript.command);
  transcript.parts.emplace_back();
  for (std::string line; std::getline(block, line);) {
    if (line == "[...]")
      transcript.parts.emplace_back();
    else
      transcript.parts.back() += line + "\n";
  }
  return transcript;
}

std::vector<std::string> arguments_of(const std::string& command) {
  std::istringstream words(command);
  std::vector<std::string> arguments;
  for (std::string word; words >> word;)
    arguments.push_back(word.starts_with("fixtures/") ? (test::source_dir() / word).string()
                                                      : word);
  return arguments;
}

TEST_CASE("README.md has every command and every format") {
  const std::string readme = test::read_file(test::source_dir() / "README.md");
  const std::size_t output = readme.find(" Output: `");
  REQUIRE(output != std::string::npos);
  const std::string ids = readme.substr(output, readme.find(';', output) - output);
  for (const FormatInfo& format : formats()) {
    const bool is_named = ids.find("`" + std::string(format.id) + "`") != std::string::npos;
    CHECK_MESSAGE(is_named, "README.md, Output: add `", format.id, "`");
  }
  for (const std::string command : kCommands) {
    const bool has_line = readme.find("\n| `crumbs " + command + " ") != std::string::npos ||
                          readme.find("\n| `crumbs " + command + "`") != std::string::npos;
    CHECK_MESSAGE(has_line, "README.md: add crumbs ", command, " to the table of commands");
  }
}

TEST_CASE("the transcript in README.md is what the program prints") {
  const Transcript transcript = read_transcript(test::read_file(test::source_dir() / "README.md"));
  const auto result = test::crumbs(arguments_of(transcript.command), {{"LC_ALL", "C.UTF-8"}});
  CHECK(result.code == 0);
  CHECK(transcript.parts.size() >= 5);
  std::size_t from = 0;
  for (const std::string& part : transcript.parts) {
    INFO("not printed, or not in this order:\n", part);
    const std::size_t at = result.out.find(part, from);
    REQUIRE(at != std::string::npos);
    from = at + part.size();
  }
}

}  // namespace
}  // namespace crumbs
