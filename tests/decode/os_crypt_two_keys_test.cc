#include "decode/os_crypt.h"

#include <string>

#include <doctest/doctest.h>

#include "support/support.h"

/// Two keys are possible, and the padding of what the first one opens is valid by chance.

namespace crumbs {
namespace {

// Chromium components/os_crypt/sync/os_crypt_linux.cc: v10 has the published key, or, written by a
// version with a defect, the key of an empty secret. This is "hello101" of example.com behind its
// SHA-256 under the second (PBKDF2-HMAC-SHA1 of "", "saltysalt", one round; IV of spaces), made
// with `openssl enc -aes-128-cbc`; under the first its last byte is 1, a padding.
constexpr const char* kBothFit =
    "7631303a942769cd107ff7bd13a119b7dc3ea4e1678633d1c4ae4c4cc1f14291c63ac49562e416f538ddf48ea38a97"
    "7aa9411c";

TEST_CASE("a key whose value has the hash of the host goes before one that fits by its padding") {
  Decryptor decryptor(DecryptionKeys{}, "linux");
  const auto opened = decryptor.open(test::unhex(kBothFit), "example.com", true);
  CHECK(opened.availability == Availability::decrypted);
  CHECK_FALSE(opened.reason);
  CHECK(opened.plaintext == "hello101");
  CHECK(opened.note == "empty key");
  // Where neither is proven the first is shown, as doubtful.
  const auto doubtful = decryptor.open(test::unhex(kBothFit), "example.org", true);
  CHECK(doubtful.availability == Availability::doubtful);
  CHECK(doubtful.note != "empty key");
}

}  // namespace
}  // namespace crumbs
