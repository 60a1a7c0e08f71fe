#include "lifetime.h"

#include <algorithm>

namespace crumbs {

const std::optional<Time>& last_set(const Times& times) noexcept {
  return times.updated ? times.updated : times.created;
}

std::optional<std::int64_t> lifetime_s(const Finding& finding) noexcept {
  const std::optional<Time>& set = last_set(finding.times);
  const std::optional<Time>& end = finding.times.expires;
  if (!set || !end || finding.attributes.session.value_or(false)) return std::nullopt;
  constexpr std::int64_t kSecond = 1'000'000;
  return std::max<std::int64_t>(end->unix_us / kSecond - set->unix_us / kSecond, 0);
}

bool lives_over(const Finding& finding, const Age& age) noexcept {
  return lifetime_s(finding).value_or(0) > 0 &&
         last_set(finding.times)->unix_us < before(*finding.times.expires, age).unix_us;
}

std::optional<NewestTime> newest_time(const Times& times) noexcept {
  std::optional<NewestTime> newest;
  const auto offer = [&newest](const std::optional<Time>& time, std::string_view word) {
    if (time && (!newest || time->unix_us > newest->time.unix_us)) newest = {*time, word};
  };
  offer(times.created, "created");
  offer(times.updated, "updated");
  offer(times.accessed, "accessed");
  return newest;
}

bool is_expired(const Times& times, const Time& now) noexcept {
  return times.expires && times.expires->unix_us <= now.unix_us;
}

}  // namespace crumbs
