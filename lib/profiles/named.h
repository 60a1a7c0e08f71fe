#pragma once

/// What a path means that was given as PROFILE: a profile, a browser's directory with profiles, or
/// a single store. Names are looked at, and the first bytes of a file whose name says nothing.

#include <filesystem>
#include <optional>
#include <string>

#include "crumbs/profile.h"

namespace crumbs {

struct NamedPlace {
  enum class Kind {
    profile,  ///< `path` is one
    root,     ///< `path` is a user-data directory or a Firefox root
    store,    ///< `path` is the profile that the store lies in, or the place of a copy
  };
  Kind kind = Kind::profile;
  Engine engine = Engine::chromium;
  std::filesystem::path path;
  std::string store;  ///< relative to `path`
};

/// nullopt: neither a profile nor a directory with profiles.
[[nodiscard]] std::optional<NamedPlace> profiles_named(const std::filesystem::path& directory);
/// A store that is a directory, or that lies in one that was named for it: a storage partition, a
/// LevelDB directory, one origin's directory of Firefox. nullopt: none does.
[[nodiscard]] std::optional<NamedPlace> store_named_by_directory(
    const std::filesystem::path& directory);
/// nullopt: no store by its name nor by its content. Throws as open_below.
[[nodiscard]] std::optional<NamedPlace> store_named_by_file(const std::filesystem::path& file);

}  // namespace crumbs
