#include "snapshot/private_dir.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"

namespace crumbs {
namespace {

bool has_room_in_memory(const char* directory, std::uint64_t bytes) {
  struct statfs status {};
  if (statfs(directory, &status) != 0 || status.f_type != TMPFS_MAGIC) return false;
  const auto block = static_cast<std::uint64_t>(status.f_bsize);
  const auto free_bytes = static_cast<std::uint64_t>(status.f_bavail) * block;
  return bytes <= free_bytes / 4 && access(directory, W_OK | X_OK) == 0;
}

std::filesystem::path choose_base(const std::filesystem::path& base, std::uint64_t bytes) {
  if (!base.empty()) return base;
  return has_room_in_memory("/dev/shm", bytes) ? "/dev/shm" : "/tmp";
}

}  // namespace

PrivateDir PrivateDir::make(const std::filesystem::path& base, std::uint64_t bytes) {
  return PrivateDir(TemporaryDir::make(choose_base(base, bytes), "crumbs-", "private copies"));
}

FileDescriptor PrivateDir::create(std::string_view suffix) const {
  const std::string file = database().string() + std::string(suffix);
  FileDescriptor fd(
      open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (fd.valid()) return fd;
  throw Error(ErrorCode::io, fmt::format("{}: cannot be created: {}", file,
                                         std::generic_category().message(errno)));
}

}  // namespace crumbs
