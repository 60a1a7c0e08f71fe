#include "system/temporary_dir.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "system/remove_tree.h"

namespace crumbs {
namespace {

constexpr std::size_t kSlots = 256;
constexpr std::size_t kPathSize = 512;
constexpr std::size_t kNoSlot = kSlots;
/// What private copies consist of: removed without a file descriptor, which may have run out.
constexpr std::array<const char*, 4> kUsualNames = {"/db", "/db-wal", "/db-journal", "/db-shm"};

enum class SlotState {
  free,
  claimed,   ///< `path` is being written; there is no directory yet
  creating,  ///< `path` is whole; the directory may appear at any moment
  live,
  moving,  ///< it is about to be renamed: what is in it may have to stay
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
  for (const char* name : kUsualNames) {
    std::memcpy(file.data() + length, name, std::strlen(name) + 1);
    unlink(file.data());
  }
  return rmdir(directory) == 0 || errno == ENOENT || remove_tree(directory);
}

/// Async-signal-safe. Other threads may still be creating the directory or files in it, or renaming
/// it: bounded patience for all of that.
void remove_slot(const Slot& slot) noexcept {
  constexpr int kAttempts = 50;
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    const SlotState state = slot.state;
    if (state == SlotState::free || state == SlotState::claimed) return;
    const bool wait = state == SlotState::moving && attempt < kAttempts;
    if (!wait && remove_directory(slot.path.data()) && state == SlotState::live) return;
    poll(nullptr, 0, 1);
  }
}

std::size_t claim_slot(std::string_view purpose) {
  for (std::size_t i = 0; i < kSlots; ++i) {
    SlotState expected = SlotState::free;
    if (slots[i].state.compare_exchange_strong(expected, SlotState::claimed)) return i;
  }
  throw Error(ErrorCode::io, fmt::format("too many {} at the same time", purpose));
}

std::string random_name(std::string_view prefix) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::array<unsigned char, 6> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Error(ErrorCode::io, "the system has no random numbers");
  std::string name(prefix);
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

std::filesystem::path make_in(const std::filesystem::path& base, std::string_view prefix,
                              std::string_view purpose, Slot& slot) {
  constexpr int kAttempts = 100;
  int error = EEXIST;
  for (int attempt = 0; attempt < kAttempts && error == EEXIST; ++attempt) {
    std::filesystem::path path = std::filesystem::absolute(base) / random_name(prefix);
    if (path.native().size() >= kPathSize) {
      throw Error(ErrorCode::io, fmt::format("{}: too long a path for {}", base.string(), purpose));
    }
    error = make_directory(slot, path.native());
    if (error == 0) return path;
  }
  throw Error(ErrorCode::io, fmt::format("{}: cannot hold {}: {}", base.string(), purpose,
                                         std::generic_category().message(error)));
}

/// errno, or 0. Old kernels and some file systems cannot promise to replace nothing: there it is
/// looked for before.
int rename_to_new(const char* from, const char* to) {
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != ENOSYS && errno != EINVAL) return errno;
  struct stat status {};
  if (lstat(to, &status) == 0) return EEXIST;
  return rename(from, to) == 0 ? 0 : errno;
}

}  // namespace

TemporaryDir TemporaryDir::make(const std::filesystem::path& base, std::string_view prefix,
                                std::string_view purpose) {
  const std::size_t index = claim_slot(purpose);
  try {
    return {index, make_in(base, prefix, purpose, slots[index])};
  } catch (...) {
    slots[index].state = SlotState::free;
    throw;
  }
}

TemporaryDir::TemporaryDir(std::size_t slot, std::filesystem::path path)
    : slot_(slot), path_(std::move(path)) {}

TemporaryDir::TemporaryDir(TemporaryDir&& other) noexcept
    : slot_(std::exchange(other.slot_, kNoSlot)), path_(std::move(other.path_)) {}

TemporaryDir& TemporaryDir::operator=(TemporaryDir&& other) noexcept {
  std::swap(slot_, other.slot_);
  std::swap(path_, other.path_);
  return *this;
}

TemporaryDir::~TemporaryDir() {
  if (slot_ == kNoSlot) return;
  remove_directory(slots[slot_].path.data());
  slots[slot_].state = SlotState::free;
}

int TemporaryDir::move_to(const std::filesystem::path& target) {
  slots[slot_].state = SlotState::moving;
  const int error = rename_to_new(path_.c_str(), target.c_str());
  slots[slot_].state = error == 0 ? SlotState::free : SlotState::live;
  if (error != 0) return error;
  slot_ = kNoSlot;
  path_ = target;
  return 0;
}

void remove_temporary_dirs() noexcept {
  const int error = errno;
  closed = true;
  for (const Slot& slot : slots) remove_slot(slot);
  errno = error;
}

}  // namespace crumbs
