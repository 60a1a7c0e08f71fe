#pragma once

/// Directories for private copies that no exit of the program leaves behind.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "io.h"

namespace crumbs {

/// A directory of mode 0700 named `crumbs-XXXXXX` that holds one SQLite database, "db", and the
/// files SQLite keeps beside it; the names are fixed so that remove_private_copies() knows them.
/// Goes away with the object. Move-only; one thread at a time.
class PrivateDir {
 public:
  /// Below `base`; where that is empty, in memory (/dev/shm, if it is a tmpfs of which `bytes` take
  /// at most a quarter), else in /tmp. Throws Error(io); Error(interrupted) once
  /// remove_private_copies() has been called.
  static PrivateDir make(const std::filesystem::path& base, std::uint64_t bytes);
  ~PrivateDir();
  PrivateDir(PrivateDir&& other) noexcept;
  PrivateDir& operator=(PrivateDir&& other) noexcept;
  PrivateDir(const PrivateDir&) = delete;
  PrivateDir& operator=(const PrivateDir&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path database() const { return path_ / "db"; }
  /// Creates database() + `suffix` ("", "-wal" or "-journal"), mode 0600, which must not exist yet.
  /// Open for reading and writing. Throws Error(io).
  [[nodiscard]] FileDescriptor create(std::string_view suffix) const;

 private:
  PrivateDir(std::size_t slot, std::filesystem::path path);
  std::size_t slot_;
  std::filesystem::path path_;
};

}  // namespace crumbs
