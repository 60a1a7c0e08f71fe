#pragma once

/// Bounds-checked reading of binary formats. Throws Error(corrupt) past the end; one thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "crumbs/error.h"

namespace crumbs {

/// The bytes as one number, the most significant first; at most eight.
[[nodiscard]] constexpr std::uint64_t big_endian(std::span<const std::byte> bytes) noexcept {
  std::uint64_t value = 0;
  for (const std::byte byte : bytes) value = value << 8U | std::to_integer<std::uint64_t>(byte);
  return value;
}
/// The bytes as one number, the least significant first; at most eight.
[[nodiscard]] constexpr std::uint64_t little_endian(std::string_view bytes) noexcept {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;)
    value = value << 8U | static_cast<std::uint8_t>(bytes[i]);
  return value;
}

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] std::size_t offset() const noexcept { return offset_; }
  [[nodiscard]] std::size_t remaining() const noexcept { return bytes_.size() - offset_; }
  [[nodiscard]] bool done() const noexcept { return remaining() == 0; }

  std::string_view take(std::size_t count) {
    if (count > remaining()) throw Error(ErrorCode::corrupt, "ends too early");
    const std::string_view part = bytes_.substr(offset_, count);
    offset_ += count;
    return part;
  }
  std::uint8_t u8() { return static_cast<std::uint8_t>(take(1)[0]); }
  std::uint32_t u32le() { return little<std::uint32_t>(); }
  std::uint64_t u64le() { return little<std::uint64_t>(); }
  std::uint16_t u16le() { return little<std::uint16_t>(); }
  std::uint32_t u32be() { return big<std::uint32_t>(); }
  std::uint64_t u64be() { return big<std::uint64_t>(); }

  /// LEB128 as protobuf, LevelDB and snappy use it: at most ten bytes, no bits past 64.
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t byte = u8();
      if (shift == 63 && byte > 1) break;
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    throw Error(ErrorCode::corrupt, "varint too long");
  }
  std::string_view length_prefixed() {
    const std::uint64_t length = varint();
    if (length > remaining()) throw Error(ErrorCode::corrupt, "length past the end");
    return take(static_cast<std::size_t>(length));
  }

 private:
  template <class T>
  T little() {
    return static_cast<T>(little_endian(take(sizeof(T))));
  }
  template <class T>
  T big() {
    return static_cast<T>(big_endian(std::as_bytes(std::span(take(sizeof(T))))));
  }

  std::string_view bytes_;
  std::size_t offset_ = 0;
};

}  // namespace crumbs
