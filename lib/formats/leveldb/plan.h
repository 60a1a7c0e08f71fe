#pragma once

/// Which files make up a LevelDB, opened together so that what a running browser deletes afterwards
/// can still be read.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "formats/leveldb/directory.h"
#include "formats/leveldb/leveldb.h"
#include "formats/leveldb/manifest.h"

namespace crumbs::leveldb {

/// A table of the database and the range of its internal keys by the MANIFEST.
struct LiveTable {
  std::size_t file = 0;  ///< in Plan::files
  std::string smallest, largest;
};

struct Plan {
  std::vector<File> files;
  std::vector<LiveTable> tables;
  std::vector<std::size_t> logs;     ///< of the database, by number
  std::vector<std::size_t> orphans;  ///< tables and logs that are not
  bool ranges_known = true;          ///< false: no MANIFEST, the tables' ranges are not known
  std::optional<std::uint64_t> first_sequence;  ///< the logs' first operation has this or less
  std::vector<Diagnostic> diagnostics;
};

/// Looks again while the directory changes, five times at most. Throws as walk.
[[nodiscard]] Plan make_plan(const Place& place, bool residue);

}  // namespace crumbs::leveldb
