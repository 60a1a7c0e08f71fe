#include <doctest/doctest.h>
#include <lz4.h>

#include <string>

#include <fmt/format.h>

#include "support/damage_campaign.h"
#include "support/leveldb_files.h"
#include "support/support.h"

/// Damage to the stores of Firefox.

namespace crumbs {
namespace {

using test::DamageForm;

constexpr std::size_t kPage = 1024;  ///< small, so that few items make a tree of several levels
/// No test waits for the disk.
const std::string kStart = fmt::format("PRAGMA page_size={}; PRAGMA synchronous=OFF;", kPage);

DamageForm form_of(std::string_view driver, const std::string& what,
                   const std::filesystem::path& profile) {
  DamageForm form;
  form.name = fmt::format("{}: {}", driver, what);
  form.driver = driver;
  form.engine = Engine::firefox;
  form.files = test::files_of(profile);
  form.targets.unit = kPage;
  return form;
}

std::string text(std::size_t length) {
  return std::string(length, 'v');
}

std::string cookie_schema() {
  return kStart +
         "CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, originAttributes TEXT NOT NULL DEFAULT "
         "'', name TEXT, value TEXT, host TEXT, path TEXT, expiry INTEGER, lastAccessed INTEGER, "
         "creationTime INTEGER, isSecure INTEGER, isHttpOnly INTEGER, inBrowserElement INTEGER "
         "DEFAULT 0, sameSite INTEGER DEFAULT 0, schemeMap INTEGER DEFAULT 0, "
         "isPartitionedAttributeSet INTEGER DEFAULT 0, updateTime INTEGER, CONSTRAINT "
         "moz_uniqueid UNIQUE (name, host, path, originAttributes)); PRAGMA user_version=17;";
}

std::string cookie_rows(int first, int count) {
  std::string sql;
  for (int i = first; i < first + count; ++i)
    sql += fmt::format(
        "INSERT INTO moz_cookies VALUES({},'','name{}','{}','.s{}.example.com','/',1800000000123,"
        "1795394946590414,1795394946590414,1,0,0,0,2,0,1795394946590414);",
        i + 1, i, text(static_cast<std::size_t>(i % 90)), i % 40);
  return sql;
}

TEST_CASE("damage to Firefox's cookies: the database alone") {
  const test::TempDir directory;
  test::build_database(directory.path() / "cookies.sqlite", cookie_schema() + cookie_rows(0, 250));
  DamageForm form = form_of("firefox.cookies", "database", directory.path());
  form.targets.files = {"cookies.sqlite"};
  form.items = 250;
  run_campaign(form);
}

TEST_CASE("damage to Firefox's cookies: with a write-ahead log") {
  const test::TempDir directory;
  std::string change;
  for (int i = 0; i < 10; ++i) change += "BEGIN;" + cookie_rows(200 + i * 5, 5) + "COMMIT;";
  test::build_interrupted(directory.path() / "cookies.sqlite",
                          cookie_schema() + cookie_rows(0, 200) +
                              "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;",
                          change);
  DamageForm form = form_of("firefox.cookies", "write-ahead log", directory.path());
  form.log = "cookies.sqlite-wal";
  form.targets = {.files = {form.log}, .unit = kPage + 24};
  form.commits = test::wal_commits(form.files.at(form.log));
  form.items = 250;
  run_campaign(form);
}

/// Big-endian fields of `.metadata-v2`.
std::string metadata(const std::string& group, const std::string& origin) {
  std::string bytes = test::unhex("000660e6755496c8 00 00000003 0000512c");
  for (const std::string& field : {std::string(), group, origin})
    bytes += std::string("\0\0\0", 3) + static_cast<char>(field.size()) + field;
  return bytes + '\0' + test::unhex("abcd1234");
}

void add_origin(const std::filesystem::path& profile, int number) {
  const std::string host = fmt::format("s{}.example.com", number);
  std::string sql =
      kStart +
      fmt::format(
          "PRAGMA user_version = 80; CREATE TABLE database( origin TEXT NOT NULL, usage INTEGER "
          "NOT NULL DEFAULT 0); INSERT INTO database VALUES('https://{}', 0); CREATE TABLE data( "
          "key TEXT PRIMARY KEY, utf16_length INTEGER NOT NULL, conversion_type INTEGER NOT NULL, "
          "compression_type INTEGER NOT NULL, last_access_time INTEGER NOT NULL DEFAULT 0, value "
          "BLOB NOT NULL);",
          host);
  for (int i = 0; i < 60; ++i) {
    const std::size_t length = static_cast<std::size_t>(i * number % 90);
    sql += fmt::format("INSERT INTO data VALUES('key{}', {}, 1, 0, 1795394946590414, '{}');", i,
                       length, text(length));
  }
  sql += "UPDATE database SET usage = (SELECT SUM(length(key) + utf16_length) FROM data);";
  const auto at = profile / ("storage/default/https+++" + host);
  test::build_database(at / "ls/data.sqlite", sql);
  test::write_file(at / ".metadata-v2", metadata("example.com", "https://" + host));
}

TEST_CASE("damage to Firefox's local storage") {
  const test::TempDir directory;
  for (int origin = 1; origin <= 3; ++origin) add_origin(directory.path(), origin);
  DamageForm form =
      form_of("firefox.local_storage", "databases and .metadata-v2", directory.path());
  const std::string at = "storage/default/https+++s2.example.com/";
  form.targets.files = {at + "ls/data.sqlite", at + ".metadata-v2"};
  form.items = 180;
  run_campaign(form);
}

TEST_CASE("damage to Firefox's webappsstore") {
  const test::TempDir directory;
  std::string sql =
      kStart +
      "CREATE TABLE webappsstore2 (originAttributes TEXT, originKey TEXT, scope TEXT, key TEXT, "
      "value TEXT); CREATE UNIQUE INDEX origin_key_index ON webappsstore2(originAttributes, "
      "originKey, key);";
  for (int i = 0; i < 200; ++i)
    sql += fmt::format(
        "INSERT INTO webappsstore2 VALUES('', 'moc.elpmaxe.s{0}.:https:443', "
        "'moc.elpmaxe.s{0}.:https:443', 'key{1}', '{2}');",
        i % 9, i, text(static_cast<std::size_t>(i % 70)));
  test::build_database(directory.path() / "webappsstore.sqlite", sql);
  DamageForm form = form_of("firefox.webappsstore", "database", directory.path());
  form.targets.files = {"webappsstore.sqlite"};
  form.items = 200;
  run_campaign(form);
}

std::string session(int cookies) {
  std::string json =
      R"({"version":["sessionrestore",1],"windows":[{"tabs":[{"entries":[{"url":)"
      R"("https://s1.example.com/","title":"A shop"}],"lastAccessed":1795394946590,)"
      R"("hidden":false,"attributes":{},"index":1}],"selected":1,"_closedTabs":[],)"
      R"("width":1280,"height":971}],"selectedWindow":1,"_closedWindows":[],)"
      R"("session":{"lastUpdate":1795394946590,"startTime":1795394000000,"recentCrashes":0},)"
      R"("global":{},"cookies":[)";
  for (int i = 0; i < cookies; ++i)
    json += fmt::format(
        R"({}{{"host":"s{}.example.com","value":"{:x}","path":"/","name":"name{}",)"
        R"("secure":true,"originAttributes":{{"firstPartyDomain":"","geckoViewSessionContextId":)"
        R"("","inIsolatedMozBrowser":false,"partitionKey":"","privateBrowsingId":0,)"
        R"("userContextId":0}},"sameSite":256,"schemeMap":2}})",
        i == 0 ? "" : ",", i % 30, static_cast<std::uint64_t>(i + 1) * 0x9e3779b97f4a7c15U, i);
  return json + "]}";
}

std::string mozlz4(const std::string& json) {
  std::string block(static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(json.size()))),
                    '\0');
  const int size = LZ4_compress_default(json.data(), block.data(), static_cast<int>(json.size()),
                                        static_cast<int>(block.size()));
  block.resize(static_cast<std::size_t>(size));
  return std::string("mozLz40\0", 8) + test::little(json.size(), 4) + block;
}

TEST_CASE("damage to Firefox's session cookies: compressed") {
  const test::TempDir directory;
  test::write_file(directory.path() / "sessionstore.jsonlz4", mozlz4(session(120)));
  DamageForm form = form_of("firefox.session_cookies", "jsonlz4", directory.path());
  form.targets = {.files = {"sessionstore.jsonlz4"}, .unit = 128};
  form.items = 120;
  run_campaign(form);
}

TEST_CASE("damage to Firefox's session cookies: plain") {
  const test::TempDir directory;
  test::write_file(directory.path() / "sessionstore.js", session(120));
  DamageForm form = form_of("firefox.session_cookies", "plain", directory.path());
  form.targets = {.files = {"sessionstore.js"}, .unit = 128};
  form.items = 120;
  run_campaign(form);
}

}  // namespace
}  // namespace crumbs
