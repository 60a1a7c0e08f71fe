#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "render/ascii_text.h"
#include "render/marks.h"
#include "render/words.h"
#include "support/golden.h"
#include "support/text_sample.h"

namespace crumbs {
namespace {

using test::check_golden;
using test::drifting;
using test::enter_ts;
using test::firefox_nothing;
using test::lines_of;
using test::rendered;
using test::text_sample;
using test::uncertain;

std::string without_color(std::string text) {
  for (std::size_t at = text.find("\x1b["); at != std::string::npos; at = text.find("\x1b[", at))
    text.erase(at, text.find('m', at) - at + 1);
  return text;
}

constexpr TextLevel kLevels[] = {TextLevel::normal, TextLevel::verbose, TextLevel::items};

TEST_CASE("the text is laid out as approved") {
  check_golden("text-80", rendered(text_sample(), {.width = 80}));
  check_golden("text-200", rendered(text_sample(), {.width = 200}));
  check_golden("text-80-color", rendered(text_sample(), {.width = 80, .color = true}));
  check_golden("text-80-ascii", rendered(text_sample(), {.width = 80, .ascii = true}));
  check_golden("text-80-nothing", rendered(firefox_nothing(), {.width = 80}));
  check_golden("verbose-80", rendered(text_sample(), {.width = 80, .level = TextLevel::verbose}));
  check_golden("verbose-200", rendered(text_sample(), {.width = 200, .level = TextLevel::verbose}));
  check_golden("show-80", rendered(text_sample(), {.width = 80, .level = TextLevel::items}));
  check_golden("show-200", rendered(text_sample(), {.width = 200, .level = TextLevel::items}));
}

TEST_CASE("no line is wider than the terminal, and none ends in spaces") {
  for (const unsigned width : {40U, 57U, 80U, 99U, 100U, 119U, 120U, 200U}) {
    for (const TextLevel level : kLevels) {
      for (const bool ascii : {false, true}) {
        const RenderOptions options{.width = width, .level = level, .ascii = ascii};
        for (const std::string& line : lines_of(rendered(text_sample(), options))) {
          CAPTURE(line);
          CHECK(display_width(line) <= width);
          CHECK_FALSE(line.ends_with(' '));
        }
      }
    }
  }
}

TEST_CASE("colour changes nothing but colour, and no other escape leaves the profile") {
  for (const TextLevel level : kLevels) {
    const std::string colored = rendered(text_sample(), {.color = true, .level = level});
    CHECK(without_color(colored) == rendered(text_sample(), {.level = level}));
    for (const std::string& line : lines_of(without_color(colored))) CHECK(printable(line) == line);
  }
}

TEST_CASE("a terminal without UTF-8 gets ASCII, and every mark is still another") {
  for (const TextLevel level : kLevels) {
    const std::string text = rendered(text_sample(), {.level = level, .ascii = true});
    CHECK(std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; }));
    CHECK(text.find("B\\u{e4}nking") != std::string::npos);
  }
  Report report = text_sample();
  report.findings[5].name = "jv_a→b…·•";
  for (const TextLevel level : kLevels)
    CHECK(rendered(report, {.width = 200, .level = level, .ascii = true})
              .find("jv_a\\u{2192}b\\u{2026}\\u{b7}\\u{2022}") != std::string::npos);
  std::set<std::string> signs, ascii;
  for (const Mark mark : {Mark::nothing_lost, Mark::something_lost, Mark::undoes_choice, Mark::keep,
                          Mark::undocumented, Mark::possible, Mark::drift, Mark::ambiguous}) {
    signs.insert(sign(mark).text);
    ascii.insert(to_ascii(sign(mark).text));
  }
  CHECK(signs == std::set<std::string>{"✓", "!", "§", "✗", "?", "~", "≠", "⁇"});
  CHECK(ascii == std::set<std::string>{"+", "!", "S", "x", "?", "~", "#", "??"});
}

TEST_CASE("incomplete is the third line, with its cause") {
  const std::vector<std::string> lines = lines_of(rendered(text_sample(), {.width = 100}));
  CHECK(lines[2] == "INCOMPLETE: Default/Cookies (partial): page 7 is damaged; 39 of 40 rows read");
  CHECK(lines[3] == "Read: 40 cookies (schema 24), in part, 1 local-storage item (leveldb 1)");
  const std::string verbose = rendered(text_sample(), {.level = TextLevel::verbose});
  CHECK(lines_of(verbose)[2].starts_with("INCOMPLETE: "));
  CHECK(verbose.find("READ IN PART") != std::string::npos);
  CHECK(rendered(text_sample(), {.level = TextLevel::quiet}).starts_with("INCOMPLETE "));
  CHECK(rendered(firefox_nothing(), {}).find("INCOMPLETE") == std::string::npos);
}

TEST_CASE("every cause is told, under the profile that it concerns") {
  Report report = text_sample();
  Reason other = report.exit.reasons[0];
  other.message = "Default/Local Storage: a log is damaged";
  Reason missing{.code = "absent", .path = "/mnt/gone", .message = "/mnt/gone: nothing is there"};
  report.exit.reasons.push_back(other);
  report.exit.reasons.push_back(missing);
  const auto alone = lines_of(rendered(report, {.width = 100}));
  CHECK(alone[2].starts_with("INCOMPLETE: Default/Cookies (partial): page 7 is damaged"));
  CHECK(alone[3] == "  Default/Local Storage: a log is damaged");
  CHECK(alone[4] == "  /mnt/gone: nothing is there");

  ProfileReport second = report.profiles[0];
  second.profile.id = "p2";
  second.stores = {second.stores[1]};
  report.profiles.push_back(second);
  report.missing.resize(1);
  const auto two = lines_of(rendered(report, {.width = 100}));
  CHECK(two[1] == "INCOMPLETE: 1 of 2 profiles not read whole, 1 not read at all");
  CHECK(two[2] == "  /mnt/gone: nothing is there");
  CHECK(two[4].starts_with("profile "));
  CHECK(two[5].find("41 items INCOMPLETE ") != std::string::npos);
  CHECK(two[6].find(" 1 item ") != std::string::npos);
  CHECK(two[8].starts_with("Chromium · Default"));
  CHECK(two[9].starts_with("INCOMPLETE: Default/Cookies"));
  CHECK(two[10] == "  Default/Local Storage: a log is damaged");
  CHECK(std::ranges::count(two, "Read whole: 1 local-storage item (leveldb 1)") == 1);
}

TEST_CASE("nothing found tells where was looked") {
  Report report = firefox_nothing();
  report.profiles[0].stores.push_back(
      {.id = "firefox.webappsstore", .status = StoreStatus::absent});
  const auto lines = lines_of(rendered(report, {.width = 100}));
  CHECK(lines[2] == "Read whole: 12 cookies (schema 17); not there: firefox.webappsstore");
  CHECK(lines[4] == "Nothing of JivoChat was found among 12 items; its document names 3.");
  report.complete = false;
  report.exit = {5, {{.code = "corrupt", .profile = "p1", .message = "cookies.sqlite: damaged"}}};
  CHECK(rendered(report, {.width = 200})
            .find("Nothing of JivoChat was found among 12 items; its document names 3, as far as "
                  "the profile could be read.") != std::string::npos);
}

TEST_CASE("what a catalog says as a whole is that of the report") {
  Report report = text_sample();
  report.catalogs[0].errata = 3;
  report.profiles[0].tallies[0].drift = 0;
  const auto says = [&report](const char* words) {
    return rendered(report, {.width = 200}).find(words) != std::string::npos;
  };
  CHECK(says("With -v: 3 mistakes in the document"));
  CHECK(says("drift 0 (no lifetimes are documented)"));
  report.catalogs[0].states_lifetimes = true;
  CHECK(says("drift 0\n"));
  report.profiles[0].tallies.clear();
  CHECK_FALSE(says("mistakes in the document"));
  report.catalogs[0].names_documented = 77;
  CHECK(says("; its document names 77"));
}

TEST_CASE("the same item on several hosts is one item with its hosts") {
  const std::string verbose = rendered(text_sample(), {.width = 200, .level = TextLevel::verbose});
  CHECK(verbose.find("cookie on 3 places: .example.com, shop.example.com, www.example.com") !=
        std::string::npos);
  CHECK(rendered(text_sample(), {.width = 200})
            .find("1 cookie on each of 3 hosts: .example.com; shop.example.com; www.example.com") !=
        std::string::npos);
}

TEST_CASE("a verdict says whose claim it is") {
  const std::string verbose = rendered(text_sample(), {.width = 200, .level = TextLevel::verbose});
  CHECK(verbose.find("yes (the document says): nothing is lost") != std::string::npos);
  CHECK(verbose.find("yes, but (our reading): the chat forgets") != std::string::npos);
  // Three of the document, two of ours: the rarer is marked on its line, and there is no footnote.
  const std::string text = rendered(text_sample(), {.width = 200});
  CHECK(text.find("the document says 3, our reading 2") != std::string::npos);
  CHECK(text.find("the chat forgets who you are and asks again. [our reading]") !=
        std::string::npos);
  CHECK(text.find("[1]") == std::string::npos);
}

TEST_CASE("every number of a tally stands in its line") {
  Report report = text_sample();
  report.profiles[0].tallies = {test::full_tally()};
  const std::string text = rendered(report, {.width = 200});
  for (const char* line :
       {"JivoChat is on 2 sites: 43 documented items, 30 with personal data. Perhaps on 1 more "
        "(example.org).",
        " personal data  contact 30",
        " deletion       ✓ 32 nothing lost · ! 0 something lost · § 36 undoes a choice · ✗ 33 to "
        "keep · the document says 34, our reading 0, publicly seen 35",
        " lifetime       37 never expire (local storage) · 39 cookies: 41 seconds at most, 40 over "
        "13 months · 38 until the browser closes",
        " undocumented   ? 25 items (26 publicly seen), and 43 keys inside 44 items",
        " drift          ≠ 22 items: not as documented",
        " uncertain      ⁇ 24 items that several entries fit",
        " values         27 not readable · 28 doubtful",
        " coverage       45 of 46 documented names found, 47 absent (-v)"}) {
    CAPTURE(line);
    CHECK(text.find("\n" + std::string(line) + "\n") != std::string::npos);
  }
}

TEST_CASE("what is residue stands there and nowhere else") {
  Report report = text_sample();
  for (const Status status : {Status::undocumented, Status::drift, Status::possible,
                              Status::ambiguous, Status::unknown}) {
    Finding gone = test::undocumented("gone_" + std::string(to_string(status)), "example.com");
    gone.status = status;
    gone.state = ItemState::deleted;
    report.findings.push_back(gone);
  }
  for (const TextLevel level : {TextLevel::normal, TextLevel::verbose}) {
    const std::string text = rendered(report, {.width = 200, .level = level});
    const std::size_t residue = text.find("── Residue");
    REQUIRE(residue != std::string::npos);
    CHECK(text.find("gone_") > residue);
    for (const char* name : {"undocumented", "drift", "possible", "ambiguous", "unknown"})
      CHECK(text.find("gone_" + std::string(name), residue) != std::string::npos);
  }
}

TEST_CASE("where all verdicts are our reading a footnote says so once") {
  Report report = text_sample();
  for (Finding& finding : report.findings) {
    if (finding.deletion.basis) finding.deletion.basis = Basis::interpretation;
  }
  report.profiles[0].tallies = test::tallies_of(report.findings);
  const std::string text = rendered(report, {.width = 200});
  CHECK(text.find("to keep [1]") != std::string::npos);
  CHECK(text.find("\n[1] Our reading throughout") != std::string::npos);
  CHECK(text.find("[our reading]") == std::string::npos);
}

TEST_CASE("an item has its mark by what deleting it costs") {
  const auto mark = [](Verdict verdict, const std::string& effect) {
    Finding finding = enter_ts("example.com");
    finding.deletion.verdict = verdict;
    finding.deletion.effect_on_rights = effect;
    return mark_of(finding);
  };
  CHECK(mark(Verdict::allowed, "") == Mark::nothing_lost);
  CHECK(mark(Verdict::allowed_with_consequence, "") == Mark::something_lost);
  CHECK(mark(Verdict::allowed_with_consequence, "removes_opt_out") == Mark::undoes_choice);
  CHECK(mark(Verdict::allowed_with_consequence, "removes_block_record") == Mark::something_lost);
  CHECK(mark(Verdict::retain, "removes_opt_out") == Mark::keep);
  CHECK(mark(Verdict::undocumented, "") == Mark::undocumented);
  CHECK(mark_of(drifting()) == Mark::drift);
  CHECK(mark_of(test::undocumented("jv_new", "example.com")) == Mark::undocumented);
  CHECK(mark_of(uncertain(Status::possible, "city")) == Mark::possible);
  CHECK(mark_of(uncertain(Status::ambiguous, "city")) == Mark::ambiguous);
}

TEST_CASE("a note that several items of a card have stands once, above them") {
  Report report = text_sample();
  report.findings[0].notes = {"older than its document"};
  report.findings[3].notes = {"older than its document", "has another id"};
  const std::string text = rendered(report, {.width = 120});
  CHECK(text.find("  note on 2 items: older than its document\n") != std::string::npos);
  CHECK(text.find("    note: has another id\n") != std::string::npos);
  CHECK(text.find("note: older") == std::string::npos);
}

TEST_CASE("a name is shortened by ids that its card tells, and only where it stays unlike others") {
  Report report = text_sample();
  const auto names = [&] { return rendered(report, {.width = 120}); };
  CHECK(names().find(" jv_store_…_client ") == std::string::npos);  // its form is not known
  report.findings[3].form = MatchedForm{"jv_store_${jivo_widget_id}_client"};
  CHECK(names().find(" jv_store_…_client ") != std::string::npos);
  Report bare = report;  // without the card the title does not tell the id
  bare.cards.clear();
  CHECK(rendered(bare, {.width = 120}).find(" jv_store_AbC123xYz0_client ") != std::string::npos);
  Finding other = report.findings[3];
  other.name = "jv_store_Zz9_client";
  other.captured = {{"jivo_widget_id", "Zz9"}};
  report.findings.push_back(other);
  CHECK(names().find(" jv_store_…_client ") == std::string::npos);
  CHECK(names().find(" jv_store_AbC123xYz0_client ") != std::string::npos);
}

TEST_CASE("where the report has no entries their ids stand for their words") {
  Report report = text_sample();
  report.entries.clear();
  CHECK(rendered(report, {}).find("jivochat/widget/enter_ts") != std::string::npos);
}

TEST_CASE("times are in UTC and said in words, too") {
  const auto relative = [](std::string_view time) {
    return relative_time(test::at(time), test::at("2026-11-23T10:00:00Z"));
  };
  CHECK(relative("2026-11-23T10:00:00Z") == "now");
  CHECK(relative("2026-11-23T10:00:01Z") == "in 1 second");
  CHECK(relative("2026-11-23T09:58:00Z") == "2 minutes ago");
  CHECK(relative("2026-11-23T13:10:00Z") == "in 3 hours");
  CHECK(relative("2026-11-20T10:00:00Z") == "3 days ago");
  CHECK(relative("2027-11-23T10:00:00Z") == "in 12 months");
  CHECK(relative("2016-11-23T10:00:00Z") == "10 years ago");
  CHECK(relative("+10000-01-01T00:00:00Z") == "in 7973 years");
  CHECK(relative_time({INT64_MIN}, {INT64_MAX}).ends_with(" years ago"));
  CHECK(human_time(test::at("2026-11-23T00:00:00Z")) == "2026-11-23");
  CHECK(human_time(test::at("2026-11-23T10:00:00.250Z")) == "2026-11-23 10:00:00.250 UTC");
}

TEST_CASE("an unknown format is a usage error that names it") {
  std::ostringstream out;
  CHECK_THROWS_WITH_AS(render(text_sample(), "docx", {}, out), "there is no format docx", Error);
  std::vector<std::string> ids;
  for (const FormatInfo& format : formats()) ids.emplace_back(format.id);
  CHECK(ids[0] == "text");
  CHECK(ids[1] == "json");
  CHECK(ids[2] == "ndjson");
}

}  // namespace
}  // namespace crumbs
