#pragma once

/// Patterns of the command line and of store names.

#include <string_view>

#include "crumbs/export.h"

namespace crumbs {

/// Whether `text` fits `pattern`, in which `*` stands for any characters, none included, and every
/// other character for itself. Cost: linear in practice, pattern × text at worst.
[[nodiscard]] CRUMBS_EXPORT bool fits(std::string_view pattern, std::string_view text);

}  // namespace crumbs
