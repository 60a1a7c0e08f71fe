#pragma once

/// Text encodings of browser stores. Pure functions; cost linear in the input.

#include <optional>
#include <string>
#include <string_view>

namespace crumbs {

[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;  ///< well-formed, no surrogates
/// Well-formed WTF-8: UTF-8, and surrogates that stand alone (https://simonsapin.github.io/wtf-8/).
[[nodiscard]] bool is_wtf8(std::string_view bytes) noexcept;
[[nodiscard]] std::string latin1_to_utf8(std::string_view bytes);
/// WTF-8: lone surrogates are kept as their three bytes. nullopt for an odd number of bytes.
[[nodiscard]] std::optional<std::string> utf16le_to_wtf8(std::string_view bytes);
/// Invalid UTF-8 replaced by U+FFFD, one for each maximal invalid part.
[[nodiscard]] std::string to_valid_utf8(std::string_view bytes);
/// UTF-16 code units of WTF-8 text.
[[nodiscard]] std::size_t utf16_length(std::string_view wtf8) noexcept;

[[nodiscard]] std::string base64_encode(std::string_view bytes);
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);  ///< strict, padded
/// `%41` -> `A`. nullopt where there is no well-formed escape at all; malformed escapes stay as
/// they are.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);
/// As encodeURIComponent does (ECMA-262, 19.2.6.4).
[[nodiscard]] std::string percent_encode(std::string_view text);

}  // namespace crumbs
