#pragma once

/// A program on a terminal of its own.

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace crumbs::test {

struct TerminalRun {
  std::vector<std::string> argv;
  std::map<std::string, std::string> environment;
  bool stdout_too = false;  ///< standard output is the terminal as well; else it goes to /dev/null
  bool stderr_too = true;   ///< so is standard error
};

struct TerminalResult {
  int code = -1;
  std::string seen;  ///< all that came to the terminal; line ends are "\r\n"
};

/// Runs the program until it ends. `on_output` gets all that has come so far, whenever more comes;
/// it may change what the program waits for. Throws where it takes longer than five minutes.
TerminalResult run_on_terminal(const TerminalRun& run,
                               const std::function<void(const std::string&)>& on_output);

}  // namespace crumbs::test
