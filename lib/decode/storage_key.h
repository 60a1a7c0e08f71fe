#pragma once

/// Chromium's storage keys: an origin and the partition it is kept in (Chromium
/// third_party/blink/common/storage_key/storage_key.cc).

#include <optional>
#include <string>
#include <string_view>

#include "crumbs/types.h"

namespace crumbs {

struct StorageKey {
  std::string origin;  ///< "https://example.com", no trailing slash
  std::optional<Partition> partition;
};

/// Reads both spellings: without trailing slash (first-party keys of LevelDB) and with one
/// (everything else). Partitions: `^0<site>` third party, `^3<bit>` an ancestor of another site,
/// `^1<high>^2<low>` nonce, `^4<high>^5<low>^6<precursor>` opaque top-level site, and
/// `^0<site>^3<bit>` of older builds. What follows `^` in no form that is known is kept in
/// Partition::raw, so that items stay apart. nullopt where there is no origin. Pure; cost linear in
/// the text.
[[nodiscard]] std::optional<StorageKey> parse_storage_key(std::string_view serialized);

}  // namespace crumbs
