#include "system/io.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"

namespace crumbs {
namespace {

// Non-blocking so that a FIFO put in place of the file cannot make us wait for its writer.
constexpr int kReadFlags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

[[noreturn]] void fail(std::string_view name, std::string_view what) {
  throw Error(ErrorCode::io, fmt::format("{}: {}", name, what));
}

std::string system_message(int error) {
  return std::generic_category().message(error);
}

bool is_absent(int error) {
  return error == ENOENT || error == ENOTDIR;
}

/// "a//b" has the components "a" and "b".
std::string_view take_component(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of('/'), rest.size()));
  const std::string_view component = rest.substr(0, rest.find('/'));
  rest.remove_prefix(component.size());
  return component;
}

void check_relative(std::string_view relative) {
  const bool odd =
      relative.empty() || relative.front() == '/' || relative.find('\0') != std::string_view::npos;
  if (odd) fail(relative, "is no path below a directory");
  for (std::string_view rest = relative; !rest.empty();) {
    if (take_component(rest) == "..") fail(relative, "leads out of its directory");
  }
}

constexpr int kPlaceFlags = O_PATH | O_DIRECTORY | O_CLOEXEC;

int open_place_beneath(int root, const std::string& relative) {
  open_how how{};
  how.flags = kPlaceFlags;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
  return static_cast<int>(syscall(SYS_openat2, root, relative.c_str(), &how, sizeof how));
}

/// Opens a directory on the way, unless it is a link. -1 with errno otherwise.
int open_step(int parent, const std::string& name) {
  FileDescriptor step(openat(parent, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  struct stat status {};
  if (!step.valid() || fstat(step.get(), &status) != 0) return -1;
  if (!S_ISDIR(status.st_mode)) {
    errno = S_ISLNK(status.st_mode) ? ELOOP : ENOTDIR;
    return -1;
  }
  return fcntl(step.get(), F_DUPFD_CLOEXEC, 0);
}

FileDescriptor open_place_by_components(int root, std::string_view relative) {
  FileDescriptor place(fcntl(root, F_DUPFD_CLOEXEC, 0));
  for (std::string_view name = take_component(relative); place.valid() && !name.empty();
       name = take_component(relative))
    place = FileDescriptor(open_step(place.get(), std::string(name)));
  return place;
}

/// A directory, reached without following a link. Not valid, with errno, otherwise.
FileDescriptor open_place(int root, const std::string& relative) {
  FileDescriptor place(open_place_beneath(root, relative));
  // Old kernels lack openat2, and sandboxes that do not know it answer EPERM.
  if (place.valid() || (errno != ENOSYS && errno != EPERM)) return place;
  return open_place_by_components(root, relative);
}

/// `name` has no slash: O_NOFOLLOW is all that it takes to follow no link.
int open_for_reading(int directory, const std::string& name) {
  const int fd = openat(directory, name.c_str(), kReadFlags | O_NOATIME);
  // Only the owner of a file may leave its access time alone.
  if (fd >= 0 || errno != EPERM) return fd;
  return openat(directory, name.c_str(), kReadFlags);
}

[[noreturn]] void fail_open(std::string_view relative) {
  if (errno == ELOOP) fail(relative, "lies behind a symbolic link, which is not followed");
  fail(relative, system_message(errno));
}

void check_regular(std::string_view relative, mode_t mode) {
  if (S_ISREG(mode)) return;
  if (S_ISLNK(mode)) fail(relative, "is a symbolic link, which is not followed");
  if (S_ISDIR(mode)) fail(relative, "is a directory, not a file");
  if (S_ISFIFO(mode)) fail(relative, "is a named pipe, not a file");
  fail(relative, "is a device or a socket, not a file");
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) close(fd_);
}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileDescriptor open_parent_below(const std::filesystem::path& root, std::string_view relative) {
  check_relative(relative);
  FileDescriptor directory(open(root.c_str(), kPlaceFlags));
  if (!directory.valid() && !is_absent(errno)) fail(root.string(), system_message(errno));
  const std::size_t slash = relative.rfind('/');
  if (!directory.valid() || slash == std::string_view::npos) return directory;
  FileDescriptor parent = open_place(directory.get(), std::string(relative.substr(0, slash)));
  if (!parent.valid() && !is_absent(errno)) fail_open(relative);
  return parent;
}

std::optional<OpenFile> open_in(const FileDescriptor& directory, std::string_view relative) {
  const std::string name(relative.substr(relative.rfind('/') + 1));
  OpenFile file;
  // Opening a device can act on it, so look before; what was opened is looked at again below.
  if (fstatat(directory.get(), name.c_str(), &file.status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (is_absent(errno)) return std::nullopt;
    fail(relative, system_message(errno));
  }
  check_regular(relative, file.status.st_mode);
  file.fd = FileDescriptor(open_for_reading(directory.get(), name));
  if (!file.fd.valid()) {
    if (is_absent(errno)) return std::nullopt;
    fail_open(relative);
  }
  if (fstat(file.fd.get(), &file.status) != 0) fail(relative, system_message(errno));
  check_regular(relative, file.status.st_mode);
  return file;
}

std::optional<OpenFile> open_below(const std::filesystem::path& root, std::string_view relative) {
  const FileDescriptor directory = open_parent_below(root, relative);
  if (!directory.valid()) return std::nullopt;
  return open_in(directory, relative);
}

bool same_state(const struct stat& before, const struct stat& after) {
  const auto same_time = [](const timespec& a, const timespec& b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
  };
  return before.st_dev == after.st_dev && before.st_ino == after.st_ino &&
         before.st_size == after.st_size && same_time(before.st_mtim, after.st_mtim) &&
         same_time(before.st_ctim, after.st_ctim);
}

std::string read_all(const OpenFile& file, std::string_view relative, std::uint64_t limit) {
  const auto size = static_cast<std::uint64_t>(file.status.st_size);
  if (size > limit) {
    throw Error(
        ErrorCode::too_large,
        fmt::format("{}: has {} bytes, more than the {} that are read", relative, size, limit));
  }
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = read(file.fd.get(), bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(relative, system_message(errno));
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  struct stat now {};
  if (fstat(file.fd.get(), &now) != 0) fail(relative, system_message(errno));
  if (!same_state(file.status, now))
    throw Error(ErrorCode::unstable, fmt::format("{}: changed while it was read", relative));
  return bytes;
}

std::optional<std::string> read_below(const std::filesystem::path& root, std::string_view relative,
                                      std::uint64_t limit) {
  const auto read_now = [&]() -> std::optional<std::string> {
    const auto file = open_below(root, relative);
    if (!file) return std::nullopt;
    return read_all(*file, relative, limit);
  };
  try {
    return read_now();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::unstable) throw;
    return read_now();
  }
}

}  // namespace crumbs
