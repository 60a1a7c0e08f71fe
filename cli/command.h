#pragma once

/// How a subcommand is added: one file with an `add_NAME`, one line in commands.def.

#include <functional>

#include "crumbs/error.h"

namespace CLI {
class App;
}  // namespace CLI

namespace crumbs::cli {

/// Exit codes (design 3).
enum ExitCode : int {
  kDone = 0,
  kFindings = 1,
  kUsage = 2,
  kInvalidInput = 3,
  kNothingToRead = 4,
  kIncomplete = 5,
  kVerificationFailed = 7,
  kInternal = 70,
  kInterrupted = 130,
};

/// Groups of commands in the help.
inline constexpr const char* kLook = "Look";
inline constexpr const char* kAnswer = "Answer requests";
inline constexpr const char* kCatalog = "Catalog";

/// The exit code of a run that an error ends.
[[nodiscard]] int exit_code(ErrorCode code);

/// What the chosen subcommand does: set by its callback, run by main, which turns exceptions into
/// exit codes. Returns the exit code; the reason for one that is not 0 is the last line it wrote to
/// stderr.
struct Invocation {
  std::function<int()> run;
};

/// Makes `run` what the invocation does where the command is chosen. To a command without it the
/// parser would apply variables even where another one is chosen.
void on_chosen(CLI::App& command, Invocation& invocation, std::function<int()> run);

}  // namespace crumbs::cli
