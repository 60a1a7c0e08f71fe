#include "stores/shared/dom_storage.h"

#include <algorithm>

#include "formats/leveldb_directory.h"
#include "stores/shared/locate.h"

namespace crumbs {
namespace {

/// When any file of the database was last changed; nullopt where there is none.
std::optional<std::int64_t> leveldb_modified(const std::filesystem::path& root,
                                             const std::string& directory) {
  std::optional<std::int64_t> newest;
  for (const std::string& path : paths_matching(root, directory + "/*")) {
    if (!parse_leveldb_file_name(base_name(path))) continue;
    const std::int64_t modified = modified_ns(root, path);
    newest = std::max(newest.value_or(modified), modified);
  }
  return newest;
}

}  // namespace

std::optional<Time> windows_time(std::int64_t us_since_1601) noexcept {
  constexpr std::int64_t kEpochDifferenceUs = 11'644'473'600'000'000;
  std::int64_t unix_us = 0;
  if (us_since_1601 == 0 || __builtin_sub_overflow(us_since_1601, kEpochDifferenceUs, &unix_us))
    return std::nullopt;
  return Time{unix_us, Precision::microseconds};
}

RawValue dom_value(std::string_view stored, std::uint64_t budget) noexcept {
  const DomString text = parse_dom_string(stored);
  RawValue value;
  value.encoding = text.encoding;
  value.length = text.fault == DomStringFault::none ? text.bytes.size() : stored.size();
  if (text.fault != DomStringFault::none) {
    value.unavailable = Unavailable::malformed;
  } else if (value.length > budget) {
    value.unavailable = Unavailable::too_large;
  } else {
    value.bytes = text.bytes;
  }
  return value;
}

DomStorageBackends find_dom_storage(const std::filesystem::path& root,
                                    const std::string& directory) {
  const std::string sqlite = directory + "LocalStorage";
  const std::string leveldb = directory + "Local Storage/leveldb";
  const auto leveldb_changed = leveldb_modified(root, leveldb);
  DomStorageBackends found;
  found.leveldb = leveldb_changed.has_value();
  found.sqlite = database_at(root, sqlite);
  found.sqlite_in_use = found.sqlite && !found.leveldb;
  if (!found.leveldb || !found.sqlite) return found;
  const std::int64_t sqlite_changed =
      std::max(modified_ns(root, sqlite), modified_ns(root, sqlite + "-wal"));
  if (exists_below(root, leveldb + "/exp-v1")) {
    found.reason = "exp-v1 keeps the browser with LevelDB";
  } else if (sqlite_changed > *leveldb_changed) {
    found.sqlite_in_use = true;
    found.reason = "LocalStorage was changed last";
  } else {
    found.reason = "Local Storage/leveldb was changed last";
  }
  return found;
}

}  // namespace crumbs
