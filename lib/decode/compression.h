#pragma once

/// Values that a browser compressed: raw snappy, and zstd frames that state their size.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crumbs/types.h"

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

  std::string buffer_;
};

}  // namespace crumbs
