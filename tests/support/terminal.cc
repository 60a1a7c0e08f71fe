#include "support/terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace crumbs::test {
namespace {

[[noreturn]] void exec_on(int terminal, const TerminalRun& run) {
  const int nowhere = open("/dev/null", O_RDWR);
  setsid();
  dup2(nowhere, 0);
  dup2(run.stdout_too ? terminal : nowhere, 1);
  dup2(run.stderr_too ? terminal : nowhere, 2);
  for (const auto& [name, value] : run.environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments;
  for (const auto& argument : run.argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

/// False once the other side is closed.
bool take(int terminal, std::string& seen) {
  std::array<char, 4096> piece{};
  const ssize_t count = read(terminal, piece.data(), piece.size());
  if (count > 0) seen.append(piece.data(), static_cast<std::size_t>(count));
  return count > 0;
}

}  // namespace

TerminalResult run_on_terminal(const TerminalRun& run,
                               const std::function<void(const std::string&)>& on_output) {
  int ours = -1, theirs = -1;
  if (openpty(&ours, &theirs, nullptr, nullptr, nullptr) != 0) throw std::runtime_error("openpty");
  fcntl(ours, F_SETFD, FD_CLOEXEC);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) exec_on(theirs, run);
  close(theirs);
  TerminalResult result;
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(5);
  for (bool open = true; open;) {
    pollfd wait{.fd = ours, .events = POLLIN, .revents = 0};
    if (poll(&wait, 1, 100) > 0) {
      open = take(ours, result.seen);
      on_output(result.seen);
    }
    if (std::chrono::steady_clock::now() > end) {
      kill(child, SIGKILL);
      throw std::runtime_error("no end: " + result.seen);
    }
  }
  close(ours);
  int status = 0;
  waitpid(child, &status, 0);
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace crumbs::test
