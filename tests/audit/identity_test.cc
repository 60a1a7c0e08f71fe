/// Ids tell every item of every profile apart; fingerprints are equal wherever the same thing is
/// set.

#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "audit/identity.h"
#include "support/made_profile.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;

const std::string kShop = "shop.example.com";

Report audit_of(const std::vector<std::string>& places,
                const AuditOptions& options = test::fixed_options()) {
  return audit(resolve_profiles(places, {}), test::shipped_catalogs(), options);
}

/// What a shop and its chat set for one visitor.
void visit(test::MadeProfile& made, const std::string& visitor, const std::string& host = kShop) {
  made.add(host, "jivo_visitor_id", visitor);
  made.add(host, "jv_enter_ts_AbC123xYz0", "17" + visitor.substr(0, 8));
  made.add(host, "jv_seen_" + visitor, "1");
  made.store("https://" + host + "/", "jv_store_AbC123xYz0_client",
             R"({"visitorId":")" + visitor + R"("})");
}

std::vector<std::string> fingerprints(const Report& report) {
  std::vector<std::string> all;
  for (const Finding& finding : report.findings) all.push_back(finding.fingerprint);
  return all;
}

TEST_CASE("fingerprints are equal for every visitor on every machine, ids are not") {
  test::MadeProfile first, second;
  visit(first, "987654321");
  visit(second, "123456789");
  for (const ValuesMode values : {ValuesMode::masked, ValuesMode::none, ValuesMode::full}) {
    AuditOptions options = test::fixed_options();
    options.values = values;
    const Report one = first.audit(options), other = second.audit(options);
    REQUIRE(one.findings.size() == 4);
    CHECK(fingerprints(one) == fingerprints(other));
    CHECK(fingerprints(one) == fingerprints(first.audit()));
    std::set<std::string> ids, prints;
    for (const Finding& finding : one.findings) {
      CHECK(finding.fingerprint.size() == 32);
      prints.insert(finding.fingerprint);
      ids.insert(finding.id);
    }
    for (const Finding& finding : other.findings) ids.insert(finding.id);
    CHECK(prints.size() == 4);
    CHECK(ids.size() == 8);
  }
}

TEST_CASE("a fingerprint does not depend on what is read or listed beside the item") {
  test::MadeProfile alone, beside;
  alone.add(kShop, "jivo_visitor_id", "987654321");
  visit(beside, "987654321");
  AuditOptions all = test::fixed_options();
  all.all = true;
  all.residue = true;
  CHECK(alone.audit().findings.at(0).fingerprint == beside.audit(all).findings.at(0).fingerprint);
}

TEST_CASE("two users' profiles of one name have no id in common") {
  test::MadeProfile made;
  visit(made, "987654321");
  const test::TempDir work;
  std::vector<std::string> places;
  for (const char* user : {"ada", "bob"}) {
    test::copy_tree(made.written(), work.path() / user / "Default");
    places.push_back((work.path() / user / "Default").string());
  }
  const Report report = audit_of(places);
  REQUIRE(report.profiles.size() == 2);
  CHECK(report.profiles[0].profile.name == report.profiles[1].profile.name);
  std::set<std::string> ids;
  for (const Finding& finding : report.findings) ids.insert(finding.id);
  CHECK(ids.size() == 8);
  CHECK(report.profiles[0].profile.id != report.profiles[1].profile.id);
  CHECK(report.profiles[1].profile.id == audit_of({places[1]}).profiles[0].profile.id);
}

TEST_CASE("labels tell profiles and items of one path on two machines apart") {
  test::MadeProfile made;
  visit(made, "987654321");
  AuditOptions here = test::fixed_options(), there = here;
  here.labels = {{"device", "pc1"}};
  there.labels = {{"device", "pc2"}};
  const Report one = made.audit(here), other = made.audit(there);
  CHECK(one.labels == here.labels);
  CHECK(one.profiles[0].profile.id == profile_id(one.profiles[0].profile, here.labels));
  CHECK(one.profiles[0].profile.id != other.profiles[0].profile.id);
  for (std::size_t i = 0; i < one.findings.size(); ++i) {
    CHECK(one.findings[i].id != other.findings[i].id);
    CHECK(one.findings[i].fingerprint == other.findings[i].fingerprint);
  }
}

TEST_CASE("the id of a profile tells nothing that its path masks") {
  const test::TempDir work;
  const auto id_beside = [&work](const std::string& visitor) {
    test::MadeProfile made;
    made.add(kShop, "jivo_visitor_id", visitor);
    const fs::path place = work.path() / visitor / "Default";
    test::copy_tree(made.written(), place);
    const Report report = audit_of({place.string()});
    CHECK(report.profiles[0].profile.path.native().find(visitor) == std::string::npos);
    return report.profiles[0].profile.id;
  };
  CHECK(id_beside("987654321") == id_beside("123456789"));
}

TEST_CASE("two stores of one profile that were named apart are two profiles") {
  test::MadeProfile made;
  visit(made, "987654321");
  const fs::path profile = made.written();
  const Report report =
      audit_of({(profile / "Cookies").string(), (profile / "LocalStorage").string()});
  REQUIRE(report.profiles.size() == 2);
  CHECK(report.profiles[0].profile.id != report.profiles[1].profile.id);
  for (const ProfileReport& part : report.profiles) {
    const fs::path store = profile / part.profile.only_store.value();
    CHECK(audit_of({store.string()}).profiles.at(0).profile.id == part.profile.id);
  }
}

TEST_CASE("an id is the same however the way to the profile is written") {
  test::MadeProfile made;
  visit(made, "987654321");
  const fs::path profile = made.written();
  const std::string id = made.audit().findings.at(0).id;
  const test::TempDir work;
  fs::create_directory_symlink(profile, work.path() / "Default");
  CHECK(audit_of({(work.path() / "Default").string()}).findings.at(0).id == id);
  CHECK(audit_of({(profile / ".." / "Default").string()}).findings.at(0).id == id);
  CHECK(audit_of({fs::relative(profile).string()}).findings.at(0).id == id);
}

TEST_CASE("each part of where an item lies makes another fingerprint, what varies makes none") {
  Finding base = test::cookie("a", ".example.com", "example.com");
  base.partition = Partition{
      .top_level_site = "https://a.example", .cross_site_ancestor = false, .raw = "nonce 1"};
  base.container = Container{.id = 1, .name = "Personal"};
  base.attributes.source_port = 443;
  const ShownParts shown{.name = "a", .path = "/", .file = "Cookies"};
  const std::string print = fingerprint_of(base, shown);
  using Change = std::function<void(Finding&, ShownParts&)>;
  const std::map<std::string, Change> parting{
      {"host", [](Finding& one, ShownParts&) { one.host = "example.com"; }},
      {"origin", [](Finding& one, ShownParts&) { one.origin = "https://example.com"; }},
      {"kind", [](Finding& one, ShownParts&) { one.kind = ItemKind::local_storage; }},
      {"entry", [](Finding& one, ShownParts&) { one.entry = "a"; }},
      {"name", [](Finding&, ShownParts& parts) { parts.name = "b"; }},
      {"path", [](Finding&, ShownParts& parts) { parts.path = "/shop"; }},
      {"site", [](Finding& one, ShownParts&) { one.partition->top_level_site = "https://b"; }},
      {"ancestor", [](Finding& one, ShownParts&) { one.partition->cross_site_ancestor = true; }},
      {"partition", [](Finding& one, ShownParts&) { one.partition.reset(); }},
      {"container", [](Finding& one, ShownParts&) { one.container->id = 2; }},
      {"private", [](Finding& one, ShownParts&) {
         one.attributes.origin_attributes = {{"privateBrowsingId", "1"}};
       }}};
  std::set<std::string> prints{print};
  for (const auto& one : parting) {
    Finding finding = base;
    ShownParts parts = shown;
    one.second(finding, parts);
    INFO(one.first);
    CHECK(prints.insert(fingerprint_of(finding, parts)).second);
  }
  const std::map<std::string, Change> same{
      {"state", [](Finding& one, ShownParts&) { one.state = ItemState::deleted; }},
      {"value", [](Finding& one, ShownParts&) { one.value.text = "secret"; }},
      {"random", [](Finding& one, ShownParts&) { one.partition->raw = "nonce 2"; }},
      {"port", [](Finding& one, ShownParts&) { one.attributes.source_port = 8080; }},
      {"container's name", [](Finding& one, ShownParts&) { one.container->name = "Privat"; }},
      {"bytes of the name", [](Finding& one, ShownParts&) { one.name = "masked"; }},
      {"file", [](Finding&, ShownParts& parts) { parts.file = "Network/Cookies"; }},
      {"profile", [](Finding& one, ShownParts&) { one.profile = "p9"; }}};
  for (const auto& one : same) {
    Finding finding = base;
    ShownParts parts = shown;
    one.second(finding, parts);
    INFO(one.first);
    CHECK(fingerprint_of(finding, parts) == print);
  }
  Finding documented = base;
  documented.entry = "acme/id";
  ShownParts other = shown;
  other.name = "b";
  CHECK(fingerprint_of(documented, shown) == fingerprint_of(documented, other));
}

}  // namespace
}  // namespace crumbs
