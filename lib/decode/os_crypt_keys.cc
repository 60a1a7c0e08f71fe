#include "decode/os_crypt_keys.h"

#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <limits>
#include <memory>

#include "crumbs/error.h"

namespace crumbs::os_crypt {
namespace {

constexpr std::string_view kSalt = "saltysalt";
constexpr std::string_view kPortalSalt{"fdo_portal_secret_salt\0", 23};
constexpr std::string_view kPortalInfo{"HKDF-SHA-256 AES-256-GCM\0", 25};

const unsigned char* unsigned_data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

bool fits_int(std::string_view bytes) {
  return bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max());
}

std::string_view without_nul(std::string_view text, bool with_nul) {
  return text.substr(0, text.size() - (with_nul ? 0 : 1));
}

using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

}  // namespace

CbcKey derive_cbc_key(std::string_view secret, unsigned iterations) {
  CbcKey key{};
  if (!fits_int(secret) ||
      PKCS5_PBKDF2_HMAC(secret.data(), static_cast<int>(secret.size()), unsigned_data(kSalt),
                        static_cast<int>(kSalt.size()), static_cast<int>(iterations), EVP_sha1(),
                        static_cast<int>(key.size()), key.data()) != 1)
    throw Error(ErrorCode::unsupported, "libcrypto refuses to derive a key with PBKDF2-HMAC-SHA1");
  return key;
}

std::optional<GcmKey> derive_portal_key(std::string_view secret, bool with_nul) {
  const std::string_view salt = without_nul(kPortalSalt, with_nul);
  const std::string_view info = without_nul(kPortalInfo, with_nul);
  GcmKey key{};
  std::size_t size = key.size();
  const PkeyContext context(EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr), &EVP_PKEY_CTX_free);
  const bool derived = context && fits_int(secret) && EVP_PKEY_derive_init(context.get()) > 0 &&
                       EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()) > 0 &&
                       EVP_PKEY_CTX_set1_hkdf_salt(context.get(), unsigned_data(salt),
                                                   static_cast<int>(salt.size())) > 0 &&
                       EVP_PKEY_CTX_set1_hkdf_key(context.get(), unsigned_data(secret),
                                                  static_cast<int>(secret.size())) > 0 &&
                       EVP_PKEY_CTX_add1_hkdf_info(context.get(), unsigned_data(info),
                                                   static_cast<int>(info.size())) > 0 &&
                       EVP_PKEY_derive(context.get(), key.data(), &size) > 0 && size == key.size();
  if (!derived) return std::nullopt;
  return key;
}

}  // namespace crumbs::os_crypt
