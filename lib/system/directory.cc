#include "system/directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <deque>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "system/io.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr int kMaxLinks = 40;  // as Linux itself allows in one path

PlaceKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return PlaceKind::file;
  if (S_ISDIR(mode)) return PlaceKind::directory;
  return S_ISLNK(mode) ? PlaceKind::link : PlaceKind::other;
}

PlaceKind kind_of_error(int error) {
  if (error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG) return PlaceKind::absent;
  return error == ELOOP ? PlaceKind::link : PlaceKind::unreadable;
}

PlaceKind kind_at(int directory, const std::string& name) {
  struct stat status {};
  if (fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
    return kind_of_error(errno);
  return kind_of(status.st_mode);
}

/// The directory `relative` below `root`, to look names up in; PlaceKind says why it is not valid.
PlaceKind open_directory(const fs::path& root, const fs::path& relative,
                         FileDescriptor& directory) {
  directory = FileDescriptor(open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid()) return kind_of_error(errno);
  for (const fs::path& name : relative) {
    if (name.empty()) continue;
    if (name == "..") return PlaceKind::absent;
    const PlaceKind kind = kind_at(directory.get(), name.string());
    if (kind == PlaceKind::file || kind == PlaceKind::other) return PlaceKind::absent;
    if (kind != PlaceKind::directory) return kind;
    directory = FileDescriptor(
        openat(directory.get(), name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!directory.valid()) return kind_of_error(errno);
  }
  return PlaceKind::directory;
}

struct CloseDirectory {
  void operator()(DIR* stream) const { closedir(stream); }
};
using DirectoryStream = std::unique_ptr<DIR, CloseDirectory>;

/// Access times are left alone where the system lets us: only the owner may ask for that.
DirectoryStream open_stream(int directory) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  int fd = openat(directory, ".", kFlags | O_NOATIME);
  if (fd < 0 && errno == EPERM) fd = openat(directory, ".", kFlags);
  if (fd < 0) return nullptr;
  DirectoryStream stream(fdopendir(fd));
  if (!stream) close(fd);
  return stream;
}

/// By what the listing itself says, where it says so: most file systems do.
PlaceKind kind_of_entry(int directory, const dirent& entry) {
  switch (entry.d_type) {
    case DT_REG:
      return PlaceKind::file;
    case DT_DIR:
      return PlaceKind::directory;
    case DT_LNK:
      return PlaceKind::link;
    default:
      return kind_at(directory, entry.d_name);
  }
}

timespec modified(int directory) {
  struct stat status {};
  return fstat(directory, &status) == 0 ? status.st_mtim : timespec{};
}

bool same_time(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

Listing denied(int error) {
  return {.state = Listing::State::denied, .entries = {}, .error = error};
}

Listing list_once(const FileDescriptor& directory, std::size_t most) {
  const timespec before = modified(directory.get());
  const DirectoryStream stream = open_stream(directory.get());
  if (!stream) return denied(errno);
  Listing listing{.state = Listing::State::whole, .entries = {}, .error = 0};
  errno = 0;
  while (const dirent* entry = readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      if (listing.entries.size() == most) {
        listing.state = Listing::State::cut_off;
        return listing;
      }
      listing.entries.push_back({std::string(name), kind_of_entry(directory.get(), *entry)});
    }
    errno = 0;
  }
  if (errno != 0) return denied(errno);
  if (!same_time(before, modified(directory.get()))) listing.state = Listing::State::changed;
  return listing;
}

[[noreturn]] void fail_listing(std::string_view relative, std::string_view why) {
  throw Error(ErrorCode::io,
              fmt::format("{}: cannot be listed: {}", relative.empty() ? "." : relative, why));
}

/// A way from the root, component by component.
class Walk {
 public:
  explicit Walk(const fs::path& root) : root_(root) {}

  Followed to(const fs::path& path) {
    put_first(path.relative_path());
    PlaceKind kind = PlaceKind::directory;
    while (!rest_.empty()) {
      leave_links();
      const std::string name = std::move(rest_.front());
      rest_.pop_front();
      if (name.empty() || name == ".") continue;
      kind = name == ".." ? PlaceKind::directory : kind_at(AT_FDCWD, here(name).string());
      if (kind == PlaceKind::unreadable) return {kind, root_ / inside_, {}};
      if (kind == PlaceKind::absent || (kind == PlaceKind::link && !follow(name)))
        return nothing(name);
      if (name == "..") {
        inside_ = inside_.parent_path();
      } else if (kind == PlaceKind::link) {
        kind = PlaceKind::directory;  // where what the link says begins
      } else {
        inside_ /= name;
      }
    }
    return {kind, inside_.empty() ? root_ : root_ / inside_, {}};
  }

 private:
  struct Link {
    fs::path place, target;
    std::size_t rest = 0;  ///< how many components were left when it was met
  };

  bool follow(const std::string& name) {
    std::error_code error;
    const fs::path target = fs::read_symlink(here(name), error);
    if (error) return false;
    links_.push_back({here(name), target, rest_.size()});
    if (++followed_ > kMaxLinks) return false;
    if (target.is_absolute()) inside_.clear();
    put_first(target.relative_path());
    return true;
  }

  /// Nothing is called `name` here; if a link says so, it is the link that leads nowhere.
  [[nodiscard]] Followed nothing(const std::string& name) const {
    if (links_.empty()) return {PlaceKind::absent, here(name), {}};
    return {PlaceKind::link, links_.front().place, links_.front().target};
  }

  /// What a link says has been gone when no more is left than was when it was met.
  void leave_links() {
    while (!links_.empty() && rest_.size() <= links_.back().rest) links_.pop_back();
  }

  [[nodiscard]] fs::path here(const std::string& name) const { return root_ / inside_ / name; }

  void put_first(const fs::path& path) {
    std::vector<std::string> names;
    for (const fs::path& name : path) names.push_back(name.string());
    rest_.insert(rest_.begin(), names.begin(), names.end());
  }

  const fs::path& root_;
  fs::path inside_;
  std::deque<std::string> rest_;
  std::vector<Link> links_;  ///< of these the rest is not gone yet, the first outermost
  int followed_ = 0;
};

}  // namespace

PlaceKind kind_below(const fs::path& root, std::string_view relative) {
  const fs::path path(relative);
  FileDescriptor directory;
  const PlaceKind parent = open_directory(root, path.parent_path(), directory);
  if (parent != PlaceKind::directory) return parent;
  if (path.filename() == "..") return PlaceKind::absent;
  return path.has_filename() ? kind_at(directory.get(), path.filename().string()) : parent;
}

std::optional<struct stat> status_below(const fs::path& root, std::string_view relative) {
  const fs::path path(relative);
  FileDescriptor directory;
  if (open_directory(root, path.parent_path(), directory) != PlaceKind::directory ||
      path.filename() == "..")
    return std::nullopt;
  struct stat status {};
  const std::string name = path.has_filename() ? path.filename().string() : ".";
  if (fstatat(directory.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
    return std::nullopt;
  return status;
}

Listing list_below(const fs::path& root, std::string_view relative, std::size_t most) {
  constexpr int kTries = 3;
  FileDescriptor directory;
  errno = 0;
  const PlaceKind kind = open_directory(root, relative, directory);
  if (kind == PlaceKind::absent) return {};
  if (kind == PlaceKind::link) return {.state = Listing::State::link, .entries = {}, .error = 0};
  if (kind != PlaceKind::directory) return denied(errno);
  Listing listing;
  for (int i = 0; i < kTries; ++i) {
    listing = list_once(directory, most);
    if (listing.state != Listing::State::changed) break;
  }
  std::ranges::sort(listing.entries, {}, &DirectoryEntry::name);
  return listing;
}

std::optional<std::vector<std::string>> list_names(const fs::path& root,
                                                   std::string_view relative) {
  Listing listing = list_below(root, relative, SIZE_MAX);
  if (listing.state == Listing::State::absent) return std::nullopt;
  if (listing.state == Listing::State::link)
    fail_listing(relative, "a symbolic link, which is not followed");
  if (!listing.listed()) fail_listing(relative, std::generic_category().message(listing.error));
  std::vector<std::string> names;
  names.reserve(listing.entries.size());
  for (DirectoryEntry& entry : listing.entries) names.push_back(std::move(entry.name));
  return names;
}

Followed follow_inside(const fs::path& root, const fs::path& path) {
  return Walk(root).to(path);
}

}  // namespace crumbs
