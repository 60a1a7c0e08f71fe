#pragma once

/// Reads one store and keeps what may have to be listed.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "audit/present.h"
#include "crumbs/audit.h"
#include "crumbs/catalog.h"
#include "decode/os_crypt.h"
#include "stores/store.h"
#include "system/keyring.h"

namespace crumbs {

/// An item that is kept until the whole profile is read, because only then is it known which other
/// items are on its site. The finding has everything but status, card, deletion and a shown value.
struct HeldItem {
  Finding finding;
  MatchResult match;
  PlainValue plain;
};

/// What one store gave.
struct StoreListing {
  StoreResult result;
  std::vector<HeldItem> held;
  std::optional<Time> newest;  ///< of a contested store: when one of its items was last touched
  bool out_of_memory = false;  ///< nothing is held; alone the store might be read
};

/// One store to read. `driver` and `profile` outlive the call.
struct StoreTask {
  const StoreDriver* driver = nullptr;
  const Profile* profile = nullptr;
  StorePlace place;
};

/// Reads one store. Never throws for what the store holds: a store that cannot be read is `failed`
/// or `unsupported` and says why. Memory: what is held. Touches nothing shared but
/// `matcher` and `keyring`, which is asked only where --keyring says so.
[[nodiscard]] StoreListing read_store(const StoreTask& task, const Matcher& matcher,
                                      const AuditOptions& options, Keyring& keyring);

}  // namespace crumbs
