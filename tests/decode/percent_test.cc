#include <string>

#include <doctest/doctest.h>

#include "decode/text.h"
#include "support/support.h"

namespace crumbs {

TEST_CASE("percent escapes become bytes, once") {
  struct Case {
    const char *text, *decoded;
  };
  const Case cases[] = {
      {"%41", "A"},
      {"a%20b", "a b"},
      {"K%C3%B6ln", "Köln"},
      {"https%3A%2F%2Fduckduckgo.com%2F", "https://duckduckgo.com/"},
      {"%7B%22ok%22%3Atrue%7d", R"({"ok":true})"},
      {"%2541", "%41"},
      {"%25", "%"},
      {"100%25%", "100%%"},
      {"%4g%41", "%4gA"},
      {"%%41", "%A"},
      {"%41%", "A%"},
      {"%41%4", "A%4"},
      {"a+b%20", "a+b "},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(percent_decode(c.text) == std::string(c.decoded));
  }
  CHECK(percent_decode("%00%FF") == test::unhex("00 FF"));
}

TEST_CASE("text without a well-formed escape is left alone") {
  for (const char* text : {"", "plain", "%", "%%", "%4", "%4g", "%g4", "% 41", "%+4", "%-1", "%0x",
                           "100% sure", "a+b"}) {
    CAPTURE(text);
    CHECK_FALSE(percent_decode(text).has_value());
  }
}

}  // namespace crumbs
