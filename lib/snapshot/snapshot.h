#pragma once

// lib/snapshot: private copies of databases that others may be writing to.

/// A private, coherent copy of one SQLite store (design 5, "Reading rules").

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/limits.h"
#include "crumbs/types.h"
#include "formats/sqlite/image.h"

namespace crumbs {

/// The bytes of a database with its `-wal` and `-journal`, copied while nothing changed. A database
/// with neither (or empty ones) and below the memory budget stays in memory; otherwise the copies
/// lie in a 0700 directory, memory-backed where possible, that goes away with the snapshot. One
/// thread.
class Snapshot {
 public:
  /// Copies `relative` below `root`. Retries while the source changes (device, inode, size, mtime,
  /// ctime, and the SQLite change counter and WAL salts before and after). If it never holds still
  /// the last copy is kept and diagnostics() says "changed_while_reading"; a file shorter than its
  /// own header says is "truncated". `display` is the path for messages and files(). Throws
  /// Error(not_found | io | unstable | too_large); where a database over the memory budget begins
  /// like none, Error(corrupt) without a copy; on a full disk Error(io) and nothing is left behind.
  /// `copied`, where given, is called with the number of each attempt once its copy is made and
  /// before the source is looked at again: tests change the source there.
  static Snapshot take(const std::filesystem::path& root, std::string_view relative,
                       std::string display, const ReadLimits& limits,
                       const std::function<void(std::size_t attempt)>& copied = {});

  /// A database whose bytes are at hand, in memory; files() is empty. For tests and fuzzing.
  static Snapshot from_memory(std::string bytes, std::string display);

  ~Snapshot();
  Snapshot(Snapshot&&) noexcept;
  Snapshot& operator=(Snapshot&&) noexcept;

  /// What SQLite may open, for as long as the snapshot lives. Of bytes in memory the two that say
  /// "WAL mode" are changed, and a truncated file is filled up with zeroes.
  [[nodiscard]] const sqlite::Image& image() const;
  /// Main file first, then `-wal` and `-journal` where they exist, each with the hash of what was
  /// read. Waits for the hash of a large file, which is computed while its rows are read.
  [[nodiscard]] const std::vector<SourceFile>& files() const;
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const;

 private:
  struct Data;
  explicit Snapshot(std::unique_ptr<Data> data);
  std::unique_ptr<Data> data_;
};

}  // namespace crumbs
