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

/// The whole file, at most `limit` bytes (Error(io) where it is larger). nullopt: there is none.
[[nodiscard]] std::optional<std::string> read_below(const std::filesystem::path& root,
                                                    std::string_view relative, std::uint64_t limit);

/// SHA-256 in lower-case hex. Incremental; one thread. Cost: one pass over the bytes.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(const void* data, std::size_t size);
  [[nodiscard]] std::string hex();        ///< finishes
  void raw(unsigned char (&digest)[32]);  ///< finishes
 private:
  void* context_;
};
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace crumbs
