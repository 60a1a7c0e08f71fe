#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/differences.h"

/// What a comparison can tell of names and keys that reports mask, and what it shows of them.

namespace crumbs {
namespace {

using namespace test;

/// An item of which a report shows a name with a masked text in it.
Finding with_masked_name(std::string name, const std::string& whole_name = "") {
  Finding finding = item(std::move(name), "1");
  finding.name_masked = true;
  if (!whole_name.empty()) finding.name_digest = sha256_hex(whole_name);
  return finding;
}

TEST_CASE("names that are masked are compared by digest") {
  const Finding before = with_masked_name("jv_•••", "jv_1");
  CHECK(counts_between(before, before) == ChangeCounts{.same = 1});
  CHECK(counts_between(before, item("jv_1", "1")) == ChangeCounts{.same = 1});
  CHECK(counts_between(before, with_masked_name("jv_•••", "jv_2")) ==
        ChangeCounts{.appeared = 1, .gone = 1});
}

TEST_CASE("letters of two reports are not the same letters") {
  const Finding before = with_masked_name("jv_(A)");
  for (const Finding& after : {before, with_masked_name("jv_(B)"), with_masked_name("jv_•••")}) {
    const ItemChange change = only_change(before, after);
    CHECK(change.change == Change::cannot_tell);
    CHECK(change.unsure == "its name is masked in both");
    CHECK(change.before->name == "jv_•••");
    CHECK(change.facts.empty());
  }
  Finding whole = item("jv_1", "2");
  whole.form = MatchedForm{"jv_${v}", Basis::document, "", ""};
  whole.captured = {{"v", "1"}};
  CHECK(only_change(before, whole).unsure == "its name is masked in BEFORE");
  CHECK(only_change(whole, before).unsure == "its name is masked in AFTER");
  CHECK(only_change(before, with_masked_name("jv_•••", "jv_1")).unsure ==
        "its name is masked in BEFORE");
}

TEST_CASE("what a masked name may be is not called gone or new") {
  const Finding masked_one = with_masked_name("jv_(A)_(AB)x(");
  const ProfileChange profile =
      only_profile(compare(report_of({item("other", "1")}), report_of({masked_one}), kFull));
  REQUIRE(profile.items.size() == 2);
  CHECK(profile.items[0].change == Change::newly_seen);
  CHECK(profile.items[0].why == "its name is masked");
  CHECK(profile.items[0].after->name == "jv_•••_•••x(");
  CHECK(profile.items[1].change == Change::not_seen);
  CHECK(profile.items[1].why == "AFTER masks names on its site");
  // A name without variables, as the document has it, is never masked.
  Finding plain = item("enter_ts", "1");
  plain.form = MatchedForm{"enter_ts", Basis::document, "", ""};
  CHECK(only_profile(compare(report_of({plain}), report_of({masked_one}), kFull)).counts ==
        ChangeCounts{.newly_seen = 1, .gone = 1});
}

TEST_CASE("names show no text that the mode masks, whatever the reports show") {
  Finding mail = item("mail", "eve@example.org");
  mail.value.type = ValueType::email;
  mail.value.personal_data = PersonalData::contact;
  const Finding named = item("seen_eve@example.org", "1");
  const auto names = [&](ValuesMode mode) {
    std::vector<std::string> shown;
    const Difference difference =
        compare(report_of({}), report_of({mail, named}), {.values = mode});
    for (const ItemChange& change : only_profile(difference).items)
      shown.push_back(change.shown().name);
    return shown;
  };
  using Strings = std::vector<std::string>;
  CHECK(names(ValuesMode::full) == Strings{"mail", "seen_eve@example.org"});
  CHECK(names(ValuesMode::masked) == Strings{"mail", "seen_•••"});
  CHECK(names(ValuesMode::none) == Strings{"mail", "seen_•••"});
}

TEST_CASE("keys that no catalog describes are masked alike on both sides") {
  const auto with_key = [](const std::string& pointer, const std::string& text) {
    Finding finding = item("a", text);
    finding.value.type = ValueType::json;
    finding.value.fields = {{.pointer = pointer, .text = text, .length = text.size()}};
    return finding;
  };
  const CompareOptions options{.values = ValuesMode::masked};
  const Finding before = with_key("/ada@example.org", "1");
  const auto facts = [&](const Finding& after) {
    std::vector<std::string> told;
    for (const FactChange& fact : only_change(before, after, options).facts)
      told.push_back(fact.fact);
    return told;
  };
  using Strings = std::vector<std::string>;
  CHECK(facts(with_key("/ada@example.org", "22")) == Strings{"value", "value /•••1"});
  CHECK(facts(with_key("/bob", "22")) == Strings{"value", "value /•••1", "value /•••2"});
  // The number of another report says nothing.
  CHECK(facts(with_key("/•••1", "22")) == Strings{"value", "value /•••1"});
}

TEST_CASE("tokens are not taken from one report to another") {
  Finding before = masked("a", "12345", false), after = masked("a", "123456", false);
  before.value.token = "A";
  after.value.fields = {{.pointer = "/x", .masked = true, .token = "B"}};
  const ItemChange change = only_change(before, after, {.values = ValuesMode::masked});
  CHECK(change.before->value.token.empty());
  CHECK(change.after->value.fields.at(0).token.empty());
}

}  // namespace
}  // namespace crumbs
