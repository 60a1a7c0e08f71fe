/// Which names a template matches, and what its variables stand for.

#include "catalog/pattern.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "crumbs/catalog.h"
#include "support/catalogs.h"

namespace crumbs {

using test::match;

namespace {

using Json = nlohmann::ordered_json;
using Captured = std::vector<std::pair<std::string, std::string>>;

}  // namespace

TEST_CASE("a variable is one class and a length, and nothing else") {
  for (const char* good : {"[a]{1}", "[A-Za-z0-9_-]{1,32}", R"([\]\-\\]{2})", "[!-~]{1,512}"}) {
    CAPTURE(good);
    CHECK(parse_variable_pattern(good).has_value());
  }
  CHECK(parse_variable_pattern("[_-]{1}")->characters.contains('-'));
  CHECK_FALSE(parse_variable_pattern("[_-]{1}")->characters.contains('a'));
  for (const char* bad : {"",           "a",
                          "[]{1}",      "[a]",
                          "[a]{}",      "[a]{0}",
                          "[a]{0,3}",   "[a]{3,2}",
                          "[a]{1,513}", "[a]{1,}",
                          "[^a]{1}",    "[z-a]{1}",
                          "[-a]{1}",    "[a-b-c]{1}",
                          "[a]{1}x",    "[a]+",
                          "[a",         "[é]{1}",
                          "[a b\t]{1}", "[[a]{1}",
                          "[\\d]{1}",   "[a]{99999999999}",
                          "[a]{1,2,3}", "[a]{ 1}",
                          "[a]{+1}"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_variable_pattern(bad).has_value());
  }
}

TEST_CASE("alternatives and what they need are part of a variable") {
  const auto pattern = parse_variable_pattern("[0-9]{1,3}|[a-zA-Z]{4}&[A-Z]");
  REQUIRE(pattern.has_value());
  for (const char* good : {"1", "123", "Abcd", "abcD", "ABCD"}) {
    CAPTURE(good);
    CHECK(pattern->fits(good));
  }
  for (const char* bad : {"", "1234", "abcd", "Abc", "Abcde", "12a", "Ab1d"}) {
    CAPTURE(bad);
    CHECK_FALSE(pattern->fits(bad));
  }
  for (const char* bad :
       {"[a]{1}|", "|[a]{1}", "[a]{1}&", "[a]{1}&[", "[a]{1}&[b]{1}", "[a]{1}||[b]{1}",
        "[a]{1} | [b]{1}", "[a]{1}|[a]{1}|[a]{1}|[a]{1}|[a]{1}|[a]{1}|[a]{1}|[a]{1}|[a]{1}"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_variable_pattern(bad).has_value());
  }
}

TEST_CASE(
    "alternatives are told apart where a variable's end is, and where it must be looked for") {
  Json json = test::catalog_with(
      {test::entry("clear", "c_${two}_end"), test::entry("free", "f_${two}${word}")});
  json["variables"]["two"] = {{"pattern", "[0-9]{1,3}|[a-z]{4}&[xyz]"}, {"description", "x"}};
  const auto all = test::all_parsed({json});
  CHECK(match(all, "c_12_end").candidates.size() == 1);
  CHECK(match(all, "c_abcx_end").candidates.size() == 1);
  CHECK(match(all, "c_abcd_end").candidates.empty());
  CHECK(match(all, "c_1abx_end").candidates.empty());
  CHECK(match(all, "f_12ab").candidates[0].captured == Captured{{"two", "12"}, {"word", "ab"}});
  CHECK(match(all, "f_abcxyz").candidates[0].captured == Captured{{"two", "abcx"}, {"word", "yz"}});
  CHECK(match(all, "f_abcdx").candidates.empty());  // what it needs lies behind its end
  CHECK(match(all, "f_xabc").candidates.empty());   // nothing is left for the word
}

TEST_CASE("templates match whole names, byte for byte") {
  const auto all = test::all_parsed({test::catalog_with({test::entry("t", "v_${id}_end")})});
  CHECK(match(all, "v_Ab1_end").candidates[0].captured == Captured{{"id", "Ab1"}});
  for (const char* wrong :
       {"v__end", "v_Ab1_en", "v_Ab1_endx", "xv_Ab1_end", "V_Ab1_end", "v_123456789_end",
        "v_a-b_end", "v_\xC3\xA9_end", "v_%41_end", "v_Ab1", "", "v"}) {
    CAPTURE(wrong);
    CHECK(match(all, wrong).candidates.empty());
  }
}

TEST_CASE("each of two variables has its own bounds, which the other does not make up for") {
  Json json = test::catalog_with({test::entry("clear", "c_${number}-${letters}"),
                                  test::entry("free", "f_${number}${letters}")});
  json["variables"]["number"] = {{"pattern", "[0-9]{2,4}"}, {"description", "x"}};
  json["variables"]["letters"] = {{"pattern", "[a-z]{2,4}"}, {"description", "x"}};
  const auto all = test::all_parsed({json});
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  for (const auto& pair : Pairs{{"12", "ab"}, {"1234", "ab"}, {"12", "abcd"}, {"1234", "abcd"}}) {
    const Captured captured{{"number", pair.first}, {"letters", pair.second}};
    CAPTURE(pair.first + pair.second);
    for (const std::string& name :
         {"c_" + pair.first + "-" + pair.second, "f_" + pair.first + pair.second}) {
      const MatchResult result = match(all, name);
      REQUIRE(result.candidates.size() == 1);
      CHECK(result.candidates[0].captured == captured);
    }
  }
  for (const auto& pair :
       Pairs{{"1", "abc"}, {"123", "a"}, {"12345", "ab"}, {"12", "abcde"}, {"12345", "abc"}}) {
    CAPTURE(pair.first + pair.second);
    CHECK(match(all, "c_" + pair.first + "-" + pair.second).candidates.empty());
    CHECK(match(all, "f_" + pair.first + pair.second).candidates.empty());
  }
}

TEST_CASE("the same variable twice stands for the same text") {
  const auto all =
      test::all_parsed({test::catalog_with({test::entry("t", "${id}.${id}.${word}")})});
  CHECK(match(all, "a1.a1.x").candidates[0].captured == Captured{{"id", "a1"}, {"word", "x"}});
  for (const char* wrong : {"a1.a2.x", "a1.a11.x", "a11.a1.x", "a1.a1.", "a1.a1"}) {
    CAPTURE(wrong);
    CHECK(match(all, wrong).candidates.empty());
  }
}

TEST_CASE("an earlier variable takes as much as the rest allows") {
  Json json = test::catalog_with({test::entry("t", "${word}_${other}")});
  json["variables"]["other"] = {{"pattern", "[a-z_]{2,4}"}, {"description", "x"}};
  const auto all = test::all_parsed({json});
  CHECK(match(all, "a_b_cd").candidates[0].captured == Captured{{"word", "a_b"}, {"other", "cd"}});
  CHECK(match(all, "a_b_c").candidates[0].captured == Captured{{"word", "a"}, {"other", "b_c"}});
  CHECK(match(all, "a_b").candidates.empty());
}

TEST_CASE("a template with much to choose from is matched in linear time") {
  std::string name = "${wide}";
  for (int i = 0; i < 8; ++i) name += "a${wide" + std::to_string(i) + "}";
  Json json = test::catalog_with({test::entry("t", name)});
  for (int i = 0; i < 8; ++i)
    json["variables"]["wide" + std::to_string(i)] = {{"pattern", "[!-~]{1,512}"},
                                                     {"description", "x"}};
  const auto all = test::all_parsed({json});
  CHECK(match(all, std::string(4000, 'a')).candidates.size() == 1);
  CHECK(match(all, std::string(3999, 'a').append(1, ' ')).candidates.empty());
}

}  // namespace crumbs
