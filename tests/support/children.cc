#include "support/children.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

#include "crumbs/audit.h"

namespace crumbs::test {

int signal_after(int steps, int signal, void (*handler)(int),
                 const std::function<void(const std::function<void()>& step)>& work) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::runtime_error("pipe");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) {
    close(ends[0]);
    std::signal(signal, handler);
    for (;;) {
      work([&] {
        if (write(ends[1], ".", 1) != 1) _exit(127);
      });
    }
  }
  close(ends[1]);
  char byte = 0;
  for (int i = 0; i < steps && read(ends[0], &byte, 1) == 1; ++i) {
  }
  kill(child, signal);
  int status = 0;
  waitpid(child, &status, 0);
  close(ends[0]);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void end_without_copies(int) {
  remove_private_copies();
  _exit(130);
}

void wait_until(const std::string& what, const std::function<bool()>& condition) {
  using namespace std::chrono_literals;
  const auto end = std::chrono::steady_clock::now() + 5min;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end)
      throw std::runtime_error("waited five minutes in vain for " + what);
    std::this_thread::sleep_for(1ms);
  }
}

}  // namespace crumbs::test
