#pragma once

/// A database that SQLite may open: nobody else writes to it.

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace crumbs::sqlite {

/// The bytes of a database in memory, or else a private file that may be written to. Refers to
/// them: whoever made them keeps them.
struct Image {
  std::span<const std::byte> bytes;  ///< empty where on disk
  std::filesystem::path file;        ///< empty where in memory
  std::string display;               ///< its path for messages and diagnostics

  [[nodiscard]] bool in_memory() const { return file.empty(); }
};

}  // namespace crumbs::sqlite
