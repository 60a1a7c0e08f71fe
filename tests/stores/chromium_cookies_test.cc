#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "support/cookie_profiles.h"

/// Cookie stores as no browser leaves them: nothing is lost in silence, nothing is invented.

namespace crumbs {
namespace fs = std::filesystem;
using namespace test;

TEST_CASE("NULL in every column is an item all the same") {
  const ReadPlace place = ChromiumProfile(loose(row_of("NULL") + row_of("NULL"))).read();
  CHECK(place.failure() == "");
  REQUIRE(place.items.size() == 2);
  CHECK(place.items[0] == Json{{"host", ""},
                               {"name", ""},
                               {"path", ""},
                               {"value", {{"encryption", ""}, {"reason", "wrong_type"}}},
                               {"attributes", {{"partitioned", false}}},
                               {"times", Json::object()},
                               {"locator", {{"table", "cookies"}, {"row", 1}}}});
  CHECK(place.diagnostics.size() == 19);  // each column once; encrypted_value may be NULL
  for (const Diagnostic& diagnostic : place.diagnostics) {
    CHECK(diagnostic.code == "null");
    CHECK(diagnostic.row == 1);
    CHECK(diagnostic.file == "Cookies");
    CHECK(diagnostic.message.find("2 rows hold NULL") != std::string::npos);
  }
}

TEST_CASE("wrong types in every column are an item all the same") {
  for (const char* wrong : {"1.5", "x'FF00'", "'text'"}) {
    CAPTURE(std::string(wrong));
    const ReadPlace place = ChromiumProfile(loose(row_of(wrong))).read();
    CHECK(place.failure() == "");
    REQUIRE(place.items.size() == 1);
    CHECK_FALSE(place.items[0].at("attributes").contains("secure"));
    CHECK(place.items[0].at("times").empty());
    CHECK_FALSE(place.diagnostics.empty());
  }
  const ReadPlace numbers = ChromiumProfile(loose(row_of("7"))).read();
  REQUIRE(numbers.items.size() == 1);
  CHECK(numbers.items[0].at("name") == "");
  CHECK(numbers.items[0].at("value").at("reason") == "wrong_type");
  CHECK_FALSE(numbers.items[0].at("attributes").contains("same_site"));
  CHECK(numbers.items[0].at("attributes").at("source_port") == 7);
  CHECK(has_severity(numbers, Diagnostic::Severity::incomplete));
}

TEST_CASE("names with control characters and invalid UTF-8 are kept as bytes") {
  const ReadPlace place =
      ChromiumProfile(loose("INSERT INTO cookies(host_key,name,path,value,encrypted_value) VALUES"
                            "('a.test',CAST(x'1b5b324a' AS TEXT),'/','v',''),"
                            "('a.test',CAST(x'ff61' AS TEXT),'/','v',''),"
                            "('a.test',CAST(x'610062' AS TEXT),'/','v','');"))
          .read();
  REQUIRE(place.items.size() == 3);
  CHECK(place.items[0].at("name") == "\x1b[2J");
  CHECK(place.items[1].at("name") ==
        "\xEF\xBF\xBD"
        "a");
  CHECK(place.items[2].at("name") == std::string("a\0b", 3));
}

TEST_CASE("times that cannot be stand as they are stored and are said") {
  const ReadPlace place =
      ChromiumProfile(
          loose(fmt::format("INSERT INTO cookies(host_key,name,path,value,creation_utc,expires_utc,"
                            "last_access_utc) VALUES('a.test','n','/','v',{},{},-1);",
                            "-9223372036854775807", INT64_MAX)))
          .read();
  REQUIRE(place.items.size() == 1);
  CHECK(place.items[0].at("times") ==
        Json{{"created_raw", -INT64_MAX}, {"accessed_raw", -1}, {"expires_raw", INT64_MAX}});
  CHECK(std::ranges::count(place.codes(), "absurd_time") == 3);
}

TEST_CASE("numbers that have no meaning are left out and said") {
  const ReadPlace place =
      ChromiumProfile(loose("INSERT INTO cookies(host_key,name,path,value,priority,samesite,"
                            "source_scheme,source_type) VALUES('a.test','n','/','v',9,9,9,9);"))
          .read();
  REQUIRE(place.items.size() == 1);
  for (const char* key : {"priority", "same_site", "source_scheme", "source_type"})
    CHECK_FALSE(place.items[0].at("attributes").contains(key));
  CHECK(std::ranges::count(place.codes(), "unknown_number") == 4);
}

TEST_CASE("an encrypted value wins over a plain one, which is said once") {
  const std::string rows =
      "INSERT INTO cookies(host_key,name,path,value,encrypted_value) VALUES"
      "('.example.com','n','/','other',x'7631301bb654833fa6f8a731528db92d657dc37c87544a81ba7875d068"
      "1273543b4e4fcee4bc6a0428d852b312bd105aa58dc6'),"
      "('a.test','m','/','other',x'763130');";
  const ReadPlace place = ChromiumProfile(loose(rows)).read();
  REQUIRE(place.items.size() == 2);
  CHECK(place.items[0].at("value") == Json{{"encryption", "v10"}, {"text", "hello"}});
  CHECK(place.items[1].at("value") == Json{{"encryption", "v10"}, {"reason", "malformed"}});
  CHECK(std::ranges::count(place.codes(), "two_values") == 1);
}

TEST_CASE("a moved row and a wrong secret are told apart from a missing key") {
  const std::string rows =
      "INSERT INTO cookies(host_key,name,path,value,encrypted_value) VALUES"
      "('example.com','moved','/','',x'7631301bb654833fa6f8a731528db92d657dc37c87544a81ba7875d06812"
      "73543b4e4fcee4bc6a0428d852b312bd105aa58dc6'),"
      "('.example.com','sealed','/','',x'7631318c8dad27d4b92c5471577c847fb28d848b186d0e7900ab8b1c95"
      "dae4725193f751b385b8bfa946aab5ea817a471f8d0a');";
  const ChromiumProfile profile(loose(rows));
  const ReadPlace bare = profile.read();
  CHECK(bare.items[0].at("value") ==
        Json{{"encryption", "v10"}, {"text", "hello"}, {"reason", "host_hash_mismatch"}});
  CHECK(bare.items[1].at("value").at("reason") == "no_key");
  AuditOptions options;
  options.keys.safe_storage_secret = "wrong";
  CHECK(profile.read(options).items[1].at("value").at("reason") == "wrong_key");
  options.keys.safe_storage_secret = "dGVzdHBhc3N3b3JkMTIzNA==";
  CHECK(profile.read(options).items[1].at("value").at("text") == "hello");
}

TEST_CASE("a schema from the future is read by its columns and said") {
  std::string sql = read_file(fixture("sql/chromium-cookies-23.sql"));
  sql +=
      "UPDATE meta SET value='31' WHERE key='version';"
      "ALTER TABLE cookies ADD COLUMN is_edgelegacycookie INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE cookies ADD COLUMN browser_provenance INTEGER NOT NULL DEFAULT 0;";
  const ReadPlace place = ChromiumProfile(sql).read();
  CHECK(place.failure() == "");
  CHECK(place.schema == "31");
  CHECK(place.items.size() == 17);
  CHECK(place.codes() == std::vector<std::string>{"newer_schema"});
  CHECK_FALSE(has_severity(place, Diagnostic::Severity::incomplete));
}

TEST_CASE("Edge's columns of its own change nothing") {
  const std::string sql = read_file(fixture("sql/chromium-cookies-23.sql"));
  const ReadPlace plain = ChromiumProfile(sql).read();
  const ReadPlace edge =
      ChromiumProfile(
          sql +
          "ALTER TABLE cookies ADD COLUMN is_edgelegacycookie INTEGER NOT NULL DEFAULT 0;"
          "ALTER TABLE cookies ADD COLUMN browser_provenance INTEGER NOT NULL DEFAULT 0;")
          .read();
  CHECK(edge.items == plain.items);
  CHECK(edge.diagnostics.empty());
}

TEST_CASE("a file that does not state its schema is read, and is not complete") {
  for (const char* change :
       {"DROP TABLE meta;", "DELETE FROM meta;", "UPDATE meta SET value='new';"}) {
    CAPTURE(std::string(change));
    const ReadPlace place =
        ChromiumProfile(read_file(fixture("sql/chromium-cookies-17.sql")) + change).read();
    CHECK(place.failure() == "");
    CHECK(place.schema == "unknown");
    CHECK(place.items.size() == 14);
    CHECK(place.codes() == std::vector<std::string>{"unknown_schema"});
    CHECK(has_severity(place, Diagnostic::Severity::incomplete));
  }
}

TEST_CASE("what is no table of cookies is refused by name") {
  struct Row {
    const char* sql;
    const char* message;
  };
  const Row rows[] = {
      {"CREATE TABLE other(a);", "Cookies: there is no table cookies"},
      {"CREATE TABLE t(host_key,name,path,value); CREATE VIEW cookies AS SELECT * FROM t;",
       "Cookies: cookies is a view, not a table"},
      {"CREATE VIRTUAL TABLE cookies USING fts5(host_key,name,path,value);",
       "Cookies: cookies is a virtual table, not a table"},
      {"CREATE TABLE cookies(creation_utc, path, expires_utc);",
       "Cookies: the table lacks what an item needs: host_key, name"},
      {"CREATE TABLE cookies(host_key, name, path);",
       "Cookies: the table lacks what an item needs: value"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.sql));
    const ReadPlace place = ChromiumProfile(std::string(kMeta24) + row.sql).read();
    CHECK(place.failure() == row.message);
    CHECK(place.error->code() == ErrorCode::unsupported);
    CHECK(place.items.empty());
    CHECK(place.files.size() >= 1);
  }
  const ReadPlace firefox = FirefoxProfile("CREATE VIEW moz_cookies AS SELECT 1 AS name;").read();
  CHECK(firefox.failure() == "cookies.sqlite: moz_cookies is a view, not a table");
}

TEST_CASE("what is no database at all fails with a message") {
  const ChromiumProfile profile("CREATE TABLE t(a);");
  write_file(profile.directory.path() / "Cookies", std::string(5000, 'x'));
  const ReadPlace garbage = profile.read();
  CHECK(garbage.failure().starts_with("Cookies: not a "));
  CHECK(garbage.error->code() == ErrorCode::corrupt);
  fs::remove(profile.directory.path() / "Cookies");
  CHECK(profile.read_all().empty());
  write_file(profile.directory.path() / "Cookies-wal", "");
  CHECK(profile.read_all().empty());
  write_file(profile.directory.path() / "Cookies-wal", "frames");
  CHECK(profile.read().failure() == "Cookies: is missing, only its write-ahead log is left");
  fs::create_symlink("/dev/zero", profile.directory.path() / "Cookies");
  CHECK(profile.read().error->code() == ErrorCode::io);
}

TEST_CASE("two Cookies files are twins, which are told apart once they are read") {
  const ChromiumProfile profile(read_file(fixture("sql/chromium-cookies-16.sql")));
  profile.add("Network/Cookies", read_file(fixture("sql/chromium-cookies-23.sql")));
  const auto places = profile.read_all();
  REQUIRE(places.size() == 2);
  CHECK(places[0].items.size() == 17);
  CHECK(places[1].items.size() == 14);
  for (const ReadPlace& place : places) {
    CHECK_FALSE(place.place.leftover);
    CHECK(place.place.twins == TwinGroup{TwinKind::chromium_cookies, ""});
  }
}

TEST_CASE("storage partitions and extension cookies are places of their own") {
  const std::string sql = read_file(fixture("sql/chromium-cookies-23.sql"));
  ChromiumProfile profile(sql);
  profile.add("Storage/ext/aaaabbbbcccc/def/Cookies", sql);
  profile.add("Storage/ext/aaaabbbbcccc/part1/Network/Cookies", sql);
  profile.add("Extension Cookies", sql);
  fs::create_directory_symlink("aaaabbbbcccc", profile.directory.path() / "Storage/ext/link");
  std::vector<std::string> paths;
  for (const ReadPlace& place : profile.read_all()) {
    CHECK_FALSE(place.place.leftover);
    paths.push_back(place.place.path);
    if (place.place.unlisted) {  // said, not followed
      CHECK(place.place.path == "Storage/ext/link");
    } else {
      CHECK(place.items.size() == 17);
    }
  }
  CHECK(paths == std::vector<std::string>{
                     "Cookies", "Storage/ext/link", "Storage/ext/aaaabbbbcccc/def/Cookies",
                     "Storage/ext/aaaabbbbcccc/part1/Network/Cookies", "Extension Cookies"});
  profile.profile.only_store = "Extension Cookies";
  REQUIRE(profile.read_all().size() == 1);
  CHECK(profile.read_all()[0].place.path == "Extension Cookies");
}

TEST_CASE("a single store that was named is read under any name, and is current") {
  const std::string sql = read_file(fixture("sql/chromium-cookies-23.sql"));
  ChromiumProfile profile(sql);
  profile.add("evidence.db", sql);
  profile.profile.only_store = "evidence.db";
  CHECK(profile.read().items.size() == 17);
  profile.profile.only_store = "absent.db";
  CHECK(profile.read_all().empty());
  profile.add("Network/Cookies", sql);
  profile.profile.only_store = "Cookies";
  const ReadPlace old = profile.read();
  CHECK_FALSE(old.place.leftover);
  CHECK(old.place.twins == TwinGroup{});
}

TEST_CASE("a value over the budget is told by its length") {
  AuditOptions options;
  options.limits.value_budget = 1000;
  const ReadPlace place =
      ChromiumProfile(
          loose("INSERT INTO cookies(host_key,name,path,value,encrypted_value) VALUES"
                "('a.test','large','/',hex(zeroblob(5000)),''),"
                "('a.test','sealed','/','',zeroblob(5000)),('a.test','small','/','v','');"))
          .read(options);
  REQUIRE(place.items.size() == 3);
  CHECK(place.items[0].at("value").at("reason") == "too_large");
  CHECK(place.items[1].at("value").at("reason") == "too_large");
  CHECK(place.items[2].at("value").at("text") == "v");
  CHECK(place.lengths == std::vector<std::uint64_t>{10000, 5000, 1});
}

}  // namespace crumbs
