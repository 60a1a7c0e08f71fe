#pragma once

/// Twins: stores of one kind of which a browser uses one, and another lies beside it from an
/// earlier version or another system. Which of them is in use is decided by what was read from them
/// and by the browser's own marks, never by file times, which a copy does not keep.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/profile.h"
#include "crumbs/types.h"
#include "stores/store.h"

namespace crumbs {

/// What reading one of several twins has shown.
struct Twin {
  std::string_view store;   ///< StoreDriver::id
  std::string path;         ///< StorePlace::path
  bool bare = false;        ///< it has no bytes or no table
  bool damaged = false;     ///< its own browser cannot load it as it is
  std::uint64_t items = 0;  ///< read of it, in use as far as it knows itself
  std::optional<std::int64_t> schema;
  std::optional<Time> newest;  ///< of the times of its items, their expiry left out
};

struct TwinState {
  bool leftover = false;  ///< the browser uses another
  std::string note;       ///< for StoreResult::note: the decision and its ground; may be empty
};

/// Decides for all twins of one kind at one place, in their order. One that is empty, bare or
/// damaged makes no other a leftover; where nothing tells, all are in use and the notes say so.
/// Reads the browser's marks in the profile; never throws for what they hold.
[[nodiscard]] std::vector<TwinState> settle_twins(TwinKind kind, const Profile& profile,
                                                  std::span<const Twin> twins);

}  // namespace crumbs
