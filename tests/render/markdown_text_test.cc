#include "render/markdown_text.h"

#include <doctest/doctest.h>

namespace crumbs {
namespace {

TEST_CASE("text of a profile is a code span that nothing inside can end") {
  CHECK(markdown_text("") == "");
  CHECK(markdown_text("jv_enter_ts") == "`jv_enter_ts`");
  CHECK(markdown_text("@someone #1 <b> [x](https://example.com) &amp; \\ *a*") ==
        "`@someone #1 <b> [x](https://example.com) &amp; \\ *a*`");
  CHECK(markdown_text("a`b") == "``a`b``");
  CHECK(markdown_text("a``b`c") == "```a``b`c```");
  CHECK(markdown_text("`") == "`` ` ``");
  CHECK(markdown_text("`a") == "`` `a ``");
  CHECK(markdown_text(" a ") == "`  a  `");
  CHECK(markdown_text("  ") == "`  `");
}

TEST_CASE("a bar stands outside of the span, so it is right in a table and outside") {
  CHECK(markdown_text("a|b") == "`a`\\|`b`");
  CHECK(markdown_text("|") == "\\|");
  CHECK(markdown_text("\\||`") == "`\\`\\|\\|`` ` ``");
}

TEST_CASE("more backticks than a parser knows as a fence stand outside, too") {
  const std::string many(17, '`');
  CHECK(markdown_text(many.substr(1) + "a") == many + " " + many.substr(1) + "a " + many);
  std::string escaped;
  for (int i = 0; i < 17; ++i) escaped += "\\`";
  CHECK(markdown_text(many) == escaped);
  CHECK(markdown_text("a" + many + "[x](y)") == "`a`" + escaped + "`[x](y)`");
  CHECK(markdown_text(many + "|" + many) == escaped + "\\|" + escaped);
}

TEST_CASE("a catalog's sentence is plain text in which nothing is markup") {
  CHECK(markdown_prose("") == "");
  CHECK(markdown_prose("First visit, 12 hours.") == "First visit, 12 hours.");
  CHECK(markdown_prose("*a* _b_ `c` |d| <e> [f](g) &amp; ~h~ \\") ==
        "\\*a\\* \\_b\\_ \\`c\\` \\|d\\| \\<e\\> \\[f\\](g) \\&amp; \\~h\\~ \\\\");
  CHECK(markdown_prose("a\nb") == "a\\\\nb");
  for (const char* text : {"ask @somebody", "see #1", "https://example.com", "WWW.example.com"})
    CHECK(markdown_prose(text) == markdown_text(text));
}

TEST_CASE("control characters are visible, so a line never ends") {
  CHECK(markdown_text("a\nb\r\x1b").find_first_of("\n\r\x1b") == std::string::npos);
  CHECK(markdown_text("\n\n# title").starts_with('`'));
}

}  // namespace
}  // namespace crumbs
