#pragma once

/// Selections: which findings a command is about. One grammar for all commands (design 3).

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/export.h"
#include "crumbs/report.h"

namespace crumbs {

/// A span of time: `13mo`, `90d`, `12h`, `2y`, `3w`. Months and years are calendar ones.
struct Age {
  std::uint32_t count = 0;
  char unit = 'd';  ///< 'h', 'd', 'w', 'm' (months), 'y'
  friend bool operator==(const Age&, const Age&) = default;
};
/// nullopt where the text is none of these forms or the count is over 10,000.
[[nodiscard]] CRUMBS_EXPORT std::optional<Age> parse_age(std::string_view text);
/// The point in time that lies `age` before `now`; a day that its month does not have becomes the
/// month's last.
[[nodiscard]] CRUMBS_EXPORT Time before(const Time& now, const Age& age);

/// What a condition looks at. The words are those of options.
enum class Criterion : std::uint8_t {
  site,    ///< registrable domain of the site or of the place where the item is kept; "=host" for
           ///< exactly that host
  vendor,  ///< id of the catalog
  entry,   ///< id of the entry; in this and all that are patterns `*` stands for any bytes
  name,    ///< pattern of the name as stored
  store,   ///< pattern of the store's id
  kind,
  status,
  category,       ///< of the entry
  personal_data,  ///< what the catalog says of the value; "any" but for `none` and `unknown`
  verdict,
  basis,  ///< of the verdict
  state,
  context,            ///< pattern of context_of or of its words for people; "default"
  expired,            ///< the time of expiry has passed
  older_than,         ///< nothing is known of it that is newer: newest_time
  lives_over,         ///< stays longer than that, counted as lifetimes are, or has no expiry
  value_unavailable,  ///< it has a value that could not be read
};
/// As CriterionInfo::option.
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(Criterion criterion);

struct CriterionInfo {
  Criterion criterion;
  std::string_view option;    ///< "older-than": without the dashes
  std::string_view argument;  ///< what its conditions name, "GLOB"; empty: it holds or not
  std::string_view meaning;   ///< which items: "items of these stores"
  std::vector<std::string_view> words;  ///< that can be named; empty: others than fixed ones
};
/// All of them, in the order in which a selection is written.
[[nodiscard]] CRUMBS_EXPORT std::span<const CriterionInfo> criteria();
[[nodiscard]] CRUMBS_EXPORT const CriterionInfo& info_of(Criterion criterion);

/// Why a condition cannot name this, whatever the catalogs know: "expected an age such as 13mo";
/// empty where it can. Printable.
[[nodiscard]] CRUMBS_EXPORT std::string problem_with(Criterion criterion, std::string_view value);

/// One condition as a user states it.
struct Condition {
  Criterion criterion = Criterion::site;
  std::string value;     ///< empty where the criterion takes none
  bool negated = false;  ///< --not-…: such items are left out
  friend bool operator==(const Condition&, const Condition&) = default;
};

/// Conditions of one criterion are alternatives, those of different ones must all hold, and none of
/// the negated ones may.
using Selection = std::vector<Condition>;

/// Does the catalog say that the value holds personal data? Not so where nobody has said.
[[nodiscard]] CRUMBS_EXPORT bool holds_personal_data(const Finding& finding);

/// The newest time known of an item, and its word: "created", "updated" or "accessed".
struct NewestTime {
  Time time;
  std::string_view word;
};
/// Of equal ones the first in this order; nullopt where none is known.
[[nodiscard]] CRUMBS_EXPORT std::optional<NewestTime> newest_time(const Times& times) noexcept;

/// The options that say the same, in a fixed order: "--site =shop.example.com --not-status drift".
[[nodiscard]] CRUMBS_EXPORT std::string to_string(const Selection& selection);
/// Whether items that no catalog knows may be chosen.
[[nodiscard]] CRUMBS_EXPORT bool may_choose_unknown(const Selection& selection);
/// Whether they are asked for by their status, and residue by its state.
[[nodiscard]] CRUMBS_EXPORT bool asks_for_unknown(const Selection& selection);
[[nodiscard]] CRUMBS_EXPORT bool asks_for_residue(const Selection& selection);

/// A selection made ready. Immutable, safe to share between threads; keeps no reference to
/// `catalogs`.
class CRUMBS_EXPORT Selector {
 public:
  /// `now`: the time of the report. Throws Error(usage) where a vendor or entry is in none of the
  /// catalogs, a store in none of this build, and for what problem_with refuses.
  Selector(const Selection& selection, std::span<const Catalog> catalogs, const Time& now);

  /// Is the finding among the chosen? Cost: linear in the number of conditions.
  [[nodiscard]] bool selects(const Finding& finding) const;
  /// Could a finding of this entry be chosen? Decides which entries may be called absent.
  [[nodiscard]] bool covers(const Entry& entry) const;

 private:
  /// The conditions of one criterion.
  struct Group {
    Criterion criterion = Criterion::site;
    bool negated = false;
    std::vector<std::string> values;
    std::vector<std::function<bool(const Finding&)>> of_findings;
    std::vector<std::function<bool(const Entry&)>> of_entries;  ///< empty: says nothing of them
  };
  std::vector<Group> groups_;
};

/// Whether every format lists the finding: items that no catalog knows stand in those for programs
/// even where nobody asked for them, and decide on no exit.
[[nodiscard]] CRUMBS_EXPORT bool was_asked_for(const Report& report,
                                               const Finding& finding) noexcept;

/// Makes a complete report that lists nothing by its selection exit as "nothing to read". Does
/// nothing where nothing was chosen, or where the exit already has a reason.
CRUMBS_EXPORT void note_empty_selection(Report& report);

/// Leaves in a report only what is chosen: findings and absent entries. Counts stay, which are of
/// what was read; `selection` then says what was chosen, after what it said before, and
/// `summary.selected` what is left. Exit and completeness stay, since what could not be read may
/// have held a chosen item; but where nothing is left of a complete report its exit is "nothing to
/// read".
CRUMBS_EXPORT void select(Report& report, const Selection& selection,
                          std::span<const Catalog> catalogs);

}  // namespace crumbs
