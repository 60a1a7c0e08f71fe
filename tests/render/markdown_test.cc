#include <doctest/doctest.h>

#include <sstream>

#include "crumbs/render.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {

std::string markdown(const Report& report) {
  std::ostringstream out;
  render(report, "markdown", {}, out);
  return out.str();
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Finding city(const std::string& site) {
  Finding finding = test::cookie("city", "." + site, site);
  test::document(finding, "jivochat/widget/city", ValueType::city, "Łódź");
  finding.value.personal_data = PersonalData::location;
  return finding;
}

TEST_CASE("a complete report says so and sums up by vendor and site") {
  Report report = test::empty_report();
  report.catalogs = {{.id = "jivochat", .version = "2026.1", .sha256 = "ab", .title = "JivoChat"}};
  report.profiles = {{test::chromium_profile(), {}}};
  report.findings = {city("example.com"), city("example.com"), city("example.net")};
  report.findings[1].deletion.verdict = Verdict::retain;
  report.findings[1].value.personal_data = PersonalData::none;
  report.summary = {.items = 9, .documented = 2, .drift = 1, .personal = 2};
  report.selection = "--vendor jivochat";
  report.absent = {{.entry = "jivochat/widget/country"}};
  const std::string text = markdown(report);
  CHECK(text.starts_with(
      "# crumbs: 9 items read, 3 documented, 2 with personal data\n\n**Complete:**"));
  CHECK(holds(text, "- Chosen: `--vendor jivochat`; listed here: 3 items; values: masked\n"));
  CHECK(holds(text, "| `JivoChat` | `example.com` | 2 | 1 | 1 × yes; 1 × no, keep |\n"));
  CHECK(holds(text, "| `JivoChat` | `example.net` | 1 | 1 | 1 × yes |\n"));
  CHECK(holds(
      text,
      "| `city` | `.example.net` | documented | `Łódź` | location | `yes (our reading)` |\n"));
  CHECK(
      holds(text, "## Documented and absent\n\n| Entry |\n|---|\n| `jivochat/widget/country` |\n"));
  CHECK_FALSE(holds(text, "INCOMPLETE"));
  CHECK_FALSE(holds(text, "## Stores not read"));
  CHECK_FALSE(holds(text, "## Differs"));
}

TEST_CASE("an incomplete report says so on top and names what was not read") {
  Report report = test::full_report();
  report.profiles[0].stores[0].diagnostics[0].severity = Diagnostic::Severity::incomplete;
  const std::string text = markdown(report);
  CHECK(
      text.starts_with("# crumbs: 1 item read, 5 documented, 12 with personal data – "
                       "INCOMPLETE\n\n**Incomplete:**"));
  CHECK(holds(text, "- Inside documented items: 9 undocumented parts\n"));
  CHECK(holds(text, "- `Default/Cookies (partial): page 7 is damaged: another copy`\n"));
  CHECK(holds(text, "\nWorth knowing:\n\n- `5 directories were not searched`\n"));
  CHECK(holds(
      text,
      "| `Default` | `chromium.cookies` | `Default/Cookies` | partial | `page 7 is damaged` |"));
  CHECK(holds(text, "| `type` | `is no time` |\n"));
}

TEST_CASE("tables are bounded, and what is left out is counted") {
  Report report = test::empty_report();
  for (int i = 0; i < 100; ++i) report.findings.push_back(city("example.com"));
  CHECK_FALSE(holds(markdown(report), "more, not listed"));
  report.findings.push_back(city("example.com"));
  report.findings.push_back(city("example.com"));
  const std::string text = markdown(report);
  CHECK(holds(text, "\n… and 2 more, not listed in this summary.\n"));
  CHECK(holds(text, "| `jivochat` | `example.com` | 102 | 102 | 102 × yes |\n"));
}

TEST_CASE("a long name is cut, and no text of a profile leaves its code span") {
  Report report = test::empty_report();
  report.findings = {test::cookie(std::string(5000, 'a'), "@a|b", "`|<script>"),
                     test::cookie("x\n# title", "", "")};
  const std::string text = markdown(report);
  CHECK(holds(text, "| `" + std::string(79, 'a') + "…` |"));
  CHECK(holds(text, "| `@a`\\|`b` |"));
  CHECK(holds(text, "| `` ` ``\\|`<script>` |"));
  CHECK(holds(text, "| `x\\n# title` | – |"));
}

}  // namespace
}  // namespace crumbs
