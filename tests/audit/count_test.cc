/// What a summary counts of a finding and of a store.

#include "audit/count.h"

#include <doctest/doctest.h>

#include "support/sample_report.h"

namespace crumbs {
namespace {

Summary counted_of(const Finding& finding) {
  Summary summary;
  count_finding(summary, finding);
  return summary;
}

Finding contact(Status status) {
  Finding finding = test::cookie("name", "example.com", "example.com");
  test::document(finding, "jivochat/x", ValueType::text, "x");
  finding.value.personal_data = PersonalData::contact;
  finding.status = status;
  return finding;
}

}  // namespace

TEST_CASE("each status is counted as itself") {
  CHECK(counted_of(contact(Status::documented)).documented == 1);
  CHECK(counted_of(contact(Status::drift)).drift == 1);
  CHECK(counted_of(contact(Status::undocumented)).undocumented == 1);
  CHECK(counted_of(contact(Status::possible)).possible == 1);
  CHECK(counted_of(contact(Status::ambiguous)).ambiguous == 1);
  const Summary unknown = counted_of(contact(Status::unknown));  // its store counts it
  CHECK(unknown.documented + unknown.drift + unknown.undocumented + unknown.possible +
            unknown.ambiguous + unknown.unknown ==
        0);
}

TEST_CASE("personal data counts whatever else is said of the item, and its class decides") {
  CHECK(counted_of(contact(Status::documented)).personal == 1);
  CHECK(counted_of(contact(Status::drift)).personal == 1);
  for (const PersonalData harmless : {PersonalData::none, PersonalData::unknown}) {
    Finding finding = contact(Status::documented);
    finding.value.personal_data = harmless;
    CHECK(counted_of(finding).personal == 0);
  }
}

TEST_CASE("values that cannot be had, and doubtful ones, are counted apart") {
  Finding finding = contact(Status::documented);
  CHECK(counted_of(finding).unavailable + counted_of(finding).doubtful == 0);
  finding.value.availability = Availability::unavailable;
  CHECK(counted_of(finding).unavailable == 1);
  finding.value.availability = Availability::doubtful;
  CHECK(counted_of(finding).doubtful == 1);
}

TEST_CASE("a store counts with what was read from it, an absent one not at all") {
  StoreResult store;
  store.items = 40;
  store.unknown = 7;
  store.residue = 2;
  for (const StoreStatus status :
       {StoreStatus::read, StoreStatus::partial, StoreStatus::failed, StoreStatus::unsupported}) {
    store.status = status;
    Summary summary;
    count_store(summary, store);
    CHECK(summary.stores == 1);
    CHECK(summary.stores_incomplete == (status == StoreStatus::read ? 0 : 1));
    CHECK(summary.items == 40);
    CHECK(summary.unknown == 7);
    CHECK(summary.residue == 2);
  }
  store.status = StoreStatus::absent;
  Summary summary;
  count_store(summary, store);
  CHECK(summary.stores + summary.items + summary.unknown + summary.residue == 0);
}

}  // namespace crumbs
