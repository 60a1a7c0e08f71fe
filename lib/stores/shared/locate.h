#pragma once

/// Finding the stores of one profile by name. Looks at directory entries only, follows no link to a
/// directory; cost bounded for hostile profiles.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/types.h"
#include "stores/store.h"

namespace crumbs {

/// Whether something lies at `relative` below `root`: a file, or what a reader will refuse with a
/// message (a link, a device, a directory, a place that may not be looked at).
[[nodiscard]] bool exists_below(const std::filesystem::path& root, std::string_view relative);

/// Paths below `root` that match `pattern`, sorted, '/'-separated. `*` stands for any characters of
/// one segment; hidden entries match too. No directory behind a link is listed. What cannot be
/// listed is added to `places` as `unlisted`, so that stores which may lie there are not taken for
/// absent.
[[nodiscard]] std::vector<std::string> paths_matching(const std::filesystem::path& root,
                                                      std::string_view pattern,
                                                      std::vector<StorePlace>& places);

/// Whether a database lies at `relative`, or a write-ahead log with content that has lost its
/// database: readers say so, absence would hide it.
[[nodiscard]] bool database_at(const std::filesystem::path& root, std::string_view relative);

/// Whether a directory at `relative` holds files of a LevelDB, or cannot be listed: its reader says
/// why.
[[nodiscard]] bool leveldb_at(const std::filesystem::path& root, const std::string& relative);

/// The last segment of `path`.
[[nodiscard]] std::string_view base_name(std::string_view path);

}  // namespace crumbs
