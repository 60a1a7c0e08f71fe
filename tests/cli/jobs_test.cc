// Labels: threads
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/databases.h"
#include "support/support.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;

std::string report(const fs::path& profile, const std::string& jobs) {
  const auto result = test::crumbs({"audit", "--format", "json", "--all", "--residue", "--now",
                                    "2026-11-23T12:00:00Z", "--jobs", jobs, profile.string()});
  INFO(result.err);
  CHECK((result.code == 0 || result.code == 5));  // 5: incomplete
  return result.out + result.err;
}

/// Every tenth site is documented, every seventh damaged, so that findings and diagnostics of many
/// stores have to come in one order.
void write_origin(const fs::path& profile, int number) {
  const std::string host = fmt::format("site{}.example.com", number);
  const fs::path file = profile / "storage/default" / ("https+++" + host) / "ls/data.sqlite";
  if (number % 7 == 3) return test::write_file(file, "no database");
  test::build_database(
      file,
      test::firefox_storage_schema("https://" + host) +
          fmt::format("UPDATE database SET usage = {}; INSERT INTO data VALUES('{}', 2, 1, 0, "
                      "0, x'7b7d'), ('own', 1, 1, 0, 0, x'31');",
                      number, number % 10 == 0 ? "jv_store_AbC123xYz0_client" : "else"));
}

void check_same_report(const fs::path& profile, int times) {
  CAPTURE(profile);
  const std::string alone = report(profile, "1");
  CHECK(alone.size() > 500);
  for (int time = 0; time < times; ++time) {
    const bool same = report(profile, "4") == alone;  // not in CHECK, which would print both
    CHECK(same);
  }
}

TEST_CASE("a profile of many origins gives the same report for any number of jobs") {
  const test::TempDir temp;
  test::write_file(temp.path() / "times.json", "{}");
  test::write_file(temp.path() / "compatibility.ini", "[Compatibility]\nLastVersion=153.0_1/1\n");
  for (int number = 0; number < 120; ++number) write_origin(temp.path(), number);
  check_same_report(temp.path(), 3);
  const auto read = nlohmann::json::parse(
      test::crumbs({"audit", "--format", "json", "--jobs", "4", temp.path().string()}).out);
  const auto& stores = read.at("profiles").at(0).at("stores");
  CHECK(std::count_if(stores.begin(), stores.end(), [](const auto& store) {
          return store.at("id") == "firefox.local_storage";
        }) == 120);
}

TEST_CASE("every fixture gives the same report for any number of jobs") {
  std::size_t profiles = 0;
  for (const auto& entry : fs::directory_iterator(test::fixture("profiles"))) {
    if (!entry.is_directory()) continue;
    ++profiles;
    check_same_report(entry.path(), 1);
  }
  CHECK(profiles > 0);
}

}  // namespace
}  // namespace crumbs
