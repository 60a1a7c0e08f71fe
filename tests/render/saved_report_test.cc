#include <doctest/doctest.h>

#include <string>

#include "crumbs/render.h"
#include "support/sample_report.h"

/// What is taken for granted of a saved report that does not say it.

namespace crumbs {
namespace {

TEST_CASE("values that are not said to be in full are taken for masked") {
  Report report = test::full_report();
  for (const ValuesMode mode : {ValuesMode::full, ValuesMode::masked, ValuesMode::none}) {
    report.values = mode;
    CHECK(parse_report(to_json(report), "saved").values == mode);
  }
  report.values = ValuesMode::full;
  std::string saved = to_json(report);
  const std::string member = "\"values\": \"full\",";
  REQUIRE(saved.find(member) != std::string::npos);
  saved.erase(saved.find(member), member.size());
  CHECK(parse_report(saved, "saved").values == ValuesMode::masked);
}

}  // namespace
}  // namespace crumbs
