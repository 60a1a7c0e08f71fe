#include <doctest/doctest.h>

#include "crumbs/printable.h"
#include "printable.h"
#include "render/page.h"

namespace crumbs {
namespace {

struct Case {
  const char* what;
  std::string text;
  std::string shown;
  std::size_t width;
};

TEST_CASE("text takes the columns a terminal gives it, and hides nothing") {
  const Case cases[] = {
      {"nothing", "", "", 0},
      {"ASCII", "enter_ts", "enter_ts", 8},
      {"wide", "日本", "日本", 4},
      {"full width", "Ａ", "Ａ", 2},
      {"half width katakana", "ｱ", "ｱ", 1},
      {"precomposed", "é", "é", 1},
      {"combining", "e\u0301", "e\u0301", 1},
      {"Hangul letters of one syllable", "\u1112\u1161\u11ab", "\u1112\u1161\u11ab", 2},
      {"emoji", "😀", "😀", 2},
      {"text emoji", "❤", "❤", 1},
      {"emoji by variation selector", "❤\ufe0f", "❤\ufe0f", 2},
      {"family", "👩\u200d👧", "👩\u200d👧", 2},
      {"skin tone", "👍🏽", "👍🏽", 2},
      {"flag", "🇩🇪", "🇩🇪", 2},
      {"two flags", "🇩🇪🇫🇷", "🇩🇪🇫🇷", 4},
      {"keycap", "1\ufe0f\u20e3", "1\ufe0f\u20e3", 2},
      {"tab", "a\tb", "a\\tb", 4},
      {"newlines", "a\r\nb", "a\\r\\nb", 6},
      {"escape", "\x1b[31m", "\\x1b[31m", 8},
      {"NUL", std::string("a\0b", 3), "a\\x00b", 6},
      {"delete", "\x7f", "\\x7f", 4},
      {"C1 control", "\u009b", "\\u{9b}", 6},
      {"bidi override", "\u202egpj", "\\u{202e}gpj", 11},
      {"bidi isolate", "\u2066", "\\u{2066}", 8},
      {"bidi mark", "\u200f", "\\u{200f}", 8},
      {"zero width space", "a\u200bb", "a\\u{200b}b", 10},
      {"byte order mark", "\ufeff", "\\u{feff}", 8},
      {"soft hyphen", "\u00ad", "\\u{ad}", 6},
      {"no-break space", "\u00a0", "\\u{a0}", 6},
      {"line separator", "\u2028", "\\u{2028}", 8},
      {"filler that shows nothing", "\u3164", "\\u{3164}", 8},
      {"tag character", "\U000e0041", "\\u{e0041}", 9},
      {"joiner between letters", "a\u200db", "a\\u{200d}b", 10},
      {"joiner at the end of an emoji", "👩\u200d", "👩\\u{200d}", 10},
      {"variation selector on a letter", "a\ufe0f", "a\\u{fe0f}", 9},
      {"second variation selector", "❤\ufe0f\ufe0f", "❤\ufe0f\\u{fe0f}", 10},
      {"mark on nothing", "\u0301", "\\u{301}", 7},
      {"invalid byte", "a\xff", "a\\xff", 5},
      {"truncated sequence", "\xe6\x97", "\\xe6\\x97", 8},
      {"lone surrogate", "\xed\xa0\xbd", "\\xed\\xa0\\xbd", 12},
      {"overlong", "\xc0\xaf", "\\xc0\\xaf", 8},
      {"unassigned", "\u0378", "\\u{378}", 7},
      {"private use", "\ue000", "\\u{e000}", 8},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    CHECK(printable(each.text) == each.shown);
    CHECK(display_width(each.text) == each.width);
    CHECK(printable(printable(each.text)) == printable(each.text));
  }
}

TEST_CASE("marks past any script's need are made visible") {
  std::string heap = "a";
  for (int i = 0; i < 100; ++i) heap += "\u0301";
  CHECK(display_width(heap) > 100);
}

TEST_CASE("a text that is cut says so and never exceeds its room") {
  CHECK(shorten("enter_ts", 8) == "enter_ts");
  CHECK(shorten("enter_ts", 7) == "enter_…");
  CHECK(shorten("日本語", 5) == "日本…");
  CHECK(shorten("日本語", 4) == "日…");
  CHECK(shorten("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
  CHECK(shorten("abc", 1) == "…");
  CHECK(shorten("abc", 0).empty());
}

std::vector<std::string> lines_of(const Text& text, std::size_t width) {
  std::vector<std::string> lines;
  for (const Text& line : wrap(text, width)) {
    std::string all;
    for (const Span& span : line) all += span.text;
    CHECK(text_width(line) <= width);
    lines.push_back(all);
  }
  return lines;
}

TEST_CASE("words wrap at spaces and long ones between characters, nothing is lost") {
  using Lines = std::vector<std::string>;
  CHECK(lines_of({{"one two three"}}, 7) == Lines{"one two", "three"});
  CHECK(lines_of({{"one "}, {"two", Style::bold}, {",three"}}, 9) == Lines{"one", "two,three"});
  CHECK(lines_of({{"abcdefgh"}}, 3) == Lines{"abc", "def", "gh"});
  CHECK(lines_of({{"日本語"}}, 5) == Lines{"日本", "語"});
  CHECK(lines_of({{"a  b"}}, 4) == Lines{"a  b"});
  CHECK(lines_of({}, 4) == Lines{""});
  CHECK(wrap({{"one two", Style::bold}}, 4)[1] == Text{{"two", Style::bold}});
}

}  // namespace
}  // namespace crumbs
