#include "decode/os_crypt.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "ascii.h"
#include "crumbs/error.h"
#include "decode/os_crypt_ciphers.h"
#include "decode/text.h"

namespace crumbs {
namespace {

using namespace os_crypt;

constexpr std::size_t kPrefix = 3;
constexpr std::size_t kHash = 32;
/// First bytes of a CryptProtectData blob: version 1, then the start of the provider's GUID.
constexpr std::string_view kDpapiMagic{"\x01\x00\x00\x00\xD0\x8C\x9D\xDF\x01\x15\xD1\x11", 12};

/// How well a key fits a value, from not at all to entirely. `doubtful`: what it opened can be a
/// value, but has not the hash that it should have.
enum class Fit { none, doubtful, good };

/// What no cookie holds: a value may have a tab.
bool is_strange(char c) {
  return is_control(c) && c != '\t';
}

bool is_text(std::string_view plaintext) {
  return is_utf8(plaintext) && std::ranges::none_of(plaintext, is_strange);
}

/// Whether bytes begin as a value may that is not in UTF-8, and a hash does not: without control
/// characters (a hash: 1 in 70), and most of it ASCII (of these: 1 in 5,000).
bool begins_as_text(std::string_view plaintext) {
  const std::string_view head = plaintext.substr(0, kHash);
  const auto ascii = std::ranges::count_if(head, [](char c) { return c >= ' ' && c <= '~'; });
  return std::ranges::none_of(head, is_strange) &&
         ascii * 4 >= static_cast<std::ptrdiff_t>(kHash) * 3;
}

/// Whether a plaintext without a hash can come from the right key. Three equal bytes of padding are
/// no accident (1 in 2^24); a shorter padding needs text that a cookie may hold.
bool is_plausible(std::string_view plaintext, unsigned padding) {
  return padding >= 3 || is_text(plaintext);
}

Decryptor::Opened unavailable(Unavailable reason, std::string_view encryption,
                              std::string note = {}) {
  Decryptor::Opened opened;
  opened.reason = reason;
  opened.encryption = encryption;
  opened.note = std::move(note);
  return opened;
}

void cleanse(std::optional<std::string>& secret) {
  if (!secret) return;
  const std::span<char> bytes(*secret);
  OPENSSL_cleanse(bytes.data(), bytes.size());
}

using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

/// SHA-256 of the host of the last call: the cookies of one host mostly come one after the other.
class HostHash {
 public:
  const std::array<unsigned char, kHash>& of(std::string_view host) {
    if (known_ && host == host_) return digest_;
    if (EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1 ||
        EVP_DigestUpdate(context_.get(), host.data(), host.size()) != 1 ||
        EVP_DigestFinal_ex(context_.get(), digest_.data(), nullptr) != 1)
      throw Error(ErrorCode::unsupported, "libcrypto refuses SHA-256");
    host_ = host;
    known_ = true;
    return digest_;
  }

 private:
  DigestContext context_{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  std::array<unsigned char, kHash> digest_{};
  std::string host_;
  bool known_ = false;
};

/// One CBC key to try.
struct CbcAttempt {
  CbcCipher* cipher = nullptr;
  std::string_view note;
  bool any_bytes = false;  ///< no other key is possible, so a valid padding is enough
};

constexpr std::string_view kHashLeftOut = "the hash of its host left out";
constexpr std::string_view kOtherHashLeftOut = "the hash of another host left out";

void add_note(std::string& note, std::string_view more) {
  if (!note.empty() && !more.empty()) note += ", ";
  note += more;
}

}  // namespace

struct Decryptor::Data {
  DecryptionKeys keys;
  std::string system;
  std::optional<CbcCipher> published, empty, linux_secret, macos_secret;
  std::optional<GcmCipher> aes, portal_nul, portal;
  bool portal_derived = false;
  HostHash host_hash;

  ~Data() {
    cleanse(keys.safe_storage_secret);
    cleanse(keys.aes_key);
  }

  void settle_hash(std::string_view host, bool host_hashed, Opened& opened);
  Fit open_cbc(const CbcAttempt& key, std::string_view blob, std::string_view host,
               bool host_hashed, Opened& opened);
  Opened try_cbc(std::span<const CbcAttempt> candidates, std::string_view blob,
                 std::string_view host, bool host_hashed, Unavailable otherwise);
  /// nullopt: the tag does not fit.
  std::optional<Opened> try_gcm(GcmCipher& cipher, std::string_view blob, std::string_view host,
                                bool host_hashed);

  CbcCipher* secret_cipher(std::optional<CbcCipher>& slot, unsigned iterations);
  CbcCipher& constant_cipher(std::optional<CbcCipher>& slot, const CbcKey& key);
  /// nullptr: no usable key was given.
  GcmCipher* aes_cipher();
  /// Why the AES key cannot be one; empty where nothing is wrong with it.
  [[nodiscard]] std::string aes_problem() const;
  void derive_portal();

  Opened open_v10(std::string_view blob, std::string_view host, bool host_hashed);
  Opened open_v10_cbc(std::string_view blob, std::string_view host, bool host_hashed);
  Opened open_v11(std::string_view blob, std::string_view host, bool host_hashed);
  Opened open_v12(std::string_view blob, std::string_view host, bool host_hashed);
  Opened open_v20(std::string_view blob, std::string_view host, bool host_hashed);
  Opened open_unprefixed(std::string_view blob, std::string_view host, bool host_hashed);
};

/// Takes the host's hash off wherever it fits. Where one is due and does not fit, the value is
/// doubtful: what is text has none, what is not begins with another host's.
void Decryptor::Data::settle_hash(std::string_view host, bool host_hashed, Opened& opened) {
  std::string& plaintext = opened.plaintext;
  const bool long_enough = plaintext.size() >= kHash;
  opened.availability = Availability::decrypted;
  if (long_enough && CRYPTO_memcmp(plaintext.data(), host_hash.of(host).data(), kHash) == 0) {
    plaintext.erase(0, kHash);
    if (!host_hashed) add_note(opened.note, kHashLeftOut);
    return;
  }
  if (!host_hashed) return;
  opened.availability = Availability::doubtful;
  if (!long_enough || is_text(plaintext) || begins_as_text(plaintext)) {
    opened.reason = Unavailable::host_hash_missing;
    return;
  }
  opened.reason = Unavailable::host_hash_mismatch;
  add_note(opened.note, kOtherHashLeftOut);
  plaintext.erase(0, kHash);
}

Fit Decryptor::Data::open_cbc(const CbcAttempt& key, std::string_view blob, std::string_view host,
                              bool host_hashed, Opened& opened) {
  opened.encryption = blob.substr(0, kPrefix);
  opened.note = key.note;
  const unsigned padding = key.cipher->open(blob.substr(kPrefix), opened.plaintext);
  if (padding == 0) return Fit::none;
  const std::size_t whole = opened.plaintext.size();
  settle_hash(host, host_hashed, opened);
  const bool proven = !opened.reason && opened.plaintext.size() != whole;
  if (!proven && !key.any_bytes && !is_plausible(opened.plaintext, padding)) return Fit::none;
  return opened.reason ? Fit::doubtful : Fit::good;
}

/// A key that entirely fits goes before one whose value is doubtful.
Decryptor::Opened Decryptor::Data::try_cbc(std::span<const CbcAttempt> candidates,
                                           std::string_view blob, std::string_view host,
                                           bool host_hashed, Unavailable otherwise) {
  std::optional<Opened> doubtful;
  for (const CbcAttempt& candidate : candidates) {
    Opened opened;
    const Fit fit = open_cbc(candidate, blob, host, host_hashed, opened);
    if (fit == Fit::good) return opened;
    if (fit == Fit::doubtful && !doubtful) doubtful = std::move(opened);
  }
  if (doubtful) return *std::move(doubtful);
  return unavailable(otherwise, blob.substr(0, kPrefix));
}

std::optional<Decryptor::Opened> Decryptor::Data::try_gcm(GcmCipher& cipher, std::string_view blob,
                                                          std::string_view host, bool host_hashed) {
  Opened opened;
  if (!cipher.open(blob.substr(kPrefix), opened.plaintext)) return std::nullopt;
  opened.encryption = blob.substr(0, kPrefix);
  settle_hash(host, host_hashed, opened);
  return opened;
}

CbcCipher* Decryptor::Data::secret_cipher(std::optional<CbcCipher>& slot, unsigned iterations) {
  if (!keys.safe_storage_secret) return nullptr;
  if (!slot) slot.emplace(derive_cbc_key(*keys.safe_storage_secret, iterations));
  return &*slot;
}

CbcCipher& Decryptor::Data::constant_cipher(std::optional<CbcCipher>& slot, const CbcKey& key) {
  if (!slot) slot.emplace(key);
  return *slot;
}

GcmCipher* Decryptor::Data::aes_cipher() {
  GcmKey key{};
  if (!keys.aes_key || keys.aes_key->size() != key.size()) return nullptr;
  if (!aes) {
    std::copy_n(keys.aes_key->begin(), key.size(), reinterpret_cast<char*>(key.data()));
    aes.emplace(key);
  }
  return &*aes;
}

std::string Decryptor::Data::aes_problem() const {
  if (!keys.aes_key || keys.aes_key->size() == sizeof(GcmKey)) return {};
  return fmt::format("the AES key has {} bytes, not {}", keys.aes_key->size(), sizeof(GcmKey));
}

void Decryptor::Data::derive_portal() {
  if (portal_derived) return;
  portal_derived = true;
  if (const auto key = derive_portal_key(*keys.safe_storage_secret, true)) portal_nul.emplace(*key);
  if (const auto key = derive_portal_key(*keys.safe_storage_secret, false)) portal.emplace(*key);
}

Decryptor::Opened Decryptor::Data::open_v10(std::string_view blob, std::string_view host,
                                            bool host_hashed) {
  const std::size_t size = blob.size() - kPrefix;
  if (GcmCipher* cipher = aes_cipher(); cipher != nullptr && GcmCipher::fits(size)) {
    if (auto opened = try_gcm(*cipher, blob, host, host_hashed)) return *std::move(opened);
  }
  if (system != "windows" && CbcCipher::fits(size)) return open_v10_cbc(blob, host, host_hashed);
  if ((system == "windows" || system.empty()) && GcmCipher::fits(size))
    return unavailable(keys.aes_key ? Unavailable::wrong_key : Unavailable::no_key, "v10",
                       aes_problem());
  return unavailable(Unavailable::malformed, "v10");
}

Decryptor::Opened Decryptor::Data::open_v10_cbc(std::string_view blob, std::string_view host,
                                                bool host_hashed) {
  const bool macos = system == "macos";
  std::array<CbcAttempt, 3> candidates{};
  std::size_t count = 0;
  if (!macos) {
    candidates[count++] = {&constant_cipher(published, kPublishedKey), "", system == "linux"};
    candidates[count++] = {&constant_cipher(empty, kEmptySecretKey), "empty key"};
  }
  if (CbcCipher* secret = secret_cipher(macos_secret, kMacosIterations); secret != nullptr)
    candidates[count++] = {secret, macos ? "" : "macOS key derivation"};
  const bool key_known = system == "linux" || keys.safe_storage_secret || keys.aes_key;
  return try_cbc(std::span(candidates).first(count), blob, host, host_hashed,
                 key_known ? Unavailable::wrong_key : Unavailable::no_key);
}

Decryptor::Opened Decryptor::Data::open_v11(std::string_view blob, std::string_view host,
                                            bool host_hashed) {
  if (!CbcCipher::fits(blob.size() - kPrefix)) return unavailable(Unavailable::malformed, "v11");
  std::array<CbcAttempt, 2> candidates{};
  std::size_t count = 0;
  CbcCipher* secret = secret_cipher(linux_secret, kLinuxIterations);
  if (secret != nullptr) candidates[count++] = {secret, ""};
  candidates[count++] = {&constant_cipher(empty, kEmptySecretKey), "empty key"};
  return try_cbc(std::span(candidates).first(count), blob, host, host_hashed,
                 secret != nullptr ? Unavailable::wrong_key : Unavailable::no_key);
}

Decryptor::Opened Decryptor::Data::open_v12(std::string_view blob, std::string_view host,
                                            bool host_hashed) {
  if (!GcmCipher::fits(blob.size() - kPrefix)) return unavailable(Unavailable::malformed, "v12");
  if (!keys.safe_storage_secret) return unavailable(Unavailable::no_key, "v12");
  derive_portal();
  if (portal_nul) {
    if (auto opened = try_gcm(*portal_nul, blob, host, host_hashed)) return *std::move(opened);
  }
  if (portal) {
    if (auto opened = try_gcm(*portal, blob, host, host_hashed)) {
      add_note(opened->note, "HKDF without NUL");
      return *std::move(opened);
    }
  }
  return unavailable(Unavailable::wrong_key, "v12");
}

Decryptor::Opened Decryptor::Data::open_v20(std::string_view blob, std::string_view host,
                                            bool host_hashed) {
  if (!GcmCipher::fits(blob.size() - kPrefix)) return unavailable(Unavailable::malformed, "v20");
  if (!keys.aes_key) return unavailable(Unavailable::app_bound, "v20");
  if (GcmCipher* cipher = aes_cipher(); cipher != nullptr) {
    if (auto opened = try_gcm(*cipher, blob, host, host_hashed)) return *std::move(opened);
  }
  return unavailable(Unavailable::wrong_key, "v20", aes_problem());
}

Decryptor::Opened Decryptor::Data::open_unprefixed(std::string_view blob, std::string_view host,
                                                   bool host_hashed) {
  if (blob.starts_with(kDpapiMagic)) return unavailable(Unavailable::dpapi, "dpapi");
  if (system == "macos") {  // its builds pass values through where they have no key
    Opened opened;
    opened.plaintext = blob;
    opened.note = "not encrypted";
    settle_hash(host, host_hashed, opened);
    if (!opened.reason) opened.availability = Availability::plain;
    if (is_plausible(opened.plaintext, 0)) return opened;
  }
  const bool cut = blob.size() < kPrefix;
  return unavailable(cut ? Unavailable::malformed : Unavailable::unknown_encryption, "unknown");
}

Decryptor::Decryptor(const DecryptionKeys& keys, std::string_view system)
    : data_(std::make_unique<Data>()) {
  data_->keys = keys;
  data_->system = system;
}

Decryptor::~Decryptor() = default;

Decryptor::Opened Decryptor::open(std::string_view blob, std::string_view host, bool host_hashed) {
  const std::string_view prefix = blob.substr(0, kPrefix);
  if (prefix == "v10") return data_->open_v10(blob, host, host_hashed);
  if (prefix == "v11") return data_->open_v11(blob, host, host_hashed);
  if (prefix == "v12") return data_->open_v12(blob, host, host_hashed);
  if (prefix == "v20") return data_->open_v20(blob, host, host_hashed);
  return data_->open_unprefixed(blob, host, host_hashed);
}

}  // namespace crumbs
