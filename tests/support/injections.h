#pragma once

/// The texts that try to break out of a format, and every form in which they are written.

#include <sstream>
#include <string>
#include <vector>

#include "crumbs/diff.h"
#include "crumbs/render.h"

namespace crumbs::test {

/// Those of tests/check/injections.json.
[[nodiscard]] std::vector<std::string> injections();

/// What is compared: an item that is gone, one that appeared, one that changed.
[[nodiscard]] Difference hostile_difference(const std::string& text);

struct Form {
  const char* file;
  const char* format;
  RenderOptions options;
};

/// Every form of a report, and of a difference.
[[nodiscard]] const std::vector<Form>& forms();
[[nodiscard]] const std::vector<Form>& difference_forms();

template <class Value>
std::string rendered(const Value& value, const Form& form) {
  std::ostringstream out;
  render(value, form.format, form.options, out);
  return out.str();
}

}  // namespace crumbs::test
