#pragma once

/// Of stores that lie beside each other: which the browser uses, once all are read.

#include <span>
#include <vector>

#include "audit/listing.h"

namespace crumbs {

/// Marks the tasks of one profile that have a twin, so that they are read for what tells them
/// apart.
void mark_contested(std::vector<StoreTask>& tasks);

/// Settles all twins among the listings, each that of the task at its index. What is left over
/// becomes residue, `archived`, and is kept only where `keep_residue`. The decision and its ground
/// stand in the store's note.
void settle_listings(std::span<const StoreTask> tasks, std::vector<StoreListing>& listings,
                     bool keep_residue);

}  // namespace crumbs
