#pragma once

/// Which names a hostile directory holds. Nothing is opened but directories, and no symbolic link
/// is followed below the root.

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

struct DirectoryEntry {
  std::string name;
  PlaceKind kind = PlaceKind::other;
};
/// The names in `relative` below `root`, sorted by bytes; "" is `root` itself. nullopt: it cannot
/// be listed, or holds more than kMaxDirectoryEntries.
[[nodiscard]] std::optional<std::vector<DirectoryEntry>> list_directory(
    const std::filesystem::path& root, std::string_view relative);
inline constexpr std::size_t kMaxDirectoryEntries = 100'000;

/// The names in `relative` below `root`, sorted by bytes, however many there are; "" is `root`
/// itself. nullopt: there is no such directory. Throws Error(io) where it cannot be listed or lies
/// behind a link, so that nobody takes that for an empty one.
[[nodiscard]] std::optional<std::vector<std::string>> list_names(const std::filesystem::path& root,
                                                                 std::string_view relative);

/// Where `path` (absolute, as seen inside) leads when `root` is the file system's root: symbolic
/// links are followed, but never out of `root`. `failed` is set to the place that could not be
/// searched, or is left alone where `path` merely does not exist (then nullopt too).
[[nodiscard]] std::optional<std::filesystem::path> follow_inside(const std::filesystem::path& root,
                                                                 const std::filesystem::path& path,
                                                                 std::filesystem::path& failed);

}  // namespace crumbs
