#pragma once

/// Profiles with two stores of one kind, and what their report says of them.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "support/cookie_profiles.h"
#include "support/leveldb_files.h"
#include "support/made_profile.h"

namespace crumbs::test {

namespace fs = std::filesystem;

inline constexpr const char* kRoot = "Cookies";
inline constexpr const char* kNetwork = "Network/Cookies";
/// Microseconds since 1601 of a day in 2024 and of one in 2026.
inline constexpr std::int64_t kEarly = 13'360'000'000'000'000, kLate = 13'440'000'000'000'000;

inline Report audit_twins(const fs::path& profile, bool residue = true) {
  AuditOptions options = fixed_options();
  options.all = true;
  options.residue = residue;
  return audit(resolve_profile(profile.string(), {}), shipped_catalogs(), options);
}

inline const StoreResult& store_at(const Report& report, std::string_view path) {
  const std::vector<StoreResult>& stores = report.profiles.at(0).stores;
  const auto found = std::ranges::find_if(
      stores, [&](const StoreResult& store) { return store.path.ends_with(path); });
  REQUIRE(found != stores.end());
  return *found;
}

/// Names of the listed items, those that are not current in brackets: "a b (c)".
inline std::string listed_names(const Report& report) {
  std::vector<std::string> all;
  for (const Finding& finding : report.findings)
    all.push_back(finding.state == ItemState::current ? finding.name : "(" + finding.name + ")");
  std::ranges::sort(all);
  return fmt::format("{}", fmt::join(all, " "));
}

inline std::string cookies(int schema, const std::string& name, std::int64_t accessed) {
  return fmt::format(
      "CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);"
      "INSERT INTO meta VALUES('version','{}');{}"
      "INSERT INTO cookies(host_key,name,path,value,encrypted_value,creation_utc,last_access_utc,"
      "expires_utc,is_persistent) VALUES('shop.example.com','{}','/','v',x'',{},{},"
      "13900000000000000,1);",
      schema, kLooseTable, name, kEarly - 1, accessed);
}

/// Enough for a table of several pages.
inline std::string many_rows() {
  std::string rows;
  for (int i = 0; i < 300; ++i)
    rows += fmt::format(
        "INSERT INTO cookies(host_key,name,path,value,encrypted_value) VALUES('b.test','n{}','/',"
        "'{}',x'');",
        i, std::string(100, 'v'));
  return rows;
}

struct Jars {
  TempDir directory;
  fs::path profile = directory.path() / "Default";

  Jars(const std::string& root, const std::string& network) {
    fs::create_directories(profile / "Network");
    put(kRoot, root);
    put(kNetwork, network);
  }
  /// SQL, or bytes where the content does not begin with CREATE.
  void put(const char* path, const std::string& content) const {
    if (content.starts_with("CREATE"))
      build_database(profile / path, content);
    else
      write_file(profile / path, content);
  }
};

inline std::string leveldb_meta(std::int64_t time) {
  return varint(1U << 3U) + varint(static_cast<std::uint64_t>(time));
}

/// A LevelDB with one item; `time` 0: it is not known when it was written.
inline void write_leveldb(const fs::path& profile, std::int64_t time) {
  std::vector<Operation> operations{
      {"VERSION", "1", false},
      {std::string("_https://shop.example.com") + '\0' + "\1in_leveldb", "\1v", false}};
  if (time != 0) operations.push_back({"META:https://shop.example.com", leveldb_meta(time), false});
  const fs::path directory = profile / "Local Storage/leveldb";
  write_file(directory / "CURRENT", "MANIFEST-000001\n");
  write_file(directory / "MANIFEST-000001", manifest(3, {}));
  write_file(directory / "000003.log", log_record(write_batch(1, operations)));
}

inline std::string storage(std::int64_t time) {
  return dom_storage_schema() +
         fmt::format(
             "INSERT INTO maps(row_id,storage_key,last_modified) VALUES(1,{},{});"
             "INSERT INTO map_entries VALUES(1,0,{},{});",
             sql_blob("https://shop.example.com/"), time, sql_blob("\1in_sqlite"), sql_blob("\1v"));
}

struct FirefoxStorages {
  TempDir directory;
  fs::path origin = directory.path() / "storage/default/https+++shop.example.com/ls/data.sqlite";

  FirefoxStorages(const std::string& version, const std::string& prefs) {
    const fs::path& profile = directory.path();
    build_database(profile / "cookies.sqlite", kLooseFirefox);
    build_database(
        origin,
        "CREATE TABLE database(origin TEXT NOT NULL, usage INTEGER NOT NULL DEFAULT 0,"
        "last_vacuum_time INTEGER NOT NULL DEFAULT 0, last_analyze_time INTEGER NOT NULL DEFAULT 0,"
        "last_vacuum_size INTEGER NOT NULL DEFAULT 0);"
        "CREATE TABLE data(key TEXT PRIMARY KEY, utf16_length INTEGER NOT NULL, conversion_type "
        "INTEGER NOT NULL, compression_type INTEGER NOT NULL, last_access_time INTEGER NOT NULL "
        "DEFAULT 0, value BLOB NOT NULL); PRAGMA user_version=80;"
        "INSERT INTO database(origin,usage) VALUES('https://shop.example.com',4);"
        "INSERT INTO data VALUES('new',1,1,0,0,x'76');");
    build_database(
        profile / "webappsstore.sqlite",
        "CREATE TABLE webappsstore2(originAttributes TEXT, originKey TEXT, scope TEXT, key TEXT,"
        "value TEXT); INSERT INTO webappsstore2 VALUES('','moc.elpmaxe.pohs.:https:443','','old',"
        "'v');");
    if (!version.empty())
      write_file(profile / "compatibility.ini", "[Compatibility]\nLastVersion=" + version + "\n");
    if (!prefs.empty()) write_file(profile / "prefs.js", prefs);
  }
};

inline std::string session(const std::string& name) {
  return R"({"cookies":[{"host":"a.test","name":")" + name + R"(","value":"v"}]})";
}

}  // namespace crumbs::test
