#pragma once

#include <optional>
#include <string>

#include "catalog/pattern.h"

namespace crumbs {

/// A name that both patterns match, or nullopt where there is none. A variable that a template
/// repeats is taken as two, and the name found is then tried: a shared name can be missed, none is
/// invented. Cost: the product of the longest names.
[[nodiscard]] std::optional<std::string> shared_name(const NamePattern& left,
                                                     const NamePattern& right);

/// Whether `wide` has the literals of `narrow`, and variables in the same places that take at least
/// as much: then it matches every name that `narrow` matches.
[[nodiscard]] bool covers(const NamePattern& wide, const NamePattern& narrow);

}  // namespace crumbs
