// Selections through the program, on what a browser left (fixtures/README.md).
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "support/support.h"

namespace crumbs {
namespace {

using Arguments = std::vector<std::string>;
using nlohmann::json;

struct Outcome {
  int code;
  json report;
  std::string err;
};

Outcome audit(const std::string& profile, const Arguments& selection) {
  Arguments arguments{
      "audit", test::fixture("profiles/" + profile), "-f", "json", "--now", "2026-11-23T10:00:00Z"};
  arguments.insert(arguments.end(), selection.begin(), selection.end());
  const test::ProcessResult result = test::crumbs(arguments);
  return {result.code, json::parse(result.out), result.err};
}

std::size_t count(const Arguments& selection) {
  const Outcome outcome = audit("chromium-156-sqlite", selection);
  CAPTURE(outcome.err);
  CHECK(outcome.code == (outcome.report["findings"].empty() ? 4 : 0));
  CHECK(outcome.report["summary"]["items"] == 68);
  return outcome.report["findings"].size();
}

TEST_CASE("each option chooses what it says") {
  CHECK(count({}) == 68);
  CHECK(count({"--known"}) == 42);
  CHECK(count({"--vendor", "jivochat"}) == 42);
  CHECK(count({"--site", "example.com"}) == 31);
  CHECK(count({"--site", "www.example.com"}) == 31);
  CHECK(count({"--site", "=shop.example.com"}) == 23);
  CHECK(count({"--site", "=shop.example.com", "--site", "plain.example.net"}) == 33);
  CHECK(count({"--store", "chromium.dom_storage"}) == 28);
  CHECK(count({"--store", "chromium.*"}) == 68);
  CHECK(count({"--status", "undocumented"}) == 1);
  CHECK(count({"--status", "unknown"}) == 26);
  CHECK(count({"--status", "unknown", "--site", "google.com"}) == 1);
  CHECK(count({"--older-than", "0h"}) == 68);
  CHECK(count({"--older-than", "13mo"}) == 0);
  CHECK(count({"--kind", "cookie"}) + count({"--kind", "local_storage"}) == 68);
  CHECK(count({"--name", "jv_*"}) == 22);
  CHECK(count({"--not-name", "jv_*", "--vendor", "jivochat"}) == 20);
  CHECK(count({"--not-status", "unknown"}) == 42);
  CHECK(count({"--verdict", "allowed"}) + count({"--verdict", "allowed_with_consequence"}) +
            count({"--verdict", "undocumented"}) ==
        68);
  CHECK(count({"--verdict", "retain", "--status", "documented"}) == 0);
}

TEST_CASE("the totals of what was chosen stand beside those of all") {
  const Outcome all = audit("chromium-156-sqlite", {});
  CHECK(all.report["summary"]["selected"].is_null());
  const Outcome chosen =
      audit("chromium-156-sqlite", {"--kind", "cookie", "--not-site", "=shop.example.com"});
  const json& selected = chosen.report["summary"]["selected"];
  std::map<std::string, int> counted;
  for (const json& finding : chosen.report["findings"]) {
    ++counted[finding["status"]];
    if (finding["personal"] == true && finding["status"] != "possible") ++counted["personal"];
    CHECK(finding["kind"] == "cookie");
    CHECK(finding["host"] != "shop.example.com");
    CHECK(finding["newest_time"].is_string());
  }
  for (const char* word :
       {"documented", "drift", "undocumented", "possible", "ambiguous", "unknown", "personal"})
    CHECK(selected[word] == counted[word]);
  CHECK(selected["items"] == chosen.report["findings"].size());
  json summary = chosen.report["summary"];
  summary["selected"] = nullptr;
  CHECK(summary == all.report["summary"]);
  // In the text, too, where items that no catalog knows are not listed.
  const auto text = test::crumbs({"audit", test::fixture("profiles/chromium-156-sqlite"), "--site",
                                  "example.com", "--width", "100"});
  CHECK(text.out.find("\nonly --site example.com: 18 items: 18 documented; 14 with personal data\n"
                      "  What follows counts all that was read.\n") != std::string::npos);
}

TEST_CASE("the text says the same whatever other formats list") {
  const test::TempDir work;
  const std::string saved = (work.path() / "report.json").string();
  for (const Arguments& way : std::vector<Arguments>{
           {"--site", "example.com"}, {"--state", "deleted"}, {"--kind", "cookie", "--all"}}) {
    CAPTURE(way);
    Arguments command{"audit", test::fixture("profiles/chromium-156-leveldb"), "--now",
                      "2026-11-23T10:00:00Z"};
    command.insert(command.end(), way.begin(), way.end());
    const std::string text = test::crumbs(command).out;
    command.insert(command.end(), {"-o", "json=" + saved});
    test::crumbs(command);
    Arguments render{"render", saved};
    CHECK(test::crumbs(render).out == text);
    std::filesystem::remove(saved);
  }
  const auto none = test::crumbs({"audit", test::fixture("profiles/chromium-156-leveldb"),
                                  "--state", "deleted", "--width", "100"});
  CHECK(none.out.find("only --state deleted: nothing that a catalog knows\n") != std::string::npos);
}

TEST_CASE("a pattern shows no more of a masked name than the name does") {
  const auto chosen = [](const Arguments& more) {
    Arguments command{"audit", test::fixture("profiles/chromium-156-leveldb"), "--name",
                      "jv_utm_987654321"};
    command.insert(command.end(), more.begin(), more.end());
    return test::crumbs(command);
  };
  for (const Arguments& way : std::vector<Arguments>{{"-f", "json"},
                                                     {"-f", "ndjson"},
                                                     {},
                                                     {"--values", "none", "-f", "html"},
                                                     {"--expired"},
                                                     {"-f", "markdown"}}) {
    CAPTURE(way);
    const test::ProcessResult result = chosen(way);
    CHECK((result.out + result.err).find("987654321") == std::string::npos);
    CHECK((result.out + result.err).find("--name jv_utm_(G)") != std::string::npos);
  }
  CHECK(json::parse(chosen({"-f", "json", "--values", "full"}).out)["selection"] ==
        "--name jv_utm_987654321");
}

TEST_CASE("residue is chosen by its state") {
  const Outcome left = audit("chromium-156-leveldb", {"--state", "deleted"});
  CHECK(left.report["summary"]["selected"]["residue"] == left.report["findings"].size());
  CHECK(left.report["findings"].size() == 4);
  for (const json& finding : left.report["findings"]) CHECK(finding["state"] == "deleted");
}

TEST_CASE("the report says what it was chosen by") {
  const Outcome chosen = audit("firefox-153", {"--personal-data", "any", "--vendor", "jivochat"});
  CHECK(chosen.report["selection"] == "--vendor jivochat --personal-data any");
  CHECK(chosen.report["summary"]["personal"] == chosen.report["findings"].size());
  CHECK(audit("firefox-153", {}).report["selection"].is_null());
}

TEST_CASE("variables choose too") {
  const test::ProcessResult result =
      test::crumbs({"audit", test::fixture("profiles/chromium-156-sqlite"), "-f", "json"},
                   {{"CRUMBS_SITE", "=shop.example.com"}, {"CRUMBS_STATUS", "documented"}});
  CHECK(json::parse(result.out)["findings"].size() == 16);
}

TEST_CASE("an empty selection says so and exits 4, unless the reading was incomplete") {
  const Outcome empty = audit("chromium-156-sqlite", {"--expired"});
  CHECK(empty.code == 4);
  CHECK(empty.err == "crumbs: exit 4: nothing that a catalog knows is selected by --expired\n");
  // Whatever the format lists: the exit is that of the text.
  CHECK(audit("chromium-156-sqlite", {"--expired", "--known"}).code == 4);
  CHECK_FALSE(empty.report["findings"].empty());
  CHECK(audit("chromium-156-sqlite", {"--expired", "--all"}).code == 0);
  CHECK(audit("chromium-156-sqlite", {"--expired", "--allow-empty"}).code == 0);
  const test::TempDir dir;
  test::copy_tree(test::fixture("profiles/chromium-156-sqlite"), dir.path() / "profile");
  for (const auto& file : std::filesystem::recursive_directory_iterator(dir.path())) {
    if (file.path().filename() == "Cookies") test::write_file(file.path(), "no database");
  }
  const test::ProcessResult broken =
      test::crumbs({"audit", (dir.path() / "profile").string(), "--expired"});
  CHECK(broken.code == 5);
}

TEST_CASE("show takes a selection beside the name") {
  const auto shown = [](const Arguments& selection) {
    Arguments arguments{"show",
                        "jv_*",
                        test::fixture("profiles/chromium-156-sqlite"),
                        "-f",
                        "json",
                        "--now",
                        "2026-11-23T10:00:00Z"};
    arguments.insert(arguments.end(), selection.begin(), selection.end());
    return test::crumbs(arguments);
  };
  const std::size_t all = json::parse(shown({}).out)["findings"].size();
  const std::size_t one = json::parse(shown({"--site", "example.net"}).out)["findings"].size();
  CHECK(one > 0);
  CHECK(one < all);
  CHECK(shown({"--expired"}).code == 4);
}

TEST_CASE("what a selection names must be known") {
  for (const Arguments& selection : std::vector<Arguments>{{"--vendor", "nobody"},
                                                           {"--entry", "jivochat/nothing"},
                                                           {"--store", "cookies"},
                                                           {"--status", "good"},
                                                           {"--category", "good"},
                                                           {"--older-than", "13"},
                                                           {"--lives-over", "long"},
                                                           {"--kind", "cookies"},
                                                           {"--personal-data", "some"},
                                                           {"--not-state", "gone"},
                                                           {"--name", ""},
                                                           {"--site", "https://example.com"}}) {
    Arguments arguments{"audit", test::fixture("profiles/chromium-156-sqlite")};
    arguments.insert(arguments.end(), selection.begin(), selection.end());
    const test::ProcessResult result = test::crumbs(arguments);
    CAPTURE(result.err);
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(std::ranges::count(result.err, '\n') == 1);
  }
}

}  // namespace
}  // namespace crumbs
