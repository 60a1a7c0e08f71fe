#include <doctest/doctest.h>

#include <sstream>

#include "render/assets.h"
#include "render/html_document.h"

namespace crumbs {
namespace {

TEST_CASE("text cannot become markup") {
  CHECK(html_text("<b a=\"1\" c='2'>&amp;") == "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
  CHECK(html_text("caf\xc3\xa9") == "caf\xc3\xa9");
  // Neither bytes that are no UTF-8 nor control characters reach the page.
  const std::string hostile = html_text(std::string("\xff\x1b[2J\0", 6));
  for (const char c : hostile) CHECK(static_cast<unsigned char>(c) >= 0x20);
  CHECK(hostile.find('\xff') == std::string::npos);
}

TEST_CASE("the policy names the page's own style and script and nothing else") {
  std::ostringstream out;
  const HtmlHead head{.title = "a < b", .style = "p{}", .script = "let a = 1;"};
  begin_html(head, out);
  end_html(head, out);
  const std::string page = out.str();
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  CHECK(page.find("<title>a &lt; b</title>") != std::string::npos);
  // printf %s 'p{}' | openssl dgst -sha256 -binary | base64, and the same of the script.
  CHECK(page.find("default-src 'none'; base-uri 'none'; form-action 'none'; "
                  "style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; "
                  "script-src 'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck='\"") !=
        std::string::npos);
}

TEST_CASE("a page without a script allows none") {
  std::ostringstream out;
  const HtmlHead head{.title = "a", .style = "p{}"};
  begin_html(head, out);
  end_html(head, out);
  CHECK(out.str().find("script") == std::string::npos);
}

TEST_CASE("the common style is compiled in") {
  CHECK(assets::base_css.find("prefers-color-scheme: dark") != std::string::npos);
}

}  // namespace
}  // namespace crumbs
