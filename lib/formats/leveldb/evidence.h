#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "crumbs/types.h"
#include "formats/leveldb/directory.h"

namespace crumbs::leveldb {

/// Hashes files on a thread of its own while they are read, or in finish() where there is none to
/// be had. The files outlive the object and do not change; destroying it early stops the work.
class Evidence {
 public:
  explicit Evidence(const std::vector<File>& files);
  /// The hash of each file, in order; nullopt where it could not be read. Waits. Once.
  [[nodiscard]] std::vector<std::optional<std::string>> finish();

 private:
  void hash(const std::stop_token& stop);

  const std::vector<File>& files_;
  std::vector<std::optional<std::string>> hashes_;
  std::optional<std::jthread> worker_;  ///< last: joined before what it writes to goes
};

}  // namespace crumbs::leveldb
