#pragma once

// lib/system: what the operating system gives: files and directories of places that may be hostile,
// temporary ones, hashes, threads, keyring.

/// Which names a hostile directory holds. Nothing is opened but directories, and no symbolic link
/// is followed below the root.

#include <sys/stat.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbs {

enum class PlaceKind {
  absent,
  file,
  directory,
  link,        ///< a symbolic link here or on the way
  other,       ///< a device, a FIFO, a socket
  unreadable,  ///< the system refuses to say
};

/// What is at `relative` ('/'-separated) below the directory `root`; "" is `root` itself. `..`
/// leads nowhere: absent.
[[nodiscard]] PlaceKind kind_below(const std::filesystem::path& root, std::string_view relative);

/// What the system says of it, no link followed; nullopt where kind_below would say that it is
/// absent, behind a link or unreadable.
[[nodiscard]] std::optional<struct stat> status_below(const std::filesystem::path& root,
                                                      std::string_view relative);

struct DirectoryEntry {
  std::string name;
  PlaceKind kind = PlaceKind::other;
};
/// What a directory holds, and whether that is all of it.
struct Listing {
  enum class State {
    whole,
    changed,  ///< names came or went while it was listed, each time it was tried
    cut_off,  ///< it holds more than was asked for
    absent,   ///< there is no such directory
    link,     ///< a symbolic link here or on the way, not followed
    denied,   ///< the system refuses; `error` is its errno
  };
  State state = State::absent;
  std::vector<DirectoryEntry> entries;  ///< sorted by the bytes of the names; what was seen of it
  int error = 0;

  /// The entries are those that the directory had at some time.
  [[nodiscard]] bool listed() const { return state == State::whole || state == State::changed; }
};
inline constexpr std::size_t kMaxDirectoryEntries = 100'000;
/// The one way to list `relative` below `root`; "" is `root` itself.
[[nodiscard]] Listing list_below(const std::filesystem::path& root, std::string_view relative,
                                 std::size_t most = kMaxDirectoryEntries);

/// The names alone, however many there are. nullopt: there is no such directory. Throws Error(io)
/// where it cannot be listed or lies behind a link, so that nobody takes that for an empty one.
[[nodiscard]] std::optional<std::vector<std::string>> list_names(const std::filesystem::path& root,
                                                                 std::string_view relative);

/// Where a path leads, and what is there.
struct Followed {
  /// `file`, `directory`, `other`: of `place`. `absent`: nothing is there. `link`: the symbolic
  /// link `place` leads nowhere. `unreadable`: `place` cannot be searched.
  PlaceKind kind = PlaceKind::absent;
  std::filesystem::path place;
  std::filesystem::path target;  ///< what the link `place` says, where it leads nowhere
};
/// Where `path` (absolute, as seen inside) leads when `root` is the file system's root: symbolic
/// links are followed, but never out of `root`.
[[nodiscard]] Followed follow_inside(const std::filesystem::path& root,
                                     const std::filesystem::path& path);

}  // namespace crumbs
