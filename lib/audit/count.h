#pragma once

/// How a summary adds up: the same for a run and for what a selection leaves of one.

#include "crumbs/types.h"

namespace crumbs {

/// Counts a listed finding. Unknown ones are counted by their store, listed or not.
void count_finding(Summary& summary, const Finding& finding);
/// Counts a store and what was read from it.
void count_store(Summary& summary, const StoreResult& store);

}  // namespace crumbs
