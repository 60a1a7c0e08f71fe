#pragma once

/// Whether a browser holds a profile open. Looks only: no lock is taken, no file created or
/// written.

#include <filesystem>

#include "crumbs/profile.h"

namespace crumbs {

/// Chromium on Linux and macOS: the link `SingletonLock` in the user-data directory names host and
/// pid of the browser (chrome/browser/process_singleton_posix.cc); it outlives a killed browser.
/// Where it does not settle the question (no link, another pid namespace as with flatpaks) the
/// lock that the browser holds on `Local Storage/leveldb/LOCK` of the profile does.
/// `user_data_dir` may be empty.
[[nodiscard]] Running chromium_running(const std::filesystem::path& user_data_dir,
                                       const std::filesystem::path& profile);

/// Firefox: the lock on `.parentlock`; the link `lock` (`<address>:+<pid>`, without `+` where the
/// file could not be locked) is a hint (toolkit/profile/nsProfileLock.cpp).
[[nodiscard]] Running firefox_running(const std::filesystem::path& profile);

}  // namespace crumbs
