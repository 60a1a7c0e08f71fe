#pragma once

/// The words and phrases of the text format: verdicts, times, values.

#include <optional>
#include <string>
#include <string_view>

#include "crumbs/report.h"
#include "render/page.h"

namespace crumbs {

/// "2026-11-23 10:00:00 UTC", with the fraction that is stored; only the day where it is midnight
/// to the second.
[[nodiscard]] std::string human_time(const Time& time);
/// "12 months", "90 minutes". Months and years are rounded mean ones. `seconds` is not negative.
[[nodiscard]] std::string span_words(std::int64_t seconds);
/// "in 12 months", "3 days ago", "now". Months and years are rounded mean ones.
[[nodiscard]] std::string relative_time(const Time& time, const Time& now);
/// Enumerator words for people: "allowed_with_consequence" -> "allowed with consequence".
[[nodiscard]] std::string spaced(std::string_view word);

/// nullptr where the report did not use it.
[[nodiscard]] const CatalogUsed* find_catalog(const Report& report, std::string_view id);
/// Whom the catalog is about: its title up to a colon; its id where no title is known.
[[nodiscard]] std::string vendor_name(const Report& report, std::string_view id);

/// What a selection chose, "4 items: 3 documented, 1 possible; 2 with personal data"; empty where
/// nothing was to be chosen.
[[nodiscard]] std::string selected_words(const Report& report);
/// "device: pc12, user: ada".
[[nodiscard]] std::string label_words(const Labels& labels);
/// What people call a profile of the report: "p1" for the first; its id where it is none of them.
[[nodiscard]] std::string profile_number(const Report& report, const std::string& id);

/// What the item contains, as far as it may be shown; at most `limit` columns, a cut one ends in
/// `…` and the length. 0: no limit.
[[nodiscard]] Text contents(const Finding& finding, const Time& now, std::size_t limit);
/// The shown text of a part of a structured value; times for people.
[[nodiscard]] Text field_contents(const ValueField& field, const Time& now);
[[nodiscard]] std::string why_unavailable(Unavailable reason);
/// "the browser is not running (no lock on .parentlock)".
[[nodiscard]] Text running_words(const Running& running);

/// "yes", "yes, but", "no, keep" or "not known", whose claim that is, and what follows from it.
[[nodiscard]] Text verdict(const Finding& finding);
/// "our reading", "the document says"; empty where nobody claims anything.
[[nodiscard]] std::string_view whose_claim(const std::optional<Basis>& basis);

/// Where the item is kept: host or origin, path, partition, and the context in brackets.
[[nodiscard]] std::string place(const Finding& finding);
/// The same without the context, which the card's title has.
[[nodiscard]] std::string place_on_card(const Finding& finding);
/// As place_on_card, shorter: "plain.example.net (http)", "code.jivosite.com inside example.com".
[[nodiscard]] std::string brief_place(const Finding& finding);
/// "until the browser closes", "expires 2027-11-23 (in 12 months)"; empty where nothing is known.
[[nodiscard]] std::string lifetime(const Finding& finding, const Time& now);

}  // namespace crumbs
