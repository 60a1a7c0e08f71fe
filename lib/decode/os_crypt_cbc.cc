#include "crumbs/error.h"
#include "decode/os_crypt_ciphers.h"

namespace crumbs::os_crypt {
namespace {

constexpr unsigned char kSpaces[CbcCipher::kBlock + 1] = "                ";

/// Length of a valid PKCS#7 padding, else 0.
unsigned padding_of(std::string_view plaintext) {
  const auto length = static_cast<unsigned char>(plaintext.back());
  if (length == 0 || length > CbcCipher::kBlock) return 0;
  const std::string_view padding = plaintext.substr(plaintext.size() - length);
  return padding.find_first_not_of(plaintext.back()) == std::string_view::npos ? length : 0;
}

}  // namespace

CbcCipher::CbcCipher(const CbcKey& key) : context_(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free) {
  if (!context_ ||
      EVP_DecryptInit_ex(context_.get(), EVP_aes_128_cbc(), nullptr, key.data(), nullptr) != 1 ||
      EVP_CIPHER_CTX_set_padding(context_.get(), 0) != 1)
    throw Error(ErrorCode::unsupported, "libcrypto refuses AES-128-CBC");
}

unsigned CbcCipher::open(std::string_view ciphertext, std::string& plaintext) {
  plaintext.resize(ciphertext.size());
  int written = 0;
  // Padding is checked here, not by libcrypto, which would push an error on its queue each time.
  const bool done =
      EVP_DecryptInit_ex(context_.get(), nullptr, nullptr, nullptr, kSpaces) == 1 &&
      EVP_DecryptUpdate(context_.get(), reinterpret_cast<unsigned char*>(plaintext.data()),
                        &written, reinterpret_cast<const unsigned char*>(ciphertext.data()),
                        static_cast<int>(ciphertext.size())) == 1;
  const unsigned padding =
      done && static_cast<std::size_t>(written) == plaintext.size() ? padding_of(plaintext) : 0;
  plaintext.resize(padding == 0 ? 0 : plaintext.size() - padding);
  return padding;
}

}  // namespace crumbs::os_crypt
