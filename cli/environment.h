#pragma once

/// The outside world as the library is told of it.

#include <string>

#include "crumbs/audit.h"

namespace crumbs::cli {

/// Whether the environment has the variable, with whatever is in it.
[[nodiscard]] bool is_set(const char* variable);

/// $HOME, or the home of the password database where that is unset; the variables that move
/// browser roots; `root` from --root, which may be empty. Throws Error(not_found) where `root` is
/// no directory.
[[nodiscard]] FindOptions find_options(const std::string& root);

}  // namespace crumbs::cli
