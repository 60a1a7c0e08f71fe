#pragma once

/// Reading files of a hostile directory: no symbolic link is followed below the root, nothing but
/// regular files is opened, access times are left alone where the system lets us.

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "system/sha256.h"

namespace crumbs {

/// Owns a file descriptor; move-only.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) noexcept : fd_(fd) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] bool valid() const noexcept { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

struct OpenFile {
  FileDescriptor fd;
  struct stat status {};
};

/// Opens `relative` below `root` for reading. Links in `root` itself are the caller's choice; below
/// it none is followed. nullopt: there is no such file. Throws Error(io) for a link, a device, a
/// FIFO, a directory, or where permission is missing; the message names `relative`.
[[nodiscard]] std::optional<OpenFile> open_below(const std::filesystem::path& root,
                                                 std::string_view relative);

/// The directory that holds `relative` below `root`, so that several of its files can be opened
/// without walking the way again: opened as a place only (O_PATH), not for reading. Not valid:
/// there is none. Throws as open_below.
[[nodiscard]] FileDescriptor open_parent_below(const std::filesystem::path& root,
                                               std::string_view relative);

/// As open_below, for the last name of `relative` in the directory that open_parent_below gave.
[[nodiscard]] std::optional<OpenFile> open_in(const FileDescriptor& directory,
                                              std::string_view relative);

/// True: nobody has written to the file, renamed it or put another in its place between the two.
/// The time of the last change counts as well as that of the last writing, which anyone may set.
[[nodiscard]] bool same_state(const struct stat& before, const struct stat& after);

/// All bytes of an open file. Throws Error(too_large) where there are more than `limit`, before it
/// reads; Error(unstable) where the file is no more as it was when it was opened; Error(io). The
/// message names `relative`.
[[nodiscard]] std::string read_all(const OpenFile& file, std::string_view relative,
                                   std::uint64_t limit);

/// As read_all, once more where the file changed meanwhile. nullopt: there is none. Throws as
/// open_below and read_all.
[[nodiscard]] std::optional<std::string> read_below(const std::filesystem::path& root,
                                                    std::string_view relative, std::uint64_t limit);

}  // namespace crumbs
