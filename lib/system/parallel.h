#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace crumbs {

/// A thread that runs `work`, which gets a std::stop_token if it takes one; nullopt where the
/// system gives no more threads.
template <class Work>
[[nodiscard]] std::optional<std::jthread> start_thread(const Work& work) {
  try {
    return std::jthread(work);
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

/// Runs `work` beside the caller, or, where the system gives no more threads, when its result is
/// asked for: the destructor then runs nothing.
template <class Work>
[[nodiscard]] auto run_beside(Work work) {
  try {
    return std::async(std::launch::async, work);
  } catch (const std::system_error&) {
    return std::async(std::launch::deferred, std::move(work));
  }
}

/// Calls fn(0) ... fn(count - 1), each once, on at most `jobs` threads (0: one per core), fewer
/// where the system gives no more. Returns when all are done. `fn` must not throw and must write
/// only to what belongs to its index, so that the result does not depend on the number of threads.
template <class Function>
void for_each_index(std::size_t count, unsigned jobs, const Function& fn) {
  if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
  std::atomic<std::size_t> next{0};
  const auto work = [&next, &fn, count] {
    for (std::size_t i = next++; i < count; i = next++) fn(i);
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < std::min<std::size_t>(jobs, count); ++i) {
    auto helper = start_thread(work);
    if (!helper) break;
    helpers.push_back(*std::move(helper));
  }
  work();
}

}  // namespace crumbs
