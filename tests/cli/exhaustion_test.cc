// Labels: memory
// The system gives no more of something: threads, files, memory.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/databases.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using Strings = std::vector<std::string>;

test::ProcessResult run_with(const Strings& limits, const Strings& arguments) {
  Strings argv{"prlimit"};
  argv.insert(argv.end(), limits.begin(), limits.end());
  argv.push_back(test::crumbs_program().string());
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return test::run(argv);
}

test::ProcessResult audit_with(const Strings& limits, const fs::path& profile) {
  return run_with(limits,
                  {"audit", "-f", "json", "--now", "2026-11-23T10:00:00Z", profile.string()});
}

std::string open_files(int count) {
  return fmt::format("--nofile={}", count);
}

/// As few as the program can be started with: whoever runs the tests may have files open that are
/// inherited.
int fewest_open_files() {
  int count = 3;
  while (run_with({open_files(count)}, {"--version"}).code != 0) REQUIRE(++count < 100);
  return count;
}

nlohmann::json report_of(const test::ProcessResult& result) {
  REQUIRE(result.out != "");
  return nlohmann::json::parse(result.out);
}

}  // namespace

TEST_CASE("without a second thread one does all the work, and the report is the same") {
  for (const char* fixture : {"profiles/chromium-156-leveldb/Default", "profiles/firefox-153"}) {
    CAPTURE(fixture);
    const auto plain = audit_with({}, test::fixture(fixture));
    CHECK(plain.code == 0);
    // A thread's stack is as large as this limit, and larger than all that there is.
    const auto alone =
        audit_with({"--stack=8589934592", "--as=4294967296"}, test::fixture(fixture));
    CHECK(alone.code == 0);
    CHECK(alone.err == "");
    CHECK(alone.out == plain.out);
  }
}

TEST_CASE("a store that the system opens no file for is incomplete, never empty") {
  const auto items =
      report_of(audit_with({}, test::fixture("profiles/firefox-153")))["summary"]["items"];
  bool failed = false;
  const int fewest = fewest_open_files();
  for (int files = fewest; files < fewest + 8; ++files) {
    CAPTURE(files);
    const auto result = audit_with({open_files(files)}, test::fixture("profiles/firefox-153"));
    failed = failed || result.code == 5;
    REQUIRE((result.code == 0 || result.code == 5));
    const auto report = report_of(result);
    CHECK(report["complete"] == (result.code == 0));
    if (result.code == 0) CHECK(report["summary"]["items"] == items);
  }
  CHECK(failed);
}

/// A profile with local storage of a real one, and a database of cookies made of `sql`.
struct LargeProfile {
  test::TempDir directory;
  fs::path profile = directory.path() / "Default";

  explicit LargeProfile(const std::string& sql) {
    test::copy_tree(test::fixture("profiles/chromium-156-leveldb/Default"), profile);
    fs::remove(profile / "Cookies");
    test::build_database(profile / "Cookies", test::cookie_schema(23) + sql);
  }
};

TEST_CASE("a database that is larger than the memory is read from a file") {
  const LargeProfile large(
      "CREATE TABLE filler (x); INSERT INTO filler VALUES (zeroblob(150000000));");
  const auto plain = audit_with({}, large.profile);
  const auto small = audit_with({"--as=100000000"}, large.profile);
  CHECK(plain.code == 0);
  CHECK(small.err == "");
  CHECK(small.out == plain.out);
}

TEST_CASE("a store whose items take more memory than there is costs itself and no other") {
  const LargeProfile large(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
      "INSERT INTO cookies SELECT i, 'shop.example', '', 'jv_' || i, "
      "hex(randomblob(400)), x'', '/', 0, 0, 0, 0, 0, 0, 1, 0, 0, 443, 0, 0, 0 FROM n;");
  const auto result = audit_with({"--as=60000000"}, large.profile);
  CHECK(result.code == 5);
  const auto report = report_of(result);
  CHECK(report["complete"] == false);
  const auto& stores = report["profiles"][0]["stores"];
  REQUIRE(stores[0]["path"] == "Default/Cookies");
  CHECK(stores[0]["status"] == "failed");
  REQUIRE(stores[0]["diagnostics"].size() == 1);
  CHECK(stores[0]["diagnostics"][0]["code"] == "out_of_memory");
  REQUIRE(stores[1]["path"] == "Default/Local Storage/leveldb");
  CHECK(stores[1]["status"] == "read");
  CHECK(stores[1]["items"] == 32);
}

}  // namespace crumbs
