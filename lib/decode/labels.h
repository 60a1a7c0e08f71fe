#pragma once

#include <string_view>

#include "crumbs/types.h"

namespace crumbs {

/// A type in words for people, with its article: "a time", "campaign tags", "an e-mail address".
[[nodiscard]] std::string_view label(ValueType type) noexcept;

}  // namespace crumbs
