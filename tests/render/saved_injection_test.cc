// Text that tries to break out of a format comes back from a saved report as it was.
#include <doctest/doctest.h>

#include "crumbs/diff.h"
#include "crumbs/render.h"
#include "decode/text.h"
#include "support/hostile_report.h"
#include "support/injections.h"

namespace crumbs {
namespace {

using test::forms, test::hostile_difference, test::injections, test::rendered;

TEST_CASE("a saved report with such text renders to the same bytes") {
  for (const std::string& text : injections()) {
    if (!is_utf8(text)) continue;  // not all places of a report keep bytes that are no text
    const Report report = test::hostile_report(text);
    const Report again = parse_report(to_json(report), "report");
    CAPTURE(text);
    CHECK((again == report));
    for (const test::Form& form : forms()) {
      CAPTURE(form.file);
      CHECK((rendered(again, form) == rendered(report, form)));
    }
    const Difference difference = hostile_difference(text);
    CHECK((parse_difference(to_json(difference), "difference") == difference));
  }
}

}  // namespace
}  // namespace crumbs
