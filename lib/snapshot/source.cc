#include "snapshot/source.h"

#include <fcntl.h>
#include <unistd.h>
#include <ctime>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "formats/sqlite/header.h"

namespace crumbs {
namespace {

constexpr std::size_t kHeadSize = 512;

ssize_t read_at(const SourcePart& part, std::span<std::byte> buffer, std::uint64_t offset) {
  while (true) {
    const ssize_t count =
        pread(part.file.fd.get(), buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (count >= 0) return count;
    if (errno == EINTR) continue;
    throw Error(ErrorCode::io,
                fmt::format("{}: {}", part.name, std::generic_category().message(errno)));
  }
}

std::vector<std::byte> read_head(const SourcePart& part) {
  std::vector<std::byte> head(kHeadSize);
  head.resize(static_cast<std::size_t>(read_at(part, head, 0)));
  return head;
}

SourcePart open_part(const FileDescriptor& directory, std::string_view relative,
                     std::string_view suffix) {
  SourcePart part;
  part.name = std::string(relative) + std::string(suffix);
  part.suffix = suffix;
  clock_gettime(CLOCK_REALTIME_COARSE, &part.before);
  auto file = directory.valid() ? open_in(directory, part.name) : std::nullopt;
  if (!file) return part;
  part.open = true;
  part.file = std::move(*file);
  part.head = read_head(part);
  return part;
}

/// Linux stamps files with a clock that moves some hundred times a second, so a file written just
/// before it was opened may be written again without its times changing: that of the last change,
/// which nobody can set, tells. Times of the future hide nothing: the next write would change them.
bool may_hide_a_write(const SourcePart& part) {
  const timespec& changed = part.file.status.st_ctim;
  const timespec& before = part.before;
  const bool earlier = changed.tv_sec != before.tv_sec ? changed.tv_sec < before.tv_sec
                                                       : changed.tv_nsec < before.tv_nsec;
  return !earlier && changed.tv_sec <= before.tv_sec + 1;
}

bool part_held_still(const SourcePart& part, const FileDescriptor& directory) {
  const std::string name = part.name.substr(part.name.rfind('/') + 1);
  struct stat by_name {};
  const bool exists = directory.valid() &&
                      fstatat(directory.get(), name.c_str(), &by_name, AT_SYMLINK_NOFOLLOW) == 0;
  if (!part.open) return !exists;
  // The name leads to the file that is open, so one look tells of both.
  return exists && same_state(by_name, part.file.status) && !may_hide_a_write(part) &&
         read_head(part) == part.head;
}

}  // namespace

std::uint64_t SourcePart::size() const {
  return open ? static_cast<std::uint64_t>(file.status.st_size) : 0;
}

SnapshotSource::SnapshotSource(const std::filesystem::path& root, std::string_view relative)
    : directory_(open_parent_below(root, relative)),
      parts_{open_part(directory_, relative, ""), open_part(directory_, relative, sqlite::kWal),
             open_part(directory_, relative, sqlite::kJournal)} {
  // SQLite takes a database without a byte for a new one, and removes the log beside it.
  if (main().size() == 0 && wal().size() > 0) {
    throw Error(ErrorCode::corrupt, fmt::format("{}: is {}, only its write-ahead log is left",
                                                main().name, main().open ? "empty" : "missing"));
  }
  if (main().open) return;
  throw Error(ErrorCode::not_found, fmt::format("{}: there is no such file", main().name));
}

std::uint64_t SnapshotSource::size() const {
  return main().size() + wal().size() + journal().size();
}

bool SnapshotSource::held_still() const {
  return std::ranges::all_of(
      parts_, [this](const SourcePart& part) { return part_held_still(part, directory_); });
}

std::uint64_t read_part(const SourcePart& part,
                        const std::function<std::span<std::byte>(std::uint64_t)>& place,
                        const ByteTaker& take) {
  std::uint64_t done = 0;
  while (done < part.size()) {
    std::span<std::byte> buffer = place(done);
    buffer = buffer.first(std::min<std::uint64_t>(buffer.size(), part.size() - done));
    const auto count = static_cast<std::size_t>(read_at(part, buffer, done));
    if (count == 0) break;
    take(buffer.first(count));
    done += count;
  }
  return done;
}

}  // namespace crumbs
