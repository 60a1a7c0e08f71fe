/// What a report tells of its cards, so that they are told without the catalogs.

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "audit/cards.h"
#include "support/made_profile.h"

namespace crumbs {
namespace {

const std::string kShop = "shop.example.com";

TEST_CASE("each card that a finding names is told once, with what parts it from others") {
  test::MadeProfile made;
  made.add(kShop, "jv_enter_ts_AbC123xYz0", "1763856960");
  made.add(kShop, "jv_enter_ts_XyZ987aBc0", "1763856960");
  made.add(kShop, "jv_close_time_AbC123xYz0", "1");
  made.add("www.jivochat.com", "jivo_visitor_id", "987654321");
  const Report report = made.audit();
  const std::string profile = report.profiles.at(0).profile.id;
  REQUIRE(report.cards.size() == 3);
  CHECK(report.cards[0] == CardUsed{.profile = profile,
                                    .id = "jivochat|example.com|AbC123xYz0",
                                    .catalog = "jivochat",
                                    .site = "example.com",
                                    .ids = {{.word = "widget", .value = "AbC123xYz0"}}});
  CHECK(report.cards[1].ids == std::vector<CardId>{{.word = "widget", .value = "XyZ987aBc0"}});
  CHECK(report.cards[2] == CardUsed{.profile = profile,
                                    .id = "jivochat|jivochat.com",
                                    .catalog = "jivochat",
                                    .site = "jivochat.com",
                                    .own_site = true});
}

TEST_CASE("a card masks what its findings mask") {
  test::MadeProfile made;
  made.add(kShop, "jivo_visitor_id", "987654321");
  made.add(kShop, "jv_enter_ts_987654321", "1763856960");
  const Report report = made.audit();
  REQUIRE(report.cards.size() == 1);
  CHECK(report.cards[0].ids == std::vector<CardId>{{.word = "widget", .value = "(A)"}});
  CHECK(to_json(report).find("987654321") == std::string::npos);
}

TEST_CASE("the cards of several profiles are those of each, sorted, and of what is listed") {
  std::vector<std::string> places;
  for (const char* name : {"chromium-156-leveldb/Default", "firefox-153"})
    places.push_back(test::fixture(std::string("profiles/") + name).string());
  AuditOptions options = test::fixed_options();
  const auto named = [](const Report& report) {
    std::set<std::pair<std::string, std::string>> all;
    for (const Finding& finding : report.findings) {
      if (!finding.card.empty()) all.emplace(finding.profile, finding.card);
    }
    return all;
  };
  const auto told = [](const Report& report) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const CardUsed& card : report.cards) all.emplace_back(card.profile, card.id);
    return all;
  };
  for (const bool chosen : {false, true}) {
    if (chosen) options.selection = {{Criterion::site, "shop.example.com"}};
    const Report report = audit(resolve_profiles(places, {}), test::shipped_catalogs(), options);
    const auto all = named(report);
    CHECK(all.size() > (chosen ? 1 : 5));
    CHECK(told(report) == std::vector<std::pair<std::string, std::string>>(all.begin(), all.end()));
  }
}

TEST_CASE("what a saved report is reduced to has the cards of that") {
  test::MadeProfile made;
  made.add(kShop, "jivo_visitor_id", "987654321");
  made.add("www.example.net", "jivo_visitor_id", "123456789");
  Report report = made.audit();
  REQUIRE(report.cards.size() == 2);
  select(report, {{Criterion::site, "example.net"}}, test::shipped_catalogs());
  REQUIRE(report.cards.size() == 1);
  CHECK(report.cards[0].site == "example.net");
}

}  // namespace
}  // namespace crumbs
