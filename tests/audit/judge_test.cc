#include "audit/judge.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/catalogs.h"
#include "support/sample_report.h"

/// What is decided of an item where several entries could be meant, or its value holds something
/// that a person's rights hang on.

namespace crumbs {
namespace {

using Json = nlohmann::ordered_json;

Json with_verdict(const std::string& id, const std::string& name, const char* verdict) {
  Json entry = test::entry(id, name);
  entry["deletion"]["verdict"] = verdict;
  entry["deletion"]["consequence"] = "something is lost with " + id;
  return entry;
}

/// The finding for a cookie of this name and value on example.com.
Finding judged(const std::vector<Catalog>& catalogs, const std::string& name,
               const std::string& value = "x", const Company& company = {},
               const Times& times = {}) {
  const Matcher matcher(catalogs);
  HeldItem held;
  held.finding = test::cookie(name, "example.com", "example.com");
  held.finding.times = times;
  held.match = matcher.match(ItemKind::cookie, "example.com", name);
  held.plain.bytes = value;
  held.plain.length = value.size();
  return judge(std::move(held), {company, ValuesMode::masked, {}, false}).finding;
}

TEST_CASE("of three that tie, the strictest verdict counts wherever it stands") {
  std::vector<std::string> verdicts{"allowed", "allowed_with_consequence", "retain"};
  do {
    CAPTURE(verdicts);
    std::vector<Json> entries;
    for (std::size_t i = 0; i < verdicts.size(); ++i)
      entries.push_back(with_verdict(std::string(1, static_cast<char>('a' + i)), "acme_name",
                                     verdicts[i].c_str()));
    const Finding finding = judged(test::all_parsed({test::catalog_with(entries)}), "acme_name");
    CHECK(finding.status == Status::ambiguous);
    CHECK(finding.deletion.verdict == Verdict::retain);
    CHECK(finding.runner_up.size() == 2);
  } while (std::ranges::next_permutation(verdicts).found);
}

TEST_CASE("what ranks lower has no say in a tie") {
  const auto all = test::all_parsed(
      {test::catalog_with({with_verdict("a", "acme_name", "allowed"),
                           with_verdict("b", "acme_name", "allowed_with_consequence"),
                           with_verdict("c", "acme_${word}", "retain")})});
  const Finding finding = judged(all, "acme_name");
  CHECK(finding.status == Status::ambiguous);
  CHECK(finding.deletion.verdict == Verdict::allowed_with_consequence);
  CHECK(finding.deletion.consequence == "something is lost with b");
}

TEST_CASE("a tie is one among the candidates that are left for want of company") {
  // The generic entries fit no better than by name, and nothing of their catalogs is on the site.
  const auto generic = [](const char* catalog, const char* verdict) {
    Json json = test::catalog_with({with_verdict("g", "name", verdict)});
    json["id"] = catalog;
    json["entries"][0]["id"] = std::string(catalog) + "/g";
    json["entries"][0]["forms"][0]["distinctive"] = false;
    json["entries"][0]["scope"]["hosts"] = {"example.org"};
    return json;
  };
  Json own = test::catalog_with({with_verdict("own", "${word}", "allowed")});
  own["entries"][0]["scope"]["hosts"] = {"example.org"};
  SUBCASE("the tie is gone: no ambiguity") {
    const Finding finding = judged(
        test::all_parsed({generic("one", "allowed"), generic("two", "retain"), own}), "name");
    CHECK(finding.entry == "acme/own");
    CHECK(finding.status == Status::drift);  // another place
    CHECK(finding.deletion.verdict == Verdict::allowed);
  }
  SUBCASE("one that ranked before the tie is gone: the tie counts") {
    Json other = own;
    other["id"] = "other";
    other["entries"][0] = with_verdict("o", "${word}", "retain");
    other["entries"][0]["id"] = "other/o";
    other["entries"][0]["scope"]["hosts"] = {"example.org"};
    const Finding finding =
        judged(test::all_parsed({generic("one", "allowed"), own, other}), "name");
    CHECK(finding.status == Status::ambiguous);
    CHECK(finding.deletion.verdict == Verdict::retain);
  }
}

Json store_entry() {
  Json entry = test::entry("s", "acme_store");
  entry["value"] = {{"type", "json"},
                    {"basis", "document"},
                    {"section", "2"},
                    {"fields",
                     {{{"pointer", "/banned"},
                       {"type", "flag"},
                       {"personal_data", "behaviour"},
                       {"description", "Whether banned."},
                       {"effect_on_rights", "removes_block_record"}},
                      {{"pointer", "/choice"},
                       {"type", "text"},
                       {"personal_data", "preference"},
                       {"description", "A choice."},
                       {"effect_on_rights", "removes_opt_out"}},
                      {{"pointer", "/other"},
                       {"type", "text"},
                       {"personal_data", "none"},
                       {"description", "Anything."}}}}};
  return entry;
}

TEST_CASE("losing a part of the value that a right hangs on is told with the item") {
  Json entry = store_entry();
  const auto effect = [&entry](const std::string& value) {
    return judged(test::all_parsed({test::catalog_with({entry})}), "acme_store", value)
        .deletion.effect_on_rights;
  };
  CHECK(effect(R"({"banned":true})") == "removes_block_record");
  CHECK(effect(R"({"banned":false,"other":"x"})") == "removes_block_record");
  CHECK(effect(R"({"banned":"perhaps"})") == "removes_block_record");  // drift, and still there
  CHECK(effect(R"({"banned":1,"choice":"no"})") == "removes_block_record, removes_opt_out");
  CHECK(effect(R"({"other":"x"})").empty());
  CHECK(effect("no JSON").empty());
  entry["deletion"]["effect_on_rights"] = "removes_opt_out";
  CHECK(effect(R"({"other":"x"})") == "removes_opt_out");
  CHECK(effect(R"({"choice":"x"})") == "removes_opt_out");
  CHECK(effect(R"({"banned":1})") == "removes_opt_out, removes_block_record");
}

TEST_CASE("in a list, any element that has the part counts") {
  Json entry = store_entry();
  entry["value"]["type"] = "json_array";
  const auto all = test::all_parsed({test::catalog_with({entry})});
  CHECK(judged(all, "acme_store", R"([{"other":"x"},{"banned":true}])").deletion.effect_on_rights ==
        "removes_block_record");
  CHECK(judged(all, "acme_store", R"([{"other":"x"}])").deletion.effect_on_rights.empty());
}

/// Of an entry that documents ten days, on this basis.
std::vector<std::string> lifetime_drift(const Times& times, const char* basis = "document") {
  Json entry = test::entry("l", "acme_name");
  entry["retention"] = {{"max_age_s", 864'000}, {"basis", basis}};
  if (std::string_view(basis) == "document")
    entry["retention"]["section"] = "2";
  else
    entry["retention"]["reason"] = "as we read it";
  std::vector<std::string> rules;
  const Finding finding =
      judged(test::all_parsed({test::catalog_with({entry})}), "acme_name", "x", {}, times);
  for (const Drift& drift : finding.drift) rules.push_back(drift.rule + ": " + drift.message);
  CHECK(finding.status == (rules.empty() ? Status::documented : Status::drift));
  return rules;
}

Time seconds(std::int64_t count) {
  return {(1'795'000'000 + count) * 1'000'000};
}

TEST_CASE("a cookie that lives longer than documented is told, a minute aside") {
  using Lines = std::vector<std::string>;
  CHECK(lifetime_drift({.created = seconds(0), .expires = seconds(864'000)}) == Lines{});
  CHECK(lifetime_drift({.created = seconds(0), .expires = seconds(864'060)}) == Lines{});
  CHECK(lifetime_drift({.created = seconds(0), .expires = seconds(864'061)}) ==
        Lines{"lifetime: lives 864061 s from its last update, documented are 864000 s"});
  CHECK(lifetime_drift({.created = seconds(0), .expires = seconds(31'536'000)}) ==
        Lines{"lifetime: lives 31536000 s from its last update, documented are 864000 s"});
}

TEST_CASE("a lifetime counts from the last update") {
  const Times renewed{
      .created = seconds(-5'000'000), .updated = seconds(0), .expires = seconds(864'000)};
  CHECK(lifetime_drift(renewed).empty());
  const Times longer{.created = seconds(0), .updated = seconds(-100), .expires = seconds(864'000)};
  CHECK(lifetime_drift(longer).size() == 1);
}

TEST_CASE("without a passage, an expiry or a beginning no lifetime contradicts the document") {
  const Times forever{.created = seconds(0), .expires = seconds(31'536'000)};
  CHECK(lifetime_drift(forever).size() == 1);
  CHECK(lifetime_drift(forever, "interpretation").empty());
  CHECK(lifetime_drift({.created = seconds(0)}).empty());
  CHECK(lifetime_drift({.expires = seconds(31'536'000)}).empty());
}

TEST_CASE("a tie names every right that one of its entries says is touched") {
  Json a = with_verdict("a", "acme_name", "retain");
  Json b = with_verdict("b", "acme_name", "allowed");
  b["deletion"]["effect_on_rights"] = "removes_opt_out";
  const Finding finding = judged(test::all_parsed({test::catalog_with({a, b})}), "acme_name");
  CHECK(finding.deletion.verdict == Verdict::retain);
  CHECK(finding.deletion.effect_on_rights == "removes_opt_out");
  Json c = with_verdict("c", "acme_name", "allowed");
  c["deletion"]["effect_on_rights"] = "removes_block_record";
  CHECK(judged(test::all_parsed({test::catalog_with({a, b, c})}), "acme_name")
            .deletion.effect_on_rights == "removes_block_record, removes_opt_out");
}

TEST_CASE("only what the vendor itself keeps there now is company") {
  const auto company = [](ItemState state, const Json& entry) {
    const std::vector<Catalog> all = test::all_parsed({test::catalog_with({entry})});
    const Matcher matcher(all);
    std::vector<StoreListing> stores(1);
    HeldItem& held = stores[0].held.emplace_back();
    held.finding = test::cookie("acme_name", "example.com", "example.com");
    held.finding.state = state;
    held.match = matcher.match(ItemKind::cookie, "example.com", "acme_name");
    return find_company(stores);
  };
  const Json own = test::entry("own", "acme_name");
  CHECK(company(ItemState::current, own) == Company{{"acme", "example.com", ""}});
  for (const ItemState gone :
       {ItemState::superseded, ItemState::deleted, ItemState::orphaned, ItemState::archived})
    CHECK(company(gone, own).empty());
  Json generic = own;
  generic["forms"][0]["distinctive"] = false;
  CHECK(company(ItemState::current, generic).empty());
}

}  // namespace
}  // namespace crumbs
