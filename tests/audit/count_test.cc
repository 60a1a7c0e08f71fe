/// What a tally counts of a finding, and a summary of tallies and stores.

#include "audit/count.h"

#include <doctest/doctest.h>

#include "rights.h"
#include "support/catalogs.h"
#include "support/made_profile.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {

const std::set<ItemKind> kBothKinds{ItemKind::cookie, ItemKind::local_storage};

Finding contact(Status status) {
  Finding finding = test::cookie("name", "example.com", "example.com");
  test::document(finding, "jivochat/widget/city", ValueType::text, "x");
  finding.value.personal_data = PersonalData::contact;
  finding.status = status;
  return finding;
}

Finding stored(const std::string& entry) {
  Finding finding = contact(Status::documented);
  finding.kind = ItemKind::local_storage;
  finding.entry = entry;
  return finding;
}

/// That of the one vendor.
Tally tally_of(const std::vector<Finding>& findings) {
  TallyCounter counter;
  for (const Finding& finding : findings) counter.add(finding);
  const std::vector<Tally> tallies = counter.tallies(test::shipped_catalogs(), kBothKinds);
  REQUIRE(tallies.size() == 1);
  CHECK(tallies[0].catalog == "jivochat");
  return tallies[0];
}

Tally tally_of(const Finding& finding) {
  return tally_of(std::vector<Finding>{finding});
}

Finding living(const char* set, const char* expires) {
  Finding finding = contact(Status::documented);
  finding.times.created = test::at("2020-01-01T00:00:00Z");
  finding.times.updated = test::at(set);
  finding.times.expires = test::at(expires);
  return finding;
}

Finding with_fields(const std::string& entry, ValueType type,
                    const std::vector<std::string>& undocumented) {
  Finding finding = stored(entry);
  finding.value.type = type;
  finding.value.fields = {{.pointer = "/known", .documented = true}};
  for (const std::string& pointer : undocumented)
    finding.value.fields.push_back({.pointer = pointer});
  return finding;
}

}  // namespace

TEST_CASE("each status is counted as itself") {
  CHECK(tally_of(contact(Status::documented)).documented == 1);
  CHECK(tally_of(contact(Status::drift)).drift == 1);
  CHECK(tally_of(contact(Status::possible)).possible == 1);
  CHECK(tally_of(contact(Status::ambiguous)).ambiguous == 1);
  Finding undocumented = contact(Status::undocumented);
  CHECK(tally_of(undocumented).undocumented == 1);
  CHECK(tally_of(undocumented).observed == 1);
  undocumented.entry.clear();
  CHECK(tally_of(undocumented).undocumented == 1);
  CHECK(tally_of(undocumented).observed == 0);
}

TEST_CASE("what no catalog knows and what is no longer used is counted by its store alone") {
  TallyCounter counter;
  counter.add(contact(Status::unknown));
  for (const ItemState state :
       {ItemState::superseded, ItemState::deleted, ItemState::orphaned, ItemState::archived}) {
    Finding residue = contact(Status::documented);
    residue.state = state;
    counter.add(residue);
  }
  CHECK(counter.tallies(test::shipped_catalogs(), kBothKinds).empty());
}

TEST_CASE("personal data is what the catalog says, and what is only possible is left out") {
  for (const Status status :
       {Status::documented, Status::drift, Status::undocumented, Status::ambiguous})
    CHECK(tally_of(contact(status)).personal == 1);
  CHECK(tally_of(contact(Status::possible)).personal == 0);
  for (const PersonalData harmless : {PersonalData::none, PersonalData::unknown}) {
    Finding finding = contact(Status::documented);
    finding.value.personal_data = harmless;
    CHECK(tally_of(finding).personal == 0);
    CHECK(tally_of(finding).personal_data.at(harmless) == 1);
  }
}

TEST_CASE("classes, verdicts and claims are those of documented items, drifting ones included") {
  std::vector<Finding> findings;
  for (const Status status : {Status::documented, Status::drift, Status::undocumented,
                              Status::possible, Status::ambiguous}) {
    findings.push_back(contact(status));
    findings.back().deletion.verdict = Verdict::allowed_with_consequence;
    findings.back().deletion.basis = Basis::interpretation;
    findings.back().deletion.effect_on_rights = "removes_opt_out";
  }
  findings[1].deletion.verdict = Verdict::retain;
  findings[1].deletion.basis = Basis::document;
  const Tally tally = tally_of(findings);
  CHECK(tally.personal_data == std::map<PersonalData, std::uint64_t>{{PersonalData::contact, 2}});
  CHECK(tally.verdicts == std::map<Verdict, std::uint64_t>{{Verdict::allowed_with_consequence, 1},
                                                           {Verdict::retain, 1}});
  CHECK(tally.bases ==
        std::map<Basis, std::uint64_t>{{Basis::interpretation, 1}, {Basis::document, 1}});
  CHECK(tally.undoes_choice == 1);  // what is to be kept undoes none
}

TEST_CASE("a record that somebody was blocked is no choice of that person") {
  const auto undoes = [](const std::string& effects) {
    Deletion deletion;
    deletion.effect_on_rights = effects;
    return undoes_choice(deletion);
  };
  CHECK_FALSE(undoes(""));
  CHECK_FALSE(undoes("removes_block_record"));
  CHECK(undoes("removes_subscription_choice"));
  CHECK(undoes("removes_block_record, removes_opt_out"));
  CHECK(undoes("removes_opt_out, removes_block_record"));
}

TEST_CASE("a site is where something certainly is, and else possible") {
  std::vector<Finding> findings{contact(Status::possible), contact(Status::ambiguous),
                                contact(Status::undocumented), contact(Status::drift)};
  findings[0].site = "both.example";
  findings[1].site = "perhaps.example";
  findings[2].site = "both.example";
  findings[3].site = "a\x1b.example";
  const Tally tally = tally_of(findings);
  CHECK(tally.sites == std::vector<std::string>{"a\\x1b.example", "both.example"});
  CHECK(tally.possible_sites == std::vector<std::string>{"perhaps.example"});
}

TEST_CASE("a lifetime is counted from the last update, to the calendar's months") {
  const auto over = [](const char* set, const char* expires) {
    return tally_of(living(set, expires)).lifetimes.over_13_months;
  };
  CHECK(over("2026-01-31T00:00:00Z", "2027-02-28T00:00:00Z") == 0);
  CHECK(over("2026-01-15T00:00:00Z", "2027-02-15T00:00:00Z") == 0);
  CHECK(over("2026-01-15T00:00:00Z", "2027-02-15T00:00:01Z") == 1);
  Finding session = contact(Status::documented), unset = session, fresh = session;
  session.attributes.session = true;
  unset.times.expires = test::at("2027-01-01T00:00:00Z");
  fresh.times.created = test::at("2026-01-01T00:00:00Z");
  fresh.times.expires = test::at("2026-01-01T00:01:00Z");
  const Lifetimes lifetimes =
      tally_of({session, unset, fresh, living("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"),
                living("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"),
                stored("jivochat/storage/client")})
          .lifetimes;
  CHECK(lifetimes == Lifetimes{.never_expires = 1, .session = 1, .limited = 3, .longest_s = 3600});
  CHECK(tally_of(session).lifetimes == Lifetimes{.session = 1});
}

TEST_CASE("undocumented parts are counted by occurrence, by key and by item") {
  std::vector<Finding> findings{
      with_fields("jivochat/storage/client", ValueType::json, {"/flag", "/other"}),
      with_fields("jivochat/storage/client", ValueType::json, {"/flag"}),
      with_fields("jivochat/storage/messages", ValueType::json_array, {"/0/flag", "/1/flag"}),
      with_fields("jivochat/storage/client", ValueType::json, {})};
  findings[3].value.fields.push_back({.pointer = "/gone", .present = false});
  const Tally tally = tally_of(findings);
  CHECK(tally.undocumented_fields == 5);
  CHECK(tally.undocumented_keys == 3);
  CHECK(tally.with_undocumented_fields == 3);
}

TEST_CASE("names of the document are counted once each, and only those") {
  Finding observed = stored("jivochat/observed/email");
  observed.status = Status::undocumented;
  const Tally tally = tally_of({contact(Status::documented), contact(Status::drift),
                                stored("jivochat/storage/client"), observed});
  CHECK(tally.names_found == 2);
  std::uint64_t documented = 0;
  const Catalog catalog = test::jivochat();
  for (const Entry& entry : catalog.entries()) documented += entry.documented() ? 1 : 0;
  CHECK(tally.names_documented == documented);
  CHECK(tally.names_absent == documented - 2);
}

TEST_CASE("values that cannot be had, and doubtful ones, are counted apart") {
  Finding finding = contact(Status::documented);
  CHECK(tally_of(finding).unavailable + tally_of(finding).doubtful == 0);
  finding.value.availability = Availability::unavailable;
  CHECK(tally_of(finding).unavailable == 1);
  finding.value.availability = Availability::doubtful;
  CHECK(tally_of(finding).doubtful == 1);
}

TEST_CASE("a summary adds up tallies") {
  Tally tally;
  tally.documented = 1;
  tally.drift = 2;
  tally.undocumented = 3;
  tally.possible = 4;
  tally.ambiguous = 5;
  tally.undocumented_fields = 6;
  tally.unavailable = 7;
  tally.doubtful = 8;
  tally.personal = 9;
  tally.personal_data = {{PersonalData::contact, 10}};
  tally.verdicts = {{Verdict::retain, 11}};
  tally.bases = {{Basis::document, 12}};
  tally.lifetimes = {.never_expires = 13, .session = 14, .limited = 15, .over_13_months = 16};
  tally.by_site = {{.site = "b.example", .documented = 17, .personal = 18}};
  Tally other = tally;
  other.lifetimes.longest_s = 19;
  other.by_site.insert(other.by_site.begin(), SiteCounts{.site = "a.example", .drift = 20});
  SummaryCounter counter;
  counter.add(
      ProfileReport{.profile = {}, .stores = {}, .tallies = {other, tally}, .also_there = {}});
  CHECK(counter.summary() ==
        Summary{.documented = 2,
                .drift = 4,
                .undocumented = 6,
                .possible = 8,
                .ambiguous = 10,
                .undocumented_fields = 12,
                .unavailable = 14,
                .doubtful = 16,
                .personal = 18,
                .personal_data = {{PersonalData::contact, 20}},
                .verdicts = {{Verdict::retain, 22}},
                .bases = {{Basis::document, 24}},
                .lifetimes = {.never_expires = 26,
                              .session = 28,
                              .limited = 30,
                              .over_13_months = 32,
                              .longest_s = 19},
                .by_site = {{.site = "a.example", .drift = 20},
                            {.site = "b.example", .documented = 34, .personal = 36}}});
}

Summary summary_of(const StoreResult& store) {
  SummaryCounter counter;
  counter.add(ProfileReport{.profile = {}, .stores = {store}, .tallies = {}, .also_there = {}});
  return counter.summary();
}

TEST_CASE("a store counts with what was read from it, an absent one not at all") {
  StoreResult store;
  store.items = 40;
  store.unknown = 7;
  store.residue = 2;
  for (const StoreStatus status :
       {StoreStatus::read, StoreStatus::partial, StoreStatus::failed, StoreStatus::unsupported}) {
    store.status = status;
    const Summary summary = summary_of(store);
    CHECK(summary.stores == 1);
    CHECK(summary.stores_incomplete == (status == StoreStatus::read ? 0 : 1));
    CHECK(summary.items == 40);
    CHECK(summary.unknown == 7);
    CHECK(summary.residue == 2);
  }
  store.status = StoreStatus::absent;
  const Summary summary = summary_of(store);
  CHECK(summary.stores + summary.items + summary.unknown + summary.residue == 0);
}

}  // namespace crumbs
