#pragma once

/// JSON pointers (RFC 6901). Pure functions; cost linear in the input.

#include <string>
#include <string_view>

namespace crumbs {

/// A key as a step of a pointer, escaped, with its slash: "a/b" -> "/a~1b".
[[nodiscard]] std::string pointer_step(std::string_view key);
/// The key that a step stands for, given without its slash: "a~1b" -> "a/b".
[[nodiscard]] std::string pointer_key(std::string_view step);

}  // namespace crumbs
