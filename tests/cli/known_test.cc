/// Reports for programs list the items that no catalog knows; those for people where they are asked
/// to.

#include <doctest/doctest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/databases.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;
using Arguments = std::vector<std::string>;

/// A profile with a documented cookie, one that nobody knows, and one of that kind without a key.
struct Place {
  test::TempDir work;
  fs::path profile = work.path() / "Default";

  Place() {
    test::write_file(profile / "Preferences", "{}");
    test::build_database(profile / "Cookies", test::cookie_schema(20) + R"sql(
      INSERT INTO cookies VALUES(13408000000000000,'.shop.example.com','','jv_enter_ts_42',
        '1795392001','','/',13440000000000000,1,0,13408000000000000,1,1,1,1,2,443,0,13408000000000000);
      INSERT INTO cookies VALUES(13408000000000000,'.shop.example.com','','mine','','','/',0,0,0,
        13408000000000000,0,0,1,-1,2,443,0,13408000000000000);
      INSERT INTO cookies VALUES(13408000000000000,'.shop.example.com','','damaged','',x'763130ff',
        '/',0,0,0,13408000000000000,0,0,1,-1,2,443,0,13408000000000000);)sql");
  }

  [[nodiscard]] test::ProcessResult run(Arguments more, const std::string& command = "audit",
                                        std::map<std::string, std::string> set = {}) const {
    Arguments arguments{command};
    if (command == "audit") arguments.push_back(profile.string());
    arguments.insert(arguments.end(), more.begin(), more.end());
    set["CRUMBS_NOW"] = "2026-11-24T00:00:00Z";
    set["LC_ALL"] = "C.UTF-8";
    return test::crumbs(arguments, set);
  }
};

/// How many items a JSON report lists, whose exit is that of the text.
std::size_t listed(const test::ProcessResult& result) {
  CHECK(result.code == 0);
  const json report = json::parse(result.out);
  CHECK(report["summary"]["items"] == 3);
  CHECK(report["summary"]["unknown"] == 2);
  CHECK(report["known_only"] == (report["findings"].size() < 2));
  return report["findings"].size();
}

TEST_CASE("JSON and NDJSON list what no catalog knows, and --known leaves it out") {
  const Place place;
  CHECK(listed(place.run({"-f", "json"})) == 3);
  CHECK(listed(place.run({"-f", "json", "--known"})) == 1);
  CHECK(listed(place.run({"-f", "json", "--vendor", "jivochat"})) == 1);
  CHECK(listed(place.run({"-f", "json", "--status", "documented"})) == 1);
  CHECK(listed(place.run({"-f", "json", "--site", "example.com"})) == 3);
  for (const bool known : {false, true}) {
    const auto result =
        known ? place.run({"-f", "ndjson", "--known"}) : place.run({"-f", "ndjson"});
    CHECK(result.code == 0);
    std::size_t findings = 0;
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);)
      findings += json::parse(line)["record"] == "finding" ? 1 : 0;
    CHECK(findings == (known ? 1 : 3));
  }
}

TEST_CASE("formats for people list it only where they are asked to, whatever else is written") {
  const Place place;
  for (const char* format : {"text", "html", "csv", "markdown"}) {
    CAPTURE(format);
    const std::string alone = place.run({"-f", format}).out;
    CHECK(alone.find("mine") == std::string::npos);
    const fs::path json_file = place.work.path() / "report.json";
    const fs::path other = place.work.path() / "report.other";
    const std::string pair = std::string(format) + "=" + other.string();
    CHECK(place.run({"-o", "json=" + json_file.string(), "-o", pair}).code == 0);
    CHECK(json::parse(test::read_file(json_file))["findings"].size() == 3);
    CHECK(test::read_file(other) == alone);
    // Saved, with all of it.
    const auto again = [&](Arguments more) {
      more.insert(more.begin(), {json_file.string(), "-f", format});
      return place.run(more, "render").out;
    };
    CHECK(again({}) == alone);
    const std::string whole = place.run({"-f", format, "--all"}).out;
    CHECK(whole.find("mine") != std::string::npos);
    CHECK(again({"--all"}).find("mine") != std::string::npos);
  }
}

TEST_CASE("a damaged value that no catalog knows is a gap only where it was asked for") {
  const Place place;
  for (const char* format : {"text", "json", "ndjson"}) {
    CAPTURE(format);
    CHECK(place.run({"-f", format}).code == 0);
    CHECK(place.run({"-f", format, "--all"}).code == 5);
  }
}

TEST_CASE("of --all and --known the command line outranks the environment") {
  const Place place;
  const auto both = place.run({"-f", "json", "--all", "--known"});
  CHECK(both.code == 2);
  CHECK(both.err.find("--all excludes --known") != std::string::npos);
  CHECK(json::parse(
            place.run({"-f", "json", "--known"}, "audit", {{"CRUMBS_ALL", "1"}}).out)["findings"]
            .size() == 1);
  CHECK(json::parse(
            place.run({"-f", "json", "--all"}, "audit", {{"CRUMBS_KNOWN", "1"}}).out)["findings"]
            .size() == 3);
  CHECK(listed(place.run({"-f", "json"}, "audit", {{"CRUMBS_KNOWN", "1"}})) == 1);
}

}  // namespace
}  // namespace crumbs
