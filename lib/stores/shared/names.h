#pragma once

/// Stores told by their names and by their content: what a path means that somebody gave, and what
/// is left of a profile where one store of it was named.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "crumbs/profile.h"
#include "stores/store.h"

namespace crumbs {

/// A driver, and how many names its store has below the profile that it lies in.
struct NamedStore {
  const StoreDriver* driver = nullptr;
  std::ptrdiff_t depth = 0;
};

/// Whose file or directory has a path with such an end; nullopt: no store is called so.
[[nodiscard]] std::optional<NamedStore> store_file_named(const std::filesystem::path& path);
[[nodiscard]] std::optional<NamedStore> store_directory_named(const std::filesystem::path& path);
/// Whose definitions a database holds in its first 256 KiB; nullptr: nobody's. Throws as
/// open_below.
[[nodiscard]] const StoreDriver* store_by_content(const std::filesystem::path& file);

/// Whether what is found below `directory` tells a profile of that engine. Names only.
[[nodiscard]] bool holds_stores(const std::filesystem::path& directory, Engine engine);

/// The first names of what holds_stores() looks for: a directory that has none of them holds none.
/// Sorted, each once.
[[nodiscard]] std::vector<std::string_view> profile_marks(Engine engine);

/// Whether a store of that engine lies in `directory` as in a profile, told by the beginning of
/// what is there and not by names alone: for a directory that nobody says to be a profile.
[[nodiscard]] bool shows_stores(const std::filesystem::path& directory, Engine engine);

/// Where the store is in this profile. All are leftovers in one that is archived. Where only one
/// store was named: that one, if it is this driver's by its place, its name or its content. A store
/// that was named is never a leftover, for who names it wants its items; its note stays.
[[nodiscard]] std::vector<StorePlace> places_of(const StoreDriver& driver, const Profile& profile);

}  // namespace crumbs
