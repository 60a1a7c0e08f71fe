#include "formats/leveldb/crc32c.h"

#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#define CRUMBS_CRC32C_X86 1
#endif

namespace crumbs::leveldb {
namespace {

using Table = std::array<std::uint32_t, 256>;

/// Three streams of this many bytes are folded at once: the instruction takes one operand a cycle
/// but answers after three.
constexpr std::size_t kStream = 256;

struct Tables {
  std::array<Table, 8> slice{};   ///< slicing-by-8
  std::array<Table, 4> shift{};   ///< the register moved over kStream zero bytes
  std::array<Table, 4> shift2{};  ///< ... over 2 * kStream

  Tables() {
    fill_slices();
    fill_shift(shift, kStream);
    fill_shift(shift2, 2 * kStream);
  }

  void fill_slices() {
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
      std::uint32_t crc = byte;
      for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0x82f63b78U : 0U);
      slice[0][byte] = crc;
    }
    for (std::size_t k = 1; k < slice.size(); ++k) {
      for (std::size_t byte = 0; byte < 256; ++byte)
        slice[k][byte] = (slice[k - 1][byte] >> 8U) ^ slice[0][slice[k - 1][byte] & 0xffU];
    }
  }

  void fill_shift(std::array<Table, 4>& table, std::size_t zeros) const {
    std::array<std::uint32_t, 32> of_bit{};
    for (std::size_t bit = 0; bit < of_bit.size(); ++bit) {
      std::uint32_t crc = 1U << bit;
      for (std::size_t i = 0; i < zeros; ++i) crc = (crc >> 8U) ^ slice[0][crc & 0xffU];
      of_bit[bit] = crc;
    }
    for (std::size_t k = 0; k < table.size(); ++k) {
      for (std::size_t byte = 0; byte < 256; ++byte) {
        for (std::size_t bit = 0; bit < 8; ++bit)
          if ((byte >> bit & 1U) != 0) table[k][byte] ^= of_bit[k * 8 + bit];
      }
    }
  }
};

const Tables& tables() {
  static const Tables tables;
  return tables;
}

std::uint64_t load64(const char* from) {
  std::uint64_t value = 0;
  std::memcpy(&value, from, sizeof value);
  if constexpr (std::endian::native == std::endian::big) {
    value = __builtin_bswap64(value);
  }
  return value;
}

std::uint32_t update_portable(std::uint32_t crc, const char* at, std::size_t size) {
  const auto& slice = tables().slice;
  for (; size >= 8; size -= 8, at += 8) {
    const std::uint64_t word = load64(at) ^ crc;
    crc = 0;
    for (std::size_t i = 0; i < 8; ++i) crc ^= slice[7 - i][(word >> (8 * i)) & 0xffU];
  }
  for (; size > 0; --size, ++at)
    crc = (crc >> 8U) ^ slice[0][(crc ^ static_cast<unsigned char>(*at)) & 0xffU];
  return crc;
}

#ifdef CRUMBS_CRC32C_X86
std::uint32_t move_over(const std::array<Table, 4>& table, std::uint64_t crc) {
  return table[0][crc & 0xffU] ^ table[1][crc >> 8U & 0xffU] ^ table[2][crc >> 16U & 0xffU] ^
         table[3][crc >> 24U & 0xffU];
}

__attribute__((target("sse4.2"))) std::uint32_t update_hardware(std::uint32_t start, const char* at,
                                                                std::size_t size) {
  std::uint64_t crc = start;
  if (size >= 3 * kStream) {
    const Tables& shifts = tables();
    for (; size >= 3 * kStream; size -= 3 * kStream, at += 3 * kStream) {
      std::uint64_t second = 0;
      std::uint64_t third = 0;
      for (std::size_t i = 0; i < kStream; i += 8) {
        crc = _mm_crc32_u64(crc, load64(at + i));
        second = _mm_crc32_u64(second, load64(at + kStream + i));
        third = _mm_crc32_u64(third, load64(at + 2 * kStream + i));
      }
      crc = move_over(shifts.shift2, crc) ^ move_over(shifts.shift, second) ^ third;
    }
  }
  for (; size >= 8; size -= 8, at += 8) crc = _mm_crc32_u64(crc, load64(at));
  auto narrow = static_cast<std::uint32_t>(crc);
  for (; size > 0; --size, ++at) narrow = _mm_crc32_u8(narrow, static_cast<unsigned char>(*at));
  return narrow;
}
#endif

}  // namespace

std::uint32_t crc32c_portable(std::string_view bytes, std::uint32_t before) noexcept {
  return ~update_portable(~before, bytes.data(), bytes.size());
}

std::uint32_t crc32c_byte(std::uint32_t before, unsigned char byte) noexcept {
  const std::uint32_t crc = ~before;
  return ~((crc >> 8U) ^ tables().slice[0][(crc ^ byte) & 0xffU]);
}

std::uint32_t crc32c(std::string_view bytes, std::uint32_t before) noexcept {
#ifdef CRUMBS_CRC32C_X86
  static const bool hardware = __builtin_cpu_supports("sse4.2") != 0;
  if (hardware) return ~update_hardware(~before, bytes.data(), bytes.size());
#endif
  return crc32c_portable(bytes, before);
}

}  // namespace crumbs::leveldb
