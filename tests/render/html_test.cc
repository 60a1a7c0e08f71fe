#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "audit/entries.h"
#include "crumbs/render.h"
#include "support/catalogs.h"
#include "support/hostile_report.h"
#include "support/html_pages.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {

std::string html(const Report& report) {
  std::ostringstream out;
  render(report, "html", {}, out);
  return out.str();
}

std::size_t count(std::string_view page, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = page.find(what); at != std::string_view::npos;
       at = page.find(what, at + what.size()))
    ++found;
  return found;
}

bool has(std::string_view page, std::string_view what) {
  return page.find(what) != std::string_view::npos;
}

/// One item of each of the three verdicts that a catalog knows, and one that is undocumented.
Report four_items() {
  Report report = test::empty_report();
  report.profiles = {{test::chromium_profile(),
                      {{.id = "chromium.cookies", .path = "Default/Cookies", .items = 4}}}};
  report.catalogs = {{.id = "jivochat", .version = "1.0", .sha256 = "ab", .title = "JivoChat: x"}};
  for (const char* name : {"enter_ts", "city", "_ga", "jv_new"})
    report.findings.push_back(test::cookie(name, "shop.example.com", "example.com"));
  test::document(report.findings[0], "jivochat/widget/enter_ts", ValueType::unix_time,
                 "1795392000");
  test::document(report.findings[1], "jivochat/widget/city", ValueType::city, "Berlin");
  report.findings[1].value.personal_data = PersonalData::location;
  report.findings[1].deletion.verdict = Verdict::allowed_with_consequence;
  test::document(report.findings[2], "jivochat/site/ga", ValueType::opaque, "GA1");
  report.findings[2].deletion.verdict = Verdict::retain;
  report.findings[3].status = Status::undocumented;
  report.findings[3].catalog = "jivochat";
  report.absent = {{"jivochat/widget/utm"}};
  report.summary = {.items = 4,
                    .documented = 3,
                    .undocumented = 1,
                    .undocumented_fields = 2,
                    .personal = 1,
                    .stores = 1};
  report.profiles[0].tallies = {
      {.catalog = "jivochat",
       .verdicts = {
           {Verdict::allowed, 1}, {Verdict::allowed_with_consequence, 1}, {Verdict::retain, 1}}}};
  return report;
}

TEST_CASE("the numbers on top are those of the items below") {
  const std::string page = html(four_items());
  CHECK(count(page, R"(<tr role="row" id="i)") == 4);
  CHECK(count(page, R"(data-card="0"><td)") + count(page, R"(data-card="0" data-until)") == 3);
  CHECK(has(page, "<dt>items listed</dt><dd><b>4</b>"));
  CHECK(has(page, "<dt>documented</dt><dd><b>3</b>"));
  CHECK(has(page, "<dt>hold personal data</dt><dd><b>1</b>"));
  CHECK(has(page, R"(<dt>may be deleted</dt><dd><b>2</b> <span class="faint">1 at a cost</span>)"));
  CHECK(has(page, "<dt>to keep</dt><dd><b>1</b>"));
  CHECK(has(page, "<dt>undocumented parts</dt><dd><b>2</b>"));
  CHECK(has(page, R"(<h3>JivoChat <span class="on">on</span> example.com</h3>)"));
  CHECK(has(page, "<dt>items</dt><dd>3: 3 in cookies</dd>"));
  CHECK(has(page, "<dt>personal data</dt><dd>1: location 1</dd>"));
  CHECK(has(page, "<dd>1 freely, 1 at a cost, 1 to keep</dd>"));
  CHECK(has(page, R"(<option value="documented">documented (3)</option>)"));
  CHECK(has(page, R"(<option value="any">any kind (1)</option>)"));
  CHECK(has(page, "<h3>Undocumented: 1 item</h3>"));
  CHECK(has(page, "<h3>Absent: 1 item</h3>"));
}

TEST_CASE("every field of a finding is in its story") {
  const std::string page = html(test::full_report());
  for (const char* text : {"jivochat/widget/enter_ts",
                           "jivo_visitor_id = 42",
                           "other/x: fewer literal bytes",
                           "the given key does not fit",
                           "percent_decode, then json",
                           "/a~1b",
                           "ID of the user",
                           "has no expiry",
                           "a second remark",
                           "is no time",
                           "the chat forgets you",
                           "section 3",
                           "removes opt out",
                           "legal",
                           "https://example.org",
                           "Bänk",
                           "superseded",
                           "source port -1",
                           "privateBrowsingId=1",
                           "2026-11-02 00:00:00.500 UTC",
                           "table cookies, row -5, /windows/0, byte 64, sequence 9",
                           "--vendor jivochat",
                           "cd34",
                           "ab12",
                           "page 7 is damaged",
                           "row 12, byte 28672",
                           "lock held by pid 12",
                           "left over",
                           "caf\\xe9",
                           "18446744073709551615"}) {
    CAPTURE(text);
    CHECK(has(page, text));
  }
}

TEST_CASE("an incomplete report says so before anything else") {
  const std::string page = html(test::full_report());
  const std::size_t notice = page.find("Incomplete: what could not be read is missing here");
  CHECK(notice < page.find("At a glance"));
  CHECK(page.find(R"(<a href="#s0-0">Default/Cookies</a>)") > notice);
  CHECK(page.find("<strong>partial</strong>") < page.find("At a glance"));
  CHECK(page.find("Default/Cookies (partial): page 7 is damaged") < page.find("At a glance"));
  CHECK_FALSE(has(page, "every store that is there was read"));
  CHECK(has(html(test::empty_report()), "every store that is there was read"));
}

TEST_CASE("a report without findings is a whole page") {
  const std::string page = html(test::empty_report());
  CHECK(has(page, "No items are listed."));
  CHECK(has(page, "No profile was read."));
  CHECK(has(page, "Nothing that a catalog documents was found."));
  CHECK(page.ends_with("</html>\n"));
  CHECK_FALSE(has(page, "<table"));
}

TEST_CASE("without the report's entries there are ids, with them words") {
  Report report = four_items();
  const std::string ids = html(report);
  CHECK(has(ids, "<code>jivochat/widget/enter_ts</code>"));
  CHECK_FALSE(has(ids, "When the site was first visited"));
  const Catalog catalog = test::jivochat();
  EntryIds named;
  add_named(report, named);
  report.entries = entries_of({&catalog, 1}, named);
  const std::string words = html(report);
  CHECK(has(words, "“When the site was first visited”"));
  CHECK(has(words, "(section “Chat Widget”)"));
  CHECK(has(words, "<code>utm</code>"));  // the absent entry by its name
  CHECK(has(ids, "<code>jivochat/widget/utm</code>"));
}

TEST_CASE("the page names the document that a catalog was taken from") {
  const std::string page = html(test::full_report());
  CHECK(has(page,
            "<br>The document: Policy, JivoSite, effective 2018-05-25, SHA-256 "
            "<code>9f8e</code></p>"));
}

TEST_CASE("what was not read, and what is worth knowing of the search, stands with the sources") {
  const std::string page = html(test::full_report());
  CHECK(has(page,
            "Also there, not read: 1 place that may know a site</summary><ul>\n"
            "<li><code>Network/Device Bound Sessions</code>, "
            "sessions bound to this device</li>\n"));
  CHECK(has(page, "5 directories were not searched"));
  Report none = test::full_report();
  none.notes.clear();
  none.profiles[0].also_there.clear();
  const std::string without = html(none);
  CHECK_FALSE(has(without, "Also there"));
  CHECK_FALSE(has(without, "not searched"));
}

TEST_CASE("no text of a profile becomes markup, wherever it stands") {
  const auto with = [](const std::string& text) {
    Report report = four_items();
    report.complete = false;
    report.exit = {.code = 5, .reasons = {{.code = "corrupt", .message = text}}};
    report.selection = report.tool_version = text;
    report.catalogs[0].title = text;
    report.profiles[0].profile.path = text;
    report.profiles[0].also_there = {{.path = text, .holds = text}};
    report.notes = {{.code = text, .message = text, .file = text}};
    report.profiles[0].profile.name = report.profiles[0].profile.browser_name = text;
    report.profiles[0].profile.running = {.running = true, .evidence = text};
    StoreResult& store = report.profiles[0].stores[0];
    store.id = store.path = store.schema = store.note = text;
    store.status = StoreStatus::partial;
    store.files = {{.path = text, .bytes = 1, .sha256 = text}};
    store.diagnostics = {{.code = text, .message = text, .file = text}};
    for (Finding& finding : report.findings) {
      finding.name = finding.host = finding.origin = finding.site = finding.path = text;
      finding.store = finding.id = finding.catalog = finding.entry = text;
      finding.captured = {{"x_id", text}};
      finding.partition = Partition{.top_level_site = text, .raw = text};
      finding.container = Container{.id = 1, .name = text};
      finding.value.text = text;
      finding.value.decoded = "other " + text;
      finding.value.steps = {text};
      finding.value.fields = {
          {.pointer = text, .text = text, .description = text, .erratum = text}};
      finding.drift = {{.rule = text, .message = text}};
      finding.notes = {text};
      finding.deletion.consequence = finding.deletion.section = finding.deletion.reason = text;
      finding.deletion.holds = {{.id = text, .reason = text, .owner = text, .until = text}};
      finding.runner_up = {{.entry = text, .reason = text}};
      finding.form = MatchedForm{text, Basis::observation, text, text};
      finding.attributes.same_site = finding.attributes.priority = text;
      finding.locator = {.file = text, .table = text, .pointer = text};
    }
    report.absent = {{text}};
    report.entries = {test::hostile_entry(text)};
    return html(report);
  };
  const std::string plain = test::skeleton(with("plain"));
  CHECK(plain.size() > 2000);
  for (const char* text : test::kHostile) {
    CAPTURE(text);
    CHECK(test::skeleton(with(text)) == plain);
  }
}

TEST_CASE("a masked report shows no value that is masked") {
  const Report full = test::audit_of("chromium-156-leveldb", "full");
  const Report masked = test::audit_of("chromium-156-leveldb", "masked");
  REQUIRE(full.findings.size() == masked.findings.size());
  const std::string open = html(full), page = html(masked), data = to_json(masked);
  std::size_t hidden = 0;
  for (std::size_t i = 0; i < full.findings.size(); ++i) {
    const auto& value = full.findings[i].value;
    if (!masked.findings[i].value.masked || !value.text) continue;
    const std::string text = value.text->substr(0, 24);
    // Short ones are anywhere, and some are in a name as well, which a report always shows.
    if (text.size() < 8 || has(data, text) || text.find_first_of("\"<>&'\n") != std::string::npos)
      continue;
    CHECK(has(open, text));
    if (has(page, text)) FAIL("a masked value is in the page: finding " << full.findings[i].id);
    ++hidden;
  }
  CHECK(hidden >= 5);
}

TEST_CASE("items without number do not make a list without end") {
  Report report = four_items();
  for (int i = 0; i < 150; ++i) {
    report.findings.push_back(test::cookie("jv_" + std::to_string(i), "a.example.com", "x"));
    report.findings.back().status = Status::undocumented;
  }
  const std::string page = html(report);
  CHECK(has(page, "<h3>Undocumented: 151 items</h3>"));
  CHECK(has(page, "… and 51 more, all of them in the table above"));
  CHECK(count(page, R"(<tr role="row" id="i)") == 154);
}

}  // namespace
}  // namespace crumbs
