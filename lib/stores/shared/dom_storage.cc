#include "stores/shared/dom_storage.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "formats/leveldb/directory.h"
#include "formats/sqlite/header.h"
#include "stores/shared/locate.h"

namespace crumbs {
namespace {

/// Files of the database. A directory that cannot be listed counts as one that has some: its reader
/// says why it cannot read them.
std::vector<std::string> leveldb_files(const std::filesystem::path& root,
                                       const std::string& directory) {
  std::vector<StorePlace> unlisted;
  std::vector<std::string> files = paths_matching(root, directory + "/*", unlisted);
  std::erase_if(files,
                [](const std::string& path) { return !leveldb::parse_file_name(base_name(path)); });
  if (!unlisted.empty()) files.push_back(directory);
  return files;
}

std::int64_t newest_of(const std::filesystem::path& root, const std::vector<std::string>& files) {
  std::int64_t newest = std::numeric_limits<std::int64_t>::min();
  for (const std::string& file : files) newest = std::max(newest, modified_ns(root, file));
  return newest;
}

}  // namespace

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
  const std::string database = directory + "LocalStorage";
  const std::string log = database + std::string(sqlite::kWal);
  const std::string leveldb = directory + "Local Storage/leveldb";
  const std::vector<std::string> files = leveldb_files(root, leveldb);
  DomStorageBackends found;
  found.leveldb = !files.empty();
  found.sqlite = database_at(root, database);
  found.sqlite_in_use = found.sqlite && !found.leveldb;
  if (!found.leveldb || !found.sqlite) return found;
  const std::int64_t sqlite_changed = std::max(modified_ns(root, database), modified_ns(root, log));
  if (exists_below(root, leveldb + "/exp-v1")) {
    found.reason = "exp-v1 keeps the browser with LevelDB";
  } else if (sqlite_changed > newest_of(root, files)) {
    found.sqlite_in_use = true;
    found.reason = "LocalStorage was changed last";
  } else {
    found.reason = "Local Storage/leveldb was changed last";
  }
  return found;
}

}  // namespace crumbs
