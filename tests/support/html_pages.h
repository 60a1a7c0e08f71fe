#pragma once

/// Pages, and reports of the program, for the tests of what is written as HTML.

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "crumbs/render.h"
#include "support/support.h"

namespace crumbs::test {

/// Every tag of a page with its attributes' names, without what they hold.
inline std::string skeleton(std::string page) {
  for (const auto& [from, to] : {std::pair("<style>", "</style>"), {"<script>", "</script>"}}) {
    const std::size_t at = page.find(from);
    if (at != std::string::npos) page.erase(at, page.find(to) - at);
  }
  std::string tags;
  bool inside = false, quoted = false;
  for (const char c : page) {
    if (!inside && c == '<') inside = true;
    if (!inside) continue;
    if (c == '"') quoted = !quoted;
    if (!quoted) tags += c;
    if (c == '>' && !quoted) inside = false;
  }
  return tags;
}

/// What a fixture's audit says, everything listed, on 2026-11-24.
inline Report audit_of(const std::string& profile, const std::string& values) {
  const auto run = crumbs({"audit", fixture("profiles/" + profile).string(), "--all", "--residue",
                           "--values", values, "-f", "json", "--now", "2026-11-24T00:00:00Z"});
  REQUIRE(run.code == 0);
  return parse_report(run.out, "stdout");
}

/// Strings that would become markup where they are not escaped.
inline constexpr const char* kHostile[] = {"</script><script>window.injected=1</script>",
                                           R"("><img src=x onerror=alert(1)>)",
                                           "'><svg/onload=alert(1)>",
                                           "--><b>",
                                           "]]>",
                                           "</style><style>*{display:none}",
                                           "</summary></details></td></table>",
                                           "&lt;b&gt;",
                                           R"(a" id="i0)",
                                           "\xff\x00<b>",
                                           "<!--",
                                           "javascript:alert(1)"};

}  // namespace crumbs::test
