// No format is left out where hostile text is read by real parsers: injection_test.cc needs those,
// this does not.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/diff.h"
#include "crumbs/render.h"
#include "support/injections.h"
#include "support/support.h"

namespace crumbs {
namespace {

using test::Form;

void check_read(const FormatInfo& format, const std::vector<Form>& forms, std::string_view list) {
  const bool is_read =
      std::ranges::any_of(forms, [&](const Form& form) { return form.format == format.id; });
  CHECK_MESSAGE(is_read, format.id, ": add it to ", list, "() in tests/support/injections.cc");
}

TEST_CASE("every format is among those that are read by a parser") {
  for (const FormatInfo& format : formats()) check_read(format, test::forms(), "forms");
  for (const FormatInfo& format : difference_formats())
    check_read(format, test::difference_forms(), "difference_forms");
}

TEST_CASE("every form has a parser, by its suffix") {
  const std::string checks = test::read_file(test::source_dir() / "tests/check/formats.py");
  for (const std::vector<Form>& forms : {test::forms(), test::difference_forms()}) {
    for (const Form& form : forms) {
      const std::string suffix = std::filesystem::path(form.file).extension();
      const bool has_parser = checks.find("\n    \"" + suffix + "\": ") != std::string::npos;
      CHECK_MESSAGE(has_parser, suffix, ": add a parser to CHECKS in tests/check/formats.py");
    }
  }
}

}  // namespace
}  // namespace crumbs
