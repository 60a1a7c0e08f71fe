// Real comparisons against the schema that ships, by a validator that is not ours.
// Labels: parsers
#include <doctest/doctest.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "crumbs/diff.h"
#include "support/checkers.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr const char* kSchema = "lib/schema/crumbs-diff.schema.json";

std::string profile(const char* name) {
  return test::fixture("profiles/" + std::string(name)).string();
}

/// A comparison of two states of a real profile in which items appeared, changed and are gone.
json real_difference(std::vector<std::string> more = {}) {
  const test::TempDir work;
  const fs::path after = work.path() / "after/Default";
  test::copy_tree(profile("chromium-156-sqlite"), work.path() / "after");
  const fs::path network = after / "Network/Cookies";
  test::build_database(fs::exists(network) ? network : after / "Cookies", R"sql(
    UPDATE cookies SET expires_utc = expires_utc + 86400000000 WHERE name = 'enter_ts';
    UPDATE cookies SET name = 'jv_new_name' WHERE name = 'use_lp';
    DELETE FROM cookies WHERE name = 'jv_subscribe';)sql");
  more.insert(more.begin(), {"diff", profile("chromium-156-sqlite") + "/Default", after.string(),
                             "-f", "json", "--now", "2026-11-24T00:00:00Z"});
  return json::parse(test::crumbs(more).out);
}

TEST_CASE("every comparison of fixtures is as the schema says") {
  const char* const names[] = {"chromium-64", "chromium-156-leveldb", "chromium-156-sqlite",
                               "firefox-153", "firefox-153-live"};
  const std::vector<std::string> ways[] = {
      {}, {"--all", "--residue", "--values", "full"}, {"--vendor", "jivochat"}};
  const test::TempDir work;
  std::vector<fs::path> files;
  for (const char* before : names) {
    for (const char* after : {"chromium-156-sqlite", "firefox-153-live"}) {
      for (const auto& way : ways) {
        files.push_back(work.path() / (std::to_string(files.size()) + ".json"));
        std::vector<std::string> command{"diff", profile(before), profile(after), "-o",
                                         "json=" + files.back().string()};
        command.insert(command.end(), way.begin(), way.end());
        const auto result = test::crumbs(command);
        INFO(result.err);
        CHECK((result.code == 0 || result.code == 4 || result.code == 5));
      }
    }
  }
  for (const std::string& line : test::validated(kSchema, files)) {
    if (!line.starts_with("valid ")) FAIL_CHECK(line);
  }
}

TEST_CASE("a comparison damaged in any one place is refused") {
  const json difference = real_difference({"--all", "--residue", "--values", "full"});
  CHECK(difference["differs"] == true);
  CHECK(test::accepted(kSchema, {{"whole", difference}}) == std::vector<std::string>{"whole"});
  const auto documents = test::damaged(difference, {}, {"typed"});
  CHECK(documents.size() > 200);
  CHECK(test::accepted(kSchema, documents) == std::vector<std::string>{"undamaged"});
}

TEST_CASE("an item that is not what its word says is refused") {
  const json difference = real_difference();
  std::vector<test::Damaged> documents;
  for (std::size_t i = 0; i < difference["profiles"][0]["items"].size(); ++i) {
    json copy = difference;
    json& change = copy["profiles"][0]["items"][i]["change"];
    for (const char* word : {"appeared", "gone", "changed", "same"}) {
      if (difference["profiles"][0]["items"][i]["change"] == word) continue;
      change = word;
      documents.push_back(
          {copy["profiles"][0]["items"][i]["change"].dump() + std::to_string(i), copy});
    }
  }
  CHECK(documents.size() >= 6);
  CHECK(test::accepted(kSchema, documents) == std::vector<std::string>{});
}

TEST_CASE("the schema knows every word for what became of an item") {
  const json schema = json::parse(test::read_file(test::source_dir() / kSchema));
  json words = json::array();
  for (const Change change : {Change::appeared, Change::newly_seen, Change::changed, Change::gone,
                              Change::not_seen, Change::cannot_tell})
    words.push_back(to_string(change));
  CHECK(schema["$defs"]["change"]["enum"] == words);
}

}  // namespace
}  // namespace crumbs
