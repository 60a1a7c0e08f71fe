/// Any bytes as a compressed value; the first says how. What comes out has the declared size and
/// never more bytes than asked for.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "decode/compression.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::uint64_t kLimit = 1U << 20U;
  const std::string_view stored(reinterpret_cast<const char*>(data) + 1, size - 1);
  crumbs::Unpacker unpacker;
  // Twice: the memory is used again.
  for (int time = 0; time < 2; ++time) {
    const crumbs::Unpacked opened =
        unpacker.open(stored, static_cast<crumbs::Compression>(data[0] % 3), kLimit);
    if (opened.reason && !opened.bytes.empty()) std::abort();
    if (!opened.reason && opened.bytes.size() != opened.size) std::abort();
    if (opened.bytes.size() > kLimit) std::abort();
  }
  return 0;
}
