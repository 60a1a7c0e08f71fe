#pragma once

/// What the formats of a difference have in common: groups, words, counts.

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/diff.h"

namespace crumbs {

void write_diff_text(const Difference& difference, const RenderOptions& options, std::ostream& out);
void write_diff_json(const Difference& difference, const RenderOptions& options, std::ostream& out);
void write_diff_markdown(const Difference& difference, const RenderOptions& options,
                         std::ostream& out);
void write_diff_html(const Difference& difference, const RenderOptions& options, std::ostream& out);

/// Items of one vendor on one site.
struct ChangeGroup {
  std::string vendor;  ///< "JivoChat"; empty where no catalog knows the items
  std::string site;
  std::vector<const ItemChange*> items;
};
/// In the order of the profile's items, which outlive the groups.
[[nodiscard]] std::vector<ChangeGroup> groups_of(const Difference& difference,
                                                 const ProfileChange& profile);

/// "+", "-", "~", "?": for a column of its own.
[[nodiscard]] std::string_view mark_of(Change change);
/// "appeared", "newly seen", "not seen", ...
[[nodiscard]] std::string words_of(Change change);
/// "expiry", "HttpOnly", "value, part /a": the fact for people; holds text of the profile.
[[nodiscard]] std::string fact_name(const FactChange& fact);
/// One side of a fact for people: times as such; "none" where there is none.
[[nodiscard]] std::string fact_text(const FactChange& fact, const std::optional<std::string>& text);
/// "3 days later"; empty where the fact is no pair of times.
[[nodiscard]] std::string moved_by(const FactChange& fact);
/// "Chromium Default", "Default, compared with Profile 1"; "only in BEFORE: …".
[[nodiscard]] std::string profile_title(const ProfileChange& profile);
/// "2 appeared, 1 changed, 3 gone; 14 the same"; "nothing differs; 14 the same".
[[nodiscard]] std::string counts_text(const ChangeCounts& counts);
/// What is known of the items that no catalog knows and that are not listed; empty where there is
/// nothing to say.
[[nodiscard]] std::string unknown_text(const Difference& difference, const ProfileChange& profile);
/// One line on each side: when it was made, by what, how it shows values.
[[nodiscard]] std::string side_text(const ComparedReport& side);
/// What was not read, each line with its side; empty where both are complete.
[[nodiscard]] std::vector<std::string> incomplete_lines(const Difference& difference);
/// The warning above those lines.
inline constexpr std::string_view kIncompleteDiff =
    "INCOMPLETE: what is missing here may have been there and only not been read";

}  // namespace crumbs
