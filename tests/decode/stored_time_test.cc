#include "decode/stored_time.h"

#include <doctest/doctest.h>

#include <limits>

namespace crumbs {

using Limits = std::numeric_limits<std::int64_t>;

TEST_CASE("a stored number is a time from 1970 to the end of 9999, else it stands as it is") {
  struct Row {
    std::int64_t stored;
    TimeForm form;
    std::optional<std::int64_t> unix_us;
  };
  constexpr std::int64_t kEnd = 253'402'300'800;
  const Row rows[] = {{0, TimeForm::unix_s, 0},
                      {-1, TimeForm::unix_s, {}},
                      {kEnd - 1, TimeForm::unix_s, (kEnd - 1) * 1'000'000},
                      {kEnd, TimeForm::unix_s, {}},
                      {kEnd * 1000 - 1, TimeForm::unix_ms, (kEnd * 1000 - 1) * 1000},
                      {kEnd * 1000, TimeForm::unix_ms, {}},
                      {kEnd * 1'000'000 - 1, TimeForm::unix_us, kEnd * 1'000'000 - 1},
                      {kEnd * 1'000'000, TimeForm::unix_us, {}},
                      {11'644'473'600'000'000, TimeForm::windows_us, 0},
                      {11'644'473'599'999'999, TimeForm::windows_us, {}},
                      {13'440'000'000'000'000, TimeForm::windows_us, 1'795'526'400'000'000},
                      {Limits::max(), TimeForm::windows_us, {}},
                      {Limits::max(), TimeForm::unix_s, {}},
                      {Limits::max(), TimeForm::unix_ms, {}},
                      {Limits::min(), TimeForm::windows_us, {}},
                      {Limits::min(), TimeForm::unix_us, {}}};
  for (const Row& row : rows) {
    CAPTURE(row.stored);
    CAPTURE(static_cast<int>(row.form));
    std::optional<Time> time = Time{1};  // of another row before
    std::optional<std::int64_t> raw = 1;
    CHECK(read_stored_time(row.stored, row.form, time, raw) == row.unix_us.has_value());
    CHECK((time ? std::optional(time->unix_us) : std::nullopt) == row.unix_us);
    CHECK(raw == (row.unix_us ? std::nullopt : std::optional(row.stored)));
  }
}

TEST_CASE("a time is read in the unit of its form") {
  std::optional<Time> time;
  std::optional<std::int64_t> raw;
  REQUIRE(read_stored_time(5, TimeForm::unix_s, time, raw));
  CHECK(time == Time{5'000'000});
  REQUIRE(read_stored_time(5, TimeForm::unix_ms, time, raw));
  CHECK(time == Time{5'000});
}

TEST_CASE("where 0 says that there is no time it is neither a time nor strange") {
  std::optional<Time> time = Time{1};
  std::optional<std::int64_t> raw = 1;
  CHECK(read_set_time(0, TimeForm::windows_us, time, raw));
  CHECK_FALSE(time.has_value());
  CHECK_FALSE(raw.has_value());
}

}  // namespace crumbs
