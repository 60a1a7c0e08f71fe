#include "decode/text.h"

#include <cstdint>
#include <cstring>

namespace crumbs {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// A well-formed sequence, or a maximal invalid part, at the start of some text.
struct Sequence {
  std::size_t length;
  bool valid;
};

/// How a sequence may go on (Unicode 15, table 3-7).
struct Lead {
  std::size_t length;
  std::uint8_t second_min, second_max;
};

Lead lead_of(std::uint8_t byte) noexcept {
  if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {1, 0, 0};
}

std::uint8_t byte_at(std::string_view bytes, std::size_t index) noexcept {
  return static_cast<std::uint8_t>(bytes[index]);
}

/// `bytes` is not empty and does not start with ASCII.
Sequence first_sequence(std::string_view bytes) noexcept {
  const Lead lead = lead_of(byte_at(bytes, 0));
  if (lead.length == 1) return {1, false};
  for (std::size_t i = 1; i < lead.length; ++i) {
    const std::uint8_t low = i == 1 ? lead.second_min : std::uint8_t{0x80};
    const std::uint8_t high = i == 1 ? lead.second_max : std::uint8_t{0xBF};
    if (i >= bytes.size() || byte_at(bytes, i) < low || byte_at(bytes, i) > high) return {i, false};
  }
  return {lead.length, true};
}

/// Index of the first byte at or after `start` that is not ASCII. Eight bytes a step: almost all
/// stored text is ASCII throughout.
std::size_t skip_ascii(std::string_view bytes, std::size_t start) noexcept {
  std::size_t i = start;
  for (std::uint64_t block = 0; i + sizeof block <= bytes.size(); i += sizeof block) {
    std::memcpy(&block, bytes.data() + i, sizeof block);
    if ((block & 0x8080808080808080U) != 0) break;
  }
  while (i < bytes.size() && byte_at(bytes, i) < 0x80) ++i;
  return i;
}

bool is_surrogate(std::uint32_t unit, std::uint32_t base) noexcept {
  return (unit & 0xFC00U) == base;
}

void append_code_point(std::string& out, std::uint32_t code) {
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0U | (code >> 6U));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
  }
  put(0x80U | (code & 0x3FU));
}

std::uint32_t unit_at(std::string_view bytes, std::size_t index) noexcept {
  return static_cast<std::uint32_t>(byte_at(bytes, index) | (byte_at(bytes, index + 1) << 8U));
}

}  // namespace

bool is_utf8(std::string_view bytes) noexcept {
  for (std::size_t i = skip_ascii(bytes, 0); i < bytes.size(); i = skip_ascii(bytes, i)) {
    const Sequence sequence = first_sequence(bytes.substr(i));
    if (!sequence.valid) return false;
    i += sequence.length;
  }
  return true;
}

bool is_wtf8(std::string_view bytes) noexcept {
  bool after_high = false;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::uint8_t byte = byte_at(bytes, i);
    const Sequence sequence = byte < 0x80 ? Sequence{1, true} : first_sequence(bytes.substr(i));
    const bool surrogate = byte == 0xED && !sequence.valid && i + 2 < bytes.size() &&
                           byte_at(bytes, i + 1) >= 0xA0 && byte_at(bytes, i + 1) <= 0xBF &&
                           byte_at(bytes, i + 2) >= 0x80 && byte_at(bytes, i + 2) <= 0xBF;
    if (!sequence.valid && !surrogate) return false;
    const bool high = surrogate && byte_at(bytes, i + 1) < 0xB0;
    if (surrogate && !high && after_high) return false;  // a pair has a form of its own
    after_high = high;
    i += surrogate ? 3 : sequence.length;
  }
  return true;
}

std::string latin1_to_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t ascii_end = skip_ascii(bytes, i);
    out.append(bytes.substr(i, ascii_end - i));
    i = ascii_end;
    if (i < bytes.size()) append_code_point(out, byte_at(bytes, i));
  }
  return out;
}

std::optional<std::string> utf16le_to_wtf8(std::string_view bytes) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    std::uint32_t code = unit_at(bytes, i);
    if (is_surrogate(code, 0xD800) && i + 2 < bytes.size() &&
        is_surrogate(unit_at(bytes, i + 2), 0xDC00)) {
      i += 2;
      code = 0x10000U + ((code & 0x3FFU) << 10U) + (unit_at(bytes, i) & 0x3FFU);
    }
    append_code_point(out, code);
  }
  return out;
}

std::string to_valid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t ascii_end = skip_ascii(bytes, i);
    out.append(bytes.substr(i, ascii_end - i));
    i = ascii_end;
    if (i == bytes.size()) break;
    const Sequence sequence = first_sequence(bytes.substr(i));
    out.append(sequence.valid ? bytes.substr(i, sequence.length) : kReplacement);
    i += sequence.length;
  }
  return out;
}

std::size_t utf16_length(std::string_view wtf8) noexcept {
  std::size_t units = 0;
  for (const char c : wtf8) {
    const auto byte = static_cast<std::uint8_t>(c);
    if ((byte & 0xC0U) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

}  // namespace crumbs
