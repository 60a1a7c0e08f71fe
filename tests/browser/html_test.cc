// Labels: browser
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <fstream>

#include "crumbs/render.h"
#include "support/live_browser.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;

/// What a reader of the page sees in a real browser, and what holds for every page.
nlohmann::json read_in_browser(const fs::path& page, const fs::path& directory, bool print = true) {
  std::vector<std::string> command{"node",
                                   (test::source_dir() / "tests/browser/report.mjs").string(),
                                   page.string(), directory.string()};
  if (!print) command.emplace_back("unprinted");
  const auto node = test::run(command, {{"HOME", directory.string()}});
  INFO(node.err);
  REQUIRE(node.code == 0);
  auto seen = nlohmann::json::parse(node.out);
  for (const auto& request : seen.at("requests")) CHECK(request == "file://" + page.string());
  CHECK(seen.at("console") == nlohmann::json::array());
  CHECK(seen.at("dialogs") == 0);
  CHECK(seen.at("injected") == 0);
  CHECK(seen.at("overflow").size() == 4);
  for (const auto& overflow : seen.at("overflow").items()) {
    CAPTURE(overflow.key());
    CHECK(overflow.value() == 0);
  }
  const auto& backgrounds = seen.at("backgrounds");
  CHECK(backgrounds.at(0) == "rgb(255, 255, 255)");
  CHECK(backgrounds.at(0) != backgrounds.at(1));
  if (print) CHECK(test::read_file(directory / "report.pdf").starts_with("%PDF-"));
  CHECK(seen.at("bare").at("tools") == false);
  return seen;
}

void write_page(const Report& report, const fs::path& file) {
  std::ofstream out(file);
  render(report, "html", {}, out);
}

TEST_CASE("the page of a real profile can be read, filtered, sorted and printed") {
  if (!test::have_programs({"chromium", "node"})) return;
  const test::TempDir work;
  const fs::path page = work.path() / "report.html";
  const auto run = test::crumbs({"audit", test::fixture("profiles/chromium-156-leveldb").string(),
                                 "--all", "--residue", "--values", "full", "-o",
                                 "html=" + page.string(), "--now", "2026-11-24T00:00:00Z"});
  REQUIRE(run.code == 0);
  const auto seen = read_in_browser(page, work.path());
  CHECK(seen.at("rows") == 72);
  CHECK(seen.at("bare").at("rows") == 72);
  CHECK(seen.at("personal") == 36);
  CHECK(seen.at("count") == "36 of 72 items shown.");
  CHECK(seen.at("found") == 1);
  CHECK(seen.at("ascending") == nlohmann::json({"__Host-jv_part", "ascending"}));
  CHECK(seen.at("descending") == nlohmann::json({"юникод", "descending"}));
  const std::string story = seen.at("story");
  CHECK(story.find("значение") != std::string::npos);
  CHECK(story.find("not known: nothing documents it") != std::string::npos);
}

TEST_CASE("a hostile profile does nothing in the browser of whoever reads the page") {
  if (!test::have_programs({"chromium", "node"})) return;
  const std::string hostile[] = {"</script><script>window.injected=1</script>",
                                 R"("><img src=x onerror=window.injected=2>)",
                                 "</details></td></tr></table><svg onload=alert(1)>",
                                 "<base href=http://example.com/><link rel=stylesheet href=a.css>",
                                 "javascript:alert(1)",
                                 std::string(3000, 'W')};
  Report report = test::full_report();
  for (const std::string& text : hostile) {
    Finding finding = test::cookie(text, text, text);
    test::document(finding, "jivochat/widget/city", ValueType::city, text);
    finding.value.fields = {{.pointer = text, .text = text, .description = text}};
    finding.drift = {{.rule = text, .message = text}};
    report.findings.push_back(finding);
    report.exit.reasons.push_back({.code = "corrupt", .message = text});
  }
  const test::TempDir work;
  const fs::path page = work.path() / "hostile.html";
  write_page(report, page);
  const auto seen = read_in_browser(page, work.path());
  CHECK(seen.at("rows") == 7);
  CHECK(seen.at("bare").at("rows") == 7);
}

TEST_CASE("ten thousand items are painted and filtered within a second") {
  if (!test::have_programs({"chromium", "node"})) return;
  Report report = test::empty_report();
  report.profiles = {{test::chromium_profile(), {}}};
  for (int i = 0; i < 10'000; ++i) {
    report.findings.push_back(test::cookie("city", std::to_string(i) + ".example.com", "example"));
    Finding& finding = report.findings.back();
    test::document(finding, "jivochat/widget/city", ValueType::city, "Berlin");
    if (i % 2 == 0) finding.value.personal_data = PersonalData::location;
    finding.times.expires = Time{1'800'000'000'000'000 + i};
  }
  const test::TempDir work;
  const fs::path page = work.path() / "large.html";
  write_page(report, page);
  const auto seen = read_in_browser(page, work.path(), false);
  CHECK(seen.at("rows") == 10'000);
  CHECK(seen.at("personal") == 5'000);
  MESSAGE("painted after ", seen.at("paint_ms").get<double>(), " ms, loaded after ",
          seen.at("open_ms").get<double>(), " ms, filtered in ", seen.at("filter_ms").get<double>(),
          " ms, searched in ", seen.at("search_ms").get<double>(), " ms");
  CHECK(seen.at("paint_ms") < 1000);
  CHECK(seen.at("filter_ms") < 1000);
}

}  // namespace
}  // namespace crumbs
