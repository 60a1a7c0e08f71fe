#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "support/support.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;

/// What the files of a folder may include of ours, as a pattern over paths relative to the root.
struct Direction {
  const char* folder;
  const char* may_include;
};

constexpr Direction kDirections[] = {
    {"lib", "lib/.*"},
    {"cli", "cli/.*|lib/include/crumbs/.*"},
    {"lib/include", "lib/include/crumbs/.*"},
    {"lib/render",
     "lib/render/.*|lib/include/crumbs/.*|lib/decode/text\\.h|lib/"
     "(sha256|report_json|access_fields)\\.h"},
    {"lib/decode",
     "lib/decode/.*|lib/(item|site)\\.h|lib/include/crumbs/(types|error|catalog|audit)\\.h"},
    {"lib/formats",
     "lib/formats/.*|lib/decode/.*|lib/(directory|io|snapshot)\\.h|lib/include/crumbs/"
     "(types|error)\\.h"},
    {"lib/stores",
     "lib/(stores|formats|decode)/.*|lib/(directory|snapshot|item|io|site)\\.h|lib/include/crumbs/"
     ".*"},
};

std::vector<fs::path> sources_below(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(test::source_dir() / folder)) {
    const std::string extension = entry.path().extension();
    if (extension == ".h" || extension == ".cc" || extension == ".def")
      files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

struct Includes {
  std::vector<std::string> quoted, angled;
};

Includes includes_of(const fs::path& file) {
  static const std::regex pattern(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
  Includes includes;
  std::istringstream text(test::read_file(file));
  for (std::string line; std::getline(text, line);) {
    std::smatch match;
    if (!std::regex_search(line, match, pattern)) continue;
    (match[1] == "\"" ? includes.quoted : includes.angled).push_back(match[2]);
  }
  return includes;
}

/// Where a quoted include of `file` is, relative to the root; empty where there is no such file.
std::string resolve(const fs::path& file, const std::string& include) {
  for (const fs::path& base :
       {file.parent_path(), test::source_dir() / "lib", test::source_dir() / "lib/include"}) {
    const fs::path path = (base / include).lexically_normal();
    if (fs::exists(path)) return path.lexically_relative(test::source_dir()).string();
  }
  return {};
}

TEST_CASE("every folder includes only what lies before it in the pipeline") {
  for (const Direction& direction : kDirections) {
    const std::regex allowed(direction.may_include);
    const std::vector<fs::path> files = sources_below(direction.folder);
    CHECK_MESSAGE(!files.empty(), direction.folder);
    for (const fs::path& file : files) {
      for (const std::string& include : includes_of(file).quoted) {
        INFO(file.string(), " includes ", include);
        CHECK(std::regex_match(resolve(file, include), allowed));
      }
    }
  }
}

TEST_CASE("public headers need the standard library only") {
  static const std::regex standard("[a-z_]+");
  for (const fs::path& file : sources_below("lib/include")) {
    for (const std::string& include : includes_of(file).angled) {
      INFO(file.string(), " includes ", include);
      CHECK(std::regex_match(include, standard));
    }
  }
}

}  // namespace
}  // namespace crumbs
