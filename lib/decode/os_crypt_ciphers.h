#pragma once

/// The two ciphers of os_crypt. Each object sets up its key once and is used for many values; one
/// thread.

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

#include "decode/os_crypt_keys.h"

namespace crumbs::os_crypt {

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

/// Largest ciphertext that is tried at all, bytes.
inline constexpr std::size_t kLargestCiphertext = std::size_t{1} << 30U;

/// AES-128-CBC with os_crypt's constant IV of sixteen spaces and PKCS#7 padding.
class CbcCipher {
 public:
  static constexpr std::size_t kBlock = 16;

  /// Throws Error(unsupported) where libcrypto refuses.
  explicit CbcCipher(const CbcKey& key);

  /// Whether `size` bytes can be a ciphertext at all: whole blocks, at least one.
  [[nodiscard]] static bool fits(std::size_t size) noexcept {
    return size > 0 && size % kBlock == 0 && size <= kLargestCiphertext;
  }
  /// Plaintext without its padding in `plaintext`. Returns the length of the padding, 1 to 16; 0
  /// where it is not valid (the key does not fit), `plaintext` is then empty. `ciphertext` must
  /// fit.
  [[nodiscard]] unsigned open(std::string_view ciphertext, std::string& plaintext);

 private:
  CipherContext context_;
};

/// AES-256-GCM: 12 bytes of nonce, ciphertext, 16 bytes of tag; no further authenticated data.
class GcmCipher {
 public:
  static constexpr std::size_t kNonce = 12;
  static constexpr std::size_t kTag = 16;

  /// Throws Error(unsupported) where libcrypto refuses.
  explicit GcmCipher(const GcmKey& key);

  [[nodiscard]] static bool fits(std::size_t size) noexcept {
    return size >= kNonce + kTag && size <= kLargestCiphertext;
  }
  /// False where the tag does not fit the key; `plaintext` is then empty. `sealed` must fit.
  [[nodiscard]] bool open(std::string_view sealed, std::string& plaintext);

 private:
  CipherContext context_;
};

}  // namespace crumbs::os_crypt
