// What `crumbs render` makes of a saved report is what the audit would have written itself.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "crumbs/render.h"
#include "support/made_profile.h"
#include "support/sample_report.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr const char* kNow = "2026-11-24T00:00:00Z";

std::vector<fs::path> profile_fixtures() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(test::fixture("profiles"))) {
    if (entry.is_directory()) found.push_back(entry.path());
  }
  REQUIRE(found.size() >= 8);
  return found;
}

bool has(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

/// One file a format, written by one run of `arguments`.
void write_all(std::vector<std::string> arguments, const fs::path& directory,
               const std::map<std::string, std::string>& environment = {}) {
  fs::create_directory(directory);
  for (const FormatInfo& format : formats()) {
    const std::string id(format.id);
    arguments.insert(arguments.end(), {"-o", id + "=" + (directory / id).string()});
  }
  const auto result = test::crumbs(arguments, environment);
  INFO(result.err);
  CHECK((result.code == 0 || result.code == 5));
}

/// What changes the report that is rendered.
const std::vector<std::vector<std::string>>& ways() {
  static const std::vector<std::vector<std::string>> all{
      {},
      {"--all", "--residue"},
      {"--all", "--residue", "--values", "full"},
      {"--values", "none"},
      {"--vendor", "jivochat", "--personal-data", "any", "--values", "full", "--allow-empty"}};
  return all;
}

void check_same(const fs::path& direct, const fs::path& again) {
  for (const FormatInfo& format : formats()) {
    CAPTURE(format.id);
    const std::string expected = test::read_file(direct / format.id);
    CHECK(expected != "");
    CHECK((test::read_file(again / format.id) == expected));
  }
}

struct Rendered {
  test::TempDir directory;
  std::string report = (directory.path() / "report.json").string();

  explicit Rendered(std::string_view bytes) { test::write_file(report, bytes); }
  [[nodiscard]] test::ProcessResult run(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"render", report});
    return test::crumbs(more);
  }
  /// The one line on stderr, after "crumbs: FILE: ".
  [[nodiscard]] std::string complaint(int code) const {
    const auto result = run({"-o", (directory.path() / "out").string()});
    CHECK(result.code == code);
    CHECK(result.out == "");
    CHECK_FALSE(fs::exists(directory.path() / "out"));
    const std::string start = "crumbs: " + report + ": ";
    REQUIRE(result.err.starts_with(start));
    REQUIRE(result.err.find('\n') == result.err.size() - 1);
    return result.err.substr(start.size(), result.err.size() - start.size() - 1);
  }
};

TEST_CASE("every format of every fixture is the same from the saved report") {
  for (const fs::path& fixture : profile_fixtures()) {
    for (const char* width : {"80", "140"}) {
      for (const std::vector<std::string>& way : ways()) {
        CAPTURE(fixture.filename().string());
        CAPTURE(width);
        const test::TempDir work;
        const fs::path direct = work.path() / "direct", again = work.path() / "again";
        std::vector<std::string> audit{"audit", "--now", kNow, "--width", width, fixture.string()};
        audit.insert(audit.end(), way.begin(), way.end());
        write_all(audit, direct);
        write_all({"render", "--width", width, (direct / "json").string()}, again);
        check_same(direct, again);
      }
    }
  }
}

TEST_CASE("so is that of an incomplete one whose paths are no text") {
  const test::TempDir work;
  const fs::path profile = work.path() / "caf\xe9";
  test::write_file(profile / "Preferences", "{}");
  test::write_file(profile / "Cookies", "no database");
  const fs::path direct = work.path() / "direct", again = work.path() / "again";
  write_all({"audit", "--now", kNow, profile.string()}, direct);
  write_all({"render", (direct / "json").string()}, again);
  for (const FormatInfo& format : formats()) {
    CAPTURE(format.id);
    CHECK(test::read_file(again / format.id) == test::read_file(direct / format.id));
  }
  CHECK(test::read_file(direct / "text").find("caf\\xe9/Cookies (failed)") != std::string::npos);
}

TEST_CASE("every format shows a store that could not be read, and why") {
  StoreResult store;
  store.id = "chromium.cookies";
  store.path = "Default/Cookies";
  store.status = StoreStatus::failed;
  store.diagnostics = {{.code = "corrupt", .message = "undecipherable", .file = store.path}};
  Report report = test::empty_report();
  report.complete = false;
  report.profiles = {{test::chromium_profile(), {store}}};
  report.exit = {
      .code = 5,
      .reasons = {{.code = "corrupt", .message = "Default/Cookies (failed): undecipherable"}}};
  for (const FormatInfo& format : formats()) {
    std::ostringstream out;
    render(report, format.id, {}, out);
    const bool names_it = out.str().find("Cookies") != std::string::npos;
    const bool says_why = out.str().find("undecipherable") != std::string::npos;
    CHECK_MESSAGE(names_it, format.id, " does not name a store that could not be read");
    CHECK_MESSAGE(says_why, format.id, " does not say why a store could not be read");
  }
}

TEST_CASE("the text on standard output is the same, with colour") {
  const test::TempDir work;
  const std::string report = (work.path() / "report.json").string();
  const std::string profile = test::fixture("profiles/firefox-153").string();
  const auto direct = test::crumbs({"audit", "--now", kNow, "--values", "full", "--color", "always",
                                    "-f", "text", "-o", "json=" + report, profile});
  const auto again = test::crumbs({"render", "--color", "always", report});
  CHECK(again.code == 0);
  CHECK(again.err == "");
  CHECK(again.out.find("\x1b[") != std::string::npos);
  CHECK((again.out == direct.out));
}

TEST_CASE("a report is read from standard input, and an incomplete one is rendered, too") {
  const std::string json = to_json(test::full_report());
  const auto result =
      test::run({test::crumbs_program().string(), "render", "-", "-f", "json"}, {}, json);
  CHECK(result.code == 0);
  CHECK((result.out == json));
}

TEST_CASE("a report is rendered where there is no catalog") {
  const test::TempDir work;
  const fs::path direct = work.path() / "direct", again = work.path() / "again";
  write_all({"audit", "--now", kNow, "-v", test::fixture("profiles/chromium-156-leveldb").string()},
            direct);
  write_all({"render", "-v", (direct / "json").string()}, again,
            {{"CRUMBS_CATALOG_DIR", "/nowhere"}});
  check_same(direct, again);
  const Rendered saved(to_json(test::full_report()));
  CHECK(saved.run({"--catalog", "/nowhere"}).code == 2);
}

/// The report of a fixture in which every entry of a catalog says other things than the catalog.
nlohmann::json with_other_words() {
  const auto audited = test::crumbs(
      {"audit", "--now", kNow, "-f", "json", test::fixture("profiles/chromium-85").string()});
  auto report = nlohmann::json::parse(audited.out);
  REQUIRE(report["entries"].size() > 20);
  for (auto& entry : report["entries"]) {
    entry["title"] = "another title";
    entry["description"] = "Another description.";
    entry["deletion"]["loss"] = "another loss";
    entry["forms"][0]["name"] = "another_name";
  }
  report["catalogs"][0]["document"]["title"] = "Another document";
  report["catalogs"][0]["errata"] = 4711;
  report["catalogs"][0]["names_documented"] = 4712;
  return report;
}

TEST_CASE("a saved report is shown with its own words, whatever the catalog says today") {
  const Rendered saved(with_other_words().dump());
  const std::string brief = saved.run({"--width", "200"}).out;
  const std::string verbose = saved.run({"--width", "200", "-v"}).out;
  const std::string page = saved.run({"-f", "html"}).out;
  CHECK(has(brief, "another title -> another loss"));
  CHECK(has(brief, "4711 mistakes in the document"));
  CHECK(has(verbose, "Another description."));
  CHECK(has(verbose, " of 4712 documented items not found: another_name"));
  CHECK(has(page, "Another description."));
  CHECK(has(page, "<code>another_name</code>"));
  CHECK(has(page, "Another document"));
  const Catalog& today = test::shipped_catalogs().front();
  CHECK_FALSE(has(page, today.document().title));
  for (const Entry& entry : today.entries()) {
    CAPTURE(entry.id);
    CHECK_FALSE(has(page, entry.description));
    CHECK_FALSE(has(verbose, entry.description));
  }
}

TEST_CASE("what is no report is refused with one line that says where") {
  const std::string json = to_json(test::full_report());
  CHECK(Rendered(json.substr(0, 1000)).complaint(3) == "not JSON at byte 1001");
  CHECK(Rendered("").complaint(3) == "not JSON at byte 1");
  CHECK(Rendered("[]").complaint(3) == "the document: expected an object, found an array");
  CHECK(Rendered("{\"schema\": \"crumbs-report/2\"}").complaint(3) ==
        "/schema: a schema that this version does not know; it reads crumbs-report/1");
  CHECK(Rendered("{\"schema\": \"\\u001b[2J\"}").complaint(3) ==
        "/schema: this is no report of crumbs");
  CHECK(Rendered("{\"schema\": 1e999}").complaint(3) == "holds a number that is too large");
  CHECK(Rendered(std::string(100'000, '[')).complaint(3) == "nested more than 96 deep");
}

TEST_CASE("a message holds neither a value nor a control character of the report") {
  Report report = test::full_report();
  report.findings[0].value.text = "text";  // a lone surrogate would be refused by the parser here
  const auto whole = nlohmann::json::parse(to_json(report));
  auto json = whole;
  json["findings"][0]["value"]["availability"] = "\x1b[2J secret";
  CHECK(Rendered(json.dump()).complaint(3) ==
        "/findings/0/value/availability: a word that is not in the contract");
  json = whole;
  json["findings"][0]["captured"] = {{{"variable", "\x1b]0;x\x07\n"}, {"value", 7}}};
  CHECK(Rendered(json.dump()).complaint(3) ==
        "/findings/0/captured/0/value: expected a string, found an integer");
}

TEST_CASE("a file that is not there, and one that is a directory") {
  const test::TempDir work;
  const std::string missing = (work.path() / "no\x1bne").string();
  auto result = test::crumbs({"render", missing});
  CHECK(result.code == 4);
  CHECK(result.err ==
        "crumbs: " + work.path().string() + "/no\\x1bne: No such file or directory\n");
  result = test::crumbs({"render", work.path().string()});
  CHECK(result.code == 5);
  CHECK(result.err == "crumbs: " + work.path().string() + ": Is a directory\n");
}

TEST_CASE("input without end is refused at the bound") {
  const auto result = test::crumbs({"render", "/dev/zero"});
  CHECK(result.code == 3);
  CHECK(result.err == "crumbs: /dev/zero: over 512 MiB, too large for a report\n");
}

}  // namespace
}  // namespace crumbs
