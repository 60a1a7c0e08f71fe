#include "decode/value.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/values.h"

namespace crumbs {

using namespace test;

TEST_CASE("Unix times are told apart by magnitude, and the unit is said") {
  using T = ValueType;
  check_fitting({
      {T::unix_time,
       false,
       "1558338274153",
       "2019-05-20T07:44:34.153Z",
       {"unix_time: milliseconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000123456",
       "2026-11-23T00:00:00.123456Z",
       {"unix_time: microseconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000.123",
       "2026-11-23T00:00:00.123Z",
       {"unix_time: seconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000.12",
       "2026-11-23T00:00:00.120Z",
       {"unix_time: seconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000.123456789",
       "2026-11-23T00:00:00.123456Z",
       {"unix_time: seconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000123.4",
       "2026-11-23T00:00:00.123400Z",
       {"unix_time: milliseconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000123456.7",
       "2026-11-23T00:00:00.123456Z",
       {"unix_time: microseconds, by magnitude"}},
      {T::unix_time,
       false,
       "631152000",
       "1990-01-01T00:00:00Z",
       {"unix_time: seconds, by magnitude"}},
      {T::unix_time,
       false,
       "4102444799",
       "2099-12-31T23:59:59Z",
       {"unix_time: seconds, by magnitude"}},
      {T::unix_time,
       false,
       "631152000000",
       "1990-01-01T00:00:00Z",
       {"unix_time: milliseconds, by magnitude"}},
  });
  const DecodedValue value = decode(T::unix_time, "1795392000");
  CHECK(value.newest == Time{1'795'392'000'000'000});
  CHECK(value.oldest == value.newest);
}

TEST_CASE("what is no plausible time contradicts the type") {
  check_contradicting(ValueType::unix_time,
                      {"0",
                       "1",
                       "631151999",
                       "4102444800",
                       "631151999999",
                       "4102444800000",
                       "4102444800000000",
                       "-1795392000",
                       "+1795392000",
                       "01795392000",
                       " 1795392000",
                       "1795392000 ",
                       "1795392000.",
                       ".5",
                       "1795392000.1.2",
                       "1.795392e9",
                       "0x6b030000",
                       "99999999999999999999999999",
                       "2026-11-20",
                       "zoe@example.org",
                       std::string(100, '1')},
                      "a time");
  CHECK_FALSE(read_unix_time("").has_value());
  CHECK_FALSE(read_unix_time(".").has_value());
}

TEST_CASE("dates are ISO 8601 or Unix times") {
  using T = ValueType;
  check_fitting({
      {T::date, false, "2024-02-29", "2024-02-29"},
      {T::date, false, "2026-11-20T10:11:12Z", "2026-11-20T10:11:12Z"},
      {T::date, false, "2026-11-20T10:11:12.5Z", "2026-11-20T10:11:12.500Z"},
      {T::date, false, "2026-11-20T10:11:12.123456789Z", "2026-11-20T10:11:12.123456Z"},
      {T::date, false, "2026-11-20T10:11:12+02:00", "2026-11-20T08:11:12Z"},
      {T::date, false, "2026-11-20T23:11:12-0330", "2026-11-21T02:41:12Z"},
      {T::date, false, "2026-11-20T10:11Z", "2026-11-20T10:11:00Z"},
      {T::date,
       false,
       "2026-11-20 10:11:12",
       "2026-11-20T10:11:12Z",
       {"date: no time zone, read as UTC"}},
      {T::date, true, "2026-11-20T10%3A11%3A12Z", "2026-11-20T10:11:12Z", {"percent_decode"}},
      {T::date, false, "1795392000", "2026-11-23T00:00:00Z", {"unix_time: seconds, by magnitude"}},
      {T::date,
       false,
       "1795392000000",
       "2026-11-23T00:00:00Z",
       {"unix_time: milliseconds, by magnitude"}},
  });
  CHECK(decode(T::date, "2026-11-20").newest == Time{1'795'132'800'000'000});
  check_contradicting(
      T::date,
      {"2023-02-29", "2026-13-01", "2026-11-2", "20.11.2026", "11/20/2026", "yesterday",
       "2026-11-20T", "2026-11-20T25:00:00Z", "2026-11-20T10:11:12+2", "2026-11-20T10:11:12+15:00",
       "2026-11-20T10:11:12.Z", "2026-11-20T10:11:12Zz", "2026-11-20T10:1:12Z",
       "2026-11-20X10:11:12Z", "20261120", "2026-11-20 ", std::string(200, '2')},
      "a date");
}

}  // namespace crumbs
