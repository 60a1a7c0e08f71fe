#pragma once

/// Leaving in a hurry without leaving anything behind.

#include <string>

namespace crumbs::cli {

/// SIGINT, SIGTERM and SIGHUP remove private copies, half-written files and bundles, then end the
/// program with 128 + signal. A signal that the caller had ignored stays ignored. A closed pipe is
/// an error of writing, not a signal.
void install_signal_handlers();

/// A file that a signal must remove, for as long as the object lives. At most 16 at a time; more
/// are not watched. One thread.
class WatchedFile {
 public:
  explicit WatchedFile(const std::string& path);
  ~WatchedFile();
  WatchedFile(const WatchedFile&) = delete;
  WatchedFile& operator=(const WatchedFile&) = delete;

 private:
  char* path_;
};

}  // namespace crumbs::cli
