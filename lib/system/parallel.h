#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace crumbs {

/// Calls fn(0) ... fn(count - 1), each once, on at most `jobs` threads (0: one per core). Returns
/// when all are done. `fn` must not throw and must write only to what belongs to its index, so that
/// the result does not depend on the number of threads.
template <class Function>
void for_each_index(std::size_t count, unsigned jobs, const Function& fn) {
  if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
  std::atomic<std::size_t> next{0};
  const auto work = [&next, &fn, count] {
    for (std::size_t i = next++; i < count; i = next++) fn(i);
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < std::min<std::size_t>(jobs, count); ++i) helpers.emplace_back(work);
  work();
}

}  // namespace crumbs
