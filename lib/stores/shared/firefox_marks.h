#pragma once

/// What a Firefox profile says of itself beside its stores.

#include <filesystem>
#include <optional>
#include <string>

namespace crumbs {

/// Whether the browser keeps local storage in a database for each origin ("next generation",
/// possible since 68) or in webappsstore.sqlite.
struct FirefoxStorageMark {
  std::optional<bool> next_generation;  ///< nullopt: nothing tells
  std::string ground;                   ///< for people, which mark says so, or why none does
};

/// From prefs.js and the version in compatibility.ini. The preference `dom.storage.next_gen` was
/// off by default in releases for years; it gave way to
/// `dom.storage.enable_unsupported_legacy_implementation`, which releases 115 and later have, off
/// by default (Gecko dom/storage/LocalStorageCommon.cpp and its history). Never throws for what the
/// files hold or are.
[[nodiscard]] FirefoxStorageMark firefox_storage_mark(const std::filesystem::path& profile);

}  // namespace crumbs
