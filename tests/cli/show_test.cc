/// crumbs show: one item in full, two beside each other, and what is near where none is found.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "support/made_profile.h"
#include "support/support.h"
#include "support/text_sample.h"

namespace crumbs {
namespace {

const std::string kProfile = test::fixture("profiles/chromium-156-leveldb").string();

test::ProcessResult show(const std::string& name, const std::string& width = "100") {
  return test::crumbs({"show", name, kProfile, "--width", width, "--now", "2026-11-23T10:00:00Z"},
                      {{"LC_ALL", "C.UTF-8"}});
}

}  // namespace

TEST_CASE("show says how many items match of how many") {
  CHECK(show("city").out.find("\n1 of 72 items matches\n") != std::string::npos);
  CHECK(show("jv_s*").out.find("\n11 of 72 items match\n") != std::string::npos);
  const test::ProcessResult none = show("nothing_like_it");
  CHECK(none.code == 4);
  CHECK(none.out.find("\n0 of 72 items match\n") != std::string::npos);
  CHECK(none.err == "crumbs: exit 4: no item is named nothing_like_it\n");
}

TEST_CASE("a name that none has is told those that are near it") {
  CHECK(show("Enter_ts").err ==
        "crumbs: exit 4: no item is named Enter_ts; enter_ts is: names are case-sensitive\n");
  CHECK(show("entr_ts").err == "crumbs: exit 4: no item is named entr_ts; near it: enter_ts\n");
  CHECK(show("zz").err == "crumbs: exit 4: no item is named zz\n");
}

TEST_CASE("a path where the name belongs is told as one") {
  const test::ProcessResult result = test::crumbs({"show", kProfile, "city"});
  CHECK(result.code == 2);
  CHECK(result.err ==
        "crumbs: " + kProfile + " is a path; the name comes first: crumbs show NAME PROFILE\n");
  CHECK(result.out.empty());
}

TEST_CASE("near names are few, printable, and at most two edits away") {
  test::MadeProfile made;
  for (const char* name : {"abcde", "abcdx", "abxyz", "abcf", "abcg", "bcd", "ab\x1b", "Xbcd"})
    made.add("shop.example.com", name, "1");
  made.add("shop.example.com", std::string(300, 'n'), "1");
  const std::string profile = made.written().string();
  const auto told = [&](const std::string& name) {
    const std::string err = test::crumbs({"show", name, profile}).err;
    const std::string start = "crumbs: exit 4: no item is named " + name;
    REQUIRE(err.starts_with(start));
    return err.substr(start.size());
  };
  CHECK(told("abcd") == "; near it: Xbcd, ab\\x1b, abcde\n");  // not abcdx, abcf, abcg: three do
  CHECK(told("bcdef") == "; near it: abcde, bcd\n");
  CHECK(told("xyz") == "; near it: abxyz\n");
  CHECK(told("cdefg") == "\n");
  CHECK(told("xbcd") == "; Xbcd is: names are case-sensitive\n");
  CHECK(told("no") == "\n");
  CHECK(told(std::string(299, 'n')) == "\n");
}

TEST_CASE("what differs between two items stands in two columns") {
  test::MadeProfile made;
  made.add("shop.example.com", "pages_count", "4");
  made.add("www.example.com", "pages_count", "7");
  const auto lines = test::lines_of(
      test::crumbs({"show", "pages_count", made.written().string(), "--width", "100"},
                   {{"LC_ALL", "C.UTF-8"}})
          .out);
  const auto has = [&](const std::string& line) { return std::ranges::count(lines, line) == 1; };
  CHECK(has(fmt::format("  contains        {:42}7", "4")));
  CHECK(has(fmt::format("  host            {:42}www.example.com", "shop.example.com")));
  CHECK(has("  site            example.com"));
  CHECK(has("2 of 2 items match"));
  const auto narrow = test::crumbs(
      {"show", "pages_count", made.written().string(), "--width", "79"}, {{"LC_ALL", "C.UTF-8"}});
  CHECK(narrow.out.find("\n  host            shop.example.com\n") != std::string::npos);
}

}  // namespace crumbs
