#include <doctest/doctest.h>

#include <string>

#include <fmt/format.h>

#include "support/damage_campaign.h"
#include "support/databases.h"
#include "support/support.h"

/// Damage to the SQLite stores of Chromium.

namespace crumbs {
namespace {

using test::DamageForm;
using test::sql_blob;

constexpr std::size_t kPage = 1024;  ///< small, so that few items make a tree of several levels

std::string cookie_rows(int first, int count) {
  std::string sql;
  for (int i = first; i < first + count; ++i)
    sql += fmt::format(
        "INSERT INTO cookies VALUES({},'.s{}.example.com','','name{}','{}',x'','/',"
        "13440000000000000,0,1,0,1,1,1,-1,2,443,0,0,1);",
        13'430'000'000'000'000 + i, i % 40, i, std::string(static_cast<std::size_t>(i % 90), 'v'));
  return sql;
}

/// Transactions of their own, each of a few cookies.
std::string cookie_commits(int first, int commits, int each) {
  std::string sql;
  for (int i = 0; i < commits; ++i)
    sql += "BEGIN;" + cookie_rows(first + i * each, each) + "COMMIT;";
  return sql;
}

/// No test waits for the disk.
const std::string kStart = fmt::format("PRAGMA page_size={}; PRAGMA synchronous=OFF;", kPage);

DamageForm cookies(const std::string& name) {
  DamageForm form;
  form.name = "chromium.cookies: " + name;
  form.driver = "chromium.cookies";
  form.engine = Engine::chromium;
  form.targets = {.files = {"Cookies"}, .unit = kPage};
  form.items = 250;
  return form;
}

TEST_CASE("damage to Chromium's cookies: the database alone") {
  const test::TempDir directory;
  test::build_database(directory.path() / "Cookies",
                       kStart + test::cookie_schema(23) + cookie_rows(0, 250));
  DamageForm form = cookies("database");
  form.files = test::files_of(directory.path());
  run_campaign(form);
}

TEST_CASE("damage to Chromium's cookies: with a write-ahead log") {
  const test::TempDir directory;
  test::build_interrupted(directory.path() / "Cookies",
                          kStart + test::cookie_schema(23) + cookie_rows(0, 200) +
                              "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;",
                          cookie_commits(200, 10, 5));
  DamageForm form = cookies("write-ahead log");
  form.files = test::files_of(directory.path());
  form.targets = {.files = {"Cookies-wal"}, .unit = kPage + 24};
  form.log = "Cookies-wal";
  form.commits = test::wal_commits(form.files.at(form.log));
  run_campaign(form);
}

TEST_CASE("damage to Chromium's cookies: with a hot journal") {
  const test::TempDir directory;
  test::build_interrupted(directory.path() / "Cookies",
                          kStart + "PRAGMA synchronous=FULL; PRAGMA cache_size=10;" +
                              test::cookie_schema(23) + "BEGIN;" + cookie_rows(0, 250) + "COMMIT;",
                          "BEGIN; UPDATE cookies SET value='after'; DELETE FROM cookies WHERE "
                          "creation_utc % 3 = 0;" +
                              cookie_rows(300, 60));
  DamageForm form = cookies("hot journal");
  form.files = test::files_of(directory.path());
  form.targets = {.files = {"Cookies-journal"}, .unit = kPage + 8};
  form.unfinished = 60;
  run_campaign(form);
}

TEST_CASE("damage to Chromium's local storage of one database an origin") {
  const test::TempDir directory;
  const std::string schema =
      "CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB NOT NULL ON "
      "CONFLICT FAIL);";
  std::string sql = kStart + "PRAGMA encoding='UTF-16';" + schema;
  for (int i = 0; i < 150; ++i)
    sql += fmt::format("INSERT INTO ItemTable VALUES('key{}', {});", i,
                       sql_blob(std::string(static_cast<std::size_t>(2 * (i % 70)), 'v')));
  test::build_database(directory.path() / "Local Storage/https_shop.example.com_0.localstorage",
                       sql);
  DamageForm form;
  form.name = "chromium.local_storage_legacy";
  form.driver = "chromium.local_storage_legacy";
  form.engine = Engine::chromium;
  form.files = test::files_of(directory.path());
  form.targets = {.files = {form.files.begin()->first}, .unit = kPage};
  form.items = 150;
  run_campaign(form);
}

TEST_CASE("damage to Chromium's local storage in SQLite") {
  const test::TempDir directory;
  std::string sql = kStart + test::dom_storage_schema();
  for (int map = 1; map <= 12; ++map) {
    sql += fmt::format("INSERT INTO maps VALUES({}, {}, 13439868490648058, NULL, NULL);", map,
                       sql_blob(fmt::format("https://s{}.example.com/", map)));
    for (int i = 0; i < 15; ++i)
      sql += fmt::format("INSERT INTO map_entries VALUES({}, 0, {}, {});", map,
                         sql_blob(fmt::format("\1key{}", i)),
                         sql_blob("\1" + std::string(static_cast<std::size_t>(i * map % 80), 'v')));
  }
  test::build_database(directory.path() / "LocalStorage", sql);
  DamageForm form;
  form.name = "chromium.dom_storage";
  form.driver = "chromium.dom_storage";
  form.engine = Engine::chromium;
  form.files = test::files_of(directory.path());
  form.targets = {.files = {"LocalStorage"}, .unit = kPage};
  form.items = 180;
  run_campaign(form);
}

}  // namespace
}  // namespace crumbs
