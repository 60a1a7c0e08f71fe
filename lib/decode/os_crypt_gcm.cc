#include <algorithm>

#include "crumbs/error.h"
#include "decode/os_crypt_ciphers.h"

namespace crumbs::os_crypt {

GcmCipher::GcmCipher(const GcmKey& key) : context_(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free) {
  if (!context_ ||
      EVP_DecryptInit_ex(context_.get(), EVP_aes_256_gcm(), nullptr, key.data(), nullptr) != 1)
    throw Error(ErrorCode::unsupported, "libcrypto refuses AES-256-GCM");
}

bool GcmCipher::open(std::string_view sealed, std::string& plaintext) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(sealed.data());
  const std::size_t size = sealed.size() - kNonce - kTag;
  unsigned char tag[kTag];
  std::copy_n(bytes + kNonce + size, kTag, tag);
  plaintext.resize(size + kTag);  // never empty: libcrypto takes a null output for something else
  auto* out = reinterpret_cast<unsigned char*>(plaintext.data());
  int written = 0, last = 0;
  const bool opened =
      EVP_DecryptInit_ex(context_.get(), nullptr, nullptr, nullptr, bytes) == 1 &&
      (size == 0 || EVP_DecryptUpdate(context_.get(), out, &written, bytes + kNonce,
                                      static_cast<int>(size)) == 1) &&
      EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(kTag), tag) == 1 &&
      EVP_DecryptFinal_ex(context_.get(), out + written, &last) == 1;
  plaintext.resize(opened ? size : 0);
  return opened;
}

}  // namespace crumbs::os_crypt
