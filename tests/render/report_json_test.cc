#include <doctest/doctest.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "crumbs/error.h"
#include "crumbs/render.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// The message of the error that parsing ends in, "" where there is none.
std::string refusal(const std::string& text) {
  try {
    (void)parse_report(text, "r.json");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::invalid);
    return error.what();
  }
  return "";
}

std::string with(const std::string& pointer, const json& value) {
  Report report = test::full_report();
  report.findings[0].value.text = "plain";
  json document = json::parse(to_json(report));
  document[json::json_pointer(pointer)] = value;
  return document.dump();
}

std::vector<std::string> keys(const ordered_json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : object.items()) names.push_back(name);
  return names;
}

TEST_CASE("a report with every field set comes back equal") {
  const Report report = test::full_report();
  const std::string text = to_json(report);
  CHECK(parse_report(text, "r.json") == report);
  CHECK(to_json(parse_report(text, "r.json")) == text);
}

TEST_CASE("a report of defaults comes back equal") {
  Report report = test::empty_report();
  CHECK(parse_report(to_json(report), "r.json") == report);
  report.profiles = {{Profile{}, {StoreResult{}}}};
  report.findings = {Finding{}};
  CHECK(parse_report(to_json(report), "r.json") == report);
}

TEST_CASE("a profile's own names do not break the document") {
  const std::string name = "a\": 1, \"b\x01\n\\";
  Report report = test::empty_report();
  report.findings = {test::cookie("a", "example.com", "example.com")};
  report.findings[0].captured = {{name, "x"}};
  report.findings[0].attributes.origin_attributes = {{name, "y"}};
  const std::string text = to_json(report);
  const json finding = json::parse(text)["findings"][0];
  CHECK(finding["captured"] == json{{{"variable", name}, {"value", "x"}}});
  CHECK(finding["attributes"]["origin_attributes"] == json{{{"name", name}, {"value", "y"}}});
  CHECK(parse_report(text, "r.json") == report);
}

TEST_CASE("a text of no characters is kept apart from no text") {
  Report report = test::empty_report();
  report.findings = {test::cookie("a", "example.com", "example.com")};
  report.findings[0].value.text = "";
  report.findings[0].value.bytes = "";
  const Report parsed = parse_report(to_json(report), "r.json");
  CHECK(parsed.findings[0].value.text == "");
  CHECK(parsed.findings[0].value.bytes == "");
  CHECK_FALSE(parsed.findings[0].value.decoded.has_value());
}

TEST_CASE("the names and their order are the contract's") {
  Report report = test::empty_report();
  report.profiles = {{test::chromium_profile(), {StoreResult{}}}};
  report.profiles[0].profile.running = {false, "no SingletonLock"};
  report.catalogs = {{.id = "jivochat", .version = "1", .document = {.title = "Policy"}}};
  report.findings = {test::cookie("_ga", ".example.com", "example.com")};
  const auto document = ordered_json::parse(to_json(report));
  CHECK(keys(document) ==
        std::vector<std::string>{"schema",  "tool",       "created",  "created_us", "complete",
                                 "values",  "digest_key", "all",      "known_only", "selection",
                                 "notes",   "catalogs",   "labels",   "entries",    "profiles",
                                 "missing", "cards",      "findings", "absent",     "summary",
                                 "exit"});
  CHECK(document["tool"] == ordered_json{{"name", "crumbs"}, {"version", "0.1.0"}});
  CHECK(document["created"] == "2026-11-23T10:00:00.000000Z");
  CHECK(document["created_us"] == 1'795'428'000'000'000);
  const auto& finding = document["findings"][0];
  CHECK(keys(finding) ==
        std::vector<std::string>{
            "id",         "fingerprint", "profile", "browser",       "profile_path",
            "store",      "kind",        "host",    "origin",        "where",
            "site",       "path",        "name",    "name_masked",   "name_keyed_digest",
            "partition",  "container",   "state",   "status",        "entry",
            "catalog",    "category",    "form",    "name_template", "captured",
            "runner_up",  "card",        "value",   "attributes",    "times",
            "lifetime_s", "newest_time", "expired", "personal",      "drift",
            "notes",      "deletion",    "locator"});
  for (const char* absent : {"origin", "partition", "container", "entry", "catalog", "category",
                             "name_template", "card", "name_keyed_digest", "lifetime_s"})
    CHECK(finding[absent].is_null());
  CHECK(finding["captured"] == ordered_json::array());
  CHECK(finding["notes"] == ordered_json::array());
  CHECK(finding["name_masked"] == false);
  CHECK(finding["host"] == ".example.com");
  CHECK(finding["value"]["bytes_base64"].is_null());
  CHECK(finding["attributes"]["secure"].is_null());
  CHECK(finding["times"]["expires"].is_null());
  CHECK(finding["times"]["expires_us"].is_null());
  CHECK(finding["locator"] == ordered_json{{"file", "Default/Cookies"},
                                           {"table", "cookies"},
                                           {"row", 12},
                                           {"pointer", nullptr},
                                           {"offset", nullptr},
                                           {"sequence", nullptr}});
  CHECK(document["catalogs"][0] == ordered_json{{"id", "jivochat"},
                                                {"version", "1"},
                                                {"sha256", ""},
                                                {"title", ""},
                                                {"document",
                                                 {{"title", "Policy"},
                                                  {"publisher", ""},
                                                  {"effective_date", nullptr},
                                                  {"sha256", nullptr},
                                                  {"file", nullptr}}},
                                                {"names_documented", 0},
                                                {"errata", 0},
                                                {"states_lifetimes", false}});
  CHECK(document["profiles"][0]["running"] == false);
  CHECK(document["profiles"][0]["stores"][0]["status"] == "read");
}

TEST_CASE("what follows from profile, entry and times stands with each finding") {
  Report report = test::empty_report();
  report.profiles = {{test::chromium_profile(), {}}};
  report.profiles[0].profile.path = "/home/ada/caf\xe9";
  Finding& finding =
      report.findings.emplace_back(test::cookie("jv_x_1", ".a.example", "example.com"));
  test::document(finding, "jivochat/widget/x", ValueType::text, "v");
  finding.value.personal_data = PersonalData::contact;
  finding.category = Category::functionality;
  finding.form = MatchedForm{"jv_x_${id}", Basis::document, "", ""};
  finding.times.created = test::at("2026-11-01T00:00:00Z");
  finding.times.updated = test::at("2026-11-02T00:00:00Z");
  finding.times.expires = report.created;
  const auto written = [&report] {
    CHECK(parse_report(to_json(report), "r") == report);
    return json::parse(to_json(report))["findings"][0];
  };
  json first = written();
  CHECK(first["where"] == ".a.example");
  CHECK(first["browser"] == "chromium");
  CHECK(first["profile_path"] == "/home/ada/caf\uFFFD");
  CHECK(first["profile_path_base64"] == "L2hvbWUvYWRhL2NhZuk=");
  CHECK(first["category"] == "functionality");
  CHECK(first["name_template"] == "jv_x_${id}");
  CHECK(first["lifetime_s"] == 21 * 86'400 + 10 * 3'600);
  CHECK(first["expired"] == true);
  CHECK(first["personal"] == true);
  finding.times.expires->unix_us += 1;
  CHECK(written()["expired"] == false);
  finding.times.updated.reset();
  CHECK(written()["lifetime_s"] == 22 * 86'400 + 10 * 3'600);
  finding.times.expires = test::at("2026-10-01T00:00:00Z");
  CHECK(written()["lifetime_s"] == 0);
  finding.attributes.session = true;
  CHECK(written()["lifetime_s"].is_null());
  finding.form.reset();
  finding.shape = "jv_${word}_${id}";
  finding.value.personal_data = PersonalData::unknown;
  first = written();
  CHECK(first["name_template"] == "jv_${word}_${id}");
  CHECK(first["personal"] == false);
  finding.profile = "p9";
  first = written();
  CHECK(first["browser"].is_null());
  CHECK(first["profile_path"].is_null());
  finding.kind = ItemKind::local_storage;
  finding.origin = "https://b.example/";
  CHECK(written()["where"] == "https://b.example/");
}

TEST_CASE("an entry tells what its catalog says, with whose claims, without the catalog") {
  Report report = test::empty_report();
  report.entries = {test::full_entry("jivochat/widget/enter_ts")};
  json entry = json::parse(to_json(report))["entries"][0];
  const json evidence = {{"what", "names of cookies"},
                         {"source", "public code"},
                         {"count", 19},
                         {"unit", "installations"},
                         {"from", 2015},
                         {"to", 2020}};
  CHECK(entry["category"] == "targeting");
  CHECK(entry["category_basis"] == json{{"basis", "document"},
                                        {"section", "Categories"},
                                        {"reason", "as the passage is read here"},
                                        {"evidence", evidence}});
  CHECK(entry["forms"][1] == json{{"name", "enter_ts"},
                                  {"is_template", false},
                                  {"distinctive", true},
                                  {"basis", "observation"},
                                  {"section", nullptr},
                                  {"reason", nullptr},
                                  {"evidence", nullptr}});
  CHECK(entry["value"]["fields"][0]["erratum"] == json{{"says", "ID"}, {"likely", "e-mail"}});
  CHECK(entry["observations"][0]["from"].is_null());
  CHECK(entry["max_age_s"] == 31'536'000);
  CHECK(entry["deletion"]["loss"] == "a new visit");
  CHECK(entry.find("examples") == entry.end());
  report.entries[0].max_age_s.reset();
  report.entries[0].retention_basis = {};
  entry = json::parse(to_json(report))["entries"][0];
  CHECK(entry["max_age_s"].is_null());
  CHECK(entry["max_age_basis"].is_null());
  CHECK(parse_report(to_json(report), "r") == report);
  report.entries[0].forms.clear();
  CHECK(refusal(to_json(report)) ==
        "r.json: /entries/0/forms: expected at least one form of the name");
}

TEST_CASE("a local-storage item has an origin, no host, no path and no cookie attributes") {
  Report report = test::empty_report();
  Finding finding;
  finding.kind = ItemKind::local_storage;
  finding.origin = "https://example.com";
  report.findings = {finding};
  const auto written = json::parse(to_json(report))["findings"][0];
  CHECK(written["origin"] == "https://example.com");
  CHECK(written["host"].is_null());
  CHECK(written["path"].is_null());
  for (const auto& member : written["attributes"].items()) {
    CAPTURE(member.key());
    CHECK(member.value() == (member.key() == "origin_attributes" ? json::array() : json(nullptr)));
  }
}

TEST_CASE("a value that may be shown stands in its own type") {
  Report report = test::empty_report();
  report.findings = {test::cookie("a", "example.com", "example.com")};
  const auto typed = [&](ValueType type, const std::string& text, const std::string& decoded) {
    FindingValue& value = report.findings[0].value;
    value.type = type;
    value.text = text;
    value.decoded = decoded;
    value.newest = parse_iso8601(decoded);
    CHECK(parse_report(to_json(report), "r") == report);
    return json::parse(to_json(report))["findings"][0]["value"]["typed"];
  };
  CHECK(typed(ValueType::counter, "017", "17") == 17);
  CHECK(typed(ValueType::counter, "x", "x").is_null());
  CHECK(typed(ValueType::flag, "1", "yes") == true);
  CHECK(typed(ValueType::flag, "0", "no") == false);
  CHECK(typed(ValueType::flag, "", "(empty)").is_null());  // where the document allows that
  CHECK(typed(ValueType::unix_time, "1795428000", "2026-11-23T10:00:00Z") == 1'795'428'000'000'000);
  const json document = {{"a", {1, -2, 18446744073709551615U, 1.5, "x\n", true, nullptr}},
                         {"b", {}}};
  CHECK(typed(ValueType::json, document.dump(), "object, 2 keys") == document);
  CHECK(typed(ValueType::json_array, "[[]]", "1 object") == json::parse("[[]]"));
  CHECK(typed(ValueType::json, "{broken", "object").is_null());
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  CHECK(typed(ValueType::json_array, deep, "1 object").dump() == deep);
  CHECK(typed(ValueType::json_array, "[" + deep + "]", "1 object").is_null());
  CHECK(typed(ValueType::text, "1", "1").is_null());
}

TEST_CASE("a masked value has a preview, and nothing in the places of what it holds") {
  Report report = test::empty_report();
  report.findings = {test::cookie("a", "example.com", "example.com")};
  FindingValue& value = report.findings[0].value;
  value.masked = true;
  value.type = ValueType::email;
  value.text = "•••@•••.org";
  value.fields = {
      ValueField{.pointer = "/a", .type = ValueType::text, .text = "•••", .masked = true}};
  const auto written = json::parse(to_json(report))["findings"][0]["value"];
  CHECK(written["preview"] == "•••@•••.org");
  CHECK(written["fields"][0]["preview"] == "•••");
  CHECK(written["fields"][0]["text"].is_null());
  for (const char* content : {"text", "decoded", "typed", "bytes_base64"})
    CHECK(written[content].is_null());
  CHECK(parse_report(to_json(report), "r") == report);
  value.type = ValueType::json;
  value.text.reset();
  value.decoded = "object, 2 keys";
  CHECK(json::parse(to_json(report))["findings"][0]["value"]["preview"] == "object, 2 keys");
  CHECK(parse_report(to_json(report), "r") == report);
}

TEST_CASE("bytes that are not UTF-8 stay recoverable and the document stays valid") {
  Report report = test::empty_report();
  report.findings = {test::cookie("a\xff\x01\xc3", "example.com", "example.com")};
  const auto written = json::parse(to_json(report))["findings"][0];
  CHECK(written["name"] == "a\uFFFD\u0001\uFFFD");
  CHECK(written["name_base64"] == "Yf8Bww==");
  CHECK(parse_report(to_json(report), "r").findings[0].name == "a\xff\x01\xc3");
}

TEST_CASE("a lone surrogate is written as its escape, with the bytes beside it") {
  Report report = test::empty_report();
  report.findings = {test::cookie("a", "example.com", "example.com")};
  report.findings[0].value.text = "x\xed\xa0\xbd\xf0\x9f\x98\x80";
  report.findings[0].value.bytes = report.findings[0].value.text;
  const std::string text = to_json(report);
  CHECK(text.find("\"x\\ud83d\xf0\x9f\x98\x80\"") != std::string::npos);
  CHECK(text.find("\"bytes_base64\": \"eO2gvfCfmIA=\"") != std::string::npos);
  CHECK(parse_report(text, "r") == report);
}

TEST_CASE("escaped surrogate pairs of other writers are read as one character") {
  std::string text = to_json(test::empty_report());
  text.replace(text.find("0.1.0"), 5, "\\ud83d\\ude00 \\\\ud83d");
  CHECK(parse_report(text, "r").tool_version == "\xf0\x9f\x98\x80 \\ud83d");
}

TEST_CASE("another schema is refused") {
  CHECK(refusal(with("/schema", "crumbs-report/2")) ==
        "r.json: /schema: a schema that this version does not know; it reads crumbs-report/1");
  CHECK(refusal(with("/schema", "sarif")) == "r.json: /schema: this is no report of crumbs");
  for (const char* later : {"created_us", "entries"}) {
    json early = json::parse(to_json(test::empty_report()));
    early.erase(later);
    CHECK(refusal(early.dump()) ==
          "r.json: the document: an early report of crumbs 0.1.0, which this version does not "
          "read: audit again");
  }
  CHECK(refusal("[]") == "r.json: the document: expected an object, found an array");
}

TEST_CASE("a mistake is named with its JSON pointer, without the value") {
  const std::pair<std::string, std::string> cases[] = {
      {with("/findings/0/value/length", "secret"),
       "r.json: /findings/0/value/length: expected an integer of at least 0, found a string"},
      {with("/findings/0/value/length", -1),
       "r.json: /findings/0/value/length: expected an integer of at least 0, found an integer"},
      {with("/findings/0/value/length", 1.5),
       "r.json: /findings/0/value/length: expected an integer of at least 0, found a number that "
       "is no integer"},
      {with("/findings/0/name", 1), ""},  // name_base64 decides
      {with("/findings/0/host", 1),
       "r.json: /findings/0/host: expected a string, found an integer"},
      {with("/findings/0/status", "secret"),
       "r.json: /findings/0/status: a word that is not in the contract"},
      {with("/findings/0/times/expires", "tomorrow"),
       "r.json: /findings/0/times/expires: expected an ISO 8601 time in UTC"},
      {with("/findings/0/value/bytes_base64", "%"),
       "r.json: /findings/0/value/bytes_base64: expected base64"},
      {with("/findings/0/container/id", 4294967296),
       "r.json: /findings/0/container/id: an integer that is too large"},
      {with("/findings/0/captured", json::object()),
       "r.json: /findings/0/captured: expected an array, found an object"},
      {with("/profiles/0/stores", json::object()),
       "r.json: /profiles/0/stores: expected an array, found an object"},
      {with("/catalogs/0/errata", -1),
       "r.json: /catalogs/0/errata: expected an integer of at least 0, found an integer"},
      {with("/catalogs/0/document", "secret"),
       "r.json: /catalogs/0/document: expected an object, found a string"},
      {with("/entries/0/forms/0/evidence/from", 0),
       "r.json: /entries/0/forms/0/evidence/from: expected a year from 1 to 9999"},
      {with("/entries/0/category", "secret"),
       "r.json: /entries/0/category: a word that is not in the contract"},
      {with("/exit/code", 256), "r.json: /exit/code: expected an exit code from 0 to 255"},
      {"{", "r.json: not JSON at byte 2"},
      {std::string(100, '['), "r.json: nested more than 96 deep"}};
  for (const auto& [text, message] : cases) CHECK(refusal(text) == message);
}

TEST_CASE("what the contract demands may not be missing") {
  for (const char* pointer : {"/schema", "/tool", "/created", "/complete", "/profiles", "/findings",
                              "/absent", "/summary", "/exit"}) {
    CAPTURE(pointer);
    Report report = test::empty_report();
    json document = json::parse(to_json(report));
    document.erase(std::string(pointer).substr(1));
    CHECK(refusal(document.dump()) ==
          fmt::format("r.json: the document: has no member {}", pointer + 1));
  }
}

TEST_CASE("members that a later minor version adds are ignored") {
  CHECK(refusal(with("/findings/0/colour", "red")) == "");
}

}  // namespace
}  // namespace crumbs
