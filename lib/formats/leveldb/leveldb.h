#pragma once

/// LevelDB databases, read without LevelDB: nothing is written, no lock is taken, every checksum is
/// verified, and what a newer write replaced is told apart from what is current.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <string_view>

#include "crumbs/types.h"

namespace crumbs::leveldb {

/// One version of a key. Views are valid during the visit.
struct Record {
  std::string_view key, value;
  std::uint64_t sequence = 0;
  /// current: what LevelDB would answer. superseded: a newer write replaced it. deleted: a newer
  /// deletion did. orphaned: in a file that is not part of the database.
  ItemState state = ItemState::current;
  bool deletion = false;     ///< the record itself says that the key is gone; it has no value
  std::string_view file;     ///< as SourceFile::path
  std::uint64_t offset = 0;  ///< of the block in a table, of the record in a log
};

/// Where a walk sends what it finds. `record` is required.
struct Output {
  std::function<void(const Record&)> record;
  std::function<void(Diagnostic)> damage;
  std::function<void(SourceFile)> file;  ///< may be empty: then nothing is hashed
};

struct Place {
  std::filesystem::path root;  ///< a directory that the caller trusts
  std::string relative;        ///< the database below it, '/'-separated; no link is followed
  std::string display;         ///< its path for SourceFile::path, Diagnostic::file
  std::uint64_t budget =
      std::numeric_limits<std::uint64_t>::max();  ///< bytes of all files that are read
};

/// Visits the database. Versions of its files come first, in the order of their keys, newest first;
/// with `residue` all of them and then what lies in files that the MANIFEST does not name, in
/// `lost/` and in `<database>__tmp_for_rebuild/`, else only what is current. Where CURRENT or
/// MANIFEST are missing or damaged all files are taken for the database's, the newest sequence
/// number wins, and `damage` is told. A directory that changes is looked at again. A file larger
/// than LevelDB makes any, or over what the budget leaves, is neither read nor hashed, and told.
///
/// Memory: a window and a block for each table that overlaps others, and what the logs hold;
/// bounded by 128 MiB together. Throws Error(not_found | io) for the directory, Error(unsupported)
/// for another comparator. One thread calls; the hashes are taken on a second.
void walk(const Place& place, bool residue, const Output& output);

}  // namespace crumbs::leveldb
