#pragma once

/// A sign of life on stderr for work that takes long.

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace crumbs::cli {

/// While it lives and stderr is a terminal: from the second second on, a line with `what` and the
/// time it has taken; gone with the object. Owns a thread.
class Progress {
 public:
  explicit Progress(const std::string& what);

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace crumbs::cli
