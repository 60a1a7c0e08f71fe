#pragma once

/// Strings as Chromium keeps them in local storage: one byte that says the encoding, then the text
/// (Chromium third_party/blink/renderer/modules/storage/cached_storage_area.cc).

#include <cstdint>
#include <string>
#include <string_view>

#include "item.h"

namespace crumbs {

enum class DomStringFault : std::uint8_t {
  none,
  missing_prefix,  ///< no byte at all
  unknown_prefix,  ///< neither 0 (UTF-16LE) nor 1 (Latin-1)
  odd_length,      ///< UTF-16 of an odd number of bytes
};

struct DomString {
  DomStringFault fault = DomStringFault::none;
  RawValue::Encoding encoding = RawValue::Encoding::latin1;
  std::string_view bytes;  ///< the site's bytes, without the prefix; empty with a fault
};

/// `stored` outlives the result. Cost: constant.
[[nodiscard]] DomString parse_dom_string(std::string_view stored) noexcept;
/// What is wrong, for people; empty for none.
[[nodiscard]] std::string_view describe(DomStringFault fault) noexcept;
/// Replaces `out` by the text as WTF-8. The string has no fault.
void to_wtf8(const DomString& text, std::string& out);

}  // namespace crumbs
