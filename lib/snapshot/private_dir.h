#pragma once

/// Directories for private copies that no exit of the program leaves behind.

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

#include "system/io.h"
#include "system/temporary_dir.h"

namespace crumbs {

/// A directory of mode 0700 named `crumbs-XXXXXX` that holds one SQLite database, "db", and the
/// files SQLite keeps beside it. Goes away as a TemporaryDir does. Move-only; one thread at a time.
class PrivateDir {
 public:
  /// Below `base`; where that is empty, in memory (/dev/shm, if it is a tmpfs of which `bytes` take
  /// at most a quarter), else in /tmp. Throws Error(io); Error(interrupted) once
  /// remove_temporary_dirs() has been called.
  static PrivateDir make(const std::filesystem::path& base, std::uint64_t bytes);

  [[nodiscard]] const std::filesystem::path& path() const { return directory_.path(); }
  [[nodiscard]] std::filesystem::path database() const { return path() / "db"; }
  /// Creates database() + `suffix` ("", "-wal" or "-journal"), mode 0600, which must not exist yet.
  /// Open for reading and writing. Throws Error(io).
  [[nodiscard]] FileDescriptor create(std::string_view suffix) const;

 private:
  explicit PrivateDir(TemporaryDir directory) : directory_(std::move(directory)) {}
  TemporaryDir directory_;
};

}  // namespace crumbs
