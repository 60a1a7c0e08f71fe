#include <doctest/doctest.h>

#include <string>

#include <fmt/format.h>

#include "crumbs/digest_key.h"
#include "crumbs/error.h"
#include "support/made_profile.h"
#include "support/support.h"

/// Keyed digests of names and values, and the tokens that are made of them.

namespace crumbs {
namespace {

const std::string kVisitor = "987654321";
const std::string kKeyText = "a key of this test, 1";

AuditOptions with_key(ValuesMode values = ValuesMode::masked) {
  AuditOptions options = test::fixed_options();
  options.values = values;
  options.digest_key = DigestKey(kKeyText);
  return options;
}

std::string token(std::string_view text) {
  return DigestKey(kKeyText).token(text);
}

std::string digest(std::string_view text) {
  return DigestKey(kKeyText).digest(text);
}

/// A visitor's id by itself and in a name, one of a value that occurs once, one that is shown.
void add_items(test::MadeProfile& made) {
  made.add("shop.example.com", "jivo_visitor_id", kVisitor);
  made.add("shop.example.com", "jv_enter_ts_" + kVisitor, "1763856960");
  made.add("shop.example.com", "city", "Springfield");
}

/// The first finding whose name begins so; fails where there is none.
const Finding& named(const Report& report, const std::string& beginning) {
  for (const Finding& finding : report.findings)
    if (finding.name.starts_with(beginning)) return finding;
  FAIL("nothing is called ", beginning);
  return report.findings.front();
}

}  // namespace

// RFC 4231, sections 4.2, 4.4 and 4.7.
TEST_CASE("digests are HMAC-SHA-256") {
  CHECK(DigestKey(std::string(20, '\x0b')).digest("Hi There") ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(DigestKey(std::string(20, '\xaa')).digest(std::string(50, '\xdd')) ==
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  const DigestKey large(std::string(131, '\xaa'));
  CHECK(large.digest("Test Using Larger Than Block-Size Key - Hash Key First") ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(large.token("Test Using Larger Than Block-Size Key - Hash Key First") ==
        "60e431591ee0b67f");
}

TEST_CASE("without a key there is no digest, and a short key is refused") {
  const DigestKey none;
  CHECK_FALSE(none);
  CHECK(none.digest("x").empty());
  CHECK(none.token("x").empty());
  CHECK(none.id().empty());
  CHECK_THROWS_WITH_AS(DigestKey(std::string(15, 'k')), "a digest key has at least 16 bytes",
                       Error);
  const DigestKey key(std::string(16, 'k'));
  CHECK(key);
  CHECK(key.id() == key.token("crumbs digest key"));
  CHECK(key.id() != DigestKey(std::string(16, 'l')).id());
}

TEST_CASE("with a key all masked identifiers have tokens, and everything a digest") {
  test::MadeProfile made;
  add_items(made);
  const Report report = made.audit(with_key());
  CHECK(report.digest_key == DigestKey(kKeyText).id());
  const std::string name = fmt::format("jv_enter_ts_({})", token(kVisitor));
  CHECK(named(report, "jivo_visitor_id").value.token == token(kVisitor));
  CHECK(named(report, "jivo_visitor_id").value.keyed_digest == digest(kVisitor));
  CHECK(named(report, "jivo_visitor_id").name_keyed_digest == digest("jivo_visitor_id"));
  const Finding& entry_time = named(report, "jv_enter_ts_");
  CHECK(entry_time.name == name);
  CHECK(entry_time.name_keyed_digest == digest("jv_enter_ts_" + kVisitor));
  CHECK(entry_time.value.keyed_digest == digest("1763856960"));
  CHECK(named(report, "city").value.token.empty());  // of a class that tells no one apart
  CHECK(named(report, "city").value.keyed_digest == digest("Springfield"));
  REQUIRE(report.profiles[0].tallies.size() == 1);
  const auto& same = report.profiles[0].tallies[0].same_values;
  REQUIRE(same.size() == 1);
  CHECK(same[0].token == token(kVisitor));
  CHECK(same[0].items == 2);
}

TEST_CASE("an identifier that occurs once has a token") {
  test::MadeProfile made;
  made.add("shop.example.com", "jivo_visitor_id", kVisitor);
  const Report report = made.audit(with_key());
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].value.token == token(kVisitor));
  CHECK(report.profiles[0].tallies[0].same_values.empty());
}

TEST_CASE("without values only names have digests") {
  test::MadeProfile made;
  add_items(made);
  AuditOptions options = with_key(ValuesMode::none);
  const Report none = made.audit(options);
  for (const Finding& finding : none.findings) {
    CHECK(finding.value.token.empty());
    CHECK(finding.value.keyed_digest.empty());
    CHECK(finding.name_keyed_digest.size() == 64);
  }
  options.digests = true;  // as a comparison asks for them; it shows none
  CHECK(named(made.audit(options), "city").value.keyed_digest == digest("Springfield"));
}

TEST_CASE("in full there are digests and nothing to put a token for") {
  test::MadeProfile made;
  add_items(made);
  const Report full = made.audit(with_key(ValuesMode::full));
  CHECK(named(full, "jivo_visitor_id").value.token.empty());
  CHECK(named(full, "jivo_visitor_id").value.keyed_digest == digest(kVisitor));
}

TEST_CASE("a report with a key is the same after it was read from JSON") {
  test::MadeProfile made;
  add_items(made);
  const Report report = made.audit(with_key());
  std::ostringstream json;
  render(report, "json", {}, json);
  CHECK(parse_report(json.str(), "report.json") == report);
  CHECK(json.str().find(kVisitor) == std::string::npos);
  CHECK(json.str().find(kKeyText) == std::string::npos);
  // Nor is there a digest that needs no key to be tried.
  AuditOptions options = with_key();
  options.digest_key = {};
  std::ostringstream without;
  render(made.audit(options), "json", {}, without);
  CHECK(without.str().find("digest\": \"") == std::string::npos);
}

}  // namespace crumbs
