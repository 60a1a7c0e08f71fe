#include "private_dir.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "crumbs/audit.h"
#include "crumbs/error.h"

namespace crumbs {
namespace {

constexpr std::size_t kSlots = 256;
constexpr std::size_t kPathSize = 512;
constexpr std::size_t kNoSlot = kSlots;
constexpr std::array<const char*, 4> kFileNames = {"/db", "/db-wal", "/db-journal", "/db-shm"};

enum class SlotState {
  free,
  claimed,   ///< `path` is being written; there is no directory yet
  creating,  ///< `path` is whole; the directory may appear at any moment
  live,
};

struct Slot {
  std::atomic<SlotState> state = SlotState::free;
  std::array<char, kPathSize> path{};
};
static_assert(std::atomic<SlotState>::is_always_lock_free, "a signal handler reads it");

// The one mutable state of the process in the library: a signal handler has no other way to learn
// what there is to remove. Sequentially consistent on purpose: a thread that claims a slot sees
// `closed`, or the handler sees the claim.
std::array<Slot, kSlots> slots;
std::atomic<bool> closed = false;

/// Async-signal-safe. True: the directory is gone.
bool remove_directory(const char* directory) noexcept {
  std::array<char, kPathSize + 16> file{};
  const std::size_t length = strnlen(directory, kPathSize);
  std::memcpy(file.data(), directory, length);
  for (const char* name : kFileNames) {
    std::memcpy(file.data() + length, name, std::strlen(name) + 1);
    unlink(file.data());
  }
  return rmdir(directory) == 0 || errno == ENOENT;
}

/// Async-signal-safe. Other threads may still be creating the directory or files in it: bounded
/// patience for both.
void remove_slot(const Slot& slot) noexcept {
  constexpr int kAttempts = 50;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const SlotState state = slot.state;
    const bool may_exist = state == SlotState::creating || state == SlotState::live;
    if (!may_exist) return;
    if (remove_directory(slot.path.data()) && state == SlotState::live) return;
    poll(nullptr, 0, 1);
  }
}

std::size_t claim_slot() {
  for (std::size_t i = 0; i < kSlots; ++i) {
    SlotState expected = SlotState::free;
    if (slots[i].state.compare_exchange_strong(expected, SlotState::claimed)) return i;
  }
  throw Error(ErrorCode::io, "too many private copies at the same time");
}

std::string random_name() {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::array<unsigned char, 6> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Error(ErrorCode::io, "the system has no random numbers");
  std::string name = "crumbs-";
  for (const unsigned char byte : bytes) name += kLetters[byte % kLetters.size()];
  return name;
}

/// errno of mkdir, 0 for success.
int make_directory(Slot& slot, const std::string& path) {
  slot.state = SlotState::claimed;
  std::memcpy(slot.path.data(), path.c_str(), path.size() + 1);
  slot.state = SlotState::creating;
  if (closed) throw Error(ErrorCode::interrupted, "interrupted");
  if (mkdir(path.c_str(), S_IRWXU) != 0) return errno;
  slot.state = SlotState::live;
  return 0;
}

std::filesystem::path make_in(const std::filesystem::path& base, Slot& slot) {
  constexpr int kAttempts = 100;
  int error = EEXIST;
  for (int attempt = 0; attempt < kAttempts && error == EEXIST; ++attempt) {
    std::filesystem::path path = std::filesystem::absolute(base) / random_name();
    if (path.native().size() >= kPathSize) {
      throw Error(ErrorCode::io,
                  fmt::format("{}: too long a path for private copies", base.string()));
    }
    error = make_directory(slot, path.native());
    if (error == 0) return path;
  }
  throw Error(ErrorCode::io, fmt::format("{}: cannot hold private copies: {}", base.string(),
                                         std::generic_category().message(error)));
}

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
  const std::size_t index = claim_slot();
  try {
    return {index, make_in(choose_base(base, bytes), slots[index])};
  } catch (...) {
    slots[index].state = SlotState::free;
    throw;
  }
}

PrivateDir::PrivateDir(std::size_t slot, std::filesystem::path path)
    : slot_(slot), path_(std::move(path)) {}

PrivateDir::PrivateDir(PrivateDir&& other) noexcept
    : slot_(std::exchange(other.slot_, kNoSlot)), path_(std::move(other.path_)) {}

PrivateDir& PrivateDir::operator=(PrivateDir&& other) noexcept {
  std::swap(slot_, other.slot_);
  std::swap(path_, other.path_);
  return *this;
}

PrivateDir::~PrivateDir() {
  if (slot_ == kNoSlot) return;
  remove_directory(slots[slot_].path.data());
  slots[slot_].state = SlotState::free;
}

FileDescriptor PrivateDir::create(std::string_view suffix) const {
  const std::string file = database().string() + std::string(suffix);
  FileDescriptor fd(
      open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (fd.valid()) return fd;
  throw Error(ErrorCode::io, fmt::format("{}: cannot be created: {}", file,
                                         std::generic_category().message(errno)));
}

void remove_private_copies() noexcept {
  const int error = errno;
  closed = true;
  for (const Slot& slot : slots) remove_slot(slot);
  errno = error;
}

}  // namespace crumbs
