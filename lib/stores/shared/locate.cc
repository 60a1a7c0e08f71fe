#include "stores/shared/locate.h"

#include <algorithm>
#include <utility>

#include "crumbs/error.h"
#include "crumbs/glob.h"
#include "formats/leveldb/directory.h"
#include "formats/sqlite/header.h"
#include "system/directory.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

class PathSearch {
 public:
  PathSearch(const fs::path& root, std::vector<StorePlace>& places)
      : root_(root), places_(places) {}

  void match_below(const std::string& done, std::string_view pattern) {
    const std::size_t slash = pattern.find('/');
    const bool last = slash == std::string_view::npos;
    const std::string_view segment = pattern.substr(0, slash);
    const bool wild = segment.find('*') != std::string_view::npos;
    const auto names = wild ? names_matching(done, segment) : std::vector{std::string(segment)};
    for (const std::string& name : names) {
      std::string path = done;
      if (!path.empty()) path += '/';
      path += name;
      if (!last) {
        match_below(path, pattern.substr(slash + 1));
      } else if (wild || exists_below(root_, path)) {
        found_.push_back(std::move(path));
      }
    }
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  std::vector<std::string> names_matching(const std::string& directory, std::string_view pattern) {
    std::vector<std::string> names;
    try {
      names = list_names(root_, directory).value_or(std::vector<std::string>());
    } catch (const Error& error) {
      const bool known = std::ranges::any_of(places_, [&](const StorePlace& place) {
        return place.unlisted && place.path == directory;
      });
      if (!known) places_.push_back({directory, false, error.what(), true});
    }
    std::erase_if(names, [&](const std::string& name) { return !fits(pattern, name); });
    return names;
  }

  const fs::path& root_;
  std::vector<StorePlace>& places_;
  std::vector<std::string> found_;
};

}  // namespace

bool exists_below(const fs::path& root, std::string_view relative) {
  return kind_below(root, relative) != PlaceKind::absent;
}

std::vector<std::string> paths_matching(const fs::path& root, std::string_view pattern,
                                        std::vector<StorePlace>& places) {
  PathSearch search(root, places);
  search.match_below({}, pattern);
  return search.take();
}

bool database_at(const fs::path& root, std::string_view relative) {
  if (exists_below(root, relative)) return true;
  const auto log = status_below(root, std::string(relative).append(sqlite::kWal));
  return log && log->st_size > 0;
}

bool leveldb_at(const fs::path& root, const std::string& relative) {
  std::vector<StorePlace> unlisted;
  const std::vector<std::string> files = paths_matching(root, relative + "/*", unlisted);
  return !unlisted.empty() || std::ranges::any_of(files, [](const std::string& path) {
    return leveldb::parse_file_name(base_name(path)).has_value();
  });
}

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace crumbs
