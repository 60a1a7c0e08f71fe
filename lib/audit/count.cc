#include "audit/count.h"

#include "crumbs/select.h"

namespace crumbs {

void count_finding(Summary& summary, const Finding& finding) {
  switch (finding.status) {
    case Status::documented:
      ++summary.documented;
      break;
    case Status::drift:
      ++summary.drift;
      break;
    case Status::undocumented:
      ++summary.undocumented;
      break;
    case Status::possible:
      ++summary.possible;
      break;
    case Status::ambiguous:
      ++summary.ambiguous;
      break;
    case Status::unknown:
      break;
  }
  if (finding.value.availability == Availability::unavailable) ++summary.unavailable;
  if (finding.value.availability == Availability::doubtful) ++summary.doubtful;
  if (holds_personal_data(finding)) ++summary.personal;
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
