#pragma once

/// The outside world as the library is told of it.

#include <string>

#include "crumbs/audit.h"

namespace crumbs::cli {

/// $HOME, or the home of the password database where that is unset; the variables that move
/// browser roots; `root` from --root, which may be empty. Throws Error(not_found) where `root` is
/// no directory.
[[nodiscard]] FindOptions find_options(const std::string& root);

}  // namespace crumbs::cli
