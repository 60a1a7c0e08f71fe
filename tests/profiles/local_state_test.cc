#include "profiles/local_state.h"

#include <doctest/doctest.h>

#include <string>

#include <fmt/format.h>

namespace crumbs {
namespace {

using Names = decltype(LocalState::names);

Names names_in(const std::string& text) {
  const auto state = parse_local_state(text);
  REQUIRE(state);
  return state->names;
}

}  // namespace

TEST_CASE("Local State names profiles in profile.info_cache and nowhere else") {
  CHECK(names_in(R"({"profile":{"info_cache":{
          "Default":{"avatar":{"name":"no"},"name":"Work","tags":["name",{"name":"no"}]},
          "Profile 1":{"active":true},
          "Profile 2":7,
          "Profile 3":{"name":null}}}})") ==
        Names{{"Default", "Work"}, {"Profile 1", ""}, {"Profile 2", ""}, {"Profile 3", ""}});
  CHECK(names_in(R"({"profile":[{"info_cache":{"a":{"name":"b"}}}]})") == Names{});
  CHECK(names_in(R"({"profile":{"info_cache":[{"name":"b"},"c"]}})") == Names{});
  CHECK(names_in(R"({"profile":{"info_cache":"Default"}})") == Names{});
  CHECK(names_in(R"({"other":{"info_cache":{"a":{"name":"b"}}}})") == Names{});
  CHECK(names_in(R"({"x":{"profile":{"info_cache":{"a":{"name":"b"}}}}})") == Names{});
  CHECK(names_in(R"([{"profile":{"info_cache":{"a":{"name":"b"}}}}])") == Names{});
  CHECK(names_in("7") == Names{});
}

TEST_CASE("a key that Local State keeps is of Windows") {
  CHECK(parse_local_state(R"({"os_crypt":{"encrypted_key":"RFBBUEk="}})")->system == "windows");
  CHECK(parse_local_state(R"({"os_crypt":{"encrypted_key":7}})")->system == "");
  CHECK(parse_local_state(R"({"os_crypt":[{"encrypted_key":"x"}]})")->system == "");
  CHECK(parse_local_state(R"({"a":{"os_crypt":{"encrypted_key":"x"}}})")->system == "");
}

TEST_CASE("what is not JSON as a whole names nobody") {
  CHECK_FALSE(parse_local_state(""));
  CHECK_FALSE(parse_local_state(R"({"profile":{"info_cache":{"Default":{"name":"Work"}}})"));
  CHECK_FALSE(parse_local_state(R"({"profile":{"info_cache":{"Default":{"name":"Work"}}}} x)"));
}

TEST_CASE("many profiles cost no more than their names") {
  std::string text = R"({"profile":{"info_cache":{)";
  constexpr int kMany = 300'000;  // the square of it would not end
  for (int i = 0; i < kMany; ++i)
    text += fmt::format(R"({}"Profile {}":{{"name":"Person","gaia":{{}}}})", i == 0 ? "" : ",", i);
  CHECK(names_in(text + "}}}").size() == kMany);
}

}  // namespace crumbs
