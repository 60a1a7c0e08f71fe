#pragma once

/// CRC-32C (Castagnoli) as LevelDB stores it: RFC 3720 appendix B.4 has the vectors.

#include <cstdint>
#include <string_view>

namespace crumbs::leveldb {

/// The checksum of `bytes`, or of bytes that went before with checksum `before` and then `bytes`.
/// Uses the processor's instruction where it has one. Safe from several threads.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0) noexcept;
/// The checksum after one byte more. Cost: one table look-up; for searching.
[[nodiscard]] std::uint32_t crc32c_byte(std::uint32_t before, unsigned char byte) noexcept;
/// The portable way of computing crc32c(); for machines without the instruction, and for tests.
[[nodiscard]] std::uint32_t crc32c_portable(std::string_view bytes,
                                            std::uint32_t before = 0) noexcept;

/// LevelDB stores checksums "masked" (util/crc32c.h): rotated right by 15 bits plus a constant.
[[nodiscard]] constexpr std::uint32_t unmask_crc32c(std::uint32_t masked) noexcept {
  const std::uint32_t rotated = masked - 0xa282ead8U;
  return (rotated >> 17U) | (rotated << 15U);
}
[[nodiscard]] constexpr std::uint32_t mask_crc32c(std::uint32_t crc) noexcept {
  return ((crc >> 15U) | (crc << 17U)) + 0xa282ead8U;
}

}  // namespace crumbs::leveldb
