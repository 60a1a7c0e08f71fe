#pragma once

/// Directories that no exit of the program leaves behind.

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace crumbs {

/// A directory of mode 0700 that goes away with all it holds: with the object, or by
/// remove_temporary_dirs(). At most 256 at a time. Move-only; one thread at a time.
class TemporaryDir {
 public:
  /// Below `base`, named `prefix` and six random letters. `purpose` is for messages: "private
  /// copies". Throws Error(io) naming `base`; Error(interrupted) once remove_temporary_dirs() has
  /// been called.
  static TemporaryDir make(const std::filesystem::path& base, std::string_view prefix,
                           std::string_view purpose);
  ~TemporaryDir();
  TemporaryDir(TemporaryDir&& other) noexcept;
  TemporaryDir& operator=(TemporaryDir&& other) noexcept;
  TemporaryDir(const TemporaryDir&) = delete;
  TemporaryDir& operator=(const TemporaryDir&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Gives the directory the name `target`, on the same file system, and keeps it from then on.
  /// Never replaces anything: errno where that fails, EEXIST where `target` is there; else 0.
  [[nodiscard]] int move_to(const std::filesystem::path& target);

 private:
  TemporaryDir(std::size_t slot, std::filesystem::path path);
  std::size_t slot_;
  std::filesystem::path path_;
};

/// Removes every one that is still there, and lets no new one be made. For signal handlers that
/// exit afterwards: only system calls, on a list fixed in size.
void remove_temporary_dirs() noexcept;

}  // namespace crumbs
