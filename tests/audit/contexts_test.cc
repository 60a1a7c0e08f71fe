/// Containers, private windows, first-party isolation and partitions keep items apart: no card, no
/// company and no comparison spans two of them (shared case F15: cookies of one name in each).

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "context.h"
#include "support/cookie_profiles.h"
#include "support/made_profile.h"

namespace crumbs {

using test::kLooseFirefox;

namespace {

/// A Firefox profile with one cookie an origin-attribute suffix.
struct Contexts {
  test::TempDir directory;
  std::string sql = kLooseFirefox;
  int rows = 0;

  void add(const std::string& suffix, const std::string& name = "jivo_visitor_id",
           const std::string& host = "www.jivochat.com") {
    ++rows;
    sql += fmt::format(
        "INSERT INTO moz_cookies VALUES({0},'{1}','{2}','{4}','{3}','/',1811000000000,"
        "1795000000000000,1795000000000000,1,0,0,1,2,0,1795000000000000);",
        rows, suffix, name, host, 1'795'000'000 + rows);
  }
  [[nodiscard]] Report audit() const {
    test::build_database(directory.path() / "cookies.sqlite", sql);
    return crumbs::audit(resolve_profile(directory.path().string(), {}), test::shipped_catalogs(),
                         test::fixed_options());
  }
};

}  // namespace

TEST_CASE("each context has its card and its title, and no two are compared") {
  Contexts profile;
  const std::map<std::string, std::string> titles = {
      {"", "jivochat.com, its own site"},
      {"^userContextId=6", "jivochat.com, its own site, container 6"},
      {"^userContextId=99", "jivochat.com, its own site, container 99"},
      {"^privateBrowsingId=1", "jivochat.com, its own site, private window"},
      {"^geckoViewUserContextId=67656e", "jivochat.com, its own site, session context 67656e"},
      {"^newAttr=zzz&userContextId=6", "jivochat.com, its own site, container 6, newAttr zzz"},
      {"^firstPartyDomain=example.com", "example.com, isolated for example.com"},
      {"^partitionKey=%28https%2Cexample.net%29", "example.net"},
      {"^partitionKey=%28https%2Cexample.net%29&userContextId=6", "example.net, container 6"}};
  for (const auto& [suffix, title] : titles) profile.add(suffix);
  const Report report = profile.audit();
  CHECK(report.complete);
  CHECK(report.summary.documented == titles.size());
  std::set<std::string> cards, ids;
  for (const Finding& finding : report.findings) {
    CHECK(finding.notes.empty());
    cards.insert(finding.card);
    ids.insert(finding.id);
  }
  CHECK(cards.size() == titles.size());
  CHECK(ids.size() == titles.size());
  const std::string text = test::text_of(report);
  for (const auto& [suffix, title] : titles) {
    const std::string heading = "── " + title + " · 1 item ─";
    CAPTURE(heading);
    CHECK(text.find(heading) != std::string::npos);
  }
}

TEST_CASE("partitions of one site lie on one card, told apart, and are not compared") {
  Contexts profile;
  profile.add("^partitionKey=%28https%2Cexample.com%29");
  profile.add("^partitionKey=%28https%2Cexample.com%2C8443%29");
  profile.add("^partitionKey=%28https%2Cexample.com%2Cf%29");
  const Report report = profile.audit();
  REQUIRE(report.findings.size() == 3);
  std::set<std::string> ids, cards;
  for (const Finding& finding : report.findings) {
    CHECK(finding.site == "example.com");
    CHECK(finding.notes.empty());
    ids.insert(finding.id);
    cards.insert(finding.card);
  }
  CHECK(ids.size() == 3);
  CHECK(cards == std::set<std::string>{"jivochat|example.com"});
  const std::string text = test::text_of(report, TextLevel::verbose);
  CHECK(text.find("3 places: www.jivochat.com inside https://example.com, www.jivochat.com inside "
                  "https://example.com by way of another site, www.jivochat.com inside "
                  "https://example.com:8443 ·") != std::string::npos);
}

TEST_CASE("an item without a host is told as that") {
  Contexts profile;
  profile.add("", "jv_site_lang", "");
  CHECK(test::text_of(profile.audit()).find("cookie on (no host) ·") != std::string::npos);
}

TEST_CASE("ids of one context that differ are still told") {
  Contexts profile;
  for (const char* suffix : {"", "^privateBrowsingId=1"}) {
    profile.add(suffix);
    profile.add(suffix, "jivo_visitor_id", ".jivochat.com");
  }
  const Report report = profile.audit();
  REQUIRE(report.findings.size() == 4);
  for (const Finding& finding : report.findings) CHECK(finding.notes.size() == 1);
}

TEST_CASE("company in one context is none in another") {
  Contexts profile;
  profile.add("", "jv_close_time_108801", "shop.example.com");
  for (const char* suffix :
       {"", "^privateBrowsingId=1", "^userContextId=2", "^firstPartyDomain=example.com"})
    profile.add(suffix, "close_time", "shop.example.com");
  const Report report = profile.audit();
  std::map<std::string, Status> status;
  for (const Finding& finding : report.findings) {
    if (finding.name == "close_time") status[context_of(finding)] = finding.status;
  }
  CHECK(status ==
        std::map<std::string, Status>{{"", Status::documented},
                                      {"privateBrowsingId=1", Status::possible},
                                      {"container=2", Status::possible},
                                      {"firstPartyDomain=example.com", Status::possible}});
  // The section of what is only possible has no title for each context: its lines name them.
  const std::string text = test::text_of(report);
  for (const char* context : {"container 2", "isolated for example.com", "private window"})
    CHECK(text.find(fmt::format("cookie on shop.example.com ({})", context)) != std::string::npos);
}

TEST_CASE("an attribute cannot pass for another or for a part of a card") {
  Finding one, other;
  one.attributes.origin_attributes = {{"a", "1&b=2"}};
  other.attributes.origin_attributes = {{"a", "1"}, {"b", "2"}};
  CHECK(context_of(one) == "a=1%26b%3D2");
  CHECK(context_of(one) != context_of(other));
  one.attributes.origin_attributes = {{"a", "x|y%"}};
  CHECK(context_of(one) == "a=x%7Cy%25");
}

TEST_CASE("the session store and the databases name a context alike") {
  Finding suffix, member;
  suffix.attributes.origin_attributes = {{"geckoViewUserContextId", "67656e"}};
  member.attributes.origin_attributes = {{"geckoViewSessionContextId", "67656e"},
                                         {"privateBrowsingId", "0"}};
  CHECK(context_of(suffix) == context_of(member));
  CHECK(context_words(suffix) == context_words(member));
}

TEST_CASE("a containers.json that names nothing is said, and the ids stay") {
  for (const char* content : {"{\"version\":5,\"identities\":[{\"userCont", "[]", ""}) {
    CAPTURE(content);
    Contexts profile;
    profile.add("^userContextId=6");
    test::write_file(profile.directory.path() / "containers.json", content);
    const Report report = profile.audit();
    REQUIRE(report.findings.size() == 1);
    CHECK(report.complete);
    REQUIRE(report.findings[0].container.has_value());
    CHECK(*report.findings[0].container == Container{6, ""});
    const std::vector<Diagnostic>& told = report.profiles[0].stores[0].diagnostics;
    REQUIRE(told.size() == 1);
    CHECK(told[0].code == "corrupt");
    CHECK(told[0].severity == Diagnostic::Severity::note);
    CHECK(told[0].message == "containers are told by their ids alone: containers.json is damaged");
    CHECK(told[0].file == "containers.json");
  }
}

TEST_CASE("a containers.json that is a link is said, and asked for by nobody it is not") {
  for (const bool asked : {true, false}) {
    Contexts profile;
    profile.add(asked ? "^userContextId=6" : "");
    std::filesystem::create_symlink("/dev/null", profile.directory.path() / "containers.json");
    const Report report = profile.audit();
    CHECK(report.complete);
    const std::vector<Diagnostic>& told = report.profiles[0].stores[0].diagnostics;
    CHECK(told.size() == (asked ? 1 : 0));
    if (asked) CHECK(told.at(0).code == "unreadable_file");
  }
}

}  // namespace crumbs
