#include "command.h"

namespace crumbs::cli {

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
