#include "support/cookbook.h"

#include <sstream>
#include <utility>

#include "support/cookie_profiles.h"

namespace crumbs::test {
namespace fs = std::filesystem;
namespace {

/// A command line without its prompt; lines that go on with a command have none.
std::string without_prompts(const std::string& text) {
  std::istringstream lines(text);
  std::string commands;
  for (std::string line; std::getline(lines, line);)
    commands += (line.starts_with("$ ") ? line.substr(2) : line) + "\n";
  return commands;
}

}  // namespace

std::vector<Recipe> cookbook() {
  std::istringstream page(read_file(source_dir() / "man/crumbs-cookbook.7"));
  std::vector<Recipe> recipes;
  std::string section;
  bool is_inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with(".Sh ") || line.starts_with(".Ss ")) section = line.substr(4);
    if (line == ".Ed") is_inside = false;
    if (is_inside) recipes.back().text += line + "\n";
    if (line.starts_with(".Bd")) {
      is_inside = true;
      recipes.push_back({section, ""});
    }
  }
  return recipes;
}

std::vector<std::string> cookbook(std::string_view section) {
  std::vector<std::string> texts;
  for (const Recipe& recipe : cookbook()) {
    if (recipe.section == section) texts.push_back(recipe.text);
  }
  return texts;
}

ProcessResult run_recipe(const std::string& text, const fs::path& directory,
                         std::map<std::string, std::string> environment) {
  environment.emplace("HOME", directory.string());
  environment.emplace("CRUMBS_NOW", "2026-11-24T00:00:00Z");
  return run({"bash", "-ec", "cd \"$1\"; PATH=$2:$PATH; eval \"$3\"", "bash", directory.string(),
              crumbs_program().parent_path().string(), without_prompts(text)},
             environment);
}

void make_firefox_profile(const fs::path& profile, const std::string& rows) {
  build_database(profile / "cookies.sqlite",
                 std::string(kLooseFirefox) +
                     "CREATE TEMP TABLE made(name, value, host, created, expiry);"
                     "INSERT INTO made VALUES" +
                     rows +
                     ";INSERT INTO moz_cookies SELECT NULL, '', name, value, host, '/', expiry,"
                     "created, created, 0, 0, 0, 0, 0, 0, created FROM made;");
}

void lay_out_cookbook(const fs::path& directory) {
  for (const char* name : {"profile", "pc1"})
    copy_tree(fixture("profiles/chromium-156-leveldb"), directory / name);
  copy_tree(fixture("profiles/firefox-153"), directory / "pc2");
  make_firefox_profile(directory / "pc3",
                       "('jivo_visitor_id', '123456789', 'www.jivochat.com', 1795394880000000,"
                       " 1826930880000)");
  write_file(directory / "visitor.txt", "987654321\n");
}

}  // namespace crumbs::test
