#include "decode/stored_time.h"

namespace crumbs {
namespace {

constexpr std::int64_t kWindowsEpoch = -11'644'473'600'000'000;
constexpr std::int64_t kEndOf9999 = 253'402'300'799'999'999;

struct Unit {
  std::int64_t epoch_us, in_us;
};

constexpr Unit unit_of(TimeForm form) {
  switch (form) {
    case TimeForm::unix_s:
      return {0, 1'000'000};
    case TimeForm::unix_ms:
      return {0, 1'000};
    case TimeForm::windows_us:
      return {kWindowsEpoch, 1};
    case TimeForm::unix_us:
      break;
  }
  return {0, 1};
}

}  // namespace

bool read_stored_time(std::int64_t stored, TimeForm form, std::optional<Time>& time,
                      std::optional<std::int64_t>& raw) noexcept {
  const Unit unit = unit_of(form);
  time.reset();
  raw.reset();
  std::int64_t us = 0;
  const bool too_far = __builtin_mul_overflow(stored, unit.in_us, &us) ||
                       __builtin_add_overflow(us, unit.epoch_us, &us);
  if (too_far || us < 0 || us > kEndOf9999) {
    raw = stored;
    return false;
  }
  time = Time{us};
  return true;
}

bool read_set_time(std::int64_t stored, TimeForm form, std::optional<Time>& time,
                   std::optional<std::int64_t>& raw) noexcept {
  if (stored != 0) return read_stored_time(stored, form, time, raw);
  time.reset();
  raw.reset();
  return true;
}

}  // namespace crumbs
