#pragma once

/// Copies of the source stores for a bundle.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bundle/bag.h"
#include "crumbs/report.h"

namespace crumbs {

/// How a copy compares with what the report says it rests on.
enum class RawState {
  as_read,   ///< byte for byte what was read: the SHA-256 is the report's
  changed,   ///< other bytes than were read, or a file that was not there then; says so
  gone,      ///< it was read, but is no longer there: not in the bundle
  not_read,  ///< the report has no SHA-256 of it
};
[[nodiscard]] std::string_view to_string(RawState state);

/// One source file.
struct RawFile {
  std::string profile;    ///< id
  std::string directory;  ///< of the profile's copies, below data/raw: "p1"
  std::string store;      ///< "chromium.cookies"
  std::string source;     ///< as SourceFile::path
  BagFile file;           ///< the copy; no path where it is gone
  RawState state = RawState::not_read;
};

/// A source path as it is named below `data/raw/`: bytes that a manifest would have to encode
/// (`%`, CR, LF), that tools mistake for something else (`\`, other control characters), or that
/// are no UTF-8 become `~` and two hexadecimal digits, and so does `~`. `sha256sum -c` and other
/// tools then find every file by the name that the manifest has.
[[nodiscard]] std::string raw_name(std::string_view source);

/// Copies every store that the report looked at: a database with its `-wal` and `-journal`, a
/// LevelDB directory without `LOCK`. No link is followed, nothing but regular files is read; a file
/// is read once. Throws Error(io) where one may not be read or a store has more than `budget`
/// bytes.
[[nodiscard]] std::vector<RawFile> copy_sources(const Report& report, std::uint64_t budget,
                                                BagWriter& bag);

}  // namespace crumbs
