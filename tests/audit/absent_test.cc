/// Which entries are called absent: those that were looked for and were not there.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "crumbs/audit.h"
#include "support/catalogs.h"
#include "support/made_profile.h"
#include "support/support.h"
#include "support/twin_profiles.h"

namespace crumbs {
namespace {

using test::fixed_options;

std::set<std::string> absent_in(const Report& report) {
  std::set<std::string> entries;
  for (const Absent& absent : report.absent) entries.insert(absent.entry);
  return entries;
}

/// The documented entries of a kind.
std::set<std::string> documented(ItemKind kind) {
  std::set<std::string> entries;
  const Catalog catalog = test::jivochat();
  for (const Entry& entry : catalog.entries()) {
    if (entry.store == kind && entry.documented()) entries.insert(entry.id);
  }
  return entries;
}

Report audit_of(const std::filesystem::path& path, const AuditOptions& options = fixed_options()) {
  return audit(resolve_profile(path.string(), {}), test::shipped_catalogs(), options);
}

}  // namespace

TEST_CASE("in a profile with one documented cookie all other documented entries are absent") {
  test::MadeProfile profile;
  profile.add("shop.example.com", "cw_timer", "1795392000");
  std::set<std::string> expected = documented(ItemKind::cookie);
  expected.merge(documented(ItemKind::local_storage));
  const Report report = profile.audit();
  REQUIRE(report.findings.size() == 1);
  expected.erase(report.findings[0].entry);
  CHECK(absent_in(report) == expected);
}

TEST_CASE("what is only residue is absent, listed or not") {
  const test::Jars jars(test::cookies(24, "jv_close_time_108801", test::kEarly),
                        test::cookies(24, "jivo_visitor_id", test::kLate));
  const Report listed = test::audit_twins(jars.profile, true);
  CHECK(test::listed_names(listed) == "(jv_close_time_108801) jivo_visitor_id");
  CHECK(absent_in(listed).contains("jivochat/widget/close_time"));
  CHECK_FALSE(absent_in(listed).contains("jivochat/website/jivo_visitor_id"));
  CHECK(absent_in(listed) == absent_in(test::audit_twins(jars.profile, false)));
}

TEST_CASE("one store that was named says nothing of what it could not hold, or others may hold") {
  const std::filesystem::path profile = test::fixture("profiles/chromium-156-leveldb/Default");
  for (const char* store : {"Cookies", "Local Storage/leveldb"}) {
    CAPTURE(store);
    const Report report = audit_of(profile / store);
    CHECK(report.complete);
    CHECK_FALSE(report.findings.empty());
    CHECK(report.absent.empty());
  }
}

TEST_CASE("what was read in part says of nothing that it is absent") {
  const test::TempDir work;
  const std::filesystem::path cut = work.path() / "cut";
  test::copy_tree(test::fixture("profiles/chromium-156-sqlite/Default"), cut);
  std::filesystem::resize_file(cut / "Cookies", 20'000);
  const Report report = audit_of(cut);
  CHECK_FALSE(report.complete);
  CHECK(absent_in(report).empty());  // both documented names of local storage are there
  const Tally& tally = report.profiles.at(0).tallies.at(0);
  CHECK(tally.names_found == 2);
  CHECK(tally.names_absent == 0);
}

TEST_CASE("a profile that was read whole says nothing of what another may hold") {
  test::MadeProfile whole, part;
  whole.add("shop.example.com", "cw_timer", "1795392000");
  part.add("shop.example.com", "city", "Springfield");
  const std::vector<std::string> both{part.written().string(), whole.written().string()};
  test::write_file(part.written() / "Cookies", "no database");
  const Report report =
      audit(resolve_profiles(both, {}), test::shipped_catalogs(), fixed_options());
  REQUIRE(report.profiles.size() == 2);
  CHECK(absent_in(report) == documented(ItemKind::local_storage));
  const Tally& tally = report.profiles[1].tallies.at(0);
  CHECK(tally.names_found == 1);
  CHECK(tally.names_absent == tally.names_documented - 1);
}

TEST_CASE("beside a profile that could not be reached nothing is absent") {
  test::MadeProfile made;
  made.add("shop.example.com", "cw_timer", "1795392000");
  const auto absent_beside = [&](MissingReason reason) {
    FoundProfiles found = resolve_profile(made.written().string(), {});
    found.missing = {{.path = "/other", .reason = reason, .message = "/other: is not read"}};
    return absent_in(audit(std::move(found), test::shipped_catalogs(), fixed_options()));
  };
  const std::set<std::string> all = absent_in(made.audit());
  for (const MissingReason nothing : {MissingReason::absent, MissingReason::not_a_directory,
                                      MissingReason::not_a_profile, MissingReason::not_a_store})
    CHECK(absent_beside(nothing) == all);
  for (const MissingReason unread : {MissingReason::unreadable, MissingReason::dangling_link,
                                     MissingReason::outside, MissingReason::other_machine})
    CHECK(absent_beside(unread).empty());
}

TEST_CASE("of one store that was named the rest of the document is not absent") {
  const Report report =
      audit_of(test::fixture("profiles/chromium-156-leveldb/Default") / "Local Storage/leveldb");
  CHECK(report.profiles.at(0).tallies.at(0).names_found == 2);
  CHECK(report.profiles.at(0).tallies.at(0).names_absent == 0);
}

TEST_CASE("what a selection does not list is there all the same") {
  test::MadeProfile profile;
  profile.add("shop.example.com", "cw_timer", "1795392000");
  profile.add("shop.example.com", "jv_site_lang", "en");
  const std::set<std::string> all = absent_in(profile.audit());
  AuditOptions options = fixed_options();
  options.selection = {{Criterion::site, "example.org"}};
  const Report none = profile.audit(options);
  CHECK(none.findings.empty());
  CHECK(absent_in(none) == all);
  options = fixed_options();
  options.filter = [](const Finding& finding) { return finding.name == "jv_site_lang"; };
  const Report one = profile.audit(options);
  CHECK(one.findings.size() == 1);
  CHECK(absent_in(one) == all);
}

TEST_CASE("an entry outside of the selection is not called absent") {
  test::MadeProfile profile;
  profile.add("shop.example.com", "cw_timer", "1795392000");
  AuditOptions options = fixed_options();
  options.selection = {{Criterion::entry, "*/city"}};
  const Report report = profile.audit(options);
  for (const std::string& entry : absent_in(report)) CHECK(entry.ends_with("/city"));
  CHECK_FALSE(report.absent.empty());
}

}  // namespace crumbs
