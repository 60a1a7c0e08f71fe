#include "command.h"

#include <CLI/CLI.hpp>
#include <utility>

namespace crumbs::cli {

void on_chosen(CLI::App& command, Invocation& invocation, std::function<int()> run) {
  command.parse_complete_callback([&invocation, run = std::move(run)] { invocation.run = run; });
}

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return kUsage;
    case ErrorCode::invalid:
      return kInvalidInput;
    case ErrorCode::not_found:
      return kNothingToRead;
    case ErrorCode::io:
    case ErrorCode::unsupported:
    case ErrorCode::corrupt:
    case ErrorCode::unstable:
    case ErrorCode::too_large:
      return kIncomplete;
    case ErrorCode::interrupted:
      return kInterrupted;
  }
  return kInternal;
}

}  // namespace crumbs::cli
