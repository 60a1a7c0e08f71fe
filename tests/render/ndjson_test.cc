#include <doctest/doctest.h>

#include <sstream>

#include <nlohmann/json.hpp>

#include "crumbs/render.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {

using nlohmann::json;

Report two_profiles() {
  Report report = test::empty_report();
  report.profiles = {{test::chromium_profile(), {StoreResult{}, StoreResult{}}},
                     {test::chromium_profile(), {}}};
  report.profiles[1].profile.id = "p2";
  report.findings = {test::cookie("a", "example.com", "example.com"),
                     test::cookie("b\n", "example.com", "example.com"),
                     test::cookie("c", "example.com", "example.com")};
  report.findings[2].profile = "p2";
  return report;
}

std::string rendered(const Report& report) {
  std::ostringstream out;
  render(report, "ndjson", {}, out);
  return out.str();
}

std::vector<json> records(const std::string& text) {
  std::vector<json> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line));
  return all;
}

TEST_CASE("every line is a record, profile by profile, the summary last") {
  std::string order;
  for (const json& record : records(rendered(two_profiles())))
    order += record["record"].get<std::string>() + " ";
  CHECK(order == "profile store store finding finding profile finding summary ");
}

TEST_CASE("each entry stands once, before the first record that names it") {
  Report report = two_profiles();
  for (const char* id : {"c/absent", "c/a", "c/b", "c/other"})
    report.entries.push_back(test::full_entry(id));
  report.findings[0].entry = "c/b";
  report.findings[1].entry = "c/a";
  report.findings[1].runner_up = {{"c/b", "host"}, {"c/other", "host"}};
  report.findings[2].entry = "c/b";
  report.absent = {{"c/absent"}};
  std::string order;
  for (const json& record : records(rendered(report))) {
    const std::string kind = record["record"];
    order += kind == "entry" ? record["id"].get<std::string>() + " " : kind + " ";
  }
  CHECK(order ==
        "profile store store c/b finding c/a c/other finding profile finding c/absent summary ");
}

TEST_CASE("each card of each profile stands once, before its first finding") {
  Report report = two_profiles();
  for (const auto& [profile, id] : {std::pair("p1", "c|a"), {"p1", "c|b"}, {"p2", "c|a"}})
    report.cards.push_back({.profile = profile, .id = id, .catalog = "c"});
  report.findings[0].card = report.findings[2].card = "c|a";
  report.findings[1].card = "c|b";
  report.findings.insert(report.findings.begin() + 2, report.findings[0]);
  std::string order;
  for (const json& record : records(rendered(report))) {
    const std::string kind = record["record"];
    order += kind == "card" ? record["id"].get<std::string>() + " " : kind + " ";
  }
  CHECK(order ==
        "profile store store c|a finding c|b finding finding profile c|a finding summary ");
}

TEST_CASE("records are the objects of the report") {
  Report report = two_profiles();
  report.labels = {{"device", "pc12"}};
  const json whole = json::parse(to_json(report));
  auto all = records(rendered(report));
  for (json& record : all) {
    record.erase("record");
    CHECK(record["labels"] == json{{"device", "pc12"}});
    record.erase("labels");
  }
  CHECK(all[3] == whole["findings"][0]);
  json store = all[1];
  CHECK(store["profile"] == "p1");
  store.erase("profile");
  CHECK(store == whole["profiles"][0]["stores"][0]);
  json profile = whole["profiles"][1];
  profile.erase("stores");
  CHECK(all[5] == profile);
}

TEST_CASE("the summary holds what the report says of itself") {
  Report report = test::full_report();
  report.findings.clear();
  const json summary = records(rendered(report)).back();
  CHECK(summary["record"] == "summary");
  CHECK(summary["schema"] == "crumbs-report/1");
  CHECK(summary["tool"]["version"] == "0.1.0");
  CHECK(summary["complete"] == false);
  CHECK(summary["catalogs"].size() == 1);
  CHECK(summary["absent"] == json::parse(R"([{"entry": "jivochat/widget/city"}])"));
  CHECK(summary["summary"]["items"] == 1);
  CHECK(summary["exit"]["code"] == 5);
}

TEST_CASE("parts written one after another are the same bytes") {
  Report whole = two_profiles();
  for (Finding& finding : whole.findings) finding.entry = "c/a";
  whole.absent = {{"c/absent"}};
  whole.entries = {test::full_entry("c/a"), test::full_entry("c/absent")};
  std::ostringstream out;
  NdjsonStream stream(out);
  for (std::size_t i = 0; i < 2; ++i) {
    Report part = test::empty_report();
    part.profiles = {whole.profiles[i]};
    part.entries = {whole.entries[0]};
    for (const Finding& finding : whole.findings) {
      if (finding.profile == whole.profiles[i].profile.id) part.findings.push_back(finding);
    }
    stream.add(part);
  }
  stream.finish(whole);
  CHECK(out.str() == rendered(whole));
}

TEST_CASE("a report larger than any buffer is written whole") {
  Report report = test::empty_report();
  report.profiles = {{test::chromium_profile(), {}}};
  report.findings.assign(2000, test::cookie("a", "example.com", "example.com"));
  CHECK(records(rendered(report)).size() == 2002);
}

}  // namespace
}  // namespace crumbs
