#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>

#include "crumbs/error.h"
#include "system/sha256.h"

namespace crumbs {
namespace {

/// Fetched once: every use of EVP_sha256() would search the providers again. The configuration
/// file stays unread, it costs more than hashing a small profile.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = [] {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    return EVP_MD_fetch(nullptr, "SHA256", nullptr);
  }();
  return method;
}

EVP_MD_CTX* as_context(void* context) {
  return static_cast<EVP_MD_CTX*>(context);
}

void check(int result) {
  if (result != 1) throw Error(ErrorCode::io, "libcrypto cannot compute SHA-256");
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  const bool ready = context_ != nullptr && sha256_method() != nullptr &&
                     EVP_DigestInit_ex2(as_context(context_), sha256_method(), nullptr) == 1;
  if (ready) return;
  EVP_MD_CTX_free(as_context(context_));
  check(0);
}

Sha256::~Sha256() {
  EVP_MD_CTX_free(as_context(context_));
}

void Sha256::update(const void* data, std::size_t size) {
  check(EVP_DigestUpdate(as_context(context_), data, size));
}

void Sha256::raw(unsigned char (&digest)[32]) {
  check(EVP_DigestFinal_ex(as_context(context_), digest, nullptr));
}

std::string Sha256::hex() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  unsigned char digest[32];
  raw(digest);
  std::string text;
  text.reserve(2 * sizeof digest);
  for (const unsigned char byte : digest) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes.data(), bytes.size());
  return hash.hex();
}

}  // namespace crumbs
