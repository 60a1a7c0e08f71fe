#include "formats/leveldb/directory.h"

#include <utility>

#include "ascii.h"
#include "crumbs/error.h"

namespace crumbs::leveldb {
std::optional<FileName> parse_file_name(std::string_view name) {
  constexpr std::string_view kManifest = "MANIFEST-";
  if (name == "CURRENT") return FileName{.kind = FileKind::current, .number = 0};
  if (name.substr(0, kManifest.size()) == kManifest) {
    const auto number = parse_number<std::uint64_t>(name.substr(kManifest.size()));
    if (!number) return std::nullopt;
    return FileName{.kind = FileKind::manifest, .number = *number};
  }
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto number = parse_number<std::uint64_t>(name.substr(0, dot));
  const std::string_view suffix = name.substr(dot);
  if (!number) return std::nullopt;
  if (suffix == ".log") return FileName{.kind = FileKind::log, .number = *number};
  if (suffix == ".ldb" || suffix == ".sst")
    return FileName{.kind = FileKind::table, .number = *number};
  return std::nullopt;
}

File::File(std::filesystem::path root, std::string relative, std::string display, FileName name)
    : root_(std::move(root)),
      relative_(std::move(relative)),
      display_(std::move(display)),
      name_(name) {
  auto opened = open_below(root_, relative_);
  if (!opened) throw Error(ErrorCode::not_found, relative_ + ": no such file");
  size_ = static_cast<std::uint64_t>(opened->status.st_size);
  device_ = opened->status.st_dev;
  inode_ = opened->status.st_ino;
  fd_ = std::move(opened->fd);
}

Input File::input(Memory* memory) const {
  if (fd_.valid()) return {fd_.get(), size_, memory};
  auto opened = open_below(root_, relative_);
  if (!opened || opened->status.st_dev != device_ || opened->status.st_ino != inode_ ||
      static_cast<std::uint64_t>(opened->status.st_size) < size_)
    throw Error(ErrorCode::unstable, "changed while it was read");
  const int fd = opened->fd.get();
  return {fd, size_, memory, std::move(opened->fd)};
}

}  // namespace crumbs::leveldb
