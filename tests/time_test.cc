#include <doctest/doctest.h>

#include "crumbs/types.h"

namespace crumbs {

TEST_CASE("times are written with as many fraction digits as they need, or six") {
  CHECK(to_iso8601({0}) == "1970-01-01T00:00:00Z");
  CHECK(to_iso8601({1'704'067'200'123'456}) == "2024-01-01T00:00:00.123456Z");
  CHECK(to_iso8601({1'704'067'200'123'000}) == "2024-01-01T00:00:00.123Z");
  CHECK(to_iso8601({-11'644'473'600'000'000}) == "1601-01-01T00:00:00Z");
  CHECK(to_iso8601({-1}) == "1969-12-31T23:59:59.999999Z");
  CHECK(to_iso8601_us({0}) == "1970-01-01T00:00:00.000000Z");
  CHECK(to_iso8601_us({1'704'067'200'123'000}) == "2024-01-01T00:00:00.123000Z");
}

TEST_CASE("the second that a time is in begins before it, before 1970 too") {
  CHECK(whole_second({1'999'999}) == Time{1'000'000});
  CHECK(whole_second({2'000'000}) == Time{2'000'000});
  CHECK(whole_second({-1}) == Time{-1'000'000});
  CHECK(whole_second({-1'000'000}) == Time{-1'000'000});
  CHECK(whole_second({INT64_MIN}).unix_us > INT64_MIN);  // none before it can be written
}

TEST_CASE("years past four digits use the expanded form and come back") {
  for (const std::int64_t us : {INT64_MAX, INT64_MIN, std::int64_t{253'402'300'800'000'000}}) {
    const Time time{us};
    const auto parsed = parse_iso8601(to_iso8601(time));
    REQUIRE(parsed.has_value());
    CHECK(*parsed == time);
  }
  CHECK(to_iso8601({253'402'300'800'000'000}) == "+10000-01-01T00:00:00Z");
}

TEST_CASE("what is no time is refused") {
  for (const char* text :
       {"", "2024", "2024-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-01-01T00:00:00",
        "2024-01-01T00:00:00.1Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00:00Zx"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_iso8601(text).has_value());
  }
}

}  // namespace crumbs
