#pragma once

#include <sys/types.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "support/support.h"

namespace crumbs::test {

/// A real browser that has visited the sites of tests/browser/server.mjs and is still open, in a
/// home of its own. It is closed with the object.
class LiveBrowser {
 public:
  /// `name`: "chromium" or "firefox". `profile`: relative to the home; made where it is not there.
  /// Throws std::runtime_error with the driver's own words where the browser does not get there.
  LiveBrowser(const std::string& name, const std::string& profile);
  ~LiveBrowser();
  LiveBrowser(const LiveBrowser&) = delete;
  LiveBrowser& operator=(const LiveBrowser&) = delete;

  [[nodiscard]] const std::filesystem::path& home() const { return home_; }
  [[nodiscard]] const std::filesystem::path& profile() const { return profile_; }
  /// What the browser itself said it stores: one line a cookie, sorted.
  [[nodiscard]] std::vector<std::string> cookies() const;

  /// Stops every process of the browser, so that whatever changes now is somebody else's doing.
  void freeze() const;
  void thaw() const;

 private:
  TempDir work_;
  std::filesystem::path home_, profile_;
  FILE* driver_ = nullptr;
  pid_t browser_pid_ = 0, driver_pid_ = 0;
};

/// Whether all of the programs are installed; if not, prints the line that makes CTest say
/// `Skipped`.
[[nodiscard]] bool have_programs(const std::vector<std::string>& programs);

/// Audits the home of a browser while that stands still, as JSON with every value, and checks that
/// nothing changed, that the profile is seen to be in use, and that the cookies are the browser's.
void check_audit_while_open(const LiveBrowser& browser);

}  // namespace crumbs::test
