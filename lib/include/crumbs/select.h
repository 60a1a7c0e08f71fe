#pragma once

/// Selections: which findings a command is about. One grammar for all commands (design 3).

#include <cstdint>
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

/// Conditions as a user states them. Those of one kind are alternatives, all kinds must hold.
struct Selection {
  std::vector<std::string> vendors;  ///< ids of catalogs
  std::vector<std::string> sites;    ///< registrable domain of the site or of the place where the
                                     ///< item is kept; "=host" for exactly that host
  std::vector<std::string> entries;  ///< ids of entries; `*` stands for any bytes
  std::vector<std::string> stores;   ///< ids of stores; `*` stands for any bytes
  std::vector<Status> statuses;
  std::vector<Category> categories;  ///< of the entry
  bool personal_data = false;        ///< the catalog says that the value holds personal data
  bool expired = false;              ///< the time of expiry has passed
  std::optional<Age> older_than;     ///< created, or else last written, before that
  friend bool operator==(const Selection&, const Selection&) = default;
};

/// Does the catalog say that the value holds personal data? Not so where nobody has said.
[[nodiscard]] CRUMBS_EXPORT bool holds_personal_data(const Finding& finding);

/// True where nothing is chosen, which selects everything.
[[nodiscard]] CRUMBS_EXPORT bool is_empty(const Selection& selection);
/// The options that say the same, in a fixed order: "--vendor jivochat --site =shop.example.com".
[[nodiscard]] CRUMBS_EXPORT std::string to_string(const Selection& selection);

/// A selection made ready. Immutable, safe to share between threads; keeps no reference to
/// `catalogs`.
class CRUMBS_EXPORT Selector {
 public:
  /// `now`: the time of the report. Throws Error(usage) where a vendor or entry is in none of the
  /// catalogs, a store in none of this build, a site no host.
  Selector(Selection selection, std::span<const Catalog> catalogs, const Time& now);

  /// Is the finding among the chosen? Cost: linear in the number of conditions.
  [[nodiscard]] bool selects(const Finding& finding) const;
  /// Could a finding of this entry be chosen? Decides which entries may be called absent.
  [[nodiscard]] bool covers(const Entry& entry) const;
  [[nodiscard]] const Selection& selection() const { return selection_; }

 private:
  struct Site {
    std::string host;  ///< lower case; the registrable domain where not `exact`
    bool exact;
  };
  [[nodiscard]] bool at_site(const Finding& finding) const;
  [[nodiscard]] bool in_time(const Times& times) const;
  void read_sites();

  Selection selection_;
  Time now_;
  std::optional<Time> limit_;  ///< of older_than
  std::vector<Site> sites_;
};

/// Whether every format lists the finding: items that no catalog knows stand in those for programs
/// even where nobody asked for them, and decide on no exit.
[[nodiscard]] CRUMBS_EXPORT bool was_asked_for(const Report& report,
                                               const Finding& finding) noexcept;

/// Makes a complete report that lists nothing by its selection exit as "nothing to read". Does
/// nothing where nothing was chosen, or where the exit already has a reason.
CRUMBS_EXPORT void note_empty_selection(Report& report);

/// Leaves in a report only what is chosen: findings and absent entries. Counts stay, which are of
/// what was read; `selection` then says what was chosen, after what it said before. Exit and
/// completeness stay, since what could not be read may have held a chosen item; but where nothing
/// is left of a complete report its exit is "nothing to read".
CRUMBS_EXPORT void select(Report& report, const Selector& selector,
                          std::span<const Catalog> catalogs);

}  // namespace crumbs
