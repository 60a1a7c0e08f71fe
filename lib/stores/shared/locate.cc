#include "stores/shared/locate.h"

#include <unistd.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "crumbs/error.h"
#include "crumbs/glob.h"
#include "formats/sqlite/header.h"
#include "system/directory.h"
#include "system/io.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kDefinitionBytes = 256U << 10U;

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

bool is_named_like(std::string_view path, std::initializer_list<std::string_view> words) {
  const std::string_view name = base_name(path);
  return std::ranges::any_of(
      words, [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

/// Whether `text` stands where a database keeps its table definitions.
bool mentions(const fs::path& root, const std::string& relative, std::string_view text) try {
  const auto file = open_below(root, relative);
  if (!file || text.empty()) return false;
  std::string head(kDefinitionBytes, '\0');
  const ssize_t size = pread(file->fd.get(), head.data(), head.size(), 0);
  return std::string_view(head)
             .substr(0, size < 0 ? 0 : static_cast<std::size_t>(size))
             .find(text) != std::string_view::npos;
} catch (const Error&) {  // a link, a device, no permission: not known by its content
  return false;
}

bool bears(const Profile& profile, const std::string& relative, const StoreMarks& marks) {
  if (sqlite::is_side_file(relative) || !database_at(profile.path, relative)) return false;
  return is_named_like(relative, marks.words) || mentions(profile.path, relative, marks.definition);
}

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

std::int64_t modified_ns(const fs::path& root, std::string_view relative) {
  const auto status = status_below(root, relative);
  std::int64_t ns = 0;
  if (!status || __builtin_mul_overflow(std::int64_t{status->st_mtim.tv_sec}, 1'000'000'000, &ns) ||
      __builtin_add_overflow(ns, std::int64_t{status->st_mtim.tv_nsec}, &ns))
    return std::numeric_limits<std::int64_t>::min();
  return ns;
}

std::vector<StorePlace> keep_only_store(const Profile& profile, std::vector<StorePlace> places,
                                        const StoreMarks& marks) {
  if (!profile.only_store) return places;
  const std::string& wanted = *profile.only_store;
  std::erase_if(places, [&](const StorePlace& place) { return place.path != wanted; });
  for (StorePlace& place : places) place.leftover = false;
  if (places.empty() && bears(profile, wanted, marks)) places.push_back({wanted, false, ""});
  return places;
}

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace crumbs
