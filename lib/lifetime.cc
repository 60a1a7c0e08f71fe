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

bool is_expired(const Times& times, const Time& now) noexcept {
  return times.expires && times.expires->unix_us <= now.unix_us;
}

}  // namespace crumbs
