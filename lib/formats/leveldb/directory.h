#pragma once

/// The files of a LevelDB directory.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "formats/leveldb/input.h"
#include "system/io.h"

namespace crumbs::leveldb {

enum class FileKind : std::uint8_t { log, table, manifest, current };

struct FileName {
  FileKind kind = FileKind::log;
  std::uint64_t number = 0;  ///< decimal in the name
};
/// `000005.ldb`, `000005.sst`, `000003.log`, `MANIFEST-000001`, `CURRENT`; nullopt for other names.
[[nodiscard]] std::optional<FileName> parse_file_name(std::string_view name);

/// A file as it was when it was first opened. It is read to the size it had then: a log may
/// have grown since, a table never does.
class File {
 public:
  /// `relative` to `root`, '/'-separated. Throws as open_below; Error(not_found) where it is gone.
  File(std::filesystem::path root, std::string relative, std::string display, FileName name);

  /// As SourceFile::path.
  [[nodiscard]] const std::string& display() const noexcept { return display_; }
  [[nodiscard]] const FileName& name() const noexcept { return name_; }
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// Closes the descriptor; it is opened again on use.
  void close() { fd_ = FileDescriptor(); }
  /// The bytes of this very file. The object outlives them. Throws Error(unstable) where another
  /// file has taken its place or it has shrunk. Safe from several threads.
  [[nodiscard]] Input input(Memory* memory) const;

 private:
  std::filesystem::path root_;
  std::string relative_;
  std::string display_;
  FileName name_;
  FileDescriptor fd_;
  std::uint64_t size_ = 0;
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace crumbs::leveldb
