/// What --max-… options do in every store: at the limit, and one byte beyond it.

#include <doctest/doctest.h>
#include <snappy.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/databases.h"
#include "support/leveldb_files.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr std::size_t kLength = 5000;

/// A store, and how a profile with one item "k" of this value is made.
struct Store {
  const char* id;
  std::function<void(const fs::path& profile, const std::string& value)> write;
};

void write_session(const fs::path& profile, const std::string& value) {
  const json cookie{{"host", "example.com"}, {"path", "/"}, {"name", "k"}, {"value", value}};
  test::write_file(profile / "sessionstore.js", json{{"cookies", {cookie}}}.dump());
}

const std::vector<Store>& stores() {
  static const std::vector<Store> kStores{
      {"chromium.cookies",
       [](const fs::path& profile, const std::string& value) {
         test::build_database(
             profile / "Cookies",
             test::cookie_schema(23) +
                 fmt::format("INSERT INTO cookies VALUES(13430000000000000,'example.com','','k',"
                             "'{}',x'','/',13440000000000000,0,0,0,1,1,1,-1,2,443,0,0,1);",
                             value));
       }},
      {"chromium.local_storage",
       [](const fs::path& profile, const std::string& value) {
         test::write_local_storage(profile, {{test::local_storage_key("https://example.com", "\1k"),
                                              "\1" + value, false}});
       }},
      {"chromium.dom_storage",
       [](const fs::path& profile, const std::string& value) {
         test::build_database(
             profile / "LocalStorage",
             test::dom_storage_schema() +
                 fmt::format("INSERT INTO maps VALUES(1, {}, NULL, NULL, NULL);"
                             "INSERT INTO map_entries VALUES(1, 0, x'016b', {});",
                             test::sql_blob("https://example.com/"), test::sql_blob("\1" + value)));
       }},
      {"chromium.local_storage_legacy",
       [](const fs::path& profile, const std::string& value) {
         test::build_database(
             profile / "Local Storage/https_example.com_0.localstorage",
             fmt::format("CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value TEXT "
                         "NOT NULL ON CONFLICT FAIL); INSERT INTO ItemTable VALUES('k', '{}');",
                         value));
       }},
      {"firefox.cookies",
       [](const fs::path& profile, const std::string& value) {
         test::build_database(
             profile / "cookies.sqlite",
             fmt::format(
                 "CREATE TABLE moz_cookies(id INTEGER PRIMARY KEY, originAttributes TEXT NOT "
                 "NULL DEFAULT '', name TEXT, value TEXT, host TEXT, path TEXT, expiry "
                 "INTEGER, lastAccessed INTEGER, creationTime INTEGER, isSecure INTEGER, "
                 "isHttpOnly INTEGER, inBrowserElement INTEGER DEFAULT 0, sameSite INTEGER "
                 "DEFAULT 0, schemeMap INTEGER DEFAULT 0, isPartitionedAttributeSet INTEGER "
                 "DEFAULT 0, updateTime INTEGER); PRAGMA user_version=17;"
                 "INSERT INTO moz_cookies(name, value, host, path, expiry, lastAccessed, "
                 "creationTime, isSecure, isHttpOnly, updateTime) VALUES('k', '{}', "
                 "'example.com', '/', 1900000000000, 1, 1, 0, 0, 1);",
                 value));
       }},
      {"firefox.local_storage",
       [](const fs::path& profile, const std::string& value) {
         test::build_database(profile / "storage/default/https+++example.com/ls/data.sqlite",
                              test::firefox_storage_schema("https://example.com") +
                                  fmt::format("INSERT INTO data VALUES('k', {0}, 1, 0, 0, '{1}');"
                                              "UPDATE database SET usage = {0} + 1;",
                                              value.size(), value));
       }},
      {"firefox.webappsstore",
       [](const fs::path& profile, const std::string& value) {
         test::build_database(profile / "webappsstore.sqlite",
                              test::webappsstore_schema() +
                                  fmt::format("INSERT INTO webappsstore2 VALUES('', "
                                              "'moc.elpmaxe.:https:443', 'moc.elpmaxe.:https:443',"
                                              " 'k', '{}');",
                                              value));
       }},
      {"firefox.session_cookies", write_session}};
  return kStores;
}

/// Bytes of all files of a profile that holds one store: what --max-copy-bytes is about.
std::uintmax_t size_of(const fs::path& profile) {
  std::uintmax_t size = 0;
  for (const auto& entry : fs::recursive_directory_iterator(profile))
    if (entry.is_regular_file()) size += entry.file_size();
  return size;
}

std::string value_of(std::size_t length) {
  return std::string(length, 'v');
}

json audit(const fs::path& profile, const std::vector<std::string>& options, int code) {
  std::vector<std::string> command{"audit", profile.string(), "--all", "-f",
                                   "json",  "--values",       "full"};
  command.insert(command.end(), options.begin(), options.end());
  const auto result = test::crumbs(command);
  INFO(result.err);
  CHECK(result.code == code);
  return json::parse(result.out);
}

json only_finding(const json& report) {
  REQUIRE(report.at("findings").size() == 1);
  return report["findings"][0];
}

}  // namespace

/// What would mend each reason for the report not to be whole.
std::set<std::string> hints(const json& report) {
  std::set<std::string> hints;
  for (const json& reason : report["exit"]["reasons"]) {
    CHECK(reason["code"] == "too_large");
    hints.insert(reason["hint"].is_null() ? "" : reason["hint"].get<std::string>());
  }
  return hints;
}

TEST_CASE("a value as long as --max-value-bytes is kept, a longer one gives its length alone") {
  for (const Store& store : stores()) {
    CAPTURE(store.id);
    const test::TempDir temp;
    const std::string value = value_of(kLength);
    store.write(temp.path(), value);
    const auto read = [&](std::size_t limit, int code) {
      return audit(temp.path(), {"--max-value-bytes", std::to_string(limit)}, code);
    };
    const json kept = only_finding(read(kLength, 0));
    CHECK(kept["store"] == store.id);
    CHECK(kept["name"] == "k");
    CHECK((kept["value"]["text"] == value));
    const json beyond = read(kLength - 1, 5);
    CHECK(hints(beyond) == std::set<std::string>{"--max-value-bytes"});
    const json cut = only_finding(beyond);
    CHECK(cut["name"] == "k");
    CHECK(cut["value"]["availability"] == "unavailable");
    CHECK(cut["value"]["reason"] == "too_large");
    CHECK(cut["value"]["length"] == kLength);
    CHECK(cut["value"]["text"] == nullptr);
  }
}

TEST_CASE("the largest numbers there are bound nothing") {
  for (const Store& store : stores()) {
    CAPTURE(store.id);
    const test::TempDir temp;
    store.write(temp.path(), value_of(kLength));
    const std::string most = "18446744073709551615";
    const json report =
        audit(temp.path(),
              {"--max-value-bytes", most, "--max-copy-bytes", most, "--max-memory-bytes", most}, 0);
    CHECK((only_finding(report)["value"]["text"] == value_of(kLength)));
  }
}

TEST_CASE("a value that takes more bytes packed than it has is kept up to the limit") {
  const test::TempDir temp;
  std::string value, packed;
  std::minstd_rand random;  // the same everywhere
  while (value.size() < kLength) value += static_cast<char>('0' + random() % 64);
  snappy::Compress(value.data(), value.size(), &packed);
  REQUIRE(packed.size() > value.size());
  test::build_database(temp.path() / "storage/default/https+++example.com/ls/data.sqlite",
                       test::firefox_storage_schema("https://example.com") +
                           fmt::format("INSERT INTO data VALUES('k', {0}, 1, 1, 0, {1});"
                                       "UPDATE database SET usage = {0} + 1;",
                                       kLength, test::sql_blob(packed)));
  const std::string limit = std::to_string(kLength), less = std::to_string(kLength - 1);
  const json kept = only_finding(audit(temp.path(), {"--max-value-bytes", limit}, 0));
  CHECK((kept["value"]["text"] == value));
  const json cut = only_finding(audit(temp.path(), {"--max-value-bytes", less}, 5));
  CHECK(cut["value"]["reason"] == "too_large");
  CHECK(cut["value"]["length"] == kLength);
}

TEST_CASE("a store as large as --max-copy-bytes is read, a larger one is not, and that is told") {
  for (const Store& store : stores()) {
    CAPTURE(store.id);
    const test::TempDir temp;
    store.write(temp.path(), value_of(kLength));
    const std::uintmax_t size = size_of(temp.path());
    const auto read = [&](std::uintmax_t limit, int code) {
      return audit(temp.path(), {"--max-copy-bytes", std::to_string(limit)}, code);
    };
    CHECK(only_finding(read(size, 0))["store"] == store.id);
    const json beyond = read(size - 1, 5);
    CHECK(beyond["findings"].empty());
    CHECK(hints(beyond) == std::set<std::string>{"--max-copy-bytes"});
    std::vector<std::string> codes;
    for (const json& one : beyond["profiles"][0]["stores"]) {
      for (const json& diagnostic : one["diagnostics"]) codes.push_back(diagnostic["code"]);
    }
    CHECK(std::ranges::count(codes, "too_large") == 1);
  }
}

TEST_CASE("the log beside a database counts to --max-copy-bytes") {
  const test::TempDir temp;
  test::build_interrupted(temp.path() / "Cookies",
                          "PRAGMA journal_mode=wal;" + test::cookie_schema(23),
                          "INSERT INTO cookies VALUES(13430000000000000,'example.com','','k','v',"
                          "x'','/',13440000000000000,0,0,0,1,1,1,-1,2,443,0,0,1);");
  fs::remove(temp.path() / "Cookies-shm");
  REQUIRE(fs::file_size(temp.path() / "Cookies-wal") > 0);
  const std::uintmax_t size = size_of(temp.path());
  CHECK(only_finding(audit(temp.path(), {"--max-copy-bytes", std::to_string(size)}, 0))["name"] ==
        "k");
  CHECK(audit(temp.path(), {"--max-copy-bytes", std::to_string(size - 1)}, 5)["findings"].empty());
}

TEST_CASE("a database as large as --max-memory-bytes needs no file, a larger one a private copy") {
  for (const Store& store : stores()) {
    const std::string id = store.id;
    if (id == "chromium.local_storage" || id == "firefox.session_cookies") continue;
    CAPTURE(id);
    const test::TempDir temp;
    store.write(temp.path(), value_of(kLength));
    const std::uintmax_t size = size_of(temp.path());
    const auto read = [&](std::uintmax_t limit, const std::string& copies, int code) {
      return audit(temp.path(), {"--max-memory-bytes", std::to_string(limit), "--temp-dir", copies},
                   code);
    };
    const std::string nowhere = (temp.path() / "nowhere").string();
    CHECK(only_finding(read(size, nowhere, 0))["store"] == id);
    CHECK(read(size - 1, nowhere, 5)["findings"].empty());
    const test::TempDir copies;
    CHECK(only_finding(read(size - 1, copies.path().string(), 0))["store"] == id);
    CHECK(fs::is_empty(copies.path()));  // nothing of it stays
  }
}

}  // namespace crumbs
