#include <doctest/doctest.h>
#include <lz4.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "support/stores.h"
#include "support/support.h"

/// Cookie stores as no browser leaves them: nothing is lost in silence, nothing is invented.

namespace crumbs {
namespace {
namespace fs = std::filesystem;
using test::Json;
using test::ReadPlace;

constexpr const char* kMeta24 =
    "CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);"
    "INSERT INTO meta VALUES('version','24');";
/// Schema 24 without its constraints and affinities, so that any column can hold anything.
constexpr const char* kLooseTable =
    "CREATE TABLE cookies(creation_utc, host_key, top_frame_site_key, name, value, encrypted_value,"
    "path, expires_utc, is_secure, is_httponly, last_access_utc, has_expires, is_persistent,"
    "priority, samesite, source_scheme, source_port, last_update_utc, source_type,"
    "has_cross_site_ancestor);";
constexpr const char* kLooseFirefox =
    "CREATE TABLE moz_cookies(id INTEGER PRIMARY KEY, originAttributes, name, value, host, path,"
    "expiry, lastAccessed, creationTime, isSecure, isHttpOnly, inBrowserElement, sameSite,"
    "schemeMap, isPartitionedAttributeSet, updateTime); PRAGMA user_version=17;";

/// A Chromium profile whose Cookies file was made from SQL.
struct ChromiumProfile {
  test::TempDir directory;
  Profile profile = test::profile_at(directory.path(), Engine::chromium);

  explicit ChromiumProfile(std::string_view sql) { add("Cookies", sql); }
  void add(const std::string& path, std::string_view sql) const {
    test::build_database(directory.path() / path, sql);
  }
  [[nodiscard]] std::vector<ReadPlace> read_all(const AuditOptions& options = {}) const {
    return test::read_all("chromium.cookies", profile, options);
  }
  [[nodiscard]] ReadPlace read(const AuditOptions& options = {}) const {
    auto places = read_all(options);
    REQUIRE(places.size() == 1);
    return std::move(places[0]);
  }
};

struct FirefoxProfile {
  test::TempDir directory;
  Profile profile = test::profile_at(directory.path(), Engine::firefox);

  explicit FirefoxProfile(std::string_view sql) {
    test::build_database(directory.path() / "cookies.sqlite", sql);
  }
  [[nodiscard]] ReadPlace read() const {
    auto places = test::read_all("firefox.cookies", profile);
    REQUIRE(places.size() == 1);
    return std::move(places[0]);
  }
};

std::string loose(const std::string& rows) {
  return std::string(kMeta24) + kLooseTable + rows;
}

std::string row_of(const std::string& value) {
  std::string values = value;
  for (int i = 1; i < 20; ++i) values += "," + value;
  return "INSERT INTO cookies VALUES(" + values + ");";
}

std::string names_of(const ReadPlace& place) {
  std::string names;
  for (const Json& item : place.items) names += item.at("name").get<std::string>() + " ";
  return names;
}

bool has_severity(const ReadPlace& place, Diagnostic::Severity severity) {
  return std::ranges::any_of(place.diagnostics, [&](const Diagnostic& diagnostic) {
    return diagnostic.severity == severity;
  });
}

}  // namespace

TEST_CASE("chromium: NULL in every column is an item all the same") {
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

TEST_CASE("chromium: wrong types in every column are an item all the same") {
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

TEST_CASE("chromium: names with control characters and invalid UTF-8 are kept as bytes") {
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

TEST_CASE("chromium: times that cannot be are left out and said") {
  const ReadPlace place =
      ChromiumProfile(
          loose(fmt::format("INSERT INTO cookies(host_key,name,path,value,creation_utc,expires_utc,"
                            "last_access_utc) VALUES('a.test','n','/','v',{},{},-1);",
                            "-9223372036854775807", INT64_MAX)))
          .read();
  REQUIRE(place.items.size() == 1);
  CHECK_FALSE(place.items[0].at("times").contains("created"));
  CHECK(place.items[0].at("times").at("expires") == "+293878-01-10T04:00:54.775807Z");
  CHECK(place.items[0].at("times").at("accessed") == "1600-12-31T23:59:59.999999Z");
  CHECK(std::ranges::count(place.codes(), "absurd_time") == 1);
}

TEST_CASE("chromium: numbers that have no meaning are left out and said") {
  const ReadPlace place =
      ChromiumProfile(loose("INSERT INTO cookies(host_key,name,path,value,priority,samesite,"
                            "source_scheme,source_type) VALUES('a.test','n','/','v',9,9,9,9);"))
          .read();
  REQUIRE(place.items.size() == 1);
  for (const char* key : {"priority", "same_site", "source_scheme", "source_type"})
    CHECK_FALSE(place.items[0].at("attributes").contains(key));
  CHECK(std::ranges::count(place.codes(), "unknown_number") == 4);
}

TEST_CASE("chromium: an encrypted value wins over a plain one, which is said once") {
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

TEST_CASE("chromium: a moved row and a wrong secret are told apart from a missing key") {
  const std::string rows =
      "INSERT INTO cookies(host_key,name,path,value,encrypted_value) VALUES"
      "('example.com','moved','/','',x'7631301bb654833fa6f8a731528db92d657dc37c87544a81ba7875d06812"
      "73543b4e4fcee4bc6a0428d852b312bd105aa58dc6'),"
      "('.example.com','sealed','/','',x'7631318c8dad27d4b92c5471577c847fb28d848b186d0e7900ab8b1c95"
      "dae4725193f751b385b8bfa946aab5ea817a471f8d0a');";
  const ChromiumProfile profile(loose(rows));
  const ReadPlace bare = profile.read();
  CHECK(bare.items[0].at("value").at("reason") == "host_hash_mismatch");
  CHECK(bare.items[1].at("value").at("reason") == "no_key");
  AuditOptions options;
  options.keys.safe_storage_secret = "wrong";
  CHECK(profile.read(options).items[1].at("value").at("reason") == "wrong_key");
  options.keys.safe_storage_secret = "dGVzdHBhc3N3b3JkMTIzNA==";
  CHECK(profile.read(options).items[1].at("value").at("text") == "hello");
}

TEST_CASE("chromium: a schema from the future is read by its columns and said") {
  std::string sql = test::read_file(test::fixture("sql/chromium-cookies-23.sql"));
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

TEST_CASE("chromium: Edge's columns of its own change nothing") {
  const std::string sql = test::read_file(test::fixture("sql/chromium-cookies-23.sql"));
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

TEST_CASE("chromium: a file that does not state its schema is read, and is not complete") {
  for (const char* change :
       {"DROP TABLE meta;", "DELETE FROM meta;", "UPDATE meta SET value='new';"}) {
    CAPTURE(std::string(change));
    const ReadPlace place =
        ChromiumProfile(test::read_file(test::fixture("sql/chromium-cookies-17.sql")) + change)
            .read();
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
  test::write_file(profile.directory.path() / "Cookies", std::string(5000, 'x'));
  const ReadPlace garbage = profile.read();
  CHECK(garbage.failure().starts_with("Cookies: not a "));
  CHECK(garbage.error->code() == ErrorCode::corrupt);
  fs::remove(profile.directory.path() / "Cookies");
  CHECK(profile.read_all().empty());
  test::write_file(profile.directory.path() / "Cookies-wal", "");
  CHECK(profile.read_all().empty());
  test::write_file(profile.directory.path() / "Cookies-wal", "frames");
  CHECK(profile.read().failure() == "Cookies: is missing, only its write-ahead log is left");
  fs::create_symlink("/dev/zero", profile.directory.path() / "Cookies");
  CHECK(profile.read().error->code() == ErrorCode::io);
}

TEST_CASE("chromium: of two Cookies files the newer counts and the other is left over") {
  const std::string sql = test::read_file(test::fixture("sql/chromium-cookies-16.sql"));
  const ChromiumProfile profile(sql);
  profile.add("Network/Cookies", test::read_file(test::fixture("sql/chromium-cookies-23.sql")));
  for (const bool network_is_newer : {true, false}) {
    CAPTURE(network_is_newer);
    const auto now = fs::file_time_type::clock::now();
    const auto before = now - std::chrono::hours(1);
    fs::last_write_time(profile.directory.path() / "Cookies", network_is_newer ? before : now);
    fs::last_write_time(profile.directory.path() / "Network/Cookies",
                        network_is_newer ? now : before);
    const auto places = profile.read_all();
    REQUIRE(places.size() == 2);
    const char* newer = network_is_newer ? "Network/Cookies" : "Cookies";
    CHECK(places[0].place.path == newer);
    CHECK_FALSE(places[0].place.leftover);
    CHECK(places[1].place.leftover);
    CHECK(places[1].place.note == fmt::format("left over: {} is newer", newer));
    CHECK(places[0].items.size() == (network_is_newer ? 17 : 14));
    for (const Json& item : places[1].items) CHECK(item.at("state") == "archived");
  }
}

TEST_CASE("chromium: storage partitions and extension cookies are places of their own") {
  const std::string sql = test::read_file(test::fixture("sql/chromium-cookies-23.sql"));
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
  const std::string sql = test::read_file(test::fixture("sql/chromium-cookies-23.sql"));
  ChromiumProfile profile(sql);
  profile.add("evidence.db", sql);
  profile.profile.only_store = "evidence.db";
  CHECK(profile.read().items.size() == 17);
  profile.profile.only_store = "absent.db";
  CHECK(profile.read_all().empty());
  profile.add("Network/Cookies", sql);
  fs::last_write_time(profile.directory.path() / "Cookies",
                      fs::file_time_type::clock::now() - std::chrono::hours(1));
  profile.profile.only_store = "Cookies";
  const ReadPlace old = profile.read();
  CHECK_FALSE(old.place.leftover);
  CHECK(old.place.note == "left over: Network/Cookies is newer");
}

TEST_CASE("chromium: a value over the budget is told by its length") {
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

TEST_CASE("firefox: NULL and wrong types in every column are an item all the same") {
  const auto row = [](const std::string& value) {
    std::string values = "NULL";
    for (int i = 1; i < 16; ++i) values += "," + value;
    return kLooseFirefox + ("INSERT INTO moz_cookies VALUES(" + values + ");");
  };
  for (const char* value : {"NULL", "1.5", "x'ff'", "'text'"}) {
    CAPTURE(std::string(value));
    const ReadPlace place = FirefoxProfile(row(value)).read();
    CHECK(place.failure() == "");
    REQUIRE(place.items.size() == 1);
    CHECK(place.items[0].at("times").empty());
    CHECK_FALSE(place.items[0].at("attributes").contains("secure"));
    CHECK_FALSE(place.diagnostics.empty());
  }
}

TEST_CASE("firefox: absurd times, numbers and attributes cost themselves") {
  const ReadPlace place =
      FirefoxProfile(
          std::string(kLooseFirefox) +
          "INSERT INTO moz_cookies VALUES(1,'^x','n','v','a.test','/',9223372036854775807,"
          "-5,9223372036854775807,1,1,0,7,64,1,0);"
          "INSERT INTO moz_cookies VALUES(2,'^y','n','v','a.test','/',-1000,1,1,0,0,1,256,7,0,1);")
          .read();
  REQUIRE(place.items.size() == 2);
  const Json& first = place.items[0];
  CHECK(first.at("attributes").at("origin_attributes") == Json{{"raw", "^x"}});
  CHECK_FALSE(first.at("attributes").contains("same_site"));
  CHECK(first.at("attributes").at("source_scheme") == "unset");
  CHECK_FALSE(first.at("times").contains("expires"));
  CHECK(first.at("times").at("accessed") == "1969-12-31T23:59:59.999995Z");
  const Json& second = place.items[1];
  CHECK(second.at("attributes").at("origin_attributes") == Json{{"raw", "^y"}, {"inBrowser", "1"}});
  CHECK(second.at("attributes").at("source_scheme") == "http,https,file");
  CHECK(second.at("times").at("expires") == "1969-12-31T23:59:59.000Z");
  CHECK(place.codes() == std::vector<std::string>{"malformed", "unknown_number", "absurd_time"});
}

TEST_CASE("firefox: a schema from the future is said; without a version the unit goes by columns") {
  const std::string row =
      "INSERT INTO moz_cookies(name,value,host,path,expiry) "
      "VALUES('n','v','a.test','/',1800000000123);";
  const ReadPlace newer = FirefoxProfile(kLooseFirefox + row + "PRAGMA user_version=40;").read();
  CHECK(newer.schema == "40");
  CHECK(newer.codes()[0] == "newer_schema");
  CHECK(newer.items[0].at("times").at("expires") == "2027-01-15T08:00:00.123Z");
  const ReadPlace unknown = FirefoxProfile(kLooseFirefox + row + "PRAGMA user_version=0;").read();
  CHECK(unknown.codes()[0] == "unknown_schema");
  CHECK(unknown.items[0].at("times").at("expires") == "2027-01-15T08:00:00.123Z");
}

TEST_CASE("firefox: a set-aside database is left over") {
  const FirefoxProfile profile(test::read_file(test::fixture("sql/firefox-cookies-16.sql")));
  test::build_database(profile.directory.path() / "cookies.sqlite.bak",
                       test::read_file(test::fixture("sql/firefox-cookies-9.sql")));
  const auto places = test::read_all("firefox.cookies", profile.profile);
  REQUIRE(places.size() == 2);
  CHECK(places[1].place.path == "cookies.sqlite.bak");
  CHECK(places[1].place.leftover);
  CHECK(places[1].items.size() == 11);
  for (const Json& item : places[1].items) CHECK(item.at("state") == "archived");
}

TEST_CASE("firefox: all kinds of session-store files are read in the order of loading") {
  const test::TempDir directory;
  const Profile profile = test::profile_at(directory.path(), Engine::firefox);
  const auto session = [](const std::string& name) {
    return R"({"cookies":[{"host":"a.test","name":")" + name + R"("}]})";
  };
  const auto packed = [&](const std::string& name) {
    const std::string json = session(name);
    std::string block(200, '\0');
    const int size =
        LZ4_compress_default(json.data(), block.data(), static_cast<int>(json.size()), 200);
    std::string file("mozLz40\0", 8);
    for (unsigned shift = 0; shift < 32; shift += 8)
      file += static_cast<char>(json.size() >> shift);
    return file + block.substr(0, static_cast<std::size_t>(size));
  };
  const std::vector<std::string> order{"sessionstore.jsonlz4",
                                       "sessionstore-backups/recovery.jsonlz4",
                                       "sessionstore-backups/recovery.baklz4",
                                       "sessionstore-backups/previous.jsonlz4",
                                       "sessionstore-backups/upgrade.jsonlz4-20260101000000",
                                       "sessionstore-backups/upgrade.jsonlz4-20250101000000",
                                       "sessionstore.js",
                                       "sessionstore-backups/recovery.js",
                                       "sessionstore.bak"};
  for (const std::string& path : order) {
    const bool compressed = path.find("lz4") != std::string::npos;
    const std::string name = fs::path(path).filename().string();
    test::write_file(directory.path() / path, compressed ? packed(name) : session(name));
  }
  for (std::size_t first = 0; first < order.size(); ++first) {
    const auto places = test::read_all("firefox.session_cookies", profile);
    REQUIRE(places.size() == order.size() - first);
    for (std::size_t i = 0; i < places.size(); ++i) {
      CAPTURE(places[i].place.path);
      CHECK(places[i].place.path == order[first + i]);
      CHECK(places[i].place.leftover == (i > 0));
      CHECK(places[i].failure() == "");
      CHECK(names_of(places[i]) == fs::path(order[first + i]).filename().string() + " ");
      CHECK(places[i].items[0].at("locator").at("pointer") == "/cookies/0");
      CHECK(places[i].items[0].value("state", "current") == (i > 0 ? "archived" : "current"));
    }
    fs::remove(directory.path() / order[first]);
  }
}

TEST_CASE("firefox: a session store cut short costs what is behind the cut") {
  const test::TempDir directory;
  const Profile profile = test::profile_at(directory.path(), Engine::firefox);
  const auto read = [&](std::string_view content, const char* path) {
    test::write_file(directory.path() / path, content);
    auto places = test::read_all("firefox.session_cookies", profile);
    fs::remove(directory.path() / path);
    REQUIRE(places.size() == 1);
    return std::move(places[0]);
  };
  const ReadPlace torn =
      read(R"({"cookies":[{"host":"a.test","name":"n","value":7},{"ho)", "sessionstore.js");
  CHECK(torn.failure() == "");
  REQUIRE(torn.items.size() == 1);
  CHECK(torn.items[0].at("value").at("reason") == "wrong_type");
  CHECK(torn.codes() == std::vector<std::string>{"wrong_type", "corrupt"});
  const ReadPlace garbage = read("garbage", "sessionstore.jsonlz4");
  CHECK(garbage.failure() == "sessionstore.jsonlz4: is no mozLz4 file");
  CHECK(garbage.files.size() == 1);
  CHECK(read("", "sessionstore.js").failure() == "sessionstore.js: is not JSON at byte 1");
  const ReadPlace bomb = read(test::unhex("6d6f7a4c7a343000ffffffff00"), "sessionstore.jsonlz4");
  CHECK(bomb.error->code() == ErrorCode::unsupported);
  std::string many = R"({"cookies":[0)";
  for (int i = 0; i < 999; ++i) many += ",0";
  const ReadPlace flood = read(many + "]}", "sessionstore.js");
  CHECK(flood.diagnostics.size() == 21);
  CHECK(flood.diagnostics.back().message == "980 more problems of the same kind");
}

}  // namespace crumbs
