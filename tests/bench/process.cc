#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include "bench.h"

namespace crumbs::bench {
namespace {

[[noreturn]] void exec_child(const std::vector<std::string>& argv, const std::string& home) {
  const int null = open("/dev/null", O_RDWR);
  for (const int end : {0, 1, 2}) dup2(null, end);
  setenv("HOME", home.c_str(), 1);
  std::vector<char*> arguments;
  for (const auto& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

Cost median(std::vector<Cost> costs) {
  std::ranges::sort(costs, {}, &Cost::seconds);
  Cost middle = costs[costs.size() / 2];
  for (const Cost& cost : costs) middle.peak_mib = std::max(middle.peak_mib, cost.peak_mib);
  return middle;
}

}  // namespace

Cost run_program(const std::vector<std::string>& argv, const std::filesystem::path& home) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) exec_child(argv, home.string());
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child) throw std::runtime_error("wait4");
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::string command;
    for (const auto& argument : argv) command += argument + " ";
    throw std::runtime_error(command + "ended with status " + std::to_string(status));
  }
  return {elapsed.count(), static_cast<double>(usage.ru_maxrss) / 1024};
}

Pair compare(const std::vector<std::string>& ours, const std::vector<std::string>& theirs,
             int times, const std::filesystem::path& home) {
  std::vector<Cost> our_costs, their_costs;
  for (int i = 0; i < times; ++i) {
    our_costs.push_back(run_program(ours, home));
    their_costs.push_back(run_program(theirs, home));
  }
  return {median(our_costs), median(their_costs)};
}

std::string crumbs_program() {
  return CRUMBS_PROGRAM;
}
std::filesystem::path source(std::string_view relative) {
  return std::filesystem::path(CRUMBS_SOURCE_DIR) / relative;
}

}  // namespace crumbs::bench
