#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "audit/notes.h"
#include "crumbs/audit.h"
#include "crumbs/catalog.h"
#include "crumbs/render.h"
#include "support/catalogs.h"
#include "support/databases.h"
#include "support/sample_report.h"
#include "support/stores.h"
#include "support/support.h"

/// What is told of the insides of values: number, time span, age, and ids that do not agree.

namespace crumbs {
namespace {

using Json = nlohmann::ordered_json;

void write_cookie(const std::filesystem::path& profile, const std::string& name,
                  const std::string& value) {
  std::filesystem::create_directories(profile);
  test::build_database(
      profile / "Cookies",
      test::cookie_schema(20) +
          fmt::format(
              "INSERT INTO cookies VALUES(13408000000000000,'.shop.example.com','','{}','{}'"
              ",'','/',13440000000000000,1,0,13408000000000000,1,1,1,1,2,443,0,"
              "13408000000000000);",
              name, value));
}

void write_storage(const std::filesystem::path& profile, const std::string& key,
                   const std::string& value) {
  std::filesystem::create_directories(profile);
  std::string value_bytes("\x01", 1), key_bytes("\x01", 1);  // Latin-1
  test::build_database(
      profile / "LocalStorage",
      test::dom_storage_schema() + fmt::format("INSERT INTO maps VALUES(1, {}, NULL, NULL, NULL);"
                                               "INSERT INTO map_entries VALUES(1, 0, {}, {});",
                                               test::sql_blob("https://shop.example.com/"),
                                               test::sql_blob(key_bytes + key),
                                               test::sql_blob(value_bytes + value)));
}

Report audited(const std::filesystem::path& path, Engine engine, ValuesMode values,
               std::string_view now = "2026-11-23T10:00:00Z") {
  std::vector<Catalog> catalogs;
  catalogs.push_back(test::jivochat());
  AuditOptions options;
  options.now = test::at(now);
  options.values = values;
  options.residue = true;
  return audit({{test::profile_at(path, engine)}, {}, {}}, catalogs, options);
}

const Finding& named(const Report& report, std::string_view name) {
  const auto found = std::ranges::find(report.findings, name, &Finding::name);
  REQUIRE(found != report.findings.end());
  return *found;
}

using Strings = std::vector<std::string>;

constexpr const char* kClient = "jv_store_AbC123xYz0_client";
constexpr const char* kMessages = "jv_Qx7fR_AbC123xYz0";

struct Fixture {
  const char* path;
  Engine engine;
};
constexpr Fixture kFixtures[] = {{"chromium-156-leveldb/Default", Engine::chromium},
                                 {"chromium-156-sqlite/Default", Engine::chromium},
                                 {"firefox-153", Engine::firefox}};

}  // namespace

TEST_CASE("the messages of real profiles are counted and their time span is told") {
  for (const Fixture& one : kFixtures) {
    CAPTURE(one.path);
    const Report report =
        audited(test::fixture("profiles") / one.path, one.engine, ValuesMode::masked);
    const FindingValue& value = named(report, kMessages).value;
    CHECK(value.elements == 2);
    REQUIRE(value.oldest.has_value());
    REQUIRE(value.newest.has_value());
    CHECK(value.oldest->unix_us < value.newest->unix_us);
    CHECK(value.newest->unix_us < report.created.unix_us);
    for (const Finding& finding : report.findings) CHECK(finding.notes == Strings{});
  }
}

TEST_CASE("nothing of what is inside is told where no values are") {
  const Report report = audited(test::fixture("profiles/firefox-153"), Engine::firefox,
                                ValuesMode::none, "2027-11-23T10:00:00Z");
  const Finding& messages = named(report, kMessages);
  CHECK(messages.value.elements == 0);
  CHECK_FALSE(messages.value.oldest.has_value());
  CHECK_FALSE(messages.value.newest.has_value());
  CHECK(messages.notes == Strings{});
}

TEST_CASE("local storage whose newest time is long ago is said to have no expiry") {
  const Report report = audited(test::fixture("profiles/firefox-153"), Engine::firefox,
                                ValuesMode::masked, "2027-11-23T10:00:00Z");
  CHECK(named(report, kMessages).notes ==
        Strings{"has no expiry; the newest time inside is 12 months old"});
  CHECK(std::ranges::all_of(report.findings, [](const Finding& finding) {
    return finding.kind == ItemKind::local_storage || finding.notes.empty();
  }));
}

TEST_CASE("180 days are not yet old") {
  Finding finding;
  finding.kind = ItemKind::local_storage;
  finding.value.newest = test::at("2026-01-01T00:00:00Z");
  note_age(finding, test::at("2026-06-30T00:00:00Z"));
  CHECK(finding.notes == Strings{});
  note_age(finding, test::at("2026-06-30T00:00:01Z"));
  CHECK(finding.notes == Strings{"has no expiry; the newest time inside is 6 months old"});
  finding.notes.clear();
  finding.kind = ItemKind::cookie;
  note_age(finding, test::at("2036-06-30T00:00:01Z"));
  CHECK(finding.notes == Strings{});
}

TEST_CASE("a visitor's id that the store contradicts is pointed out at both items") {
  for (const ValuesMode values : {ValuesMode::masked, ValuesMode::full, ValuesMode::none}) {
    const test::TempDir directory;
    write_cookie(directory.path(), "jivo_visitor_id", "1111");
    write_storage(directory.path(), kClient, R"({"visitorId":"Qz77"})");
    const Report report = audited(directory.path(), Engine::chromium, values);
    REQUIRE(report.findings.size() == 2);
    CHECK(named(report, "jivo_visitor_id").notes ==
          Strings{"its visitor_id is another than that of jv_store_${jivo_widget_id}_client"});
    CHECK(named(report, kClient).notes ==
          Strings{"its visitor_id is another than that of jivo_visitor_id"});
    const bool told = to_json(report).find("Qz77") != std::string::npos;
    CHECK(told == (values == ValuesMode::full));
  }
}

TEST_CASE("ids that agree, and a store without one, get no note") {
  for (const char* value :
       {R"({"visitorId":"1111"})", R"({"visitorId":1111})", R"({"visitorId":""})",
        R"({"visitorId":null})", R"({"visitorId":{}})", "{}", "[", ""}) {
    CAPTURE(value);
    const test::TempDir directory;
    write_cookie(directory.path(), "jivo_visitor_id", "1111");
    write_storage(directory.path(), kClient, value);
    const Report report = audited(directory.path(), Engine::chromium, ValuesMode::masked);
    REQUIRE(report.findings.size() == 2);
    for (const Finding& finding : report.findings) CHECK(finding.notes == Strings{});
  }
}

TEST_CASE("the id of an installation in a name is no visitor's") {
  const test::TempDir directory;
  write_cookie(directory.path(), "jv_visits_count_1111", "3");
  write_storage(directory.path(), kClient, R"({"visitorId":"Qz77"})");
  const Report report = audited(directory.path(), Engine::chromium, ValuesMode::masked);
  REQUIRE(report.findings.size() == 2);
  for (const Finding& finding : report.findings) {
    CHECK(finding.status == Status::documented);
    CHECK(finding.notes == Strings{});
  }
}

TEST_CASE("only current documented items of one catalog, site and container are compared") {
  const auto finding = [](const std::string& name, const std::string& id) {
    Finding made = test::cookie(name, "example.com", "example.com");
    test::document(made, "jivochat/x", ValueType::text, "x");
    made.form = MatchedForm{name, Basis::document, "", ""};
    if (!id.empty()) made.captured["v"] = id;
    return made;
  };
  const auto notes = [&](const Finding& other) {
    std::vector<Finding> findings{finding("store", ""), other};
    note_disagreements(findings, {{0, {{"v", {"1"}}}}});
    CHECK(findings[0].notes.size() == findings[1].notes.size());
    return findings[0].notes;
  };
  CHECK(notes(finding("other", "2")) == Strings{"its v is another than that of other"});
  CHECK(notes(finding("store", "2")) ==
        Strings{"its v is another than that of store on example.com"});
  CHECK(notes(finding("other", "1")) == Strings{});
  Finding other = finding("other", "2");
  other.site = "example.org";
  CHECK(notes(other) == Strings{});
  other = finding("other", "2");
  other.container = Container{1, ""};
  CHECK(notes(other) == Strings{});
  other = finding("other", "2");
  other.state = ItemState::superseded;
  CHECK(notes(other) == Strings{});
  other = finding("other", "2");
  other.status = Status::ambiguous;
  CHECK(notes(other) == Strings{});
}

TEST_CASE("names alone that differ are several installations, not a contradiction") {
  std::vector<Finding> findings;
  for (const char* id : {"1", "2"}) {
    findings.push_back(test::cookie(id, "example.com", "example.com"));
    test::document(findings.back(), "jivochat/x", ValueType::text, "x");
    findings.back().captured["v"] = id;
  }
  note_disagreements(findings, {});
  for (const Finding& finding : findings) CHECK(finding.notes == Strings{});
}

TEST_CASE("a variable that same_as names must exist") {
  Json entry = test::entry("a", "acme_a");
  entry["value"]["same_as"] = "id";
  CHECK(test::parsed(test::catalog_with({entry})).entries()[0].value.same_as == "id");
  entry["value"]["same_as"] = "nobody";
  CHECK_THROWS_WITH(static_cast<void>(test::parsed(test::catalog_with({entry}))),
                    "acme.json: /entries/0/value/same_as: found \"nobody\", expected a variable of "
                    "this catalog");
  entry["value"] = {{"type", "json"},
                    {"basis", "document"},
                    {"section", "2"},
                    {"fields",
                     {{{"pointer", "/i"},
                       {"type", "identifier"},
                       {"personal_data", "identifier"},
                       {"description", "An id."},
                       {"same_as", "nobody"}}}}};
  CHECK_THROWS(static_cast<void>(test::parsed(test::catalog_with({entry}))));
  entry["value"]["fields"][0]["same_as"] = "word";
  CHECK(test::parsed(test::catalog_with({entry})).entries()[0].value.fields[0].same_as == "word");
}

TEST_CASE("the text tells the time span of a list and the notes") {
  Report report = test::empty_report();
  report.profiles = {{test::chromium_profile(), {}}};
  Finding finding = test::cookie("messages", "example.com", "example.com");
  test::document(finding, "jivochat/x", ValueType::json_array, "[{},{}]");
  finding.value.decoded = "2 objects";
  finding.value.elements = 2;
  finding.value.oldest = test::at("2026-11-23T00:17:09Z");
  finding.value.newest = test::at("2026-11-23T00:18:59.500Z");
  finding.notes = {"a remark"};
  report.findings = {finding};
  const auto text = [&report](TextLevel level = TextLevel::items) {
    std::ostringstream out;
    render(report, "text", {.width = 200, .level = level}, out);
    return out.str();
  };
  CHECK(text().find("2 objects, 2026-11-23 00:17 to 00:18 UTC") != std::string::npos);
  CHECK(text().find("a remark") != std::string::npos);
  CHECK(text(TextLevel::normal).find("note: a remark") != std::string::npos);
  report.findings[0].value.newest = test::at("2026-11-24T00:17:00Z");
  CHECK(text().find("2 objects, 2026-11-23 00:17 to 2026-11-24 00:17 UTC") != std::string::npos);
  report.findings[0].value.newest = report.findings[0].value.oldest;
  CHECK(text().find("2 objects, 2026-11-23 00:17 UTC") != std::string::npos);
}

}  // namespace crumbs
