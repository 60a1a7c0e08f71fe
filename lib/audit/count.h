#pragma once

/// What a report counts: everything that was read, whatever is listed of it.

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/report.h"

namespace crumbs {

/// Adds up what one profile holds of each vendor.
class TallyCounter {
 public:
  /// Counts a finding once it has its status. Those that no catalog knows, and residue, are counted
  /// by their stores.
  void add(const Finding& finding);
  /// The tallies of the vendors of which anything was there, in the order of `catalogs`. `whole`:
  /// the kinds of items of which everything was read.
  [[nodiscard]] std::vector<Tally> tallies(std::span<const Catalog> catalogs,
                                           const std::set<ItemKind>& whole) const;

 private:
  struct Sums {
    Tally tally;
    std::set<std::string> names;
    std::map<std::string, SiteCounts> by_site;  ///< items by status, and personal data, are here
    std::set<std::pair<std::string, std::string>> keys;  ///< undocumented: entry and pointer
  };
  static void add_documented(Sums& sums, const Finding& finding);
  static void add_fields(Sums& sums, const Finding& finding);

  std::map<std::string, Sums> sums_;  ///< by the catalog's id
};

/// Counts a finding that was chosen.
void add_selected(Selected& selected, const Finding& finding);

/// Adds up a whole report.
class SummaryCounter {
 public:
  void add(const ProfileReport& part);
  /// What was added.
  [[nodiscard]] Summary summary() const;

 private:
  void add(const Tally& tally);
  void add(const StoreResult& store);

  Summary sums_;
  std::map<std::string, SiteCounts> by_site_;
};

}  // namespace crumbs
