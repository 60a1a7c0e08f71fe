#pragma once

/// The words of the text format where an item has one line.

#include <optional>
#include <string>
#include <vector>

#include "crumbs/types.h"
#include "render/page.h"

namespace crumbs {

/// "90 s", "5 min", "9 h", "3 days", "12 months": as span_words, shorter.
[[nodiscard]] std::string brief_span(std::int64_t seconds);
/// "11-23 00:18" in the year of `now`, else "2025-11-23"; the day alone where it is midnight.
[[nodiscard]] std::string brief_time(const Time& time, const Time& now);
/// "9 h ago", "in 3 days".
[[nodiscard]] std::string brief_distance(const Time& time, const Time& now);
/// "2026-11-23"; with `now` "11-23" in its year.
[[nodiscard]] std::string brief_day(const Time& time);
[[nodiscard]] std::string brief_day(const Time& time, const Time& now);

/// What the item contains, as far as it may be shown, in the longest form that `limit` columns have
/// room for; a text that is longer is cut. 0: no limit.
[[nodiscard]] Text brief_contents(const Finding& finding, const Time& now, std::size_t limit);
/// The same of a part of a value; a masked one with its length where that is asked for.
[[nodiscard]] Text brief_contents(const ValueField& field, const Time& now, bool with_length);

/// "a, b and 3 more": no more than `most` of them.
[[nodiscard]] std::string first_of(const std::vector<std::string>& words, std::size_t most,
                                   std::string_view separator = ", ");

}  // namespace crumbs
