#include "progress.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <system_error>

#include "color.h"

namespace crumbs::cli {

Progress::Progress(const std::string& what) {
  if (!stderr_is_terminal()) return;
  const auto show = [this, what](const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    bool shown = false;
    for (unsigned seconds = 1;; ++seconds) {
      wake_.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
      if (stop.stop_requested()) break;
      fmt::print(stderr, "\r{} … {} s ", what, seconds);
      shown = true;
    }
    if (shown) fmt::print(stderr, "\r\x1b[K");
  };
  try {
    thread_ = std::jthread(show);
  } catch (const std::system_error&) {
    return;  // the system gives no more threads; the work goes on in silence
  }
}

}  // namespace crumbs::cli
