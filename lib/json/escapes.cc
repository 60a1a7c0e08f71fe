#include "json/escapes.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace crumbs {
namespace {

/// 0xD83D for "\ud83d"; nullopt where no such escape begins.
std::optional<unsigned> escaped_unit(std::string_view text) {
  if (!text.starts_with("\\u") || text.size() < 6) return std::nullopt;
  unsigned unit = 0;
  for (const char c : text.substr(2, 4)) {
    const std::size_t digit = std::string_view("0123456789abcdefABCDEF").find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    unit = unit * 16 + static_cast<unsigned>(digit < 16 ? digit : digit - 6);
  }
  return unit;
}

bool is_unit(std::optional<unsigned> unit, unsigned base) {
  return unit && (*unit & 0xFC00U) == base;
}

/// The escape at the front of `text` (a backslash and at least one character) made harmless.
std::string_view mended_escape(std::string_view text, std::size_t& length) {
  const std::optional<unsigned> unit = escaped_unit(text);
  length = unit ? 6 : 2;
  if (is_unit(unit, 0xD800) && is_unit(escaped_unit(text.substr(6)), 0xDC00)) length = 12;
  const bool alone = length == 6 && (is_unit(unit, 0xD800) || is_unit(unit, 0xDC00));
  return alone ? std::string_view("\\ufffd") : text.substr(0, length);
}

}  // namespace

std::string without_lone_surrogates(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = text.substr(0, text.find('\\')).size();
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    std::size_t length = text.size();
    if (length >= 2) {
      out.append(mended_escape(text, length));
    } else {
      out.append(text);
    }
    text.remove_prefix(std::min(length, text.size()));
  }
  return out;
}

}  // namespace crumbs
