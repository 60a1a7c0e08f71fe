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
    ++lifetimes.unlimited;
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
  const Times& times = finding.times;
  if (*seconds > 0 && last_set(times)->unix_us < before(*times.expires, kThirteenMonths).unix_us)
    ++lifetimes.over_13_months;
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

void TallyCounter::add_certain(Sums& sums, const Finding& finding) {
  sums.sites.insert(printable(finding.site));
  if (finding.status != Status::undocumented) {
    add_documented(sums, finding);
    return;
  }
  ++sums.tally.undocumented;
  if (!finding.entry.empty()) ++sums.tally.observed;
}

void TallyCounter::add(const Finding& finding) {
  if (finding.state != ItemState::current || finding.status == Status::unknown) return;
  Sums& sums = sums_[finding.catalog];
  Tally& tally = sums.tally;
  switch (finding.status) {
    case Status::documented:
      ++tally.documented;
      add_certain(sums, finding);
      break;
    case Status::drift:
      ++tally.drift;
      add_certain(sums, finding);
      break;
    case Status::undocumented:
      add_certain(sums, finding);
      break;
    case Status::possible:
      ++tally.possible;
      sums.possible_sites.insert(printable(finding.site));
      break;
    case Status::ambiguous:
      ++tally.ambiguous;
      sums.possible_sites.insert(printable(finding.site));
      break;
    case Status::unknown:
      break;
  }
  if (!finding.entry.empty()) sums.names.insert(finding.entry);
  if (finding.value.availability == Availability::unavailable) ++tally.unavailable;
  if (finding.value.availability == Availability::doubtful) ++tally.doubtful;
  if (finding.status != Status::possible && holds_personal_data(finding)) ++tally.personal;
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
    tally.sites.assign(sums.sites.begin(), sums.sites.end());
    std::ranges::set_difference(sums.possible_sites, sums.sites,
                                std::back_inserter(tally.possible_sites));
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

void count_tally(Summary& summary, const Tally& tally) {
  summary.documented += tally.documented;
  summary.drift += tally.drift;
  summary.undocumented += tally.undocumented;
  summary.possible += tally.possible;
  summary.ambiguous += tally.ambiguous;
  summary.undocumented_fields += tally.undocumented_fields;
  summary.unavailable += tally.unavailable;
  summary.doubtful += tally.doubtful;
  summary.personal += tally.personal;
}

void count_store(Summary& summary, const StoreResult& store) {
  if (store.status == StoreStatus::absent) return;
  ++summary.stores;
  if (store.status != StoreStatus::read) ++summary.stores_incomplete;
  summary.items += store.items;
  summary.unknown += store.unknown;
  summary.residue += store.residue;
}

}  // namespace crumbs
