#include "decode/text.h"

#include <string>

#include <doctest/doctest.h>

#include "support/support.h"

namespace crumbs {
namespace {

using test::unhex;

struct Utf8Case {
  const char* hex;
  bool utf8, wtf8;
  const char* valid;  ///< hex of to_valid_utf8
};

constexpr const char* kReplaced = "EFBFBD";

std::string replaced(int times) {
  std::string hex;
  for (int i = 0; i < times; ++i) hex += kReplaced;
  return unhex(hex);
}

}  // namespace

TEST_CASE("well-formed UTF-8 is told from everything else") {
  const Utf8Case cases[] = {
      {"", true, true, ""},
      {"00", true, true, "00"},
      {"4B C3 B6 6C 6E", true, true, "4B C3 B6 6C 6E"},
      {"C2 80", true, true, "C2 80"},
      {"DF BF", true, true, "DF BF"},
      {"E0 A0 80", true, true, "E0 A0 80"},
      {"EF BF BF", true, true, "EF BF BF"},
      {"ED 9F BF", true, true, "ED 9F BF"},
      {"EE 80 80", true, true, "EE 80 80"},
      {"F0 90 80 80", true, true, "F0 90 80 80"},
      {"F4 8F BF BF", true, true, "F4 8F BF BF"},
      {"80", false, false, "EF BF BD"},
      {"C0 80", false, false, "EF BF BD EF BF BD"},
      {"C1 BF", false, false, "EF BF BD EF BF BD"},
      {"E0 9F BF", false, false, "EF BF BD EF BF BD EF BF BD"},
      {"F0 8F BF BF", false, false, "EF BF BD EF BF BD EF BF BD EF BF BD"},
      {"F4 90 80 80", false, false, "EF BF BD EF BF BD EF BF BD EF BF BD"},
      {"F5 80 80 80", false, false, "EF BF BD EF BF BD EF BF BD EF BF BD"},
      {"FF", false, false, "EF BF BD"},
      {"61 E2 82", false, false, "61 EF BF BD"},
      {"61 E2 82 62", false, false, "61 EF BF BD 62"},
      {"F0 9F 91", false, false, "EF BF BD"},
      {"ED A0 80", false, true, "EF BF BD EF BF BD EF BF BD"},
      {"ED BF BF 41", false, true, "EF BF BD EF BF BD EF BF BD 41"},
      {"ED B0 80 ED A0 80", false, true, nullptr},
      {"ED A0 80 61 ED B0 80", false, true, nullptr},
      {"ED A0 BD ED B1 8B", false, false, nullptr},  // a pair must be written as one
      {"ED A0", false, false, "EF BF BD EF BF BD"},
  };
  for (const Utf8Case& c : cases) {
    CAPTURE(c.hex);
    const std::string bytes = unhex(c.hex);
    CHECK(is_utf8(bytes) == c.utf8);
    CHECK(is_wtf8(bytes) == c.wtf8);
    if (c.valid != nullptr) CHECK(to_valid_utf8(bytes) == unhex(c.valid));
    CHECK(is_utf8(to_valid_utf8(bytes)));
  }
}

TEST_CASE("each maximal invalid part becomes one replacement character") {
  // The example of the Unicode Standard 15, table 3-8 to 3-11.
  CHECK(to_valid_utf8(unhex("C0 AF E0 80 BF F0 81 82 41")) == replaced(8) + "A");
  CHECK(to_valid_utf8(unhex("ED A0 80 ED BF BF ED AF 41")) == replaced(8) + "A");
  CHECK(to_valid_utf8(unhex("F4 91 92 93 FF 41 80 BF 42")) ==
        replaced(5) + "A" + replaced(2) + "B");
  CHECK(to_valid_utf8(unhex("E1 80 E2 F0 91 92 F1 BF 41")) == replaced(4) + "A");
}

TEST_CASE("what stands after eight bytes of ASCII is checked as well") {
  for (std::size_t before = 0; before < 20; ++before) {
    for (std::size_t after = 0; after < 20; ++after) {
      CAPTURE(before);
      CAPTURE(after);
      const auto around = [before, after](std::string_view middle) {
        return std::string(before, 'a').append(middle).append(after, 'z');
      };
      CHECK(is_utf8(around("\xC3\xB6")));
      CHECK_FALSE(is_utf8(around("\xC3")));
      CHECK(to_valid_utf8(around("\xFF")) == around(replaced(1)));
      CHECK(latin1_to_utf8(around("\xF6")) == around("\xC3\xB6"));
    }
  }
}

TEST_CASE("Latin-1 bytes are code points") {
  CHECK(latin1_to_utf8("") == "");
  CHECK(latin1_to_utf8("caf\xE9") == "café");
  CHECK(latin1_to_utf8(unhex("01 E9 80 FF")) == unhex("01 C3A9 C280 C3BF"));
  std::string all(256, '\0');
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<char>(i);
  CHECK(is_utf8(latin1_to_utf8(all)));
  CHECK(latin1_to_utf8(all).size() == 128 + 2 * 128);
  CHECK(utf16_length(latin1_to_utf8(all)) == 256);
}

TEST_CASE("UTF-16 pairs are joined and lone surrogates kept as three bytes") {
  struct Case {
    const char *utf16, *wtf8;
  };
  const Case cases[] = {
      {"", ""},
      {"4100", "41"},
      {"0000", "00"},
      {"F600", "C3B6"},
      {"0001 3100", "C480 31"},  // begins with U+0100
      {"AC20", "E282AC"},
      {"3DD8 4BDC", "F09F918B"},       // waving hand
      {"00D8 00DC", "F0908080"},       // U+10000
      {"FFDB FFDF", "F48FBFBF"},       // U+10FFFF
      {"3DD8", "EDA0BD"},              // cut in the middle of a pair
      {"3DD8 4100", "EDA0BD 41"},      // high, then a letter
      {"4BDC 3DD8", "EDB18B EDA0BD"},  // the wrong way round
      {"3DD8 3DD8 4BDC", "EDA0BD F09F918B"},
      {"FFFE", "EFBBBF"},  // a byte order mark is a character here
      {"FFFF", "EFBFBF"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.utf16);
    const auto text = utf16le_to_wtf8(unhex(c.utf16));
    REQUIRE(text.has_value());
    CHECK(*text == unhex(c.wtf8));
    CHECK(is_wtf8(*text));
    CHECK(utf16_length(*text) == unhex(c.utf16).size() / 2);
  }
}

TEST_CASE("UTF-16 of an odd number of bytes is refused") {
  CHECK_FALSE(utf16le_to_wtf8("a").has_value());
  CHECK_FALSE(utf16le_to_wtf8(unhex("4100 42")).has_value());
}

TEST_CASE("UTF-16 length counts code units") {
  CHECK(utf16_length("") == 0);
  CHECK(utf16_length("Köln") == 4);
  CHECK(utf16_length("Привет ещё раз 👋") == 17);
  CHECK(utf16_length(unhex("EDA0BD")) == 1);
}

}  // namespace crumbs
