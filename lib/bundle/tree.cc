#include "bundle/tree.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "system/directory.h"
#include "system/io.h"
#include "system/sha256.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kChunk = 256U << 10U;

class Lister {
 public:
  explicit Lister(const fs::path& root) : root_(root) {}
  BundleTree list() {
    list_in("", 0);
    return std::move(tree_);
  }

 private:
  void list_in(const std::string& directory, int depth) {
    if (depth > kDeepestBundle)
      return problem(directory, "lies deeper than a bundle has directories");
    const Listing listing = list_below(root_, directory);
    if (!listing.listed()) {
      tree_.unreadable.push_back(
          fmt::format("{}: cannot be listed", directory.empty() ? "." : printable(directory)));
      return;
    }
    for (const DirectoryEntry& entry : listing.entries) {
      if (full_) return;
      take(directory.empty() ? entry.name : directory + "/" + entry.name, entry.kind, depth);
    }
  }

  void take(const std::string& path, PlaceKind kind, int depth) {
    switch (kind) {
      case PlaceKind::directory:
        return list_in(path, depth + 1);
      case PlaceKind::file:
        if (tree_.files.size() < kMostBundleFiles) return void(tree_.files.insert(path));
        full_ = true;
        return problem(path, fmt::format("is one of more than {} files", kMostBundleFiles));
      case PlaceKind::link:
        return problem(path, "is a symbolic link, which is not followed");
      case PlaceKind::other:
        return problem(path, "is a device, a named pipe or a socket");
      case PlaceKind::unreadable:
        return tree_.unreadable.push_back(printable(path) + ": cannot be looked at");
      case PlaceKind::absent:  // gone since the directory was listed
        return;
    }
  }

  void problem(const std::string& path, std::string_view what) {
    tree_.problems.push_back(fmt::format("{}: {}", printable(path), what));
  }

  const fs::path& root_;
  BundleTree tree_;
  bool full_ = false;
};

BagFile hash_file(const OpenFile& file, const std::string& path) {
  std::vector<char> buffer(kChunk);
  Sha256 hash;
  BagFile hashed;
  hashed.path = path;
  for (;;) {
    const ssize_t count = read(file.fd.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      throw Error(ErrorCode::io,
                  fmt::format("{}: {}", path, std::generic_category().message(errno)));
    if (count == 0) break;
    hash.update(buffer.data(), static_cast<std::size_t>(count));
    hashed.bytes += static_cast<std::uint64_t>(count);
  }
  hashed.sha256 = hash.hex();
  return hashed;
}

}  // namespace

BundleTree list_bundle(const fs::path& root) {
  return Lister(root).list();
}

std::optional<BagFile> hash_bundle_file(const fs::path& root, const std::string& path,
                                        std::vector<std::string>& unreadable) {
  try {
    if (const auto file = open_below(root, path)) return hash_file(*file, path);
    unreadable.push_back(printable(path) + ": was taken away while the bundle was checked");
  } catch (const Error& error) {
    unreadable.push_back(printable(error.what()));
  }
  return std::nullopt;
}

}  // namespace crumbs
