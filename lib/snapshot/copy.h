#pragma once

/// One attempt to copy the files of a SQLite store to where they can be read.

#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crumbs/limits.h"
#include "crumbs/types.h"
#include "snapshot/private_dir.h"
#include "snapshot/source.h"

namespace crumbs {

/// Zeroed memory that costs nothing until it is written to, which `new` cannot give: a file is read
/// into it once, and what a truncated file lacks is never touched.
/// Copies of it share the memory.
class MemoryImage {
 public:
  MemoryImage() = default;
  /// Throws std::bad_alloc.
  explicit MemoryImage(std::size_t size);
  [[nodiscard]] std::span<std::byte> bytes() const { return {data_.get(), size_}; }

 private:
  std::shared_ptr<std::byte> data_;
  std::size_t size_ = 0;
};

/// The copy: in memory where there is no `directory`.
struct PrivateCopy {
  MemoryImage memory;
  std::optional<PrivateDir> directory;
  std::vector<SourceFile> files;
  std::vector<Diagnostic> diagnostics;
  /// The hash of files[0] where it is still being computed, else not valid. It reads `memory`.
  std::future<std::string> hash;
};

/// Copies all parts once, ready for SQLite. Throws Error(too_large) where the budget is exceeded,
/// Error(corrupt) where a large file begins like no database, Error(io), also where the disk is
/// full, and leaves nothing behind then.
[[nodiscard]] PrivateCopy copy_source(const SnapshotSource& source, const std::string& display,
                                      const ReadLimits& limits);

/// What copy_source does to bytes in memory, for bytes that are there already.
[[nodiscard]] PrivateCopy copy_bytes(std::span<const std::byte> bytes, const std::string& display);

}  // namespace crumbs
