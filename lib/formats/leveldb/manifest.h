#pragma once

/// The MANIFEST of a LevelDB: which tables and logs make up the database (LevelDB
/// db/version_edit.cc, db/version_set.cc).

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "formats/leveldb/input.h"

namespace crumbs::leveldb {

struct TableFile {
  std::uint64_t size = 0;
  std::string smallest, largest;  ///< internal keys
};

/// What all edits of a MANIFEST add up to.
struct Version {
  std::string comparator;
  std::optional<std::uint64_t> log_number, next_file, last_sequence;
  std::uint64_t previous_log = 0;
  std::map<std::pair<int, std::uint64_t>, TableFile> tables;  ///< by level and number
  bool torn = false;  ///< the file ends inside an edit, which does not count, or in zeros

  /// Whether the log of that number holds writes that are in no table yet.
  [[nodiscard]] bool needs_log(std::uint64_t number) const {
    return number >= log_number.value_or(0) || (previous_log != 0 && number == previous_log);
  }
};

/// Throws Error(corrupt) where any edit is damaged, or log number, next file number or last
/// sequence never appear: LevelDB refuses such a file too. Bounded: a million tables.
[[nodiscard]] Version read_manifest(Input input);

}  // namespace crumbs::leveldb
