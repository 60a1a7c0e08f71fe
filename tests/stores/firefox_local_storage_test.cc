#include <doctest/doctest.h>
#include <snappy.h>

#include <string>

#include <fmt/format.h>

#include "formats/metadata_v2.h"
#include "stores/shared/firefox_origin.h"
#include "support/databases.h"
#include "support/kept_items.h"
#include "support/support.h"
#include "support/truth.h"

namespace crumbs {
namespace {

using test::KeptItem;
using test::KeptStore;

std::vector<KeptStore> read(const StoreDriver& driver, const std::filesystem::path& profile,
                            const ReadLimits& limits = {}) {
  return test::read_places(driver, test::make_profile(profile, Engine::firefox), limits);
}

std::string directory(std::string_view name) {
  return "storage/default/" + std::string(name) + "/";
}

std::string data_5(std::string_view origin, std::string_view rows) {
  return test::firefox_storage_schema(origin) + std::string(rows) +
         "UPDATE database SET usage = (SELECT COALESCE(SUM(length(key) + utf16_length), 0) FROM "
         "data);";
}

/// Big-endian fields of `.metadata-v2`.
std::string metadata(const std::string& suffix, const std::string& group,
                     const std::string& origin) {
  std::string bytes = test::unhex("000660e6755496c8 00 00000003 0000512c");
  for (const std::string& text : {suffix, group, origin})
    bytes += std::string("\0\0\0", 3) + static_cast<char>(text.size()) + text;
  return bytes + '\0';
}

TEST_CASE("every item that Firefox 153 said it stores is read, closed and live") {
  for (const char* profile : {"firefox-153", "firefox-153-live"}) {
    CAPTURE(profile);
    std::map<test::ItemKey, std::string> values;
    std::size_t items = 0;
    for (const KeptStore& store :
         read(firefox_local_storage, test::fixture("profiles/" + std::string(profile)))) {
      CHECK(store.messages().empty());
      CHECK(store.schemas == std::vector<std::string>{"5.0"});
      items += store.items.size();
      for (const auto& [key, value] : test::current_values(store.items)) {
        auto [origin, site, container, name] = key;
        values[{origin, site, container, name}] = value;
      }
    }
    // The browser's word does not say which container a frame was in: the two with the same frame
    // hold the same items.
    const auto truth = test::truth_values(profile);
    std::map<test::ItemKey, std::string> folded;
    for (const auto& [key, value] : values) {
      const auto& [origin, site, container, name] = key;
      folded[{origin, site, 0, name}] = value;
    }
    CHECK(folded == truth);
    CHECK(items == values.size());
    CHECK(values.size() == 42);
  }
}

TEST_CASE("containers and partitions keep the same name apart") {
  std::size_t contained = 0;
  std::size_t both = 0;
  for (const KeptStore& store :
       read(firefox_local_storage, test::fixture("profiles/firefox-153"))) {
    const Item& item = store.items.at(0).item;
    if (!item.container) continue;
    ++contained;
    CHECK(item.container->id == 6);
    if (!item.partition) continue;
    ++both;
    CHECK(item.partition->top_level_site == "https://example.com");
    CHECK(item.origin == "https://code.jivosite.com");
  }
  CHECK(contained == 2);
  CHECK(both == 1);
}

TEST_CASE("values in UTF-8, UTF-16, snappy, and as empty text") {
  const test::TempDir temp;
  const std::string packed = "x'462430313233343536373839EE0A00'";  // "0123456789" seven times
  test::build_database(temp.path() / (directory("https+++a.example") + "ls/data.sqlite"),
                       data_5("https://a.example",
                              "INSERT INTO data VALUES('plain', 4, 1, 0, 0, x'636166c3a9');"
                              "INSERT INTO data VALUES('packed', 70, 1, 1, 1795394946590414, " +
                                  packed +
                                  ");"
                                  "INSERT INTO data VALUES('half', 2, 0, 0, 0, x'00d82100');"
                                  "INSERT INTO data VALUES('odd', 1, 0, 0, 0, x'00d821');"
                                  "INSERT INTO data VALUES('how', 1, 7, 0, 0, x'41');"
                                  "INSERT INTO data VALUES('bomb', 1, 1, 1, 0, x'ffffffff0f41');"
                                  "INSERT INTO data VALUES('empty', 0, 1, 0, 0, '');"));
  const auto stores = read(firefox_local_storage, temp.path());
  REQUIRE(stores.size() == 1);
  const KeptStore& store = stores[0];
  const auto find = [&](const char* name) -> const KeptItem& {
    const KeptItem* kept = store.find("https://a.example", name);
    REQUIRE(kept != nullptr);
    return *kept;
  };
  CHECK(find("plain").text == "café");
  CHECK(find("packed").text.size() == 70);
  CHECK(to_iso8601(*find("packed").item.times.accessed) == "2026-11-23T00:49:06.590414Z");
  CHECK(find("half").text == "\xed\xa0\x80!");
  CHECK(find("odd").item.value.unavailable == Unavailable::malformed);
  CHECK(find("how").item.value.unavailable == Unavailable::malformed);
  CHECK(find("bomb").item.value.unavailable == Unavailable::too_large);
  CHECK_FALSE(find("empty").item.value.unavailable);
  CHECK(find("empty").item.value.length == 0);
}

TEST_CASE("older schemas are read by their columns") {
  const test::TempDir temp;
  const auto build = [&](std::string_view name, int version, std::string_view length_column) {
    test::build_database(
        temp.path() / (directory(name) + "ls/data.sqlite"),
        fmt::format("PRAGMA user_version = {};"
                    "CREATE TABLE database(origin TEXT NOT NULL); INSERT INTO database "
                    "VALUES('https://{}');"
                    "CREATE TABLE data(key TEXT PRIMARY KEY, value TEXT NOT NULL, {} compressed "
                    "INTEGER NOT NULL "
                    "DEFAULT 0, lastAccessTime INTEGER NOT NULL DEFAULT 0);"
                    "INSERT INTO data(key, value, compressed) VALUES('k', 'v', 0), ('p', "
                    "x'462430313233343536373839EE0A00', 1);",
                    version, name.substr(8), length_column));
  };
  build("https+++one.example", 16, "");
  build("https+++three.example", 48, "utf16Length INTEGER NOT NULL DEFAULT 0,");
  build("https+++nine.example", 144, "");
  const auto stores = read(firefox_local_storage, temp.path());
  REQUIRE(stores.size() == 3);
  CHECK(stores[0].schemas.at(0) == "9.0");
  CHECK(stores[0].diagnostics.at(0).code == "newer_schema");
  CHECK(stores[1].schemas.at(0) == "1.0");
  CHECK(stores[2].schemas.at(0) == "3.0");
  for (const KeptStore& store : stores) {
    REQUIRE(store.items.size() == 2);
    CHECK(store.items[0].text == "v");
    CHECK(store.items[1].text.size() == 70);
  }
}

TEST_CASE("the database and .metadata-v2 say whose a directory is, its name only if they do not") {
  const test::TempDir temp;
  const std::string row = "INSERT INTO data VALUES('k', 1, 1, 0, 0, x'76');";
  const std::string place = directory("https+++a.example+8443");
  SUBCASE("both") {
    test::build_database(temp.path() / (place + "ls/data.sqlite"),
                         data_5("https://a.example+8443", row));
    test::write_file(temp.path() / (place + ".metadata-v2"),
                     metadata("", "a.example+8443", "https://a.example+8443"));
    const auto stores = read(firefox_local_storage, temp.path());
    CHECK(stores.at(0).messages().empty());
    CHECK(stores[0].items.at(0).item.origin == "https://a.example+8443");
    CHECK(stores[0].items[0].item.times.accessed);
  }
  SUBCASE("they disagree") {
    test::build_database(temp.path() / (place + "ls/data.sqlite"),
                         data_5("https://a.example", row));
    test::write_file(temp.path() / (place + ".metadata-v2"),
                     metadata("", "b.example", "https://b.example"));
    const auto stores = read(firefox_local_storage, temp.path());
    CHECK(stores.at(0).items.at(0).item.origin == "https://a.example");
    CHECK(stores[0].diagnostics.at(0).code == "origin_mismatch");
  }
  SUBCASE("the metadata alone") {
    test::build_database(temp.path() / (place + "ls/data.sqlite"), data_5("", row));
    test::write_file(
        temp.path() / (place + ".metadata-v2"),
        metadata("^userContextId=2", "b.example", "https://b.example^userContextId=2"));
    const auto stores = read(firefox_local_storage, temp.path());
    CHECK(stores.at(0).items.at(0).item.origin == "https://b.example");
    CHECK(stores[0].items[0].item.container->id == 2);
  }
  SUBCASE("neither") {
    test::build_database(temp.path() / (place + "ls/data.sqlite"), data_5("", row));
    const auto stores = read(firefox_local_storage, temp.path());
    CHECK(stores.at(0).items.at(0).item.origin == "https://a.example:8443");
    CHECK(stores[0].diagnostics.at(0).code == "unknown_origin");
  }
}

TEST_CASE("the three repositories are looked at, and no other") {
  const test::TempDir temp;
  const auto build = [&](const std::string& place, const std::string& origin) {
    test::build_database(temp.path() / "storage" / place / "ls/data.sqlite",
                         data_5(origin, "INSERT INTO data VALUES('k', 1, 1, 0, 0, x'76');"));
  };
  build("default/https+++a.example^firstPartyDomain=b.example",
        "https://a.example^firstPartyDomain=b.example");
  build("permanent/chrome", "chrome");
  build("permanent/moz-extension+++0a1b^userContextId=4294967295",
        "moz-extension://0a1b^userContextId=4294967295");
  build("private/https+++a.example^privateBrowsingId=1", "https://a.example^privateBrowsingId=1");
  build("temporary/https+++a.example", "https://a.example");
  const auto stores = read(firefox_local_storage, temp.path());
  std::vector<std::string> found;
  for (const KeptStore& store : stores) {
    CHECK(store.messages().empty());
    REQUIRE(store.items.size() == 1);
    CHECK(store.items[0].text == "v");
    const Item& item = store.items[0].item;
    found.push_back(item.origin);
    if (item.container) found.back() += fmt::format(" container {}", item.container->id);
    if (item.partition) found.back() += " inside " + item.partition->top_level_site;
    for (const auto& [key, value] : item.attributes.origin_attributes)
      found.back() += " " + key + "=" + value;
  }
  CHECK(found == std::vector<std::string>{"https://a.example firstPartyDomain=b.example", "chrome",
                                          "moz-extension://0a1b container 4294967295",
                                          "https://a.example privateBrowsingId=1"});
}

TEST_CASE("metadata is read to its trailer and refused where it is cut") {
  const std::string bytes =
      test::read_file(test::fixture("profiles/firefox-153/storage/default/"
                                    "https+++shop.example.com^userContextId=6/.metadata-v2"));
  const auto parsed = parse_metadata_v2(bytes);
  REQUIRE(parsed);
  CHECK(parsed->origin == "https://shop.example.com^userContextId=6");
  CHECK(parsed->suffix == "^userContextId=6");
  CHECK(parsed->group == "example.com^userContextId=6");
  CHECK_FALSE(parsed->persisted);
  CHECK_FALSE(parsed->is_private);
  for (std::size_t size = 0; size < 113; ++size)
    CHECK_FALSE(parse_metadata_v2(bytes.substr(0, size)));
}

TEST_CASE("origins in their several spellings") {
  CHECK(guess_firefox_origin("http+++[++1]+80")->origin == "http://[::1]:80");
  CHECK(guess_firefox_origin("https+++a.example^userContextId=2")->attributes.user_context_id == 2);
  CHECK_FALSE(guess_firefox_origin("about+home"));
  CHECK(guess_firefox_origin("chrome")->origin == "chrome");
  CHECK(parse_firefox_origin("chrome")->origin == "chrome");
  CHECK_FALSE(parse_firefox_origin("chromes"));
  CHECK(origin_of_key("moc.elpmaxe.:http:80") == "http://example.com");
  CHECK(origin_of_key("moc.elpmaxe.:https:8443") == "https://example.com:8443");
  CHECK(origin_of_key("moc.elpmaxe.:https") == "https://example.com");
  CHECK_FALSE(origin_of_key("example.com"));
  CHECK(parse_firefox_origin("https://a.example^what?")->attributes.others.count("raw") == 1);
  CHECK_FALSE(parse_firefox_origin(""));
}

TEST_CASE("both forms of webappsstore2 are read, and the archive is archived") {
  const test::TempDir temp;
  test::build_database(temp.path() / "webappsstore.sqlite", R"sql(
CREATE TABLE webappsstore2 (originAttributes TEXT, originKey TEXT, scope TEXT, key TEXT, value TEXT);
INSERT INTO webappsstore2 VALUES
 ('', 'moc.elpmaxe.:https:443', 'moc.elpmaxe.:https:443', 'k', 'café'),
 ('^userContextId=2', 'moc.elpmaxe.:https:443', '', 'k', 'contained');)sql");
  SUBCASE("without an archive") {
    const auto stores = read(firefox_webappsstore, temp.path());
    REQUIRE(stores.size() == 1);
    CHECK(stores[0].messages().empty());
    REQUIRE(stores[0].items.size() == 2);
    CHECK(stores[0].find("https://example.com", "k")->text == "café");
    CHECK(stores[0].items[1].item.container->id == 2);
    CHECK(stores[0].schemas.at(0) == "2");
  }
  SUBCASE("beside an archive") {
    test::build_database(temp.path() / "storage/ls-archive.sqlite", R"sql(
CREATE TABLE webappsstore2(scope TEXT, key TEXT, value TEXT, secure INTEGER, owner TEXT);
INSERT INTO webappsstore2 VALUES('moc.elpmaxe.:http:8080', 'old', 'v', 0, '');)sql");
    const auto stores = read(firefox_webappsstore, temp.path());
    REQUIRE(stores.size() == 2);
    CHECK(stores[0].in_state(ItemState::current).size() == 2);  // its twin is ls/, not the archive
    CHECK(stores[1].schemas.at(0) == "1");
    REQUIRE(stores[1].find("http://example.com:8080", "old", ItemState::archived) != nullptr);
  }
}

TEST_CASE("the tables of the first versions are refused, not taken for an empty store") {
  for (const char* table : {"webappsstore", "moz_webappsstore"}) {
    const test::TempDir temp;
    test::build_database(temp.path() / "webappsstore.sqlite",
                         fmt::format("CREATE TABLE {0}(domain TEXT, key TEXT, value TEXT, secure "
                                     "INTEGER, owner TEXT);"
                                     "INSERT INTO {0} VALUES('example.com', 'k', 'v', 0, '');",
                                     table));
    const auto stores = read(firefox_webappsstore, temp.path());
    REQUIRE(stores.size() == 1);
    REQUIRE(stores[0].error);
    CHECK(stores[0].error->code() == ErrorCode::unsupported);
  }
}

TEST_CASE("the empty shadow databases of Firefox 153 are no trouble") {
  for (const KeptStore& store : read(firefox_webappsstore, test::fixture("profiles/firefox-153"))) {
    CHECK(store.items.empty());
    CHECK(store.messages().empty());
  }
}

}  // namespace
}  // namespace crumbs
