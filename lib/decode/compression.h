#pragma once

/// Values that a browser compressed: raw snappy, and zstd frames that state their size.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crumbs/types.h"

struct ZSTD_DCtx_s;

namespace crumbs {

enum class Compression : std::uint8_t { none, zstd, snappy };

struct Unpacked {
  std::string_view bytes;
  std::uint64_t size = 0;             ///< as declared, also where it is too large
  std::optional<Unavailable> reason;  ///< malformed, or too_large; `bytes` is empty
};

/// Opens one value after the other into memory that is used again. One thread.
class Unpacker {
 public:
  /// The bytes, valid until the next call and as long as `stored`. Never makes more than `limit`
  /// bytes, whatever the value declares.
  [[nodiscard]] Unpacked open(std::string_view stored, Compression compression,
                              std::uint64_t limit);

 private:
  [[nodiscard]] Unpacked open_zstd(std::string_view stored, std::uint64_t limit);
  [[nodiscard]] Unpacked open_snappy(std::string_view stored, std::uint64_t limit);

  struct FreeContext {
    void operator()(ZSTD_DCtx_s* context) const noexcept;
  };

  std::string buffer_;
  std::unique_ptr<ZSTD_DCtx_s, FreeContext> zstd_;  ///< made on first use
};

}  // namespace crumbs
