#include "stores/shared/names.h"

#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "crumbs/error.h"
#include "crumbs/glob.h"
#include "formats/sqlite/header.h"
#include "stores/shared/locate.h"
#include "system/directory.h"
#include "system/io.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kHead = 256U << 10U;

using Patterns = std::span<const std::string_view>;

/// How many names of the end of `path` the pattern takes; 0: it does not fit.
std::ptrdiff_t fitting_names(std::string_view pattern, const fs::path& path) {
  const fs::path names(pattern);
  const auto count = std::distance(names.begin(), names.end());
  if (count > std::distance(path.begin(), path.end())) return 0;
  auto at = std::prev(path.end(), count);
  const bool fit = std::ranges::all_of(
      names, [&](const fs::path& name) { return fits(name.native(), (at++)->native()); });
  return fit ? count : 0;
}

std::optional<NamedStore> best_named(Patterns StoreNames::*patterns, const fs::path& path) {
  NamedStore best;
  for (const StoreDriver* driver : store_drivers()) {
    for (const std::string_view pattern : driver->names.*patterns) {
      const auto depth = fitting_names(pattern, path);
      if (depth > best.depth) best = {driver, depth};
    }
  }
  return best.driver == nullptr ? std::nullopt : std::optional(best);
}

/// The first bytes of a file; empty where there is none.
std::string head_of(const fs::path& root, const std::string& relative) {
  const auto file = open_below(root, relative);
  if (!file) return {};
  std::string head(kHead, '\0');
  const ssize_t size = pread(file->fd.get(), head.data(), head.size(), 0);
  head.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return head;
}

bool defines(const std::string& head, const StoreNames& names) {
  if (names.recognises != nullptr) return names.recognises(head);
  return !names.definition.empty() && head.find(names.definition) != std::string::npos;
}

/// Whether a file under a name of its own may be this store.
bool bears_marks(const fs::path& root, const std::string& relative, const StoreNames& names) try {
  if (sqlite::is_side_file(relative) || !database_at(root, relative)) return false;
  const std::string_view name = base_name(relative);
  return std::ranges::any_of(
             names.words,
             [&](std::string_view word) { return name.find(word) != std::string_view::npos; }) ||
         defines(head_of(root, relative), names);
} catch (const Error&) {  // a link, a device, no permission: not known by its content
  return false;
}

bool is_database(const std::string& head) {
  return sqlite::is_database(std::as_bytes(std::span(head)));
}

/// Whether what lies there is of this kind, as far as its beginning tells. A directory is one that
/// a driver has looked into.
bool is_content_of(const StoreDriver& driver, const fs::path& profile,
                   const StorePlace& place) try {
  if (place.unlisted) return false;
  if (kind_below(profile, place.path) == PlaceKind::directory) return true;
  const std::string head = head_of(profile, place.path);
  return driver.names.recognises != nullptr ? driver.names.recognises(head) : is_database(head);
} catch (const Error&) {  // a link, a device, no permission
  return false;
}

bool any_of_kind(const fs::path& directory, Patterns paths, PlaceKind kind) {
  return std::ranges::any_of(
      paths, [&](std::string_view path) { return kind_below(directory, path) == kind; });
}

}  // namespace

std::optional<NamedStore> store_file_named(const fs::path& path) {
  return best_named(&StoreNames::files, path);
}

std::optional<NamedStore> store_directory_named(const fs::path& path) {
  return best_named(&StoreNames::directories, path);
}

const StoreDriver* store_by_content(const fs::path& file) {
  const std::string head = head_of(file.parent_path(), file.filename().string());
  const bool database = is_database(head);
  const auto drivers = store_drivers();
  const auto found = std::ranges::find_if(drivers, [&](const StoreDriver* driver) {
    return (database || driver->names.recognises != nullptr) && defines(head, driver->names);
  });
  return found == drivers.end() ? nullptr : *found;
}

bool holds_stores(const fs::path& directory, Engine engine) {
  return std::ranges::any_of(store_drivers(), [&](const StoreDriver* driver) {
    return driver->engine == engine &&
           (any_of_kind(directory, driver->names.profile_files, PlaceKind::file) ||
            any_of_kind(directory, driver->names.profile_directories, PlaceKind::directory));
  });
}

std::vector<std::string_view> profile_marks(Engine engine) {
  std::set<std::string_view> marks;
  for (const StoreDriver* driver : store_drivers()) {
    if (driver->engine != engine) continue;
    for (const Patterns paths : {driver->names.profile_files, driver->names.profile_directories}) {
      for (const std::string_view path : paths) marks.insert(path.substr(0, path.find('/')));
    }
  }
  return {marks.begin(), marks.end()};
}

bool shows_stores(const fs::path& directory, Engine engine) {
  Profile profile;
  profile.engine = engine;
  profile.path = directory;
  return std::ranges::any_of(store_drivers(), [&](const StoreDriver* driver) {
    if (driver->engine != engine) return false;
    return std::ranges::any_of(driver->locate(profile), [&](const StorePlace& place) {
      return is_content_of(*driver, directory, place);
    });
  });
}

std::vector<StorePlace> places_of(const StoreDriver& driver, const Profile& profile) {
  std::vector<StorePlace> places = driver.locate(profile);
  if (profile.archived) {
    for (StorePlace& place : places) {
      place.leftover = true;
      if (place.note.empty()) place.note = "in a copy that the browser put aside";
    }
  }
  if (!profile.only_store) return places;
  const std::string& wanted = *profile.only_store;
  std::erase_if(places, [&](const StorePlace& place) { return place.path != wanted; });
  for (StorePlace& place : places) {
    place.leftover = false;
    place.twins = {};
  }
  if (places.empty() && bears_marks(profile.path, wanted, driver.names))
    places.push_back({wanted, false, ""});
  return places;
}

}  // namespace crumbs
