#include <doctest/doctest.h>

#include <algorithm>

#include "crumbs/error.h"
#include "crumbs/glob.h"
#include "crumbs/select.h"
#include "support/catalogs.h"
#include "support/sample_report.h"
#include "support/selections.h"

namespace crumbs {
namespace {

using test::at;
using test::chosen_by;

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

bool selects(const std::string& selection, const Finding& finding) {
  return Selector(chosen_by(selection), acme(), at("2026-11-23T10:00:00Z")).selects(finding);
}

void check_refused(const std::string& selection, const std::string& message) {
  try {
    const Selector selector(chosen_by(selection), acme(), at("2026-11-23T10:00:00Z"));
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

TEST_CASE("conditions of one criterion are alternatives and all criteria must hold") {
  const Finding id = acme_cookie("id", "shop.example.com", "example.com");
  const Finding ad = acme_cookie("ad", "shop.example.com", "example.com");
  CHECK(selects("", id));
  CHECK(selects("--vendor acme", id));
  CHECK(selects("--entry acme/ad --entry acme/i*", id));
  CHECK_FALSE(selects("--entry acme/ad", id));
  CHECK(selects("--category targeting", ad));
  CHECK_FALSE(selects("--category targeting", id));
  CHECK(selects("--store chromium.*", id));
  CHECK_FALSE(selects("--store firefox.*", id));
  CHECK(selects("--status drift --status documented", id));
  CHECK_FALSE(selects("--status drift", id));
  CHECK_FALSE(selects("--entry acme/id --status drift", id));
  const Finding unknown = test::cookie("x", "shop.example.com", "example.com");
  CHECK_FALSE(selects("--vendor acme", unknown));
  CHECK_FALSE(selects("--category targeting", unknown));
  CHECK_FALSE(selects("--entry *", unknown));
}

TEST_CASE("what is negated is left out, whatever else holds") {
  const Finding id = acme_cookie("id", "shop.example.com", "example.com");
  const Finding unknown = test::cookie("x", "shop.example.com", "example.com");
  CHECK_FALSE(selects("--not-vendor acme", id));
  CHECK(selects("--not-vendor acme", unknown));
  CHECK(selects("--not-category targeting", unknown));  // it has none
  CHECK_FALSE(selects("--vendor acme --not-site example.com", id));
  CHECK_FALSE(selects("--vendor acme --not-name z --not-name acme_*", id));
  CHECK(selects("--vendor acme --not-name z --not-name y", id));
  CHECK(selects("--not-expired --not-older-than 1d --not-value-unavailable", id));
}

TEST_CASE("each criterion looks at what it says") {
  Finding finding = acme_cookie("id", "shop.example.com", "example.com");
  finding.deletion = {.verdict = Verdict::retain, .basis = Basis::document};
  finding.state = ItemState::archived;
  finding.container = Container{.id = 6, .name = "Work"};
  finding.attributes.origin_attributes = {{"privateBrowsingId", "1"}};
  for (const char* selection :
       {"--name acme_*", "--name acme_id", "--kind cookie", "--verdict retain", "--basis document",
        "--state archived", "--context *Work*", "--context container=6&privateBrowsingId=1",
        "--context *private*", "--not-context default", "--status documented"}) {
    CAPTURE(selection);
    CHECK(selects(selection, finding));
  }
  for (const char* selection :
       {"--name acme", "--kind local_storage", "--verdict allowed", "--basis interpretation",
        "--state current", "--context default", "--context container=6", "--value-unavailable"}) {
    CAPTURE(selection);
    CHECK_FALSE(selects(selection, finding));
  }
  finding.container.reset();
  finding.attributes.origin_attributes.clear();
  CHECK(selects("--context default", finding));
  CHECK_FALSE(selects("--context *", finding));
  finding.value.availability = Availability::unavailable;
  CHECK(selects("--value-unavailable", finding));
  finding.value.reason = Unavailable::removed;  // nothing is missing: it had no value any more
  CHECK_FALSE(selects("--value-unavailable", finding));
}

TEST_CASE("a site is a registrable domain, or exactly one host") {
  const Finding shop = acme_cookie("id", ".Shop.Example.com", "example.com");
  CHECK(selects("--site example.com", shop));
  CHECK(selects("--site other.EXAMPLE.com", shop));
  CHECK(selects("--site =shop.example.com", shop));
  CHECK_FALSE(selects("--site =example.com", shop));
  CHECK_FALSE(selects("--site example.co", shop));
  CHECK_FALSE(selects("--site ample.com", shop));
  CHECK(selects("--site example.org --site .shop.example.com", shop));
  // In a partition the item belongs to both the place where it is kept and the site it is used on.
  const Finding partitioned = acme_cookie("id", "widget.example.net", "example.com");
  CHECK(selects("--site example.net", partitioned));
  CHECK(selects("--site example.com", partitioned));
  CHECK_FALSE(selects("--site =example.com", partitioned));
  Finding local = partitioned;
  local.kind = ItemKind::local_storage;
  local.host.clear();
  local.origin = "http://[::1]:8080";
  CHECK(selects("--site =[::1]", local));
}

TEST_CASE("age is that of the newest time known") {
  Finding finding = acme_cookie("id", "example.com", "example.com");
  CHECK_FALSE(selects("--older-than 13mo", finding));  // nothing is known
  CHECK_FALSE(newest_time(finding.times));
  finding.times.created = at("2025-10-23T09:59:59Z");
  CHECK(selects("--older-than 13mo", finding));
  CHECK(newest_time(finding.times)->word == "created");
  finding.times.accessed = at("2025-10-23T10:00:00Z");
  CHECK_FALSE(selects("--older-than 13mo", finding));
  CHECK(newest_time(finding.times)->word == "accessed");
  finding.times.updated = at("2025-10-23T10:00:00Z");
  CHECK(newest_time(finding.times)->word == "updated");
  finding.times.updated = at("2026-01-01T00:00:00Z");
  CHECK(newest_time(finding.times)->time == at("2026-01-01T00:00:00Z"));
  finding.times.expires = at("2027-01-01T00:00:00Z");  // is none
  CHECK(newest_time(finding.times)->word == "updated");
}

TEST_CASE("expiry and lifetime are told by the item's own times") {
  Finding finding = acme_cookie("id", "example.com", "example.com");
  CHECK_FALSE(selects("--expired", finding));
  CHECK_FALSE(selects("--lives-over 13mo", finding));
  finding.times.expires = at("2026-11-23T10:00:00Z");
  CHECK(selects("--expired", finding));
  finding.times.expires = at("2026-11-23T10:00:01Z");
  CHECK_FALSE(selects("--expired", finding));
  finding.times.created = at("2025-10-23T10:00:01Z");
  CHECK_FALSE(selects("--lives-over 13mo", finding));
  CHECK(selects("--lives-over 12mo", finding));
  finding.times.created = at("2025-10-23T10:00:00Z");
  CHECK(selects("--lives-over 13mo", finding));
  finding.times.updated = at("2026-10-23T10:00:00Z");  // from then on
  CHECK_FALSE(selects("--lives-over 13mo", finding));
  finding.times.updated.reset();
  finding.attributes.session = true;
  CHECK_FALSE(selects("--lives-over 13mo", finding));
  finding.kind = ItemKind::local_storage;  // has no end
  CHECK(selects("--lives-over 10000y", finding));
}

TEST_CASE("personal data is what the catalog says it is") {
  Finding finding = acme_cookie("id", "example.com", "example.com");
  CHECK_FALSE(selects("--personal-data any", finding));
  CHECK(selects("--personal-data none", finding));
  finding.value.personal_data = PersonalData::unknown;
  CHECK_FALSE(selects("--personal-data any", finding));
  finding.value.personal_data = PersonalData::identifier;
  CHECK(selects("--personal-data any", finding));
  CHECK(selects("--personal-data contact --personal-data identifier", finding));
  CHECK_FALSE(selects("--personal-data contact", finding));
  finding.entry.clear();
  CHECK_FALSE(selects("--personal-data any", finding));
}

TEST_CASE("what is not known is refused with what there is") {
  check_refused("--vendor nobody\x1b",
                "--vendor nobody\\x1b: no catalog is of this vendor (there are acme)");
  check_refused("--not-entry acme/x*",
                "--not-entry acme/x*: no catalog has such an entry (see crumbs catalog list)");
  check_refused("--site https://example.com",
                "--site https://example.com: expected a host such as shop.example.com or "
                "=shop.example.com");
  check_refused("--site =",
                "--site =: expected a host such as shop.example.com or =shop.example.com");
  check_refused("--kind cookies", "--kind cookies: expected one of cookie, local_storage");
  check_refused("--lives-over 13",
                "--lives-over 13: expected an age such as 13mo, 90d, 12h, 3w or 2y");
  CHECK_THROWS_AS(Selector(chosen_by("--store cookies"), acme(), at("2026-11-23T10:00:00Z")),
                  Error);
}

TEST_CASE("a selection is told in the words of the command line, in one order") {
  const std::string words =
      "--site =shop.example.com --site example.org --not-site example.net --vendor acme --entry "
      "acme/* --name a --store firefox.cookies --kind cookie --status drift --category targeting "
      "--personal-data any --verdict retain --basis document --state deleted --context default "
      "--expired --not-expired --older-than 13mo --lives-over 2y --value-unavailable";
  CHECK(to_string(chosen_by(words)) == words);
  CHECK(to_string(chosen_by("--vendor acme --not-site b --site a")) ==
        "--site a --not-site b --vendor acme");
  CHECK(to_string(Selection{}).empty());
  CHECK(to_string(Selection{{Criterion::context, "it's *Work me*"}}) ==
        "--context 'it'\\''s *Work me*'");
}

TEST_CASE("what a selection can choose of unknown items and of residue is known beforehand") {
  for (const char* selection :
       {"", "--site example.com", "--status unknown", "--not-status drift", "--not-vendor acme",
        "--verdict undocumented", "--not-category targeting", "--personal-data unknown",
        "--expired", "--name x"}) {
    CAPTURE(selection);
    CHECK(may_choose_unknown(chosen_by(selection)));
  }
  for (const char* selection :
       {"--vendor acme", "--entry *", "--status drift", "--not-status unknown",
        "--category targeting", "--personal-data any", "--verdict allowed", "--basis document",
        "--status unknown --vendor acme"}) {
    CAPTURE(selection);
    CHECK_FALSE(may_choose_unknown(chosen_by(selection)));
  }
  CHECK(asks_for_unknown(chosen_by("--status drift --status unknown")));
  CHECK_FALSE(asks_for_unknown(chosen_by("--not-status unknown --site example.com")));
  CHECK(asks_for_residue(chosen_by("--state current --state deleted")));
  CHECK_FALSE(asks_for_residue(chosen_by("--state current --not-state deleted")));
}

TEST_CASE("an entry is covered where a finding of it could be chosen") {
  const std::vector<Catalog> catalogs = acme();
  const Entry& ad = *catalogs.front().find_entry("acme/ad");
  const auto covers = [&](const std::string& selection) {
    return Selector(chosen_by(selection), catalogs, at("2026-11-23T10:00:00Z")).covers(ad);
  };
  for (const char* selection :
       {"--vendor acme", "--entry *ad", "--name acme_*", "--kind cookie", "--category targeting",
        "--store firefox.cookies", "--not-store chromium.*", "--site example.com", "--expired",
        "--not-kind local_storage", "--not-name acme_id"}) {
    CAPTURE(selection);
    CHECK(covers(selection));
  }
  for (const char* selection :
       {"--not-vendor acme", "--entry *id", "--name id", "--kind local_storage",
        "--not-category targeting", "--store *storage", "--not-store *cookies", "--not-name acme*",
        "--personal-data contact", "--basis observation"}) {
    CAPTURE(selection);
    CHECK_FALSE(covers(selection));
  }
}

TEST_CASE("selecting from a report lists less and counts the same") {
  Report report = test::empty_report();
  report.findings = {acme_cookie("id", "a.example", "a.example"),
                     acme_cookie("ad", "b.example", "b.example")};
  report.findings.back().value.personal_data = PersonalData::identifier;
  report.absent = {{"acme/id"}, {"acme/ad"}};
  report.entries = {test::full_entry("acme/id"), test::full_entry("acme/ad")};
  report.summary = {.items = 9, .documented = 2, .unknown = 7, .personal = 1, .stores = 1};
  const std::vector<Catalog> catalogs = acme();
  const auto take = [&](const std::string& selection) {
    Report taken = report;
    select(taken, chosen_by(selection), catalogs);
    return taken;
  };
  CHECK(take("") == report);
  Report ads = take("--category targeting");
  REQUIRE(ads.findings.size() == 1);
  CHECK(ads.findings.front().entry == "acme/ad");
  CHECK(ads.absent == std::vector<Absent>{{"acme/ad"}});
  CHECK((ads.entries == std::vector<Entry>{test::full_entry("acme/ad")}));
  CHECK(ads.summary.selected ==
        Selected{.items = 1, .documented = 1, .personal = 1, .verdicts = {{Verdict::allowed, 1}}});
  ads.summary.selected.reset();
  CHECK(ads.summary == report.summary);
  CHECK(ads.selection == "--category targeting");
  CHECK(ads.exit == Exit{});
  const Report none = take("--expired");
  CHECK(none.summary.selected == Selected{});
  CHECK(none.exit.code == 4);
  CHECK(none.exit.reasons == std::vector<Reason>{{.code = "nothing_selected",
                                                  .message = "nothing that a catalog knows is "
                                                             "selected by --expired"}});
  report.exit = {.code = 5, .reasons = {{.code = "corrupt", .message = "torn"}}};
  CHECK(take("--expired").exit == report.exit);
}

}  // namespace
}  // namespace crumbs
