#pragma once

/// A sign of life on stderr for work that takes long.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "output.h"

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

/// Progress of writing results; silent where they go to a terminal themselves.
class WritingProgress {
 public:
  explicit WritingProgress(const std::vector<std::unique_ptr<Output>>& outputs) {
    if (!write_to_terminal(outputs)) progress_.emplace("crumbs: writing");
  }

 private:
  std::optional<Progress> progress_;
};

}  // namespace crumbs::cli
