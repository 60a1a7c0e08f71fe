#include "profiles/running.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "ascii.h"
#include "crumbs/error.h"
#include "system/directory.h"
#include "system/io.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kLevelDbLock = "Local Storage/leveldb/LOCK";

std::string our_host() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::optional<pid_t> parse_pid(std::string_view digits) {
  const auto pid = parse_number<pid_t>(digits);
  return pid && *pid > 0 ? pid : std::nullopt;
}

bool is_alive(pid_t pid) {
  return kill(pid, 0) == 0 || errno == EPERM;
}

/// The target of a link, never followed. nullopt: there is no link of that name.
std::optional<std::string> link_target(const fs::path& link) {
  std::error_code error;
  const fs::path target = fs::read_symlink(link, error);
  if (error) return std::nullopt;
  return target.string();
}

/// Who holds a lock that would keep us from writing `relative`. The query needs no write access,
/// and as we hold no lock ourselves, closing the file gives none up. Evidence only where held or
/// not to be told.
std::optional<Running> lock_holder(const fs::path& root, std::string_view relative) {
  std::optional<OpenFile> file;
  try {
    file = open_below(root, relative);
  } catch (const Error& error) {
    return Running{std::nullopt, fmt::format("cannot tell: {}", error.what())};
  }
  if (!file) return std::nullopt;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  if (fcntl(file->fd.get(), F_GETLK, &lock) != 0)
    return Running{std::nullopt,
                   fmt::format("cannot tell: {} cannot be asked for locks", relative)};
  if (lock.l_type == F_UNLCK) return Running{false, fmt::format("no lock on {}", relative)};
  // A holder in another pid namespace has no number here.
  if (lock.l_pid <= 0)
    return Running{true, fmt::format("lock on {} held by another process", relative)};
  return Running{true, fmt::format("lock on {} held by pid {}", relative, lock.l_pid)};
}

/// `<hostname>-<pid>`
Running singleton_owner(const std::string& target) {
  const std::size_t dash = target.rfind('-');
  const auto pid = dash == std::string::npos ? std::nullopt
                                             : parse_pid(std::string_view(target).substr(dash + 1));
  if (!pid) return {false, "SingletonLock names no process"};
  if (target.substr(0, dash) != our_host())
    return {std::nullopt, "cannot tell: SingletonLock names another host"};
  if (is_alive(*pid))
    return {true, fmt::format("SingletonLock names pid {}, which is alive", *pid)};
  return {false, fmt::format("SingletonLock names pid {}, which is not alive", *pid)};
}

std::optional<Running> singleton_lock(const fs::path& user_data_dir) {
  if (user_data_dir.empty()) return std::nullopt;
  if (const auto target = link_target(user_data_dir / "SingletonLock"))
    return singleton_owner(*target);
  if (kind_below(user_data_dir, "SingletonLock") == PlaceKind::absent) return std::nullopt;
  return Running{false, "SingletonLock is not a link, as in a copy"};
}

/// `<address>:<pid>`, which counts only without the `+` that says `.parentlock` is locked as well.
Running symlink_lock(const fs::path& profile) {
  const auto target = link_target(profile / "lock");
  if (!target) return {false, "no lock file"};
  const std::string_view owner = std::string_view(*target).substr(target->rfind(':') + 1);
  const auto pid = parse_pid(owner.starts_with('+') ? owner.substr(1) : owner);
  if (!pid) return {false, "the link lock names no process"};
  if (owner.starts_with('+') || !is_alive(*pid))
    return {false, fmt::format("the link lock names pid {}, left over", *pid)};
  return {true, fmt::format("the link lock names pid {}, which is alive", *pid)};
}

}  // namespace

Running chromium_running(const fs::path& user_data_dir, const fs::path& profile) {
  const std::optional<Running> singleton = singleton_lock(user_data_dir);
  if (singleton && singleton->running.value_or(false)) return *singleton;
  const std::optional<Running> database = lock_holder(profile, kLevelDbLock);
  if (database && database->running.value_or(false)) return *database;
  if (singleton) return *singleton;
  return database ? *database : Running{false, "no SingletonLock"};
}

Running firefox_running(const fs::path& profile) {
  const std::optional<Running> lock = lock_holder(profile, ".parentlock");
  return lock ? *lock : symlink_lock(profile);
}

}  // namespace crumbs
