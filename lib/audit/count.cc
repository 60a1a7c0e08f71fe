#include "audit/count.h"

#include <algorithm>

#include "crumbs/printable.h"
#include "crumbs/select.h"
#include "field_key.h"
#include "lifetime.h"
#include "rights.h"

namespace crumbs {
namespace {

/// The longest a tracker may live by the French authority's guidance on audience measurement (CNIL,
/// deliberation 2020-091): what many audits ask for.
constexpr Age kThirteenMonths{13, 'm'};

void add_lifetime(Lifetimes& lifetimes, const Finding& finding) {
  if (finding.kind == ItemKind::local_storage) {
    ++lifetimes.never_expires;
    return;
  }
  if (finding.attributes.session.value_or(false)) {
    ++lifetimes.session;
    return;
  }
  const std::optional<std::int64_t> seconds = lifetime_s(finding);
  if (!seconds) return;
  ++lifetimes.limited;
  lifetimes.longest_s = std::max(lifetimes.longest_s.value_or(0), *seconds);
  if (lives_over(finding, kThirteenMonths)) ++lifetimes.over_13_months;
}

template <class E>
void add_words(std::map<E, std::uint64_t>& sums, const std::map<E, std::uint64_t>& counts) {
  for (const auto& [word, count] : counts) sums[word] += count;
}

void add_lifetimes(Lifetimes& sums, const Lifetimes& lifetimes) {
  sums.never_expires += lifetimes.never_expires;
  sums.session += lifetimes.session;
  sums.limited += lifetimes.limited;
  sums.over_13_months += lifetimes.over_13_months;
  sums.longest_s = std::max(sums.longest_s, lifetimes.longest_s);  // none is less than any
}

/// What a site, a vendor and a whole report have alike: items by status, and personal data.
template <class Sums, class Counts>
void add_items(Sums& sums, const Counts& counts) {
  sums.documented += counts.documented;
  sums.drift += counts.drift;
  sums.possible += counts.possible;
  sums.ambiguous += counts.ambiguous;
  sums.undocumented += counts.undocumented;
  sums.personal += counts.personal;
}

/// The number of items of a status that a catalog knows; of unknown ones where they are counted.
template <class Counts>
std::uint64_t& count_of(Counts& counts, Status status) {
  switch (status) {
    case Status::documented:
      return counts.documented;
    case Status::drift:
      return counts.drift;
    case Status::undocumented:
      return counts.undocumented;
    case Status::possible:
      return counts.possible;
    case Status::ambiguous:
    case Status::unknown:
      break;
  }
  if constexpr (requires { counts.unknown; }) {
    if (status == Status::unknown) return counts.unknown;
  }
  return counts.ambiguous;
}

/// Possible items are nobody's for sure.
bool counts_as_personal(const Finding& finding) {
  return finding.status != Status::possible && holds_personal_data(finding);
}

/// Whether the vendor certainly left something there.
bool is_certain(const SiteCounts& site) {
  return site.documented + site.drift + site.undocumented > 0;
}

/// The counts with the names of their sites, in their order.
std::vector<SiteCounts> named(const std::map<std::string, SiteCounts>& by_site) {
  std::vector<SiteCounts> sites;
  sites.reserve(by_site.size());
  for (const auto& [name, counts] : by_site) sites.emplace_back(counts).site = name;
  return sites;
}

}  // namespace

void TallyCounter::add_fields(Sums& sums, const Finding& finding) {
  std::uint64_t undocumented = 0;
  for (const ValueField& field : finding.value.fields) {
    if (field.documented || !field.present) continue;
    ++undocumented;
    sums.keys.emplace(finding.entry, field_key(finding.value, field));
  }
  sums.tally.undocumented_fields += undocumented;
  if (undocumented > 0) ++sums.tally.with_undocumented_fields;
}

void TallyCounter::add_documented(Sums& sums, const Finding& finding) {
  Tally& tally = sums.tally;
  ++tally.personal_data[finding.value.personal_data];
  ++tally.verdicts[finding.deletion.verdict];
  if (finding.deletion.basis) ++tally.bases[*finding.deletion.basis];
  if (finding.deletion.verdict != Verdict::retain && undoes_choice(finding.deletion))
    ++tally.undoes_choice;
  add_lifetime(tally.lifetimes, finding);
  add_fields(sums, finding);
}

void TallyCounter::add(const Finding& finding) {
  if (finding.state != ItemState::current || finding.status == Status::unknown) return;
  Sums& sums = sums_[finding.catalog];
  Tally& tally = sums.tally;
  SiteCounts& site = sums.by_site[printable(finding.site)];
  ++count_of(site, finding.status);
  if (is_documented(finding.status)) add_documented(sums, finding);
  if (finding.status == Status::undocumented && !finding.entry.empty()) ++tally.observed;
  if (!finding.entry.empty()) sums.names.insert(finding.entry);
  if (finding.value.availability == Availability::unavailable) ++tally.unavailable;
  if (finding.value.availability == Availability::doubtful) ++tally.doubtful;
  if (counts_as_personal(finding)) ++site.personal;
}

std::vector<Tally> TallyCounter::tallies(std::span<const Catalog> catalogs,
                                         const std::set<ItemKind>& whole) const {
  std::vector<Tally> tallies;
  for (const Catalog& catalog : catalogs) {
    const auto found = sums_.find(catalog.id());
    if (found == sums_.end()) continue;
    const Sums& sums = found->second;
    Tally& tally = tallies.emplace_back(sums.tally);
    tally.catalog = catalog.id();
    tally.by_site = named(sums.by_site);
    for (const SiteCounts& site : tally.by_site) {
      add_items(tally, site);
      (is_certain(site) ? tally.sites : tally.possible_sites).push_back(site.site);
    }
    tally.undocumented_keys = sums.keys.size();
    for (const Entry& entry : catalog.entries()) {
      if (!entry.documented()) continue;
      ++tally.names_documented;
      if (sums.names.contains(entry.id)) {
        ++tally.names_found;
      } else if (whole.contains(entry.store)) {
        ++tally.names_absent;
      }
    }
  }
  return tallies;
}

void add_selected(Selected& selected, const Finding& finding) {
  ++selected.items;
  if (finding.state != ItemState::current) {
    ++selected.residue;
    return;
  }
  ++count_of(selected, finding.status);
  if (finding.status == Status::unknown) return;
  if (finding.value.availability == Availability::unavailable) ++selected.unavailable;
  if (counts_as_personal(finding)) ++selected.personal;
  if (is_documented(finding.status)) ++selected.verdicts[finding.deletion.verdict];
}

void SummaryCounter::add(const Tally& tally) {
  add_items(sums_, tally);
  sums_.undocumented_fields += tally.undocumented_fields;
  sums_.unavailable += tally.unavailable;
  sums_.doubtful += tally.doubtful;
  add_words(sums_.personal_data, tally.personal_data);
  add_words(sums_.verdicts, tally.verdicts);
  add_words(sums_.bases, tally.bases);
  add_lifetimes(sums_.lifetimes, tally.lifetimes);
  for (const SiteCounts& site : tally.by_site) add_items(by_site_[site.site], site);
}

void SummaryCounter::add(const StoreResult& store) {
  if (store.status == StoreStatus::absent) return;
  ++sums_.stores;
  if (store.status != StoreStatus::read) ++sums_.stores_incomplete;
  sums_.items += store.items;
  sums_.unknown += store.unknown;
  sums_.residue += store.residue;
}

void SummaryCounter::add(const ProfileReport& part) {
  for (const StoreResult& store : part.stores) add(store);
  for (const Tally& tally : part.tallies) add(tally);
}

Summary SummaryCounter::summary() const {
  Summary summary = sums_;
  summary.by_site = named(by_site_);
  return summary;
}

}  // namespace crumbs
