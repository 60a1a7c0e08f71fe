#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/leveldb_files.h"
#include "support/support.h"

/// `crumbs audit --residue` over what browsers leave behind: each item with its place and content.

namespace crumbs {
namespace {
namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kClient = "jv_store_AbC123xYz0_client";
constexpr const char* kMessages = "jv_Qx7fR_AbC123xYz0";

std::string item_key(const std::string& name) {
  return "_https://shop.example.com" + std::string(1, '\0') + "\1" + name;
}

test::Operation put(const std::string& name, const std::string& value) {
  return {item_key(name), "\1" + value, false};
}

std::string batch(std::uint64_t sequence, const std::vector<test::Operation>& operations) {
  return test::log_record(test::write_batch(sequence, operations));
}

/// A profile whose widget was used, changed and cleared, with what a repair and a rebuild left.
void write_leveldb(const fs::path& profile) {
  const fs::path directory = profile / "Local Storage/leveldb";
  test::write_file(profile / "Preferences", "{}");
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001", test::manifest(3, {}));
  test::write_file(
      directory / "000003.log",
      batch(1, {{"VERSION", "1", false},
                put(kClient, R"({"jv_sess_id":"one"})"),
                put(kMessages, R"([{"created_ts":1795392041,"text":"Hello"}])")}) +
          batch(4, {put(kClient, R"({"jv_sess_id":"two"})"), {item_key(kMessages), "", true}}));
  test::write_file(directory / "000002.log", batch(1, {put(kClient, R"({"jv_sess_id":"older"})")}));
  test::write_file(directory / "lost/000009.log",
                   batch(1, {put(kClient, R"({"jv_sess_id":"lost"})")}));
  test::write_file(profile / "Local Storage/leveldb__tmp_for_rebuild/000003.log",
                   batch(1, {put(kClient, R"({"jv_sess_id":"rebuilt"})")}));
}

Json report_of(const fs::path& profile, std::vector<std::string> options) {
  options.insert(options.begin(), {"audit", "-f", "json", "--now", "2026-11-24T00:00:00Z",
                                   "--values", "full", profile.string()});
  const auto result = test::crumbs(options);
  INFO(result.err);
  CHECK(result.code == 0);
  return Json::parse(result.out);
}

/// Text of one part of a finding's value; empty where it has none.
std::string field(const Json& finding, const std::string& pointer) {
  for (const Json& one : finding.at("value").at("fields"))
    if (one.at("pointer") == pointer && one.contains("text")) return one.at("text");
  return "";
}

struct Listed {
  std::string state, file, content;
  friend auto operator<=>(const Listed&, const Listed&) = default;
};

}  // namespace

TEST_CASE("what LevelDB kept is listed with state, place and content, and counted otherwise") {
  const test::TempDir temp;
  const fs::path profile = temp.path() / "Default";
  write_leveldb(profile);
  std::vector<Listed> listed;
  const Json full = report_of(profile, {"--residue"});
  for (const Json& finding : full.at("findings")) {
    const Json& locator = finding.at("locator");
    CHECK(locator.contains("offset"));
    CHECK(locator.at("sequence").get<std::uint64_t>() > 0);
    CHECK(finding.at("status") == "documented");
    const std::string part = finding.at("name") == kClient ? "/jv_sess_id" : "/0/text";
    listed.push_back({finding.at("state"), locator.at("file"), field(finding, part)});
  }
  std::ranges::sort(listed);
  const std::string base = "Default/Local Storage/leveldb";
  CHECK(listed ==
        std::vector<Listed>{{"current", base + "/000003.log", "two"},
                            {"deleted", base + "/000003.log", "Hello"},
                            {"orphaned", base + "/000002.log", "older"},
                            {"orphaned", base + "/lost/000009.log", "lost"},
                            {"orphaned", base + "__tmp_for_rebuild/000003.log", "rebuilt"},
                            {"superseded", base + "/000003.log", "one"}});

  const Json counted = report_of(profile, {});
  CHECK(counted.at("findings").size() == 1);
  CHECK(counted.at("summary").at("residue") == 5);
  const auto text = test::crumbs({"audit", profile.string()});
  CHECK(text.out.find("5 items of residue") != std::string::npos);
}

TEST_CASE("rows whose site SQLite forgot, and an archive, are residue too") {
  const auto blob = [](std::string_view bytes) {
    std::string digits = "x'01";  // Latin-1
    for (const char byte : bytes) digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return digits + "'";
  };
  const test::TempDir temp;
  SUBCASE("orphaned rows") {
    const fs::path profile = temp.path() / "Default";
    test::write_file(profile / "Preferences", "{}");
    test::build_database(
        profile / "LocalStorage",
        fmt::format("CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT); INSERT INTO meta "
                    "VALUES('version', '1');"
                    "CREATE TABLE maps(row_id INTEGER PRIMARY KEY, storage_key BLOB NOT NULL);"
                    "CREATE TABLE map_entries(map_id INTEGER NOT NULL, value_compression_type "
                    "INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY(map_id, "
                    "key)) WITHOUT ROWID; INSERT INTO map_entries VALUES(7, 0, {}, {});",
                    blob(kClient), blob(R"({"jv_sess_id":"kept"})")));
    CHECK(report_of(profile, {}).at("findings").empty());
    const Json report = report_of(profile, {"--residue"});
    REQUIRE(report.at("findings").size() == 1);
    const Json& finding = report.at("findings").at(0);
    CHECK(finding.at("state") == "orphaned");
    CHECK(field(finding, "/jv_sess_id") == "kept");
    CHECK(finding.at("locator").at("table") == "map_entries");
    CHECK(finding.at("locator").at("row") == 7);
  }
  SUBCASE("an archive") {
    test::build_database(temp.path() / "cookies.sqlite",
                         test::read_file(test::fixture("sql/firefox-cookies-16.sql")));
    test::build_database(
        temp.path() / "storage/ls-archive.sqlite",
        fmt::format("CREATE TABLE webappsstore2(originAttributes TEXT, originKey TEXT, scope TEXT, "
                    "key TEXT, value TEXT); INSERT INTO webappsstore2 VALUES('', "
                    "'moc.elpmaxe.pohs.:https:443', '', '{}', '{{\"jv_sess_id\":\"old\"}}');",
                    kClient));
    const auto stored = [](const Json& report) {
      std::vector<Json> findings;
      for (const Json& finding : report.at("findings"))
        if (finding.at("kind") == "local_storage") findings.push_back(finding);
      return findings;
    };
    CHECK(stored(report_of(temp.path(), {})).empty());
    const std::vector<Json> findings = stored(report_of(temp.path(), {"--residue"}));
    REQUIRE(findings.size() == 1);
    const Json& finding = findings.front();
    CHECK(finding.at("state") == "archived");
    CHECK(finding.at("origin") == "https://shop.example.com");
    CHECK(field(finding, "/jv_sess_id") == "old");
    CHECK(finding.at("locator").at("file") == "storage/ls-archive.sqlite");
  }
}

}  // namespace crumbs
