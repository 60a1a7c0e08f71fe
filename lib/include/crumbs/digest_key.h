#pragma once

/// A key that tells which masked values are equal, across reports.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "crumbs/export.h"

namespace crumbs {

class HmacSha256;

/// Makes digests of texts: equal ones by one key are of equal texts, and only who has the key can
/// try which. Whoever has it can try all that a short text may be. Copies share the key. Any
/// thread.
class CRUMBS_EXPORT DigestKey {
 public:
  static constexpr std::size_t kFewestBytes = 16;

  /// No key: it makes nothing.
  DigestKey() = default;
  /// Throws Error(usage) where there are fewer than kFewestBytes.
  explicit DigestKey(std::string_view bytes);

  explicit operator bool() const noexcept { return hmac_ != nullptr; }

  /// HMAC-SHA-256 (RFC 2104) of the text in 64 hexadecimal digits; empty without a key.
  [[nodiscard]] std::string digest(std::string_view text) const;
  /// The first 16 of these.
  [[nodiscard]] std::string token(std::string_view text) const;
  /// What tells keys apart and tells nothing of them: the token of "crumbs digest key".
  [[nodiscard]] std::string id() const;

 private:
  std::shared_ptr<const HmacSha256> hmac_;
};

}  // namespace crumbs
