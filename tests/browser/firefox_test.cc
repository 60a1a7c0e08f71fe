// Labels: browser
#include <doctest/doctest.h>

#include "support/live_browser.h"

namespace crumbs {
namespace {

constexpr const char* kProfilesIni =
    "[Profile0]\nName=live\nIsRelative=1\nPath=live.test\nDefault=1\n\n"
    "[General]\nStartWithLastProfile=1\nVersion=2\n";

TEST_CASE("an audit of a running Firefox shows what the browser says and changes nothing") {
  if (!test::have_programs({"firefox-esr", "node", "openssl"})) return;
  const test::LiveBrowser browser("firefox", ".mozilla/firefox/live.test");
  test::write_file(browser.home() / ".mozilla/firefox/profiles.ini", kProfilesIni);
  CHECK(browser.cookies().size() >= 25);
  test::check_audit_while_open(browser);
}

}  // namespace
}  // namespace crumbs
