#pragma once

/// The files of one SQLite store as they are while they are copied.

#include <ctime>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "system/io.h"

namespace crumbs {

/// One of the files, open. Absent where `open` is false.
struct SourcePart {
  std::string name;  ///< relative to the root
  std::string_view suffix;
  bool open = false;
  OpenFile file;
  timespec before{};            ///< when it was about to be opened, by the clock that stamps files
  std::vector<std::byte> head;  ///< the first bytes, as they were when it was opened

  [[nodiscard]] std::uint64_t size() const;
};

/// Takes the bytes of a file in order; may throw.
using ByteTaker = std::function<void(std::span<const std::byte>)>;

/// The main file, its `-wal` and its `-journal`. One thread.
class SnapshotSource {
 public:
  /// Throws Error(io) where one of them is no plain file or may not be read, Error(not_found)
  /// where the main file is absent, Error(corrupt) where it is absent or empty and its `-wal` is
  /// not.
  SnapshotSource(const std::filesystem::path& root, std::string_view relative);

  [[nodiscard]] const SourcePart& main() const { return parts_[0]; }
  [[nodiscard]] const SourcePart& wal() const { return parts_[1]; }
  [[nodiscard]] const SourcePart& journal() const { return parts_[2]; }
  [[nodiscard]] const std::array<SourcePart, 3>& parts() const { return parts_; }
  [[nodiscard]] std::uint64_t size() const;  ///< of all parts
  /// True: nothing was written to, replaced, added or taken away since the constructor ran, by
  /// device, inode, size, the times of the last writing and the last change, and by the first
  /// bytes, which hold the change counter of a database and the salts of a WAL.
  [[nodiscard]] bool held_still() const;

 private:
  FileDescriptor directory_;  ///< that all parts lie in
  std::array<SourcePart, 3> parts_;
};

/// Reads at most part.size() bytes in chunks into `buffer`, which each time may give a place for
/// the next ones, and hands them to `take`. Returns the bytes read: fewer where the file has
/// shrunk. Throws Error(io).
std::uint64_t read_part(const SourcePart& part,
                        const std::function<std::span<std::byte>(std::uint64_t offset)>& place,
                        const ByteTaker& take);

}  // namespace crumbs
