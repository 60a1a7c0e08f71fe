// What the report says where the desktop's keyring gives nothing.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/databases.h"
#include "support/support.h"

namespace crumbs {
namespace {

using nlohmann::json;

json diagnostics_of(const std::filesystem::path& profile, std::vector<std::string> options) {
  options.insert(options.begin(), {"audit", profile.string(), "-f", "json", "--known"});
  const auto result = test::crumbs(
      options, {{"HOME", "/nonexistent"}, {"DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"}});
  CHECK(result.code == 5);
  const json report = json::parse(result.out);
  REQUIRE(report["findings"].size() == 1);
  CHECK(report["findings"][0]["value"]["reason"] == "no_key");
  return report["profiles"][0]["stores"][0]["diagnostics"];
}

}  // namespace

TEST_CASE("a keyring that gives no secret is told once, where it was asked") {
  const test::TempDir temp;
  const std::string v11 = "x'763131af0259a70d19cfbdb2bd90b98208394b'";
  std::string sql = test::cookie_schema(23);
  for (const char* name : {"jv_visits_count_1111", "unlisted"})
    sql += fmt::format(
        "INSERT INTO cookies VALUES(13430000000000000,'example.com','','{}','',{},"
        "'/',13440000000000000,0,0,0,1,1,1,-1,2,443,0,0,1);",
        name, v11);
  test::build_database(temp.path() / "Cookies", sql);
  const json told = diagnostics_of(temp.path(), {"--keyring"});
  REQUIRE(told.size() == 1);
  CHECK(told[0]["code"] == "keyring");
  CHECK(told[0]["severity"] == "note");
  CHECK(told[0]["message"].get<std::string>().starts_with("keyring: "));
  CHECK(diagnostics_of(temp.path(), {}).empty());
}

}  // namespace crumbs
