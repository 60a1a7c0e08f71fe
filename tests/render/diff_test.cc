#include <doctest/doctest.h>

#include <sstream>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "support/differences.h"

namespace crumbs {
namespace {

using namespace test;

TEST_CASE("a difference survives JSON with every field") {
  Report before = full_report(), after = before;
  before.values = after.values = ValuesMode::full;
  after.findings[0].times.expires.reset();
  after.profiles[0].profile.name = "caf\xe9";
  Finding extra = item("n\xff", "1");
  after.findings.push_back(extra);
  CompareOptions options{.values = ValuesMode::full, .all = true, .residue = true};
  options.selection = "--vendor jivochat";
  const Difference difference = compare(before, after, options);
  REQUIRE(only_profile(difference).items.size() == 2);
  CHECK(parse_difference(to_json(difference), "d.json") == difference);
  CHECK(to_json(difference).find("\n  \"differs\": true,\n") != std::string::npos);
}

TEST_CASE("what is no difference of ours is refused with the place") {
  CHECK_THROWS_WITH_AS((void)parse_difference("{\"schema\":\"crumbs-diff/2\"}", "d.json"),
                       "d.json: /schema: a schema that this version does not know; it reads "
                       "crumbs-diff/1",
                       Error);
  CHECK_THROWS_AS((void)parse_difference(to_json(full_report()), "d.json"), Error);
  std::string text = to_json(compare(report_of({item("a", "1")}), report_of({}), kFull));
  text.replace(text.find("\"gone\","), 7, "\"lost\",");
  CHECK_THROWS_AS((void)parse_difference(text, "d.json"), Error);
}

constexpr const char* kHostile[] = {"<script>alert(1)</script>",
                                    "\" onload=x y=\"",
                                    "</style><b>",
                                    "a|b\n|c`d",
                                    "[x](https://e.example)",
                                    "\x1b[31mred",
                                    ("\xe2\x80\xae"
                                     "flip"),
                                    "@someone #1",
                                    "=1+1",
                                    "\xff\xfe"};

TEST_CASE("hostile names and values stay text in every format") {
  for (const std::string text : kHostile) {
    Finding before = item("a", "1"), after = item("a", text), name = item(text, text);
    name.host = name.site = text;
    Report right = report_of({after, name});
    right.profiles[0].profile.name = text;
    const Difference difference = compare(report_of({before}), right, kFull);
    CHECK(parse_difference(to_json(difference), "d.json") == difference);
    for (const FormatInfo& format : difference_formats()) {
      std::ostringstream out;
      render(difference, format.id, {}, out);
      const std::string written = out.str();
      CAPTURE(format.id);
      CHECK(written.find('\x1b') == std::string::npos);
      CHECK(written.find('\r') == std::string::npos);
      if (format.id == "json") continue;
      CHECK(written.find("\xe2\x80\xae") == std::string::npos);
      CHECK(written.find("\xff") == std::string::npos);
      if (format.id == "html") {
        CHECK(written.find("<script") == std::string::npos);
        CHECK(written.find("<b>") == std::string::npos);
        CHECK(written.find("onload=x y=\"") == std::string::npos);
      }
    }
  }
}

TEST_CASE("the text for people, exactly") {
  Finding before = item("visits", "3"), after = item("visits", "4"), gone = item("city", "7");
  before.times.expires = at("2027-01-01T00:00:00Z");
  after.times.expires = at("2027-01-04T00:00:00Z");
  std::ostringstream out;
  render(compare(report_of({before, gone}), report_of({after}), kFull), "text", {}, out);
  const std::string text = out.str();
  CHECK(text.substr(text.find("BEFORE")) ==
        "BEFORE  2026-11-23 10:00:00 UTC · values full · catalog jivochat 1\n"
        "AFTER   2026-11-23 10:00:00 UTC · values full · catalog jivochat 1\n"
        "\n"
        "── Chromium Default ────────────────────────────────────────────────────────────\n"
        "\n"
        "JivoChat on example.com\n"
        "  ~  changed  visits  .example.com  jivochat/widget/visits\n"
        "      value: 3 → 4\n"
        "      expiry: 2027-01-01 → 2027-01-04 (3 days later)\n"
        "  -  gone  city  .example.com  jivochat/widget/city\n"
        "      7\n"
        "\n"
        "1 changed, 1 gone; 0 the same\n");
}

TEST_CASE("incompleteness stands above everything in every format for people") {
  Report after = report_of({});
  after.complete = false;
  after.exit = {.code = 5,
                .reasons = {{.code = "corrupt", .message = "Default/Cookies (failed): torn"}}};
  const Difference difference = compare(report_of({}), after, kFull);
  for (const char* format : {"text", "markdown", "html"}) {
    std::ostringstream out;
    render(difference, format, {}, out);
    CAPTURE(format);
    const std::size_t warning = out.str().find("INCOMPLETE: ");
    CHECK(warning != std::string::npos);
    CHECK(warning < out.str().find("nothing differs"));
    CHECK(out.str().find("AFTER: Default/Cookies (failed): torn") != std::string::npos);
  }
}

}  // namespace
}  // namespace crumbs
