#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "crumbs/coverage.h"
#include "support/catalogs.h"
#include "support/made_profile.h"

namespace crumbs {
namespace {

using test::MadeProfile;
using Names = std::vector<std::string>;

Coverage covered(const Report* report) {
  const std::vector<Coverage> coverage = cover(test::shipped_catalogs(), report);
  REQUIRE(coverage.size() == 1);
  return coverage.front();
}

Names names(const std::vector<CoverageRow>& rows) {
  Names names;
  for (const CoverageRow& row : rows) names.push_back(row.name);
  return names;
}

const CoverageRow& named(const std::vector<CoverageRow>& rows, std::string_view name,
                         std::string_view about = {}) {
  const auto found = std::ranges::find_if(
      rows, [&](const CoverageRow& row) { return row.name == name && row.about == about; });
  REQUIRE(found != rows.end());
  return *found;
}

std::string rendered(const Report* report, std::string_view format) {
  std::ostringstream out;
  render(cover(test::shipped_catalogs(), report), report, format, {}, out);
  return out.str();
}

Report audited() {
  MadeProfile profile;
  profile.add("shop.example.com", "jv_enter_ts_42", "1522692259856");
  profile.add("shop.example.org", "jv_enter_ts_42", "1522692259856");
  profile.add("shop.example.com", "jv_email_42", "zed%40example.com");
  profile.add("shop.example.com", "jv_new_thing_108801", "1");
  profile.add("shop.example.org", "jv_new_thing_EBSrukxUuA", "1");
  profile.add("shop.example.com", "jv_debug", "1");
  profile.add("shop.example.com", "jv_zed@example.com", "1");
  profile.add("www.jivochat.com", "last_login", "2026-11-01");
  profile.add("www.jivochat.com", "jv_site_lang", "en");
  profile.add("other.example.net", "country", "DE");
  return profile.audit();
}

/// Documented entries that audited() has not and nobody has seen: it has two of those, `last_login`
/// and `jv_site_lang`.
std::size_t never_seen() {
  const test::CatalogCounts counts = test::jivochat_counts();
  return counts.documented - counts.publicly_seen - 2;
}

/// What is only observed, and three names of audited() that no entry knows.
std::size_t never_documented() {
  return test::jivochat_counts().observed + 3;
}

TEST_CASE("without a profile the document is compared with what was publicly seen") {
  const Coverage coverage = covered(nullptr);
  const test::CatalogCounts counts = test::jivochat_counts();
  CHECK(coverage.documented == counts.documented);
  CHECK(coverage.publicly_seen == counts.publicly_seen);
  CHECK(coverage.found == 0);
  CHECK(coverage.never_seen.size() == counts.documented - counts.publicly_seen);
  CHECK(named(coverage.never_seen, "last_login").section == "JivoChat Website");
  CHECK(coverage.never_documented.size() == counts.observed);
  const CoverageRow& email = named(coverage.never_documented, "jv_email_${jivo_widget_id}");
  CHECK(email.entry == "jivochat/observed/email");
  CHECK(email.document.empty());
  CHECK(email.evidence->count == 2);
  const CoverageRow& name = named(coverage.differences, "enter_ts", "name");
  CHECK(name.document == "enter_ts");
  CHECK(name.seen == "jv_enter_ts_${jivo_widget_id}");
  CHECK(name.evidence->count == 19);
  const CoverageRow& meaning = named(coverage.differences, "enter_ts", "meaning");
  CHECK(meaning.document == "When the site was first visited");
  CHECK(meaning.seen.starts_with("the start of the present visit"));
  CHECK(named(coverage.differences, "enter_ts", "lifetime").document.empty());
}

TEST_CASE("a profile adds what it holds, with ids and long names left out") {
  const Report report = audited();
  const Coverage coverage = covered(&report);
  CHECK(coverage.found == 3);
  CHECK(coverage.never_seen.size() == never_seen());
  CHECK(std::ranges::count(names(coverage.never_seen), "last_login") == 0);
  CHECK(named(coverage.differences, "enter_ts", "name").found == Found{2, 2});
  CHECK(named(coverage.never_documented, "jv_email_${jivo_widget_id}").found == Found{1, 1});
  CHECK(named(coverage.never_documented, "jv_new_thing_${long_widget_id}").found == Found{2, 2});
  CHECK(named(coverage.never_documented, "jv_debug").found == Found{1, 1});
  CHECK(named(coverage.never_documented, "jv_…").found == Found{1, 1});
  CHECK(coverage.never_documented.size() == never_documented());
  CHECK(named(coverage.differences, "country", "name").found == Found{});  // possible only
}

TEST_CASE("every format has the three tables") {
  const Report report = audited();
  const std::string text = rendered(&report, "text");
  const test::CatalogCounts counts = test::jivochat_counts();
  CHECK(text.find(fmt::format("{} documented: {} publicly seen, 3 in the profiles that were read\n"
                              "1 profile read\n",
                              counts.documented, counts.publicly_seen)) != std::string::npos);
  CHECK(text.find(fmt::format("Documented and never seen: {} ", never_seen())) !=
        std::string::npos);
  CHECK(text.find("  jv_debug  cookie\n    in the profiles: 1 item on 1 site\n") !=
        std::string::npos);
  CHECK(text.find("    the document: says nothing\n") != std::string::npos);
  const std::string markdown = rendered(nullptr, "markdown");
  CHECK(markdown.find(
            "| `enter_ts` | cookie | name | enter\\_ts (Chat Widget) | jv\\_enter\\_ts\\_\\$"
            "\\{jivo\\_widget\\_id\\}, in 19 installations, 2015 to 2020 (cookie headers "
            "in public code) |\n") != std::string::npos);
  CHECK(markdown.find("In the profiles") == std::string::npos);
  const auto json = nlohmann::json::parse(rendered(&report, "json"));
  CHECK(json["schema"] == "crumbs-coverage/1");
  CHECK(json["complete"] == true);
  CHECK(json["catalogs"][0]["never_seen"].size() == never_seen());
  CHECK(json["catalogs"][0]["never_documented"].size() == never_documented());
  CHECK(json["catalogs"][0]["differences"][0]["evidence"]["count"] == 19);
  CHECK(json["catalogs"][0]["differences"][0]["found_items"] == 2);
  CHECK(nlohmann::json::parse(rendered(nullptr, "json"))["profiles"].is_null());
}

TEST_CASE("what others set is told as theirs") {
  CHECK(named(covered(nullptr).never_documented, "JivoSiteLoaded").set_by ==
        "a community snippet, not the vendor");
  for (const std::string_view format : {"text", "markdown", "json"}) {
    CAPTURE(format);
    std::string text = rendered(nullptr, format);
    std::erase_if(text, [](char c) { return c == '\n' || c == ' '; });
    CHECK(text.find("acommunitysnippet,notthevendor") != std::string::npos);
  }
}

TEST_CASE("what could not be read is told") {
  Report report = audited();
  report.complete = false;
  for (const std::string_view format : {"text", "markdown"})
    CHECK(rendered(&report, format).find("INCOMPLETE") != std::string::npos);
  CHECK(nlohmann::json::parse(rendered(&report, "json"))["complete"] == false);
}

}  // namespace
}  // namespace crumbs
