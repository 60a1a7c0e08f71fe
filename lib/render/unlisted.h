#pragma once

/// What was read and is in no list of a report.

#include <cstdint>
#include <string>

#include "crumbs/report.h"

namespace crumbs {

struct Unlisted {
  std::uint64_t unknown = 0;  ///< current items that no catalog knows
  std::uint64_t residue = 0;
};
/// What a selection leaves out of the rest is not among them.
[[nodiscard]] Unlisted unlisted_in(const Report& report);
/// "26 items that no catalog knows, 4 of residue"; empty where everything is listed.
[[nodiscard]] std::string unlisted_words(const Unlisted& unlisted);

}  // namespace crumbs
