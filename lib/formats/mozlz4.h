#pragma once

// lib/formats: containers that browsers keep data in: LevelDB, SQLite and small ones.

/// Mozilla's LZ4 files ("mozLz40", one raw block; Firefox IOUtils). Pure function.

#include <cstdint>
#include <string>
#include <string_view>

namespace crumbs {

/// The content of a mozLz4 file. The declared size is checked against `budget` and against what
/// LZ4 can make of so many bytes before anything is allocated. Throws Error(corrupt) where the
/// bytes are no such file, Error(too_large) over the budget; the message does not name the file.
[[nodiscard]] std::string read_mozlz4(std::string_view file, std::uint64_t budget);

}  // namespace crumbs
