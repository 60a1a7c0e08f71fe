#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "support/stores.h"
#include "support/support.h"

/// What is read, against what the browser itself said it stored a few seconds earlier.

namespace crumbs {
namespace {
using test::Json;

Json truth_of(const std::string& profile) {
  return Json::parse(test::read_file(test::fixture("profiles/" + profile + ".truth.json")));
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return text;
}

Json sorted(std::vector<Json> cookies) {
  std::ranges::sort(cookies);
  return cookies;
}

/// Both lists hold the same cookies, each once.
void check_same(std::vector<Json> read, std::vector<Json> told) {
  const Json have = sorted(std::move(read)), want = sorted(std::move(told));
  CHECK(have.size() == want.size());
  for (const Json& cookie : want)
    CHECK_MESSAGE(std::ranges::count(have, cookie) == 1, cookie.dump());
  for (const Json& cookie : have)
    CHECK_MESSAGE(std::ranges::count(want, cookie) == 1, cookie.dump());
}

std::string iso_us(double seconds) {
  return to_iso8601({static_cast<std::int64_t>(std::llround(seconds * 1e6))});
}

/// CDP's Storage.getCookies in the words of crumbs.
Json of_chromium(const Json& cookie) {
  Json told;
  told["host"] = cookie.at("domain");
  for (const char* key : {"name", "value", "path", "secure", "session"}) told[key] = cookie.at(key);
  told["http_only"] = cookie.at("httpOnly");
  told["same_site"] = lower(cookie.value("sameSite", "unspecified"));
  told["priority"] = lower(cookie.at("priority"));
  const std::string scheme = cookie.at("sourceScheme");
  told["source_scheme"] = scheme == "NonSecure" ? "non_secure" : lower(scheme);
  told["source_port"] = cookie.at("sourcePort");
  if (!cookie.at("session").get<bool>()) told["expires"] = iso_us(cookie.at("expires"));
  if (cookie.contains("partitionKey")) {
    told["top_level_site"] = cookie.at("partitionKey").at("topLevelSite");
    told["cross_site_ancestor"] = cookie.at("partitionKey").at("hasCrossSiteAncestor");
  }
  return told;
}

/// An item with the members that the browser tells about, too.
Json of_item(const Json& item, const std::vector<const char*>& attributes) {
  Json read;
  for (const char* key : {"host", "name", "path"}) read[key] = item.at(key);
  read["value"] = item.at("value").at("text");
  for (const char* key : attributes) {
    if (item.at("attributes").contains(key)) read[key] = item.at("attributes").at(key);
  }
  if (item.at("times").contains("expires")) read["expires"] = item.at("times").at("expires");
  if (item.contains("partition")) read.update(item.at("partition"));
  return read;
}

/// WebDriver BiDi's storage.getCookies; it tells seconds, rounded to the nearest, and no partition.
Json of_firefox(const Json& cookie) {
  Json told;
  told["host"] = cookie.at("domain");
  for (const char* key : {"name", "value", "path", "secure", "session"}) told[key] = cookie.at(key);
  told["http_only"] = cookie.at("httpOnly");
  const std::string same_site = lower(cookie.at("sameSite"));
  told["same_site"] = same_site == "default" ? "unspecified" : same_site;
  if (!cookie.at("session").get<bool>()) {
    const auto seconds = cookie.at("expires").get<std::int64_t>();
    told["expires"] = to_iso8601({seconds * 1'000'000});
  }
  return told;
}

void to_seconds(Json& read) {
  if (!read.contains("expires")) return;
  const auto time = parse_iso8601(read.at("expires").get<std::string>());
  REQUIRE(time.has_value());
  read["expires"] = to_iso8601({(time->unix_us + 500'000) / 1'000'000 * 1'000'000});
}

Json without(Json cookie, std::initializer_list<const char*> keys) {
  for (const char* key : keys) cookie.erase(key);
  return cookie;
}

/// Items of the database and of the session file that Firefox loads, which is the first.
std::vector<Json> firefox_items(const Profile& profile) {
  std::vector<Json> items;
  for (const char* id : {"firefox.cookies", "firefox.session_cookies"}) {
    for (const test::ReadPlace& place : test::read_all(id, profile)) {
      CHECK(place.failure() == "");
      if (place.place.leftover) continue;
      items.insert(items.end(), place.items.begin(), place.items.end());
      if (place.place.twins.kind == TwinKind::firefox_session) break;
    }
  }
  return items;
}

}  // namespace

TEST_CASE("Chromium 156: every cookie is what the browser says it is, and no other is read") {
  for (const std::string name :
       {"chromium-156-leveldb", "chromium-156-sqlite", "chromium-156-sqlite-live"}) {
    CAPTURE(name);
    const Profile profile =
        test::profile_at(test::fixture("profiles/" + name + "/Default"), Engine::chromium);
    const auto places = test::read_all("chromium.cookies", profile);
    REQUIRE(places.size() == 1);
    std::vector<Json> read, told;
    for (const Json& item : places[0].items) {
      CHECK(item.at("value").at("encryption") == "v10");
      read.push_back(of_item(item, {"secure", "http_only", "session", "same_site", "priority",
                                    "source_scheme", "source_port"}));
    }
    const Json truth = truth_of(name);
    for (const Json& cookie : truth.at("cookies")) told.push_back(of_chromium(cookie));
    CHECK(told.size() == 40);
    check_same(std::move(read), std::move(told));
  }
}

TEST_CASE("Firefox 153: every cookie outside containers is what the browser says it is") {
  for (const std::string name : {"firefox-153", "firefox-153-live"}) {
    CAPTURE(name);
    const Profile profile = test::profile_at(test::fixture("profiles/" + name), Engine::firefox);
    std::vector<Json> read, told;
    for (const Json& item : firefox_items(profile)) {
      if (item.contains("container")) continue;
      Json cookie = of_item(item, {"secure", "http_only", "session", "same_site"});
      // The pages carried one foreign frame, whose cookies are those of its partition.
      CHECK(cookie.contains("top_level_site") == (cookie.at("host") == "code.jivosite.com"));
      CHECK(cookie.value("top_level_site", "https://example.com") == "https://example.com");
      to_seconds(cookie);
      read.push_back(without(std::move(cookie), {"top_level_site"}));
    }
    const Json truth = truth_of(name);
    for (const Json& cookie : truth.at("cookies")) told.push_back(of_firefox(cookie));
    CHECK(told.size() == 38);
    check_same(std::move(read), std::move(told));
  }
}

/// The browser does not tell about container 6, but what was done there is known: the shop was
/// visited once more, with the same answers from its server.
TEST_CASE("Firefox 153: the container holds what the same pages left outside it") {
  for (const std::string name : {"firefox-153", "firefox-153-live"}) {
    CAPTURE(name);
    const Profile profile = test::profile_at(test::fixture("profiles/" + name), Engine::firefox);
    std::vector<Json> inside, outside;
    for (const Json& item : firefox_items(profile)) {
      const std::string host = item.at("host");
      Json cookie = without(item, {"container", "times", "locator"});
      if (item.contains("container")) {
        CHECK(item.at("container").at("id") == 6);
        CHECK(item.at("container").at("name").get<std::string>().starts_with("webdriver-"));
        inside.push_back(std::move(cookie));
      } else if (host == "shop.example.com" || host == "code.jivosite.com") {
        outside.push_back(std::move(cookie));
      }
    }
    CHECK(inside.size() == 18);
    check_same(std::move(inside), std::move(outside));
  }
}

}  // namespace crumbs
