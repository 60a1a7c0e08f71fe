#include "crumbs/diff.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "crumbs/audit.h"
#include "crumbs/printable.h"
#include "diff/facts.h"
#include "diff/pair.h"
#include "diff/remarks.h"
#include "diff/showing.h"
#include "entry_index.h"
#include "enum_names.h"

namespace crumbs {
namespace {

using Findings = std::vector<const Finding*>;

/// A report with what asking it needs.
struct Side {
  const Report& report;
  std::string_view label;            ///< "BEFORE", "AFTER"
  std::set<std::string> companions;  ///< profile, catalog and site where a catalog is at home
  std::set<std::string> masked;      ///< the same where a name is masked and not known
  bool lists_residue = false;
  EntryIndex entries;
};

std::string companion(const Finding& finding, const std::string& profile) {
  return profile + '\0' + finding.catalog + '\0' + finding.site;
}

Side side_of(const Report& report, std::string_view label, const Known& known) {
  Side side{report, label, {}, {}, report.summary.residue == 0, EntryIndex(report.entries)};
  for (const Finding& finding : report.findings) {
    if (!known.has_name(finding)) side.masked.insert(companion(finding, finding.profile));
    if (finding.state != ItemState::current) side.lists_residue = true;
    if (is_documented(finding.status)) side.companions.insert(companion(finding, finding.profile));
  }
  return side;
}

/// One profile of one report. `stores` is null where the report says nothing of them.
struct Part {
  ProfileName name;
  const std::vector<StoreResult>* stores = nullptr;
  Findings findings;
};

std::vector<Part> parts_of(const Report& report) {
  std::vector<Part> parts;
  std::map<std::string, std::size_t> known;
  for (const auto& [profile, stores, tallies, others] : report.profiles) {
    known.try_emplace(profile.id, parts.size());
    parts.push_back(
        {{profile.id, profile.browser, profile.browser_name, profile.name, profile.path.native()},
         &stores,
         {}});
  }
  for (const Finding& finding : report.findings) {
    const auto [at, added] = known.try_emplace(finding.profile, parts.size());
    if (added) parts.push_back({{finding.profile, "", "", "", ""}, nullptr, {}});
    parts[at->second].findings.push_back(&finding);
  }
  return parts;
}

using PartPair = std::pair<const Part*, const Part*>;

std::vector<PartPair> pair_parts(const std::vector<Part>& before, const std::vector<Part>& after) {
  if (before.size() == 1 && after.size() == 1) return {{&before.front(), &after.front()}};
  std::vector<PartPair> pairs;
  std::set<const Part*> taken;
  for (const Part& part : before) {
    const auto found = std::ranges::find_if(after, [&](const Part& other) {
      return !taken.contains(&other) && other.name.browser == part.name.browser &&
             other.name.name == part.name.name;
    });
    pairs.emplace_back(&part, found == after.end() ? nullptr : &*found);
    if (found != after.end()) taken.insert(&*found);
  }
  for (const Part& part : after) {
    if (!taken.contains(&part)) pairs.emplace_back(nullptr, &part);
  }
  return pairs;
}

bool same_catalogs(const Report& before, const Report& after) {
  return std::ranges::equal(
      before.catalogs, after.catalogs, [](const CatalogUsed& a, const CatalogUsed& b) {
        return std::tie(a.id, a.version, a.sha256) == std::tie(b.id, b.version, b.sha256);
      });
}

/// Whether a report may show the name of `finding` otherwise: not the names that a document has.
bool may_be_masked(const Finding& finding) {
  return !finding.form || !finding.captured.empty();
}

/// Can a name be unknown on one side for want of company on its site, and so be missing from a list
/// without unknown items?
bool needs_company(const Finding& finding, const EntryIndex& entries) {
  if (finding.status == Status::possible) return false;
  if (finding.status == Status::undocumented && finding.entry.empty())
    return finding.captured.empty();  // the shape of a name tells alone, a prefix does not
  const Entry* entry = entries.find(finding.entry);
  if (entry == nullptr || !finding.form) return true;
  const auto form = std::ranges::find(entry->forms, finding.form->name, &Form::name);
  return form == entry->forms.end() || !form->distinctive;
}

/// Compares one profile.
class Comparison {
 public:
  Comparison(const Side& before, const Side& after, const Known& known,
             const CompareOptions& options)
      : before_(before),
        after_(after),
        known_(known),
        options_(options),
        same_catalogs_(same_catalogs(before.report, after.report)),
        showing_(options.values, known) {
    showing_.learn(before.report);
    showing_.learn(after.report);
  }

  ProfileChange run(const Part* before, const Part* after) {
    ProfileChange result;
    if (before != nullptr) result.before = before->name;
    if (after != nullptr) result.after = after->name;
    result.unknown_before = unknown_in(before);
    result.unknown_after = unknown_in(after);
    ChangeCounts unknown;
    for (const ItemPair& pair : pair_items(candidates(before), candidates(after), known_)) {
      if (!in_question(pair)) continue;
      ItemChange change = item_change(pair, before, after);
      const bool listed = options_.all || !is_unknown(pair);
      const bool differs = add(change, listed ? result.counts : unknown);
      if (listed && differs) result.items.push_back(std::move(change));
    }
    if (!options_.all && lists_all(before_) && lists_all(after_)) result.unknown = unknown;
    sort(result.items);
    return result;
  }

 private:
  static bool lists_all(const Side& side) {
    return !side.report.known_only && side.report.selection.empty();
  }

  static std::uint64_t unknown_in(const Part* part) {
    std::uint64_t count = 0;
    if (part == nullptr || part->stores == nullptr) return count;
    for (const StoreResult& store : *part->stores) count += store.unknown;
    return count;
  }

  [[nodiscard]] Findings candidates(const Part* part) const {
    Findings findings;
    if (part == nullptr) return findings;
    for (const Finding* finding : part->findings) {
      if (options_.residue || finding->state == ItemState::current) findings.push_back(finding);
    }
    return findings;
  }

  [[nodiscard]] bool in_question(const ItemPair& pair) const {
    if (!options_.filter) return true;
    return (pair.before != nullptr && options_.filter(*pair.before)) ||
           (pair.after != nullptr && options_.filter(*pair.after));
  }

  static bool is_unknown(const ItemPair& pair) {
    return (pair.before == nullptr || pair.before->status == Status::unknown) &&
           (pair.after == nullptr || pair.after->status == Status::unknown);
  }

  ItemChange item_change(const ItemPair& pair, const Part* before, const Part* after) {
    ItemChange change;
    if (pair.before != nullptr) change.before = showing_.shown(*pair.before, before_.report.values);
    if (pair.after != nullptr) change.after = showing_.shown(*pair.after, after_.report.values);
    rewritten_ = false;
    if (pair.after == nullptr) {
      change.why = doubt(*pair.before, after_, after);
      change.change = change.why.empty() ? Change::gone : Change::not_seen;
    } else if (pair.before == nullptr) {
      change.why = doubt(*pair.after, before_, before);
      change.change = change.why.empty() ? Change::appeared : Change::newly_seen;
    } else {
      FactsCompared compared =
          compare_facts(*pair.before, *pair.after, *change.before, *change.after, known_);
      change.change = compared.differs ? Change::changed : Change::cannot_tell;
      change.facts = std::move(compared.facts);
      change.unsure = std::move(compared.unsure);
      rewritten_ = compared.rewritten;
    }
    return change;
  }

  /// Counts it; false where it is the same.
  bool add(const ItemChange& change, ChangeCounts& counts) const {
    switch (change.change) {
      case Change::appeared:
        ++counts.appeared;
        return true;
      case Change::newly_seen:
        ++counts.newly_seen;
        return true;
      case Change::changed:
        ++counts.changed;
        return true;
      case Change::gone:
        ++counts.gone;
        return true;
      case Change::not_seen:
        ++counts.not_seen;
        return true;
      case Change::cannot_tell:
        break;
    }
    if (!change.unsure.empty()) {
      ++counts.cannot_tell;
      return true;
    }
    ++counts.same;
    if (rewritten_) ++counts.rewritten;
    return false;
  }

  /// Why `finding` may be on a side that does not list it; empty where it is not there.
  [[nodiscard]] std::string doubt(const Finding& finding, const Side& side,
                                  const Part* part) const {
    if (part == nullptr || part->stores == nullptr)
      return fmt::format("its profile is not in {}", side.label);
    bool looked = false;
    std::uint64_t unknown = 0;
    for (const StoreResult& store : *part->stores) {
      if (store.id != finding.store) continue;
      looked = true;
      unknown += store.unknown;
      const bool whole = store.status == StoreStatus::read || store.status == StoreStatus::absent;
      if (!whole && may_hold(store, finding))
        return fmt::format("{} was not read as a whole in {} ({})", store.path, side.label,
                           to_string(store.status));
    }
    if (!looked) return fmt::format("{} did not look for {}", side.label, finding.store);
    if (finding.state != ItemState::current && !side.lists_residue)
      return fmt::format("{} lists no residue", side.label);
    if (may_be_masked(finding) && side.masked.contains(companion(finding, part->name.id)))
      return fmt::format("{} masks names on its site", side.label);
    if (!known_.has_name(finding)) return "its name is masked";
    if (!side.report.selection.empty())
      return fmt::format("{} lists only {}", side.label, side.report.selection);
    return !side.report.known_only || unknown == 0 ? "" : doubt_unlisted(finding, side, *part);
  }

  /// Firefox keeps the local storage of an origin in a file of its own: another's damage does not
  /// matter.
  static bool may_hold(const StoreResult& store, const Finding& finding) {
    return finding.kind != ItemKind::local_storage || !finding.store.starts_with("firefox.") ||
           store.path == finding.locator.file;
  }

  [[nodiscard]] std::string doubt_unlisted(const Finding& finding, const Side& side,
                                           const Part& part) const {
    if (finding.status == Status::unknown)
      return fmt::format("{} does not list items that no catalog knows", side.label);
    if (!same_catalogs_)
      return fmt::format("{} used another catalog and lists only what that knows", side.label);
    const Side& other = &side == &before_ ? after_ : before_;  // it lists the finding
    if (!needs_company(finding, other.entries)) return {};
    if (side.companions.contains(companion(finding, part.name.id))) return {};
    return fmt::format("{} does not list names that nothing on their site explains", side.label);
  }

  static void sort(std::vector<ItemChange>& items) {
    std::ranges::stable_sort(items, [](const ItemChange& a, const ItemChange& b) {
      const auto key = [](const ItemChange& item) {
        const Finding& finding = item.shown();
        return std::tuple<bool, std::string_view, std::string_view, Change, std::string_view,
                          std::string_view, std::string_view, std::string_view>(
            finding.catalog.empty(), finding.catalog, finding.site, item.change, finding.name,
            finding.host, finding.origin, finding.path);
      };
      return key(a) < key(b);
    });
  }

  const Side& before_;
  const Side& after_;
  const Known& known_;
  const CompareOptions& options_;
  bool same_catalogs_;
  bool rewritten_ = false;
  Showing showing_;
};

ComparedReport head_of(const Report& report) {
  return {report.tool_version, report.created,   report.complete, report.values, report.digest_key,
          report.known_only,   report.selection, report.catalogs, report.exit};
}

}  // namespace

std::string_view to_string(Change value) {
  switch (value) {
    case Change::appeared:
      return "appeared";
    case Change::newly_seen:
      return "newly_seen";
    case Change::changed:
      return "changed";
    case Change::gone:
      return "gone";
    case Change::not_seen:
      return "not_seen";
    case Change::cannot_tell:
      break;
  }
  return "cannot_tell";
}

bool Difference::any() const {
  return std::ranges::any_of(profiles, [](const ProfileChange& profile) {
    const ChangeCounts& counts = profile.counts;
    return counts.appeared + counts.newly_seen + counts.changed + counts.gone + counts.not_seen > 0;
  });
}

Difference compare(const Report& before, const Report& after, const CompareOptions& options) {
  const Known known(before, after);
  const Side left = side_of(before, "BEFORE", known), right = side_of(after, "AFTER", known);
  Difference difference;
  difference.tool_version = version();
  difference.values = options.values;
  difference.all = options.all;
  difference.residue = options.residue;
  difference.selection = options.selection;
  difference.before = head_of(before);
  difference.after = head_of(after);
  add_report_remarks(before, after, difference.remarks);
  for (const Side* side : {&left, &right})
    add_side_remarks(side->report, side->label, options.residue && !side->lists_residue,
                     difference.remarks);
  const std::vector<Part> parts_before = parts_of(before), parts_after = parts_of(after);
  Comparison comparison(left, right, known, options);
  for (const auto& [was, is] : pair_parts(parts_before, parts_after)) {
    difference.profiles.push_back(comparison.run(was, is));
    add_pair_remark(difference.profiles.back(), difference.remarks);
  }
  return difference;
}

}  // namespace crumbs
