#pragma once

/// What the two backends of Chromium's local storage share.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "crumbs/types.h"
#include "decode/dom_string.h"
#include "item.h"

namespace crumbs {

/// Puts a stored string into a value. Over `budget` bytes it is too_large, with a fault malformed.
/// `bytes` of the value are those of `stored`.
[[nodiscard]] RawValue dom_value(std::string_view stored, std::uint64_t budget) noexcept;

/// Which backend a directory's browser uses where it holds both.
struct DomStorageBackends {
  bool leveldb = false, sqlite = false;  ///< there is such a store
  bool sqlite_in_use = false;
  std::string reason;  ///< why, where there are both: "LocalStorage was changed last"
};
/// Looks at `directory` below `root` ("" or ending in '/'): names and modification times alone. The
/// file `exp-v1` marks profiles whose browser was told to stay with LevelDB.
[[nodiscard]] DomStorageBackends find_dom_storage(const std::filesystem::path& root,
                                                  const std::string& directory);

}  // namespace crumbs
