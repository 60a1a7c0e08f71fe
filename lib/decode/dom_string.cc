#include "decode/dom_string.h"

#include <algorithm>

#include "decode/text.h"

namespace crumbs {
namespace {

DomString faulty(DomStringFault fault) noexcept {
  return {.fault = fault, .encoding = RawValue::Encoding::latin1, .bytes = {}};
}

bool is_ascii(std::string_view bytes) noexcept {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

}  // namespace

DomString parse_dom_string(std::string_view stored) noexcept {
  if (stored.empty()) return faulty(DomStringFault::missing_prefix);
  const std::string_view text = stored.substr(1);
  if (stored.front() == 1)
    return {.fault = DomStringFault::none, .encoding = RawValue::Encoding::latin1, .bytes = text};
  if (stored.front() != 0) return faulty(DomStringFault::unknown_prefix);
  if (text.size() % 2 != 0) return faulty(DomStringFault::odd_length);
  return {.fault = DomStringFault::none, .encoding = RawValue::Encoding::utf16le, .bytes = text};
}

std::string_view describe(DomStringFault fault) noexcept {
  switch (fault) {
    case DomStringFault::none:
      return {};
    case DomStringFault::missing_prefix:
      return "a text without its encoding byte";
    case DomStringFault::unknown_prefix:
      return "a text in an encoding that is not known";
    case DomStringFault::odd_length:
      return "a UTF-16 text of an odd number of bytes";
  }
  return {};
}

void to_wtf8(const DomString& text, std::string& out) {
  if (text.encoding == RawValue::Encoding::utf16le) {
    out = utf16le_to_wtf8(text.bytes).value_or(std::string());
  } else if (is_ascii(text.bytes)) {
    out.assign(text.bytes);  // keeps the memory of `out`
  } else {
    out = latin1_to_utf8(text.bytes);
  }
}

}  // namespace crumbs
