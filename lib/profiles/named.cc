#include "profiles/named.h"

#include <algorithm>
#include <system_error>

#include "profiles/profiles.h"
#include "stores/shared/names.h"
#include "system/directory.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using Kind = NamedPlace::Kind;

/// Below a profile no link is followed, so a link that was named itself gives way to its target.
fs::path real_if_link(const fs::path& path) {
  std::error_code error;
  if (!fs::is_symlink(path, error)) return path;
  const fs::path target = fs::canonical(path, error);
  return error ? path : target;
}

/// The storage partition of an app or extension (`Storage/ext/*/*`): it looks like a profile and is
/// a part of one.
bool is_partition(const fs::path& path) {
  const fs::path parts = path.parent_path().parent_path();
  return parts.filename() == "ext" && parts.parent_path().filename() == "Storage";
}

/// Holds what a LevelDB has, whatever the directory is called.
bool is_leveldb(const fs::path& path) {
  const Listing listing = list_below(path, "");
  return std::ranges::any_of(listing.entries, [](const DirectoryEntry& entry) {
    return entry.kind == PlaceKind::file &&
           (entry.name == "CURRENT" || entry.name.starts_with("MANIFEST-"));
  });
}

/// The last `depth` names of `path` are the store, the rest is where it lies.
NamedPlace store_at(const fs::path& path, Engine engine, std::ptrdiff_t depth) {
  NamedPlace place{.kind = Kind::store, .engine = engine, .path = path, .store = {}};
  fs::path store;
  for (; depth > 0; --depth) {
    store = store.empty() ? place.path.filename() : place.path.filename() / store;
    place.path = place.path.parent_path();
  }
  place.store = store.string();
  return place;
}

}  // namespace

std::optional<NamedPlace> profiles_named(const fs::path& directory) {
  const auto place = [&](Kind kind, Engine engine) {
    return NamedPlace{.kind = kind, .engine = engine, .path = directory, .store = {}};
  };
  if (is_partition(directory)) return std::nullopt;
  if (is_firefox_profile(directory)) return place(Kind::profile, Engine::firefox);
  if (has_profile_list(directory) || is_folder_of_profiles(directory))
    return place(Kind::root, Engine::firefox);
  if (is_user_data_dir(directory)) return place(Kind::root, Engine::chromium);
  if (is_chromium_profile(directory)) return place(Kind::profile, Engine::chromium);
  if (is_chromium_profile(directory / "Default")) return place(Kind::root, Engine::chromium);
  return std::nullopt;
}

std::optional<NamedPlace> store_named_by_directory(const fs::path& directory) {
  const fs::path path = real_if_link(directory);
  for (const StoreDriver* driver : store_drivers()) {
    for (const std::string_view inside : driver->names.inside) {
      if (kind_below(path, inside) == PlaceKind::file) return store_named_by_file(path / inside);
    }
  }
  if (kind_below(path, "leveldb/CURRENT") == PlaceKind::file)
    return store_named_by_directory(path / "leveldb");
  if (const auto named = store_directory_named(path))
    return store_at(path, named->driver->engine, named->depth);
  if (is_leveldb(path)) return store_at(path, Engine::chromium, 1);
  return std::nullopt;
}

std::optional<NamedPlace> store_named_by_file(const fs::path& file) {
  const fs::path path = real_if_link(file);
  if (const auto named = store_file_named(path))
    return store_at(path, named->driver->engine, named->depth);
  if (const StoreDriver* driver = store_by_content(path)) return store_at(path, driver->engine, 1);
  return std::nullopt;
}

}  // namespace crumbs
