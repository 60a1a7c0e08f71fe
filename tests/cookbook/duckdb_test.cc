// The queries of crumbs-cookbook(7) for DuckDB, run by DuckDB itself, which npm fetches once.
// Labels: npm
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/cookbook.h"
#include "support/live_browser.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kPackage = "@duckdb/node-api";
constexpr const char* kVersion = "1.5.6-r.1";

/// All of the environment: npm knows from it, and from the user's home, where it fetches from.
std::map<std::string, std::string> own_environment() {
  std::map<std::string, std::string> variables;
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string_view variable = *at;
    const std::size_t equals = variable.find('=');
    variables.emplace(variable.substr(0, equals), variable.substr(equals + 1));
  }
  return variables;
}

fs::path npm_cache() {
  const auto variables = own_environment();
  const auto cache = variables.find("XDG_CACHE_HOME");
  const bool is_set = cache != variables.end() && !cache->second.empty();
  return (is_set ? fs::path(cache->second) : fs::path(variables.at("HOME")) / ".cache") /
         "crumbs/npm";
}

bool loads(const fs::path& packages) {
  const std::string script = fmt::format("require('{}')", kPackage);
  return test::run({"env", "-C", packages.string(), "node", "-e", script}).code == 0;
}

/// Puts the package there as a whole or not at all, whoever else does the same.
bool install(const fs::path& packages) {
  const fs::path fresh = packages.string() + fmt::format(".{}", getpid());
  fs::create_directories(fresh);
  const auto npm = test::run(
      {"timeout", "240", "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts",
       "--fetch-retries=1", "--prefix", fresh.string(), fmt::format("{}@{}", kPackage, kVersion)},
      own_environment());
  std::error_code taken;
  if (npm.code == 0 && loads(fresh)) fs::rename(fresh, packages, taken);
  fs::remove_all(fresh);
  return loads(packages);
}

/// Where DuckDB is, or nowhere, which is said in the line that makes CTest say `Skipped`.
fs::path find_duckdb() {
  if (!test::have_programs({"bash", "openssl", "node"})) return {};
  const fs::path packages = npm_cache() / fmt::format("duckdb-{}", kVersion);
  if (fs::exists(packages)) return packages;
  if (install(packages)) return packages;
  fmt::print("\nskipped: there is no npm, or it cannot fetch {}@{}\n", kPackage, kVersion);
  return {};
}

TEST_CASE("the queries of the cookbook for DuckDB answer what is in the reports") {
  const fs::path packages = find_duckdb();
  if (packages.empty()) return;
  const test::TempDir work;
  test::lay_out_cookbook(work.path());
  const auto reports = test::cookbook("Profiles that know a visitor");
  REQUIRE(!reports.empty());
  CHECK(test::run_recipe(reports[0], work.path()).code == 0);

  // By the truth files both browsers visited the same frames and got the same items, Firefox those
  // of example.com a second time in container 6; the visitor's id is a whole value in
  // jivo_visitor_id.
  const fs::path here = test::source_dir() / "tests/cookbook";
  const json expected = json::parse(test::read_file(here / "duckdb.expected.json"));
  json queries = json::array(), answers = json::array();
  for (const test::Recipe& recipe : test::cookbook()) {
    if (recipe.is_for_shell()) continue;
    queries.push_back(recipe.text);
    answers.push_back(expected.at(recipe.section));
  }
  const auto node =
      test::run({"node", (here / "duckdb.mjs").string(), packages.string(), work.path().string()},
                {{"HOME", work.path().string()}}, queries.dump());
  CHECK(node.err == "");
  REQUIRE(node.code == 0);
  CHECK(json::parse(node.out) == answers);
}

}  // namespace
}  // namespace crumbs
