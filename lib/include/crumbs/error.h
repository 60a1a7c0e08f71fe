#pragma once

#include <stdexcept>
#include <string>

#include "crumbs/export.h"

namespace crumbs {

/// Why a stage failed. The command line maps these to exit codes (design 3).
enum class ErrorCode {
  usage,        ///< the caller asked for something impossible
  invalid,      ///< a catalog, policy or other input file of ours is not valid
  not_found,    ///< a path does not exist or is no profile
  io,           ///< the system refused: permission, full disk, a device in place of a file
  unsupported,  ///< recognised, but of a form that crumbs cannot read
  corrupt,      ///< the bytes contradict their format
  unstable,     ///< the source kept changing while it was copied
  too_large,    ///< more bytes than the limits allow
  interrupted,  ///< SIGINT or SIGTERM asked us to stop
};

/// The only exception type that leaves the library. The message is one line, names the file it is
/// about, and never holds a stored value. Immutable, safe to share between threads.
class CRUMBS_EXPORT Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message);
  ~Error() override;
  Error(const Error&);
  Error& operator=(const Error&);

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace crumbs
