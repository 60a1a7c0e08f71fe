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

namespace crumbs {

/// A table of the database and the range of its internal keys by the MANIFEST.
struct LevelDbLiveTable {
  std::size_t file = 0;  ///< in LevelDbPlan::files
  std::string smallest, largest;
};

struct LevelDbPlan {
  std::vector<LevelDbFile> files;
  std::vector<LevelDbLiveTable> tables;
  std::vector<std::size_t> logs;     ///< of the database, by number
  std::vector<std::size_t> orphans;  ///< tables and logs that are not
  bool ranges_known = true;          ///< false: no MANIFEST, the tables' ranges are not known
  std::vector<Diagnostic> diagnostics;
};

/// Looks again while the directory changes, five times at most. Throws as walk_leveldb.
[[nodiscard]] LevelDbPlan plan_leveldb(const LevelDbPlace& place, bool residue);

}  // namespace crumbs
