#pragma once

// lib/bundle: the answer to an access request as a BagIt bag, written and checked.

/// Writing a BagIt bag that is there whole or not at all.

#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bundle/manifest.h"
#include "system/io.h"
#include "system/temporary_dir.h"

namespace crumbs {

/// A new file, hashed while it is written. One thread.
class HashedFile {
 public:
  /// Creates `relative` below the open directory `root`, mode 0600; never through a link, never
  /// over anything. `bag` is for messages. Throws Error(io).
  HashedFile(int root, std::string relative, const std::filesystem::path& bag);
  ~HashedFile();
  HashedFile(const HashedFile&) = delete;
  HashedFile& operator=(const HashedFile&) = delete;

  void write(std::string_view bytes);
  [[nodiscard]] std::ostream& stream();
  /// Flushes it to the disk and closes it. Throws Error(io) where anything could not be written.
  [[nodiscard]] BagFile finish();

 private:
  class Buffer;
  std::string relative_, bag_;
  std::unique_ptr<Buffer> buffer_;
  std::unique_ptr<std::ostream> stream_;
};

/// A bag that grows beside its place and takes it at commit(). Without a commit, and after a signal
/// that calls remove_temporary_dirs(), nothing is left of it. One thread.
class BagWriter {
 public:
  /// Throws Error(usage) where `place` is there, Error(io) where its directory cannot be written.
  explicit BagWriter(const std::filesystem::path& place);

  /// A file of the payload, mode 0600, in directories of mode 0700. `path` begins with "data/".
  [[nodiscard]] HashedFile create(const std::string& path);
  /// Adds to the manifest what create() gave and finish() returned.
  void add(BagFile file) { payload_.push_back(std::move(file)); }
  void write(const std::string& path, std::string_view bytes);
  void write(const std::string& path, const std::function<void(std::ostream&)>& render);

  /// `info`: the lines of bag-info.txt but for Payload-Oxum. Writes manifests and gives the bag its
  /// name. Throws as the constructor.
  void commit(const std::vector<std::pair<std::string, std::string>>& info);

  [[nodiscard]] const std::vector<BagFile>& payload() const { return payload_; }
  [[nodiscard]] std::uint64_t payload_bytes() const;

 private:
  static std::filesystem::path checked(const std::filesystem::path& place);
  void make_parents(std::string_view path);
  BagFile write_tag(std::string_view name, std::string_view bytes);
  void sync(const std::string& relative) const;

  std::filesystem::path place_;
  TemporaryDir directory_;
  FileDescriptor root_;
  std::set<std::string, std::less<>> made_;  ///< directories, relative to the bag
  std::vector<BagFile> payload_;
};

/// Throws Error(usage) where anything is at `place`, Error(io) where its directory is not there.
void require_new(const std::filesystem::path& place);

}  // namespace crumbs
