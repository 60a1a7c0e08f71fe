#include "bundle/raw.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "ascii.h"
#include "crumbs/error.h"
#include "decode/text.h"
#include "formats/sqlite/header.h"
#include "render/words.h"
#include "system/directory.h"
#include "system/io.h"

namespace crumbs {
namespace {

/// A LevelDB directory has `lost/` in it after a repair; nothing lies deeper.
constexpr int kDeepest = 4;
constexpr std::string_view kSqliteParts[] = {"", sqlite::kWal, sqlite::kJournal};

bool needs_escape(char c) {
  return is_control(c) || c == '%' || c == '\\' || c == '~';
}

/// A store on its way into the bag.
class StoreCopy {
 public:
  StoreCopy(const Profile& profile, std::string directory, const StoreResult& store,
            std::uint64_t budget, BagWriter& bag)
      : profile_(profile),
        directory_(std::move(directory)),
        store_(store),
        left_(budget),
        budget_(budget),
        bag_(bag) {}

  std::vector<RawFile> copy() {
    is_directory_ = kind_below(profile_.path, relative(store_.path)) == PlaceKind::directory;
    std::set<std::string> sources;
    for (const SourceFile& file : store_.files) sources.insert(file.path);
    if (is_directory_) {
      list(store_.path, 0, sources);
    } else {
      for (const std::string_view part : kSqliteParts)
        sources.insert(store_.path + std::string(part));
    }
    for (const std::string& source : sources) copy_file(source);
    return std::move(copies_);
  }

 private:
  /// Chromium's stores are named with the profile directory before them.
  [[nodiscard]] std::string relative(const std::string& source) const {
    const std::string directory = profile_.path.filename().string() + "/";
    const bool named = profile_.engine == Engine::chromium && source.starts_with(directory);
    return named ? source.substr(directory.size()) : source;
  }

  void list(const std::string& directory, int depth, std::set<std::string>& sources) {
    const Listing listing = list_below(profile_.path, relative(directory));
    if (!listing.listed() || depth > kDeepest)
      throw Error(ErrorCode::io, fmt::format("{}: cannot be listed", directory));
    for (const DirectoryEntry& entry : listing.entries) {
      // The lock says nothing and is the one file that a running browser guards.
      if (entry.name == "LOCK") continue;
      const std::string source = directory + "/" + entry.name;
      if (entry.kind == PlaceKind::directory)
        list(source, depth + 1, sources);
      else
        sources.insert(source);
    }
  }

  void copy_file(const std::string& source) {
    const auto known = std::ranges::find(store_.files, source, &SourceFile::path);
    const bool listed = known != store_.files.end();
    const auto file = open_below(profile_.path, relative(source));
    if (!file && !listed) return;
    RawFile copy;
    copy.profile = profile_.id;
    copy.directory = directory_;
    copy.store = store_.id;
    copy.source = source;
    if (!file) {
      copy.state = RawState::gone;
    } else {
      copy.file = write(source, file->fd.get());
      copy.state = listed ? compare(*known, copy.file) : state_of_new();
      bag_.add(copy.file);
    }
    copies_.push_back(std::move(copy));
  }

  static RawState compare(const SourceFile& read, const BagFile& copy) {
    if (read.sha256.empty()) return RawState::not_read;
    const bool same = read.bytes == copy.bytes && read.sha256 == copy.sha256;
    return same ? RawState::as_read : RawState::changed;
  }

  /// A log that appears beside a database changes what that says. In a directory there are files
  /// that no reader looks at.
  [[nodiscard]] RawState state_of_new() const {
    return is_directory_ || store_.files.empty() ? RawState::not_read : RawState::changed;
  }

  BagFile write(const std::string& source, int from) {
    HashedFile to = bag_.create(fmt::format("{}raw/{}/{}", kPayload, directory_, raw_name(source)));
    static thread_local std::array<char, 256U << 10U> buffer;
    for (;;) {
      const ssize_t count = read(from, buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0)
        throw Error(ErrorCode::io,
                    fmt::format("{}: {}", source, std::generic_category().message(errno)));
      if (count == 0) return to.finish();
      const auto size = static_cast<std::size_t>(count);
      if (size > left_)
        throw Error(ErrorCode::io, fmt::format("{}: has more bytes than the {} that may be copied",
                                               store_.path, budget_));
      left_ -= size;
      to.write({buffer.data(), size});
    }
  }

  const Profile& profile_;
  std::string directory_;
  const StoreResult& store_;
  std::uint64_t left_, budget_;
  BagWriter& bag_;
  bool is_directory_ = false;
  std::vector<RawFile> copies_;
};

}  // namespace

std::string_view to_string(RawState state) {
  switch (state) {
    case RawState::as_read:
      return "as_read";
    case RawState::changed:
      return "changed";
    case RawState::gone:
      return "gone";
    case RawState::not_read:
      break;
  }
  return "not_read";
}

std::string raw_name(std::string_view source) {
  const bool valid = is_utf8(source);
  std::string name;
  for (const char c : source) {
    const bool odd = !valid && (static_cast<unsigned char>(c) & 0x80U) != 0;
    if (odd || needs_escape(c))
      name += fmt::format("~{:02X}", static_cast<unsigned char>(c));
    else
      name += c;
  }
  return name;
}

std::vector<RawFile> copy_sources(const Report& report, std::uint64_t budget, BagWriter& bag) {
  std::vector<RawFile> copies;
  for (const auto& [profile, stores, tallies, others] : report.profiles) {
    for (const StoreResult& store : stores) {
      if (store.status == StoreStatus::absent) continue;
      StoreCopy copy(profile, profile_number(report, profile.id), store, budget, bag);
      std::ranges::move(copy.copy(), std::back_inserter(copies));
    }
  }
  return copies;
}

}  // namespace crumbs
