#include <doctest/doctest.h>

#include <algorithm>

#include "crumbs/error.h"
#include "crumbs/glob.h"
#include "crumbs/select.h"
#include "support/catalogs.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {

using test::at;

std::vector<Catalog> acme() {
  auto targeting = test::entry("ad", "acme_ad");
  targeting["category"]["is"] = "targeting";
  std::vector<Catalog> catalogs;
  catalogs.push_back(test::parsed(test::catalog_with({test::entry("id", "acme_id"), targeting})));
  return catalogs;
}

Finding acme_cookie(const std::string& entry, const std::string& host, const std::string& site) {
  Finding finding = test::cookie("acme_" + entry, host, site);
  test::document(finding, "acme/" + entry, ValueType::counter, "1");
  finding.catalog = "acme";
  finding.category = acme().front().find_entry(finding.entry)->category;
  return finding;
}

bool selects(const Selection& selection, const Finding& finding) {
  return Selector(selection, acme(), at("2026-11-23T10:00:00Z")).selects(finding);
}

void check_refused(const Selection& selection, const std::string& message) {
  try {
    const Selector selector(selection, acme(), at("2026-11-23T10:00:00Z"));
    FAIL("not refused: ", message);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::usage);
    CHECK(std::string(error.what()) == message);
  }
}

TEST_CASE("an age is a count and a unit") {
  CHECK(parse_age("13mo") == Age{13, 'm'});
  CHECK(parse_age("90d") == Age{90, 'd'});
  CHECK(parse_age("0h") == Age{0, 'h'});
  CHECK(parse_age("10000y") == Age{10000, 'y'});
  CHECK(parse_age("3w") == Age{3, 'w'});
  for (const char* text : {"", "13", "mo", "13m", "-1d", "+1d", "1 d", "1.5d", "10001d", "13mo ",
                           "99999999999d", "1D"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_age(text));
  }
}

TEST_CASE("months are calendar months and end with the month") {
  const auto earlier = [](const char* now, const Age& age) {
    return to_iso8601(before(at(now), age));
  };
  CHECK(earlier("2026-11-23T10:00:00Z", {13, 'm'}) == "2025-10-23T10:00:00Z");
  CHECK(earlier("2026-03-31T10:00:00Z", {1, 'm'}) == "2026-02-28T10:00:00Z");
  CHECK(earlier("2024-03-31T10:00:00Z", {1, 'm'}) == "2024-02-29T10:00:00Z");
  CHECK(earlier("2024-02-29T10:00:00Z", {1, 'y'}) == "2023-02-28T10:00:00Z");
  CHECK(earlier("2026-01-31T10:00:00Z", {2, 'm'}) == "2025-11-30T10:00:00Z");
  CHECK(earlier("2026-01-01T00:30:00Z", {1, 'h'}) == "2025-12-31T23:30:00Z");
  CHECK(earlier("2026-03-01T00:00:00Z", {2, 'w'}) == "2026-02-15T00:00:00Z");
  CHECK(earlier("1970-01-01T00:00:00Z", {1, 'm'}) == "1969-12-01T00:00:00Z");
}

TEST_CASE("a star stands for any bytes and all else for itself") {
  CHECK(fits("jivochat/widget/*", "jivochat/widget/enter_ts"));
  CHECK_FALSE(fits("jivochat/widget/*", "jivochat/site/enter_ts"));
  CHECK(fits("*_ts", "enter_ts"));
  CHECK(fits("a*b*c", "axxbyyc"));
  CHECK_FALSE(fits("a*b*c", "axxcyyb"));
  CHECK(fits("*", ""));
  CHECK_FALSE(fits("", "a"));
  CHECK_FALSE(fits("a.c", "abc"));
}

TEST_CASE("conditions of one kind are alternatives and all kinds must hold") {
  const Finding id = acme_cookie("id", "shop.example.com", "example.com");
  const Finding ad = acme_cookie("ad", "shop.example.com", "example.com");
  CHECK(selects({}, id));
  CHECK(selects({.vendors = {"acme"}}, id));
  CHECK(selects({.entries = {"acme/ad", "acme/i*"}}, id));
  CHECK_FALSE(selects({.entries = {"acme/ad"}}, id));
  CHECK(selects({.categories = {Category::targeting}}, ad));
  CHECK_FALSE(selects({.categories = {Category::targeting}}, id));
  CHECK(selects({.stores = {"chromium.*"}}, id));
  CHECK_FALSE(selects({.stores = {"firefox.*"}}, id));
  CHECK(selects({.statuses = {Status::drift, Status::documented}}, id));
  CHECK_FALSE(selects({.statuses = {Status::drift}}, id));
  CHECK_FALSE(selects({.entries = {"acme/id"}, .statuses = {Status::drift}}, id));
  Finding unknown = test::cookie("x", "shop.example.com", "example.com");
  CHECK_FALSE(selects({.vendors = {"acme"}}, unknown));
  CHECK_FALSE(selects({.categories = {Category::targeting}}, unknown));
}

TEST_CASE("a site is a registrable domain, or exactly one host") {
  const Finding shop = acme_cookie("id", ".Shop.Example.com", "example.com");
  CHECK(selects({.sites = {"example.com"}}, shop));
  CHECK(selects({.sites = {"other.EXAMPLE.com"}}, shop));
  CHECK(selects({.sites = {"=shop.example.com"}}, shop));
  CHECK_FALSE(selects({.sites = {"=example.com"}}, shop));
  CHECK_FALSE(selects({.sites = {"example.co"}}, shop));
  CHECK_FALSE(selects({.sites = {"ample.com"}}, shop));
  CHECK(selects({.sites = {"example.org", ".shop.example.com"}}, shop));
  // In a partition the item belongs to both the place where it is kept and the site it is used on.
  const Finding partitioned = acme_cookie("id", "widget.example.net", "example.com");
  CHECK(selects({.sites = {"example.net"}}, partitioned));
  CHECK(selects({.sites = {"example.com"}}, partitioned));
  CHECK_FALSE(selects({.sites = {"=example.com"}}, partitioned));
  Finding local = partitioned;
  local.kind = ItemKind::local_storage;
  local.host.clear();
  local.origin = "http://[::1]:8080";
  CHECK(selects({.sites = {"=[::1]"}}, local));
}

TEST_CASE("ages and expiry are told by the item's own times") {
  Finding finding = acme_cookie("id", "example.com", "example.com");
  const Selection old{.older_than = Age{13, 'm'}};
  const Selection expired{.expired = true};
  CHECK_FALSE(selects(old, finding));
  CHECK_FALSE(selects(expired, finding));
  finding.times.updated = at("2025-10-23T09:59:59Z");
  CHECK(selects(old, finding));
  finding.times.created = at("2025-10-23T10:00:00Z");
  CHECK_FALSE(selects(old, finding));
  finding.times.expires = at("2026-11-23T10:00:00Z");
  CHECK(selects(expired, finding));
  finding.times.expires = at("2026-11-23T10:00:01Z");
  CHECK_FALSE(selects(expired, finding));
}

TEST_CASE("personal data is what the catalog says it is") {
  Finding finding = acme_cookie("id", "example.com", "example.com");
  const Selection personal{.personal_data = true};
  CHECK_FALSE(selects(personal, finding));
  finding.value.personal_data = PersonalData::unknown;
  CHECK_FALSE(selects(personal, finding));
  finding.value.personal_data = PersonalData::identifier;
  CHECK(selects(personal, finding));
  finding.entry.clear();
  CHECK_FALSE(selects(personal, finding));
}

TEST_CASE("what is not known is refused with what there is") {
  check_refused({.vendors = {"nobody\x1b"}},
                "--vendor nobody\\x1b: no catalog is of this vendor (there are acme)");
  check_refused({.entries = {"acme/x*"}},
                "--entry acme/x*: no catalog has such an entry (see crumbs catalog list)");
  check_refused({.sites = {"https://example.com"}},
                "--site https://example.com: expected a host such as shop.example.com or "
                "=shop.example.com");
  check_refused({.sites = {"="}},
                "--site =: expected a host such as shop.example.com or =shop.example.com");
  CHECK_THROWS_AS(Selector({.stores = {"cookies"}}, acme(), at("2026-11-23T10:00:00Z")), Error);
}

TEST_CASE("a selection is told in the words of the command line") {
  const Selection selection{.vendors = {"acme"},
                            .sites = {"=shop.example.com", "example.org"},
                            .entries = {"acme/*"},
                            .stores = {"firefox.cookies"},
                            .statuses = {Status::drift},
                            .categories = {Category::targeting},
                            .personal_data = true,
                            .expired = true,
                            .older_than = Age{13, 'm'}};
  CHECK(to_string(selection) ==
        "--vendor acme --site =shop.example.com --site example.org --entry acme/* --store "
        "firefox.cookies --status drift --category targeting --personal-data --expired "
        "--older-than 13mo");
  CHECK(to_string(Selection{}).empty());
  CHECK(is_empty({}));
  CHECK_FALSE(is_empty(selection));
}

TEST_CASE("selecting from a report lists less and counts the same") {
  Report report = test::empty_report();
  report.findings = {acme_cookie("id", "a.example", "a.example"),
                     acme_cookie("ad", "b.example", "b.example")};
  report.findings.front().value.personal_data = PersonalData::identifier;
  report.absent = {{"acme/id"}, {"acme/ad"}};
  report.entries = {test::full_entry("acme/id"), test::full_entry("acme/ad")};
  report.summary = {.items = 9, .documented = 2, .unknown = 7, .personal = 1, .stores = 1};
  const std::vector<Catalog> catalogs = acme();
  const auto take = [&](Selection selection) {
    Report taken = report;
    select(taken, Selector(std::move(selection), catalogs, report.created), catalogs);
    return taken;
  };
  CHECK(take({}) == report);
  const Report ads = take({.categories = {Category::targeting}});
  REQUIRE(ads.findings.size() == 1);
  CHECK(ads.findings.front().entry == "acme/ad");
  CHECK(ads.absent == std::vector<Absent>{{"acme/ad"}});
  CHECK((ads.entries == std::vector<Entry>{test::full_entry("acme/ad")}));
  CHECK(ads.summary == report.summary);
  CHECK(ads.selection == "--category targeting");
  CHECK(ads.exit == Exit{});
  const Report none = take({.expired = true});
  CHECK(none.exit.code == 4);
  CHECK(none.exit.reasons == std::vector<Reason>{{.code = "nothing_selected",
                                                  .message = "nothing that a catalog knows is "
                                                             "selected by --expired"}});
  report.exit = {.code = 5, .reasons = {{.code = "corrupt", .message = "torn"}}};
  CHECK(take({.expired = true}).exit == report.exit);
}

}  // namespace
}  // namespace crumbs
