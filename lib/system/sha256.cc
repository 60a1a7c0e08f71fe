#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <span>

#include "crumbs/error.h"
#include "system/sha256.h"

namespace crumbs {
namespace {

constexpr std::size_t kDigestSize = 32;

/// The configuration file stays unread, it costs more than hashing a small profile.
void prepare() {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

/// Fetched once: every use of EVP_sha256() would search the providers again.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = [] {
    prepare();
    return EVP_MD_fetch(nullptr, "SHA256", nullptr);
  }();
  return method;
}

EVP_MAC* hmac_method() {
  static EVP_MAC* const method = [] {
    prepare();
    return EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  }();
  return method;
}

std::string to_hex(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

EVP_MD_CTX* as_context(void* context) {
  return static_cast<EVP_MD_CTX*>(context);
}

EVP_MAC_CTX* as_mac(void* context) {
  return static_cast<EVP_MAC_CTX*>(context);
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
  unsigned char digest[kDigestSize];
  raw(digest);
  return to_hex(digest);
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes.data(), bytes.size());
  return hash.hex();
}

void HmacSha256::Free::operator()(void* context) const noexcept {
  EVP_MAC_CTX_free(as_mac(context));
}

HmacSha256::HmacSha256(std::string_view key) : keyed_(EVP_MAC_CTX_new(hmac_method())) {
  std::string digest = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_end()};
  const auto* bytes = reinterpret_cast<const unsigned char*>(key.data());
  check(keyed_ != nullptr ? EVP_MAC_init(as_mac(keyed_.get()), bytes, key.size(), parameters) : 0);
}

std::string HmacSha256::hex(std::string_view text) const {
  const std::unique_ptr<void, Free> context(EVP_MAC_CTX_dup(as_mac(keyed_.get())));
  check(context != nullptr ? 1 : 0);
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  check(EVP_MAC_update(as_mac(context.get()), bytes, text.size()));
  std::array<unsigned char, kDigestSize> digest{};
  std::size_t size = 0;
  check(EVP_MAC_final(as_mac(context.get()), digest.data(), &size, digest.size()));
  return to_hex(digest);
}

}  // namespace crumbs
