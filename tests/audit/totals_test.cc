/// Totals are of what was read: listing more or less changes none of them.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "audit/cards.h"
#include "crumbs/audit.h"
#include "support/made_profile.h"
#include "support/sample_report.h"
#include "support/support.h"

namespace crumbs {
namespace {

using test::fixed_options;

Report audit_of(const std::string& fixture, const AuditOptions& options) {
  return audit(resolve_profile(test::fixture("profiles/" + fixture).string(), {}),
               test::shipped_catalogs(), options);
}

/// Every way to list more or less.
std::vector<AuditOptions> listings() {
  std::vector<AuditOptions> ways;
  for (const bool all : {false, true}) {
    for (const bool residue : {false, true}) {
      ways.push_back(fixed_options());
      ways.back().all = all;
      ways.back().residue = residue;
    }
  }
  ways.push_back(ways.back());  // as show: all of it, by name
  ways.back().filter = [](const Finding& finding) { return finding.name == "enter_ts"; };
  ways.push_back(fixed_options());
  ways.back().filter = [](const Finding&) { return false; };
  return ways;
}

void check_same_totals(const Report& plain, const Report& report) {
  CHECK(report.summary == plain.summary);
  CHECK(report.absent == plain.absent);
  REQUIRE(report.profiles.size() == plain.profiles.size());
  for (std::size_t i = 0; i < plain.profiles.size(); ++i) {
    CHECK(report.profiles[i].tallies == plain.profiles[i].tallies);
    CHECK(report.profiles[i].stores == plain.profiles[i].stores);
  }
}

}  // namespace

TEST_CASE("what is listed changes no count, in any profile") {
  for (const char* fixture :
       {"chromium-64", "chromium-85", "chromium-109", "chromium-156-leveldb", "chromium-156-sqlite",
        "chromium-156-sqlite-live", "firefox-153", "firefox-153-live"}) {
    CAPTURE(fixture);
    const Report plain = audit_of(fixture, fixed_options());
    const Summary& sum = plain.summary;
    CHECK(sum.documented + sum.drift + sum.undocumented + sum.possible + sum.ambiguous +
              sum.unknown + sum.residue ==
          sum.items);
    for (const AuditOptions& way : listings()) check_same_totals(plain, audit_of(fixture, way));
    AuditOptions chosen = fixed_options();
    chosen.selection = {{Criterion::site, "example.net"}};
    Report selected = audit_of(fixture, chosen);
    REQUIRE(selected.summary.selected);
    CHECK(selected.summary.selected->items == selected.findings.size());
    selected.summary.selected.reset();
    CHECK(selected.summary == sum);
  }
}

TEST_CASE("residue of another installation does not part the card of what is there") {
  const auto item = [](const std::string& widget, ItemState state) {
    Finding finding = test::cookie("jv_visits_count_" + widget, "example.com", "example.com");
    finding.catalog = "jivochat";
    finding.state = state;
    finding.captured = {{"jivo_widget_id", widget}};
    return finding;
  };
  std::vector<Finding> findings{item("111111", ItemState::current),
                                item("222222", ItemState::deleted)};
  assign_cards(findings, {{{"jivochat", "jivo_widget_id"}, "widget"}});
  CHECK(findings[0].card == "jivochat|example.com");
  findings[1].state = ItemState::current;
  assign_cards(findings, {{{"jivochat", "jivo_widget_id"}, "widget"}});
  CHECK(findings[0].card == "jivochat|example.com|111111");
  CHECK(findings[1].card == "jivochat|example.com|222222");
}

TEST_CASE("the tally of a profile that is known by heart") {
  const Report report = audit_of("chromium-156-leveldb", fixed_options());
  REQUIRE(report.profiles.size() == 1);
  REQUIRE(report.profiles[0].tallies.size() == 1);
  const Tally& tally = report.profiles[0].tallies[0];
  CHECK(report.summary == Summary{.items = 72,
                                  .documented = 39,
                                  .undocumented = 1,
                                  .possible = 2,
                                  .unknown = 26,
                                  .residue = 4,
                                  .undocumented_fields = 4,
                                  .personal = 34,
                                  .stores = 2,
                                  .personal_data = tally.personal_data,
                                  .verdicts = tally.verdicts,
                                  .bases = tally.bases,
                                  .lifetimes = tally.lifetimes,
                                  .by_site = tally.by_site});
  CHECK(tally.sites == std::vector<std::string>{"example.com", "example.net", "jivochat.com"});
  CHECK(tally.possible_sites == std::vector<std::string>{"google.com"});
  CHECK(tally.personal_data ==
        std::map<PersonalData, std::uint64_t>{{PersonalData::none, 4},
                                              {PersonalData::unknown, 1},
                                              {PersonalData::contact, 4},
                                              {PersonalData::content, 4},
                                              {PersonalData::identifier, 1},
                                              {PersonalData::location, 3},
                                              {PersonalData::preference, 3},
                                              {PersonalData::behaviour, 19}});
  CHECK(tally.verdicts == std::map<Verdict, std::uint64_t>{
                              {Verdict::allowed, 21}, {Verdict::allowed_with_consequence, 18}});
  CHECK(tally.undoes_choice == 1);
  CHECK(tally.lifetimes.never_expires == 8);
  CHECK(tally.lifetimes.limited == 31);
  CHECK(tally.lifetimes.session + tally.lifetimes.over_13_months == 0);
  CHECK(tally.undocumented_keys == 1);
  CHECK(tally.with_undocumented_fields == 4);
  CHECK(tally.names_found == 31);
  CHECK(tally.names_documented == 31);
}

}  // namespace crumbs
