// Labels: browser
#include <doctest/doctest.h>

#include "support/live_browser.h"

namespace crumbs {
namespace {

TEST_CASE("an audit of a running Chromium shows what the browser says and changes nothing") {
  if (!test::have_programs({"chromium", "node", "openssl"})) return;
  const test::LiveBrowser browser("chromium", ".config/chromium");
  CHECK(browser.cookies().size() >= 15);
  test::check_audit_while_open(browser);
}

}  // namespace
}  // namespace crumbs
