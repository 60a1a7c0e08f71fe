#pragma once

/// Numbers of Firefox cookies in the standard's words (Gecko nsICookie.idl). Pure functions.

#include <cstdint>
#include <optional>
#include <string>

namespace crumbs {

/// 0 none, 1 lax, 2 strict, 256 unspecified; nullopt for any other.
[[nodiscard]] std::optional<std::string> firefox_same_site(std::int64_t number);
/// Bits 1 http, 2 https, 4 file, joined by commas; "unset" where none of them is set.
[[nodiscard]] std::string firefox_schemes(std::int64_t bits);

}  // namespace crumbs
