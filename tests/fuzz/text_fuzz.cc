/// Text encodings: any bytes, and what must hold for all of them.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "decode/text.h"

namespace {

using namespace crumbs;

void require(bool holds) {
  if (!holds) std::abort();
}

/// UTF-16LE of well-formed WTF-8, written for this check alone.
std::string wtf8_to_utf16le(std::string_view text) {
  std::string out;
  const auto put = [&out](unsigned unit) {
    out += static_cast<char>(unit & 0xFFU);
    out += static_cast<char>(unit >> 8U);
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<std::uint8_t>(text[i++]);
    const int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    unsigned code = more == 0 ? lead : lead & (0x3FU >> static_cast<unsigned>(more));
    for (int k = 0; k < more; ++k)
      code = (code << 6U) | (static_cast<std::uint8_t>(text[i++]) & 0x3FU);
    if (code >= 0x10000) {
      put(0xD800U + ((code - 0x10000U) >> 10U));
      put(0xDC00U + ((code - 0x10000U) & 0x3FFU));
    } else {
      put(code);
    }
  }
  return out;
}

void check_unicode(std::string_view bytes) {
  const std::string valid = to_valid_utf8(bytes);
  require(is_utf8(valid));
  require(to_valid_utf8(valid) == valid);
  require(is_utf8(bytes) == (valid == bytes));
  require(!is_utf8(bytes) || is_wtf8(bytes));
  const std::string latin1 = latin1_to_utf8(bytes);
  require(is_utf8(latin1) && utf16_length(latin1) == bytes.size());
}

void check_utf16(std::string_view bytes) {
  const auto text = utf16le_to_wtf8(bytes);
  require(text.has_value() == (bytes.size() % 2 == 0));
  if (!text) return;
  require(is_wtf8(*text) && utf16_length(*text) == bytes.size() / 2);
  require(wtf8_to_utf16le(*text) == bytes);
  if (is_wtf8(bytes)) require(utf16le_to_wtf8(wtf8_to_utf16le(bytes)) == bytes);
}

void check_escapes(std::string_view bytes) {
  require(base64_decode(base64_encode(bytes)) == bytes);
  if (const auto decoded = base64_decode(bytes)) require(base64_encode(*decoded) == bytes);
  if (const auto decoded = percent_decode(bytes)) require(decoded->size() + 2 <= bytes.size());
  std::string escaped;
  for (const char c : bytes) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto byte = static_cast<std::uint8_t>(c);
    escaped += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
  }
  if (!bytes.empty()) require(percent_decode(escaped) == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_unicode(bytes);
  check_utf16(bytes);
  check_escapes(bytes);
  return 0;
}
