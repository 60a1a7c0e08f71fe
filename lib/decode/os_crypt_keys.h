#pragma once

/// The keys of os_crypt and how they are derived (Chromium components/os_crypt). Pure functions.

#include <array>
#include <optional>
#include <string_view>

namespace crumbs::os_crypt {

using CbcKey = std::array<unsigned char, 16>;
using GcmKey = std::array<unsigned char, 32>;

/// PBKDF2-HMAC-SHA1("peanuts", "saltysalt", 1): Linux without a keyring.
inline constexpr CbcKey kPublishedKey = {0xfd, 0x62, 0x1f, 0xe5, 0xa2, 0xb4, 0x02, 0x53,
                                         0x9d, 0xfa, 0x14, 0x7c, 0xa9, 0x27, 0x27, 0x78};
/// PBKDF2-HMAC-SHA1("", "saltysalt", 1): what Linux builds used when the keyring gave nothing.
inline constexpr CbcKey kEmptySecretKey = {0xd0, 0xd0, 0xec, 0x9c, 0x7d, 0x77, 0xd4, 0x3a,
                                           0xc5, 0x41, 0x87, 0xfa, 0x48, 0x18, 0xd1, 0x7f};

inline constexpr unsigned kLinuxIterations = 1;
inline constexpr unsigned kMacosIterations = 1003;

/// PBKDF2-HMAC-SHA1(secret, "saltysalt", iterations, 16). Throws Error(unsupported) where libcrypto
/// refuses.
[[nodiscard]] CbcKey derive_cbc_key(std::string_view secret, unsigned iterations);
/// HKDF-SHA256 of a desktop portal's secret. `with_nul`: salt and info include the NUL that ends
/// them in the browser's source. nullopt where libcrypto refuses the secret.
[[nodiscard]] std::optional<GcmKey> derive_portal_key(std::string_view secret, bool with_nul);

}  // namespace crumbs::os_crypt
