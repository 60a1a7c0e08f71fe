#include "decode/dom_string.h"

#include <doctest/doctest.h>

#include <string>

namespace crumbs {
namespace {

using namespace std::string_view_literals;

std::string text_of(std::string_view stored) {
  const DomString text = parse_dom_string(stored);
  REQUIRE(text.fault == DomStringFault::none);
  std::string out = "left from before";
  to_wtf8(text, out);
  return out;
}

TEST_CASE("both encodings become WTF-8, and the prefix is no part of the text") {
  CHECK(text_of("\1"sv).empty());
  CHECK(text_of("\0"sv).empty());
  CHECK(text_of("\1plain"sv) == "plain");
  CHECK(text_of("\1\1\1"sv) == "\1\1");
  CHECK(text_of("\1caf\xe9"sv) == "café");
  CHECK(text_of("\0\x37\x04"sv) == "з");
  CHECK(text_of("\0\x00\x01"sv) == "Ā");
  CHECK(text_of("\0\x3d\xd8\x00\xde"sv) == "😀");
  CHECK(text_of("\0\x00\xd8\x21\x00"sv) == "\xed\xa0\x80!");
  CHECK(text_of("\1a\0b"sv) == "a\0b"sv);
}

TEST_CASE("faults have their names") {
  CHECK(parse_dom_string("").fault == DomStringFault::missing_prefix);
  CHECK(parse_dom_string("\2x").fault == DomStringFault::unknown_prefix);
  CHECK(parse_dom_string("\0abc"sv).fault == DomStringFault::odd_length);
  CHECK(describe(DomStringFault::none).empty());
  CHECK_FALSE(describe(DomStringFault::odd_length).empty());
  CHECK(parse_dom_string("\1caf\xe9"sv).bytes.size() == 4);
}

}  // namespace
}  // namespace crumbs
