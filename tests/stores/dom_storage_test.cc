#include <doctest/doctest.h>
#include <snappy.h>
#include <zstd.h>

#include <string>

#include <fmt/format.h>

#include "support/databases.h"
#include "support/kept_items.h"
#include "support/support.h"
#include "support/truth.h"

namespace crumbs {
namespace {

using test::KeptItem;
using test::KeptStore;
using test::sql_blob;

std::vector<KeptStore> read(const StoreDriver& driver, const std::filesystem::path& profile,
                            const ReadLimits& limits = {}) {
  return test::read_places(driver, test::make_profile(profile, Engine::chromium), limits);
}

KeptStore read_one(const std::filesystem::path& profile, const ReadLimits& limits = {}) {
  auto stores = read(chromium_dom_storage, profile, limits);
  REQUIRE(stores.size() == 1);
  INFO(stores[0].messages());
  CHECK_FALSE(stores[0].error);
  return std::move(stores[0]);
}

void write_store(const std::filesystem::path& file, const std::string& rows) {
  test::build_database(file, test::dom_storage_schema() + rows);
}

std::string map_row(int id, std::string_view storage_key,
                    const std::string& rest = "NULL, NULL, NULL") {
  return fmt::format("INSERT INTO maps VALUES({}, {}, {});\n", id, sql_blob(storage_key), rest);
}

std::string entry_row(int map, int compression, std::string_view key, std::string_view value) {
  return fmt::format("INSERT INTO map_entries VALUES({}, {}, {}, {});\n", map, compression,
                     sql_blob(key), sql_blob(value));
}

std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

TEST_CASE("every item that Chromium 156 said it stores in SQLite is read, closed and live") {
  for (const char* profile : {"chromium-156-sqlite", "chromium-156-sqlite-live"}) {
    CAPTURE(profile);
    const KeptStore store =
        read_one(test::fixture("profiles/" + std::string(profile) + "/Default"));
    CHECK(test::current_values(store.items) == test::truth_values(profile));
    CHECK(store.items.size() == test::truth_values(profile).size());
    CHECK(store.messages().empty());
    CHECK(store.schemas == std::vector<std::string>{"1"});
    for (const KeptItem& kept : store.items) {
      CHECK(kept.item.times.accessed);
      CHECK(kept.item.times.updated);
      CHECK(kept.item.locator.table == "map_entries");
    }
  }
}

TEST_CASE("raw, zstd and snappy values are opened, and lengths are the site's") {
  const test::TempDir temp;
  const std::string long_value = "\1" + std::string(5000, 'a');
  std::string packed;
  snappy::Compress(long_value.data(), long_value.size(), &packed);
  write_store(temp.path() / "LocalStorage",
              map_row(1, "https://a.example/", "13439868490648058, NULL, 15021") +
                  entry_row(1, 0, "\1raw", "\1v") + entry_row(1, 1, "\1zstd", zstd(long_value)) +
                  entry_row(1, 2, "\1snappy", packed) + entry_row(1, 0, "\1empty", "\1"));
  const KeptStore store = read_one(temp.path());
  CHECK(store.diagnostics.size() == 1);  // the size: 4+2 + 5+5001 + 7+5001 + 6+1 = 10027
  CHECK(store.diagnostics.at(0).code == "size_mismatch");
  for (const char* name : {"zstd", "snappy"}) {
    const KeptItem* kept = store.find("https://a.example", name);
    REQUIRE(kept != nullptr);
    CHECK(kept->text == std::string(5000, 'a'));
    CHECK(kept->item.value.length == 5000);
  }
  CHECK(store.find("https://a.example", "raw")->text == "v");
  CHECK(store.find("https://a.example", "empty")->item.value.length == 0);
  CHECK(store.items[0].item.times.accessed);
  CHECK_FALSE(store.items[0].item.times.updated);
}

TEST_CASE("entries whose map is gone are orphaned, and said to be") {
  const test::TempDir temp;
  write_store(temp.path() / "LocalStorage", map_row(1, "https://a.example/^31") +
                                                entry_row(1, 0, "\1k", "\1v") +
                                                entry_row(7, 0, "\1left", "\1secret"));
  const KeptStore store = read_one(temp.path());
  const auto orphans = store.in_state(ItemState::orphaned);
  REQUIRE(orphans.size() == 1);
  CHECK(orphans[0].text == "secret");
  CHECK(orphans[0].item.origin.empty());
  CHECK(orphans[0].item.locator.row == 7);
  REQUIRE(store.diagnostics.size() == 1);
  CHECK(store.diagnostics[0].code == "orphaned_rows");
  const auto current = store.in_state(ItemState::current);
  REQUIRE(current.size() == 1);
  CHECK(current[0].item.partition->top_level_site == "https://a.example");
}

TEST_CASE("bombs, unknown compressions and malformed values cost themselves") {
  const test::TempDir temp;
  const std::string bomb = zstd("\1" + std::string(3'000'000, 'a'));
  write_store(temp.path() / "LocalStorage",
              map_row(1, "https://a.example/") + entry_row(1, 1, "\1bomb", bomb) +
                  entry_row(1, 2, "\1declared", std::string("\xff\xff\xff\xff\x0f") + "abc") +
                  entry_row(1, 1, "\1nozstd", "garbage") + entry_row(1, 9, "\1nine", "\1v") +
                  entry_row(1, 0, "\1odd", std::string("\0abc", 4)) +
                  entry_row(1, 0, "\1fine", "\1v"));
  ReadLimits limits;
  limits.value_budget = 1'000'000;
  const KeptStore store = read_one(temp.path(), limits);
  CHECK(store.items.size() == 6);
  const auto reason = [&](const char* name) {
    return store.find("https://a.example", name)->item.value.unavailable;
  };
  CHECK(reason("bomb") == Unavailable::too_large);
  CHECK(store.find("https://a.example", "bomb")->item.value.length == 3'000'000);
  CHECK(reason("declared") == Unavailable::too_large);
  CHECK(reason("nozstd") == Unavailable::malformed);
  CHECK(reason("nine") == Unavailable::malformed);
  CHECK(reason("odd") == Unavailable::malformed);
  CHECK(store.find("https://a.example", "fine")->text == "v");
  CHECK_FALSE(store.diagnostics.empty());
}

TEST_CASE("a value over the limit makes no stated size a wrong one") {
  const test::TempDir temp;
  write_store(temp.path() / "LocalStorage",
              map_row(1, "https://a.example/", "NULL, NULL, 5003") +
                  entry_row(1, 0, "\1k", "\1" + std::string(5000, 'v')));
  CHECK(read_one(temp.path()).messages().empty());
  ReadLimits limits;
  limits.value_budget = 1000;
  const KeptStore store = read_one(temp.path(), limits);
  REQUIRE(store.items.size() == 1);
  CHECK(store.items[0].item.value.unavailable == Unavailable::too_large);
  CHECK(store.items[0].item.value.length == 5000);
  REQUIRE(store.diagnostics.size() == 1);
  CHECK(store.diagnostics[0].code == "too_large");
  CHECK(store.diagnostics[0].severity == Diagnostic::Severity::incomplete);
}

TEST_CASE("a length that SQLite does not tell is none") {
  const test::TempDir temp;
  write_store(temp.path() / "LocalStorage",
              map_row(1, "https://a.example/") +
                  fmt::format("INSERT INTO map_entries VALUES(1, 0, x'016b', {});",
                              test::sql_text("\1" + std::string(5000, 'v'))));
  ReadLimits limits;
  limits.value_budget = 1000;
  const KeptStore store = read_one(temp.path(), limits);
  REQUIRE(store.items.size() == 1);
  CHECK(store.items[0].item.value.unavailable == Unavailable::too_large);
  CHECK(store.items[0].item.value.length == 0);
}

TEST_CASE("a layout without the compression column is read") {
  const test::TempDir temp;
  test::build_database(temp.path() / "LocalStorage", R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT); INSERT INTO meta VALUES('version', '1');
CREATE TABLE maps(row_id INTEGER PRIMARY KEY, storage_key BLOB NOT NULL);
CREATE TABLE map_entries(map_id INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY(map_id, key)) WITHOUT ROWID;
INSERT INTO maps VALUES(1, CAST('https://a.example/' AS BLOB));
INSERT INTO map_entries VALUES(1, x'016b', x'0176');)sql");
  const KeptStore store = read_one(temp.path());
  CHECK(store.messages().empty());
  CHECK(store.find("https://a.example", "k")->text == "v");
}

TEST_CASE("an unfinished migration is archived") {
  const test::TempDir temp;
  const std::string rows = map_row(1, "https://a.example/") + entry_row(1, 0, "\1k", "\1v");
  write_store(temp.path() / "LocalStorage", rows);
  write_store(temp.path() / "LocalStorage.Migrating", rows);
  const auto stores = read(chromium_dom_storage, temp.path());
  REQUIRE(stores.size() == 2);
  CHECK_FALSE(stores[0].place.leftover);
  CHECK(stores[1].place.path == "LocalStorage.Migrating");
  CHECK(stores[1].place.leftover);
  REQUIRE(stores[1].items.size() == 1);
  CHECK(stores[1].items[0].item.state == ItemState::archived);
}

TEST_CASE("a profile without the file has no such store") {
  CHECK(read(chromium_dom_storage, test::fixture("profiles/chromium-109/Default")).empty());
}

TEST_CASE("legacy stores have the origin of their file's name") {
  const test::TempDir temp;
  const std::string sql = R"sql(PRAGMA encoding="UTF-16";
CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB NOT NULL ON CONFLICT FAIL);
INSERT INTO ItemTable VALUES('ключ', x'3704'), ('empty', x''), ('odd', x'373737');)sql";
  test::build_database(temp.path() / "Local Storage/https_example.com_0.localstorage", sql);
  test::build_database(temp.path() / "Local Storage/http_[__1]_8080.localstorage", sql);
  test::build_database(temp.path() / "Local Storage/file__0.localstorage", R"sql(
CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value TEXT NOT NULL ON CONFLICT FAIL);
INSERT INTO ItemTable VALUES('k', 'v');)sql");
  const auto stores = read(chromium_local_storage_legacy, temp.path());
  REQUIRE(stores.size() == 3);
  CHECK(stores[0].items.at(0).item.origin == "file://");
  CHECK(stores[0].items.at(0).text == "v");
  CHECK(stores[1].items.at(0).item.origin == "http://[::1]:8080");
  const KeptStore& store = stores[2];
  REQUIRE(store.items.size() == 3);
  CHECK(store.find("https://example.com", "ключ")->text == "з");
  CHECK(store.find("https://example.com", "ключ")->item.value.length == 2);
  CHECK(store.find("https://example.com", "empty")->text.empty());
  CHECK(store.find("https://example.com", "odd")->item.value.unavailable == Unavailable::malformed);
  CHECK_FALSE(store.place.leftover);
  CHECK(store.diagnostics.size() == 1);
}

}  // namespace
}  // namespace crumbs
