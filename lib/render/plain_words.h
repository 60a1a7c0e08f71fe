#pragma once

/// Words for a reader who knows nothing of browsers. Nothing here knows of markup or of a report.

#include <cstdint>
#include <string>
#include <string_view>

#include "crumbs/types.h"

namespace crumbs {

/// "23 November 2026 at 10:00 UTC", with seconds where there are any; fractions are left out.
[[nodiscard]] std::string plain_time(const Time& time);
/// "23 November 2026".
[[nodiscard]] std::string plain_day(const Time& time);
/// "10 hours before this page was made", "6 months after this page was made".
[[nodiscard]] std::string distance(const Time& time, const Time& now);

/// What a value of the type is, with its article: "a moment", "a web address".
[[nodiscard]] std::string_view plain_type(ValueType type);
/// A whole sentence: "It is about what you did."; for `none` and `unknown` what that means.
[[nodiscard]] std::string_view plain_class(PersonalData kind);
/// The class in a list: "what you did"; empty for `none`.
[[nodiscard]] std::string_view short_class(PersonalData kind);
/// What the site has the item for: "It serves to count and measure visits".
[[nodiscard]] std::string_view plain_category(Category category);
/// Whole sentences about what became of an item that is not current; empty for `current`.
[[nodiscard]] std::string_view plain_state(ItemState state);
/// A whole sentence: why a value cannot be shown.
[[nodiscard]] std::string_view plain_reason(Unavailable reason);
/// A whole sentence: in what an item differs from its document, the report's words included.
[[nodiscard]] std::string plain_drift(const Drift& drift);
/// What else deleting takes away: "Deleting it also removes the record that you opted out, ...".
[[nodiscard]] std::string plain_effect(std::string_view effect_on_rights);
/// How a stored value was read: "percent_decode" -> "written with percent signs, as in web
/// addresses". A step that is not known stands as it is.
[[nodiscard]] std::string plain_step(std::string_view step);

}  // namespace crumbs
