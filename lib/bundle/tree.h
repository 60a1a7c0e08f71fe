#pragma once

/// The files of a bundle as they lie on the disk, which may be hostile.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bundle/manifest.h"

namespace crumbs {

inline constexpr std::size_t kMostBundleFiles = 500'000;
inline constexpr int kDeepestBundle = 64;

struct BundleTree {
  std::set<std::string> files;          ///< relative to the bundle
  std::vector<std::string> problems;    ///< links, devices and other things that are no files
  std::vector<std::string> unreadable;  ///< directories that cannot be listed
};
/// Follows no link, opens directories only. Too many files, or too deep: a problem.
[[nodiscard]] BundleTree list_bundle(const std::filesystem::path& root);

/// Hashes a file. nullopt where the system does not let us, with a line in `unreadable`.
[[nodiscard]] std::optional<BagFile> hash_bundle_file(const std::filesystem::path& root,
                                                      const std::string& path,
                                                      std::vector<std::string>& unreadable);

}  // namespace crumbs
