#include "decode/compression.h"

#include <snappy.h>
#include <zstd.h>

#include <new>

namespace crumbs {
namespace {

Unpacked failed(Unavailable reason, std::uint64_t size) {
  return {.bytes = {}, .size = size, .reason = reason};
}

}  // namespace

void Unpacker::FreeContext::operator()(ZSTD_DCtx_s* context) const noexcept {
  ZSTD_freeDCtx(context);
}

Unpacked Unpacker::open_zstd(std::string_view stored, std::uint64_t limit) {
  const unsigned long long size = ZSTD_getFrameContentSize(stored.data(), stored.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    return failed(Unavailable::malformed, stored.size());
  if (size > limit) return failed(Unavailable::too_large, size);
  // Its tables are larger than most values: they are not made for each.
  if (!zstd_) zstd_.reset(ZSTD_createDCtx());
  if (!zstd_) throw std::bad_alloc();
  buffer_.resize(static_cast<std::size_t>(size));
  const std::size_t got = ZSTD_decompressDCtx(zstd_.get(), buffer_.data(), buffer_.size(),
                                              stored.data(), stored.size());
  if (ZSTD_isError(got) != 0 || got != size) return failed(Unavailable::malformed, stored.size());
  return {.bytes = buffer_, .size = size, .reason = std::nullopt};
}

Unpacked Unpacker::open_snappy(std::string_view stored, std::uint64_t limit) {
  std::size_t size = 0;
  if (!snappy::GetUncompressedLength(stored.data(), stored.size(), &size))
    return failed(Unavailable::malformed, stored.size());
  if (size > limit) return failed(Unavailable::too_large, size);
  // A snappy element makes at most 64 bytes of 3: what declares more cannot be true.
  if (size / 32 > stored.size()) return failed(Unavailable::malformed, stored.size());
  buffer_.resize(size);
  if (!snappy::RawUncompress(stored.data(), stored.size(), buffer_.data()))
    return failed(Unavailable::malformed, stored.size());
  return {.bytes = buffer_, .size = size, .reason = std::nullopt};
}

Unpacked Unpacker::open(std::string_view stored, Compression compression, std::uint64_t limit) {
  if (compression == Compression::zstd) return open_zstd(stored, limit);
  if (compression == Compression::snappy) return open_snappy(stored, limit);
  if (stored.size() > limit) return failed(Unavailable::too_large, stored.size());
  return {.bytes = stored, .size = stored.size(), .reason = std::nullopt};
}

}  // namespace crumbs
