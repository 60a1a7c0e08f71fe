#include "formats/mozlz4.h"

#include <lz4.h>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "decode/bytes.h"

namespace crumbs {
namespace {

constexpr std::string_view kMagic{"mozLz40\0", 8};
/// One byte of LZ4 input adds at most 255 bytes of output.
constexpr std::uint64_t kLargestRatio = 255;

void check_size(std::uint64_t declared, std::uint64_t compressed, std::uint64_t budget) {
  if (declared > budget)
    throw Error(ErrorCode::too_large,
                fmt::format("declares {} bytes, more than the {} that are read", declared, budget));
  if (declared > LZ4_MAX_INPUT_SIZE || compressed > LZ4_MAX_INPUT_SIZE ||
      declared > compressed * kLargestRatio)
    throw Error(ErrorCode::corrupt,
                fmt::format("declares {} bytes, which {} compressed bytes cannot hold", declared,
                            compressed));
}

}  // namespace

std::string read_mozlz4(std::string_view file, std::uint64_t budget) {
  if (!file.starts_with(kMagic)) throw Error(ErrorCode::corrupt, "is no mozLz4 file");
  ByteReader reader(file.substr(kMagic.size()));
  const std::uint32_t declared = reader.u32le();
  const std::string_view block = reader.take(reader.remaining());
  check_size(declared, block.size(), budget);
  std::string content(declared, '\0');
  const int size = LZ4_decompress_safe(block.data(), content.data(), static_cast<int>(block.size()),
                                       static_cast<int>(declared));
  if (size < 0 || static_cast<std::uint32_t>(size) != declared)
    throw Error(ErrorCode::corrupt, "its LZ4 block is damaged");
  return content;
}

}  // namespace crumbs
