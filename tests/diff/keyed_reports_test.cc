#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "crumbs/digest_key.h"
#include "support/differences.h"

/// Masked reports are compared by the digests of a key that both were made with.

namespace crumbs {
namespace {

using namespace test;

const DigestKey kKey("0123456789abcdef"), kOther("fedcba9876543210");

Report keyed(std::vector<Finding> findings, const DigestKey& key = kKey) {
  Report report = report_of(std::move(findings));
  report.values = ValuesMode::masked;
  report.digest_key = key.id();
  return report;
}

/// As an audit with the key shows it: masked, with digests of name and value.
Finding hidden(const std::string& name, const std::string& text, const DigestKey& key = kKey) {
  Finding finding = masked(name, text, false);
  finding.value.length = 10;
  finding.value.token = key.token(text);
  finding.value.keyed_digest = key.digest(text);
  finding.name_keyed_digest = key.digest(name);
  return finding;
}

Finding with_masked_name(const std::string& name, const std::string& shown) {
  Finding finding = hidden(name, "1");
  finding.name = shown;
  finding.name_masked = true;
  return finding;
}

ProfileChange between(const Report& before, const Report& after, const CompareOptions& options) {
  return only_profile(compare(before, after, options));
}

}  // namespace

TEST_CASE("masked values are compared by digests of one key") {
  const Finding before = hidden("visitor", "1111111111");
  CHECK(between(keyed({before}), keyed({before}), kFull).counts == ChangeCounts{.same = 1});
  const ProfileChange changed =
      between(keyed({before}), keyed({hidden("visitor", "2222222222")}), kFull);
  REQUIRE(changed.items.size() == 1);
  CHECK(changed.items[0].change == Change::changed);
  REQUIRE(changed.items[0].facts.size() == 1);
  CHECK(changed.items[0].facts[0].fact == "value");
  CHECK(changed.items[0].facts[0].hidden);  // the masks look alike
  CHECK(changed.items[0].before->value.token == kKey.token("1111111111"));
  CHECK(changed.items[0].after->value.token == kKey.token("2222222222"));
  CHECK(changed.items[0].after->value.keyed_digest.empty());
  CHECK(changed.items[0].after->name_keyed_digest.empty());
}

TEST_CASE("a report that shows all is compared by the key as well") {
  Finding shown = item("visitor", "1111111111");
  shown.value.length = 10;
  shown.value.keyed_digest = kKey.digest("1111111111");
  shown.name_keyed_digest = kKey.digest("visitor");
  Report full = keyed({shown});
  full.values = ValuesMode::full;
  CHECK(between(full, keyed({hidden("visitor", "1111111111")}), {}).counts ==
        ChangeCounts{.same = 1});
  CHECK(between(keyed({hidden("visitor", "3333333333")}), full, {}).counts ==
        ChangeCounts{.changed = 1});
}

TEST_CASE("digests of different keys, or of none, prove nothing") {
  const Finding finding = hidden("visitor", "1111111111");
  const Finding other = hidden("visitor", "1111111111", kOther);
  const Finding plain = masked("visitor", "1111111111", true);
  Report none = keyed({plain});
  none.digest_key.clear();
  for (const auto& [report, key] :
       {std::pair(keyed({other}, kOther), kOther.id()), std::pair(none, std::string("none"))}) {
    const Difference difference = compare(keyed({finding}), report, kFull);
    const ProfileChange profile = only_profile(difference);
    REQUIRE(profile.items.size() == 1);
    CHECK(profile.items[0].change != Change::changed);
    CHECK(profile.items[0].before->value.token.empty());  // they would look comparable
    CHECK(difference.remarks.at(0) == "digest key: " + kKey.id() + " in BEFORE, " + key +
                                          " in AFTER; what either masks cannot be compared by "
                                          "tokens");
  }
}

TEST_CASE("masked names are told apart by digests of one key") {
  const Finding before = with_masked_name("seen_1234", "seen_(0123456789abcdef)");
  CHECK(between(keyed({before}), keyed({before}), kFull).counts == ChangeCounts{.same = 1});
  // One of them masks the name: only there the text is a value as well.
  CHECK(between(keyed({before}), keyed({hidden("seen_1234", "1")}), kFull).counts ==
        ChangeCounts{.same = 1});
  const ProfileChange others =
      between(keyed({before}), keyed({with_masked_name("seen_5678", "seen_•••")}), kFull);
  CHECK(others.counts == ChangeCounts{.appeared = 1, .gone = 1});
  REQUIRE(others.items.size() == 2);
  CHECK(others.items[1].before->name == "seen_(0123456789abcdef)");
}

TEST_CASE("tokens of another key are not shown beside those of this one") {
  const Finding before = with_masked_name("seen_1234", "seen_(0123456789abcdef)_(01234)");
  const ProfileChange profile = between(keyed({before}), keyed({}, kOther), kFull);
  REQUIRE(profile.items.size() == 1);
  CHECK(profile.items[0].before->name == "seen_•••_(01234)");
}

TEST_CASE("parts of a structure are told apart by their tokens") {
  const auto with_part = [](const std::string& text, const std::string& rest = "") {
    Finding finding = hidden("store", "{\"id\":\"" + text + "\"}" + rest);
    ValueField field;
    field.pointer = "/id";
    field.documented = true;
    field.text = "••••••";
    field.masked = true;
    field.length = text.size();
    field.token = kKey.token(text);
    finding.value.fields = {field};
    return finding;
  };
  const auto facts_between = [](const Finding& before, const Finding& after) {
    const ProfileChange profile = between(keyed({before}), keyed({after}), kFull);
    REQUIRE(profile.items.size() == 1);
    std::vector<std::string> facts;
    for (const FactChange& fact : profile.items[0].facts) facts.push_back(fact.fact);
    return facts;
  };
  using Facts = std::vector<std::string>;
  CHECK(facts_between(with_part("111111"), with_part("222222")) == Facts{"value", "value /id"});
  CHECK(facts_between(with_part("111111"), with_part("111111", " ")) == Facts{"value"});
  // A part that was shown and is masked by the comparison has no token: it may be the same.
  Finding tokenless = with_part("111111", " ");
  tokenless.value.fields[0].token.clear();
  CHECK(facts_between(with_part("111111"), tokenless) == Facts{"value"});
}

}  // namespace crumbs
