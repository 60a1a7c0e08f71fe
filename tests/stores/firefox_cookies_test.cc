#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "support/cookie_profiles.h"

/// Firefox's cookies as it does not leave them: nothing is lost in silence, nothing is invented.

namespace crumbs {
namespace fs = std::filesystem;
using namespace test;

TEST_CASE("NULL and wrong types in every column are an item all the same") {
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

TEST_CASE("absurd times, numbers and attributes cost themselves") {
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
  CHECK(first.at("times") ==
        Json{{"expires_raw", INT64_MAX}, {"accessed_raw", -5}, {"created_raw", INT64_MAX}});
  const Json& second = place.items[1];
  CHECK(second.at("attributes").at("origin_attributes") == Json{{"raw", "^y"}, {"inBrowser", "1"}});
  CHECK(second.at("attributes").at("source_scheme") == "http,https,file");
  CHECK(second.at("times").at("expires_raw") == -1000);
  CHECK(place.codes() == std::vector<std::string>{"malformed", "unknown_number", "absurd_time",
                                                  "absurd_time", "absurd_time"});
}

TEST_CASE("a schema from the future is said; without a version the unit goes by columns") {
  const std::string row =
      "INSERT INTO moz_cookies(name,value,host,path,expiry) "
      "VALUES('n','v','a.test','/',1800000000123);";
  const ReadPlace newer = FirefoxProfile(kLooseFirefox + row + "PRAGMA user_version=40;").read();
  CHECK(newer.schema == "40");
  CHECK(newer.codes()[0] == "newer_schema");
  CHECK(newer.items[0].at("times").at("expires") == "2027-01-15T08:00:00.123000Z");
  const ReadPlace unknown = FirefoxProfile(kLooseFirefox + row + "PRAGMA user_version=0;").read();
  CHECK(unknown.codes()[0] == "unknown_schema");
  CHECK(unknown.items[0].at("times").at("expires") == "2027-01-15T08:00:00.123000Z");
}

TEST_CASE("a set-aside database is left over") {
  const FirefoxProfile profile(read_file(fixture("sql/firefox-cookies-16.sql")));
  build_database(profile.directory.path() / "cookies.sqlite.bak",
                 read_file(fixture("sql/firefox-cookies-9.sql")));
  const auto places = read_all("firefox.cookies", profile.profile);
  REQUIRE(places.size() == 2);
  CHECK(places[1].place.path == "cookies.sqlite.bak");
  CHECK(places[1].place.leftover);
  CHECK(places[1].items.size() == 11);
  for (const Json& item : places[1].items) CHECK(item.at("state") == "archived");
}

}  // namespace crumbs
