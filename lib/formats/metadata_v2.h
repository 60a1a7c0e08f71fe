#pragma once

/// `.metadata-v2`: whose a directory of Firefox's storage is (Gecko
/// dom/quota/DirectoryMetadata.cpp). Big-endian.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crumbs {

struct MetadataV2 {
  std::int64_t last_access_us = 0;  ///< since 1970
  bool persisted = false;
  std::string suffix;  ///< origin attributes, "^userContextId=2" or empty
  std::string group;
  std::string origin;  ///< with its suffix: "https://example.com^userContextId=2"
  bool is_private = false;
};

/// nullopt where the bytes are no such file. A trailer of newer builds is allowed and not read.
[[nodiscard]] std::optional<MetadataV2> parse_metadata_v2(std::string_view bytes);

}  // namespace crumbs
