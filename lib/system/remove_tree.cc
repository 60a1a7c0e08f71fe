#include "system/remove_tree.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace crumbs {
namespace {

constexpr int kDeepest = 64;
constexpr int kOpenDirectory = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

// What getdents64(2) fills in; readdir(3) may allocate, which a signal handler must not.
constexpr std::size_t kLengthAt = 16;
constexpr std::size_t kNameAt = 19;

bool is_dots(const char* name) noexcept {
  return std::strcmp(name, ".") == 0 || std::strcmp(name, "..") == 0;
}

bool empty_directory(int directory, int depth) noexcept;

/// True: it is gone.
bool remove_entry(int parent, const char* name, int depth) noexcept {
  if (unlinkat(parent, name, 0) == 0) return true;
  if ((errno != EISDIR && errno != EPERM) || depth == kDeepest) return false;
  const int directory = openat(parent, name, kOpenDirectory);
  if (directory < 0) return false;
  empty_directory(directory, depth + 1);
  close(directory);
  return unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

/// Goes over what is there once. True: something was removed.
bool remove_entries(int directory, int depth) noexcept {
  alignas(std::uint64_t) std::array<char, 2048> buffer{};
  bool removed = false;
  for (;;) {
    const long filled = syscall(SYS_getdents64, directory, buffer.data(), buffer.size());
    if (filled <= 0) return removed;
    for (long at = 0; at < filled;) {
      const char* entry = buffer.data() + at;
      std::uint16_t length = 0;
      std::memcpy(&length, entry + kLengthAt, sizeof length);
      if (!is_dots(entry + kNameAt) && remove_entry(directory, entry + kNameAt, depth))
        removed = true;
      at += length;
    }
  }
}

/// A directory that shrinks while it is listed may hide entries from that listing: again, as long
/// as that helps. True: the last listing found nothing to remove.
bool empty_directory(int directory, int depth) noexcept {
  constexpr int kMostPasses = 1000;
  for (int pass = 0; pass < kMostPasses; ++pass) {
    if (!remove_entries(directory, depth)) return true;
    if (lseek(directory, 0, SEEK_SET) != 0) return false;
  }
  return false;
}

}  // namespace

bool remove_tree(const char* directory) noexcept {
  const int fd = open(directory, kOpenDirectory);
  if (fd >= 0) {
    empty_directory(fd, 0);
    close(fd);
  }
  return rmdir(directory) == 0 || errno == ENOENT;
}

}  // namespace crumbs
