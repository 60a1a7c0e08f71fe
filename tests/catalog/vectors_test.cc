#include <doctest/doctest.h>

#include "crumbs/catalog.h"
#include "decode/value.h"
#include "support/catalogs.h"

namespace crumbs {
namespace {

/// A host in the entry's scope.
std::string home_of(const Catalog& catalog, const Entry& entry) {
  const std::string& first = entry.hosts.front();
  const std::string& host = first == kVendorHosts ? catalog.vendor_hosts().front() : first;
  return host == "*" ? "example.com" : "www." + host.substr(1);
}

/// Whether the entry wins the item on that host.
bool wins(const Catalog& catalog, const Entry& entry, const Example& example) {
  const Matcher matcher({&catalog, 1});
  const std::string host = example.host.empty() ? home_of(catalog, entry) : example.host;
  const MatchResult result = matcher.match(entry.store, host, example.name);
  return !result.candidates.empty() && result.candidates.front().fits_host &&
         result.candidates.front().entry == &entry && !result.ambiguous;
}

}  // namespace

TEST_CASE("each entry wins its examples and none of its counter-examples") {
  for (const Catalog catalog = test::jivochat(); const Entry& entry : catalog.entries()) {
    CAPTURE(entry.id);
    CHECK(entry.examples.size() >= 2);
    CHECK(entry.counter_examples.size() >= 2);
    for (const Example& example : entry.examples) {
      CAPTURE(example.name);
      CHECK(wins(catalog, entry, example));
    }
    for (const Example& example : entry.counter_examples) {
      CAPTURE(example.name);
      CHECK_FALSE(wins(catalog, entry, example));
    }
  }
}

TEST_CASE("each example's value is of the documented type") {
  for (const Catalog catalog = test::jivochat(); const Entry& entry : catalog.entries()) {
    CAPTURE(entry.id);
    for (const Example& example : entry.examples) {
      REQUIRE(example.value.has_value());
      for (const Drift& drift : decode_value(entry.value, *example.value).drift)
        FAIL_CHECK(*example.value << ": " << drift.message);
    }
  }
}

TEST_CASE(
    "no entry is to be retained, and each says what deleting it costs and whose judgement that "
    "is") {
  for (const Catalog catalog = test::jivochat(); const Entry& entry : catalog.entries()) {
    CAPTURE(entry.id);
    const DeletionRule& deletion = entry.deletion;
    CHECK_FALSE(deletion.consequence.empty());
    CHECK_FALSE(deletion.judgement.reason.empty());
    if (entry.documented()) {
      CHECK(deletion.loss.empty() == (deletion.verdict == Verdict::allowed));
      CHECK((deletion.verdict == Verdict::allowed ||
             deletion.verdict == Verdict::allowed_with_consequence));
      CHECK(deletion.judgement.section == "Do I have to accept them?");
    } else {
      CHECK(deletion.verdict == Verdict::undocumented);
      CHECK(deletion.judgement.section.empty());
    }
    CHECK(entry.category_basis.basis == Basis::interpretation);
    CHECK_FALSE(entry.max_age_s.has_value());
  }
}

TEST_CASE("names that anybody could use are not distinctive") {
  std::string generic;
  for (const Catalog catalog = test::jivochat(); const Entry& entry : catalog.entries()) {
    for (const Form& form : entry.forms) {
      if (!form.distinctive) generic += form.name + " ";
    }
  }
  CHECK(generic ==
        "enter_ts visits_count pages_count refer utm invitation_time country city close_time "
        "use_lp ab_test_group "
        "last_login jv_${random_string}_${jivo_widget_id} ");
}

TEST_CASE("each name of the widget's table has the document's form and the one that is seen") {
  std::size_t both = 0;
  for (const Catalog catalog = test::jivochat(); const Entry& entry : catalog.entries()) {
    if (entry.section != "Chat Widget" || entry.store != ItemKind::cookie) continue;
    CAPTURE(entry.id);
    REQUIRE(entry.forms.size() == 2);
    CHECK(entry.forms[0].basis.basis == Basis::document);
    CHECK(entry.forms[1].name == "jv_" + entry.name() + "_${jivo_widget_id}");
    CHECK(entry.forms[1].basis.basis == Basis::observation);
    CHECK(entry.forms[1].basis.observed->count > 0);
    ++both;
  }
  CHECK(both == 14);
}

TEST_CASE("the choices that deletion undoes are marked, and the document's mistakes are kept") {
  const Catalog catalog = test::jivochat();
  CHECK(catalog.find_entry("jivochat/website/jv_subscribe")->deletion.effect_on_rights ==
        "removes_subscription_choice");
  const Entry& client = *catalog.find_entry("jivochat/storage/client");
  for (const FieldEntry& field : client.value.fields) {
    CHECK(field.effect_on_rights ==
          (field.pointer == "/is_blacklisted" ? "removes_block_record" : ""));
  }
  const Entry& messages = *catalog.find_entry("jivochat/storage/messages");
  CHECK(messages.erratum->says == "jv_{$random_string}_${jivo_widget_id}");
  CHECK(messages.value.fields[1].pointer == "/text");
  CHECK(messages.value.fields[1].erratum->says == "ID of the user");
}

TEST_CASE("the document's other statements are there, and say whether a profile can show them") {
  std::string visible, invisible;
  for (const Catalog catalog = test::jivochat(); const Statement& statement : catalog.statements())
    (statement.visible_on_device ? visible : invisible) +=
        statement.id.substr(std::string("jivochat/statement/").size()) + " ";
  CHECK(visible ==
        "collected cookies-identify purpose-personalise purpose-assist purpose-measure "
        "purpose-advertise "
        "local-storage no-retention ");
  CHECK(invisible ==
        "page-tags combined not-governed need-not-accept refusal-costs browser-settings "
        "third-party-networks "
        "four-categories log-files log-files-linked ");
}

}  // namespace crumbs
