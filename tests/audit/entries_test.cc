/// What a report tells of its catalogs' entries: those that it names, and no other.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "audit/entries.h"
#include "crumbs/audit.h"
#include "support/catalogs.h"
#include "support/made_profile.h"

namespace crumbs {
namespace {

const std::string kShop = "shop.example.com";

std::vector<std::string> ids_of(const std::vector<Entry>& entries) {
  std::vector<std::string> ids;
  for (const Entry& entry : entries) ids.push_back(entry.id);
  return ids;
}

/// All that the report names, in the order of the catalogs.
std::vector<std::string> named_by(const Report& report) {
  std::set<std::string> named;
  for (const Finding& finding : report.findings) {
    named.insert(finding.entry);
    for (const RunnerUp& other : finding.runner_up) named.insert(other.entry);
  }
  for (const Absent& absent : report.absent) named.insert(absent.entry);
  std::vector<std::string> ids;
  for (const Catalog& catalog : test::shipped_catalogs()) {
    for (const Entry& entry : catalog.entries()) {
      if (named.contains(entry.id)) ids.push_back(entry.id);
    }
  }
  return ids;
}

Report fixture_report(const AuditOptions& options = test::fixed_options()) {
  const auto profile = test::fixture("profiles/chromium-156-leveldb").string();
  return audit(resolve_profile(profile, {}), test::shipped_catalogs(), options);
}

TEST_CASE("a report has what the catalogs say of the entries that it names") {
  const Report report = fixture_report();
  CHECK(ids_of(report.entries) == named_by(report));
  REQUIRE(report.entries.size() == report.absent.size() + [&report] {
    std::set<std::string> found;
    for (const Finding& finding : report.findings) found.insert(finding.entry);
    found.erase("");
    return found.size();
  }());
  for (const Entry& entry : report.entries) {
    Entry expected = *test::shipped_catalogs().front().find_entry(entry.id);
    CHECK_FALSE(expected.examples.empty());
    expected.examples.clear();
    expected.counter_examples.clear();
    CHECK((entry == expected));
  }
}

TEST_CASE("what a finding might have been is named, too") {
  Report report;
  report.findings.emplace_back().runner_up = {{.entry = "c/other", .reason = "host"}};
  report.absent = {{.entry = "c/absent"}};
  EntryIds named;
  add_named(report, named);
  CHECK(named == EntryIds{"c/absent", "c/other"});
}

TEST_CASE("of a catalog as a whole a report tells its document, its names and its mistakes") {
  auto first = test::entry("a", "a"), second = test::entry("b", "b");
  first["erratum"] = {{"says", "A"}, {"likely", "a"}};
  const auto used = [&](const std::vector<nlohmann::ordered_json>& entries) {
    return catalog_used(test::parsed(test::catalog_with(entries)));
  };
  const Catalog catalog = test::parsed(test::catalog_with({first, second}));
  const CatalogUsed both = catalog_used(catalog);
  CHECK(both.id == catalog.id());
  CHECK(both.version == catalog.version());
  CHECK(both.sha256 == catalog.sha256());
  CHECK(both.title == catalog.title());
  CHECK_FALSE(both.document.title.empty());
  CHECK(both.document == catalog.document());
  CHECK(both.names_documented == 2);
  CHECK(both.errata == 1);
  CHECK_FALSE(both.states_lifetimes);
  CHECK(used({first, test::observed_entry("c", "c")}).names_documented == 1);
  second["retention"] = {{"max_age_s", 60}, {"basis", "interpretation"}, {"reason", "r"}};
  CHECK_FALSE(used({first, second}).states_lifetimes);
  second["retention"] = {{"max_age_s", 60}, {"basis", "document"}, {"section", "s"}};
  CHECK(used({second, first}).states_lifetimes);
}

TEST_CASE("mistakes in parts of values are counted with those of entries") {
  const Catalog& catalog = test::shipped_catalogs().front();
  const auto json = nlohmann::json::parse(test::read_file(catalog.file()));
  std::uint64_t errata = 0;
  for (const auto& entry : json.at("entries")) {
    errata += entry.count("erratum");
    for (const auto& field : entry.at("value").value("fields", nlohmann::json::array()))
      errata += field.count("erratum");
  }
  CHECK(errata > 1);
  CHECK(catalog_used(catalog).errata == errata);
  const Report report = fixture_report();
  REQUIRE(report.catalogs.size() == 1);
  CHECK(report.catalogs.front() == catalog_used(catalog));
}

TEST_CASE("a selection leaves the entries of what it lists") {
  AuditOptions options = test::fixed_options();
  options.selection = {{Criterion::entry, "jivochat/widget/enter_ts"}};
  const Report report = fixture_report(options);
  CHECK(ids_of(report.entries) == std::vector<std::string>{"jivochat/widget/enter_ts"});
  AuditOptions nothing = test::fixed_options();
  nothing.selection = {{Criterion::expired}, {Criterion::vendor, "jivochat"}};
  nothing.filter = [](const Finding&) { return false; };
  const Report empty = fixture_report(nothing);
  CHECK(ids_of(empty.entries) == named_by(empty));
}

TEST_CASE("a finding has the category of its entry") {
  const Report report = fixture_report();
  std::size_t with_entry = 0;
  for (const Finding& finding : report.findings) {
    const auto entry = std::ranges::find(report.entries, finding.entry, &Entry::id);
    CHECK(finding.category.has_value() == (entry != report.entries.end()));
    if (entry == report.entries.end()) continue;
    ++with_entry;
    CHECK(finding.category == entry->category);
  }
  CHECK(with_entry > 20);
}

TEST_CASE("an undocumented name has the shape of its vendor's names") {
  test::MadeProfile made;
  made.add(kShop, "jv_seen_AbC123xYz0", "1");
  made.add(kShop, "jivo_visitor_id", "987654321");
  const Report report = made.audit();
  REQUIRE(report.findings.size() == 2);
  const Finding& seen = report.findings[1];
  CHECK(seen.name == "jv_seen_AbC123xYz0");
  CHECK(seen.status == Status::undocumented);
  const std::span<const std::string> shapes = test::shipped_catalogs().front().shapes();
  CHECK(std::ranges::find(shapes, seen.shape) != shapes.end());
  CHECK(report.findings[0].shape.empty());
}

TEST_CASE("each part has its own entries, the whole has all of them") {
  test::MadeProfile first, second;
  first.add(kShop, "jivo_visitor_id", "987654321");
  second.add(kShop, "cw_timer", "1795392000");
  const std::vector<std::string> places{first.written().string(), second.written().string()};
  std::vector<std::vector<std::string>> parts;
  const Report whole =
      audit_streaming(resolve_profiles(places, {}), test::shipped_catalogs(), test::fixed_options(),
                      [&parts](const Report& part) { parts.push_back(ids_of(part.entries)); });
  REQUIRE(parts.size() == 2);
  CHECK(parts[0] == std::vector<std::string>{"jivochat/website/jivo_visitor_id"});
  CHECK(parts[1] == std::vector<std::string>{"jivochat/widget/cw_timer"});
  const Report read =
      audit(resolve_profiles(places, {}), test::shipped_catalogs(), test::fixed_options());
  CHECK(ids_of(read.entries) == named_by(read));
  CHECK(ids_of(whole.entries) == ids_of(read.entries));
}

}  // namespace
}  // namespace crumbs
