#include "decode/os_crypt.h"

#include <doctest/doctest.h>

#include "decode/os_crypt_keys.h"
#include "support/support.h"

namespace crumbs {
namespace {

using test::unhex;

constexpr const char* kSecret = "dGVzdHBhc3N3b3JkMTIzNA==";
constexpr const char* kHello24 =
    "7631301bb654833fa6f8a731528db92d657dc37c87544a81ba7875d0681273543b4e4fcee4bc6a0428d852b312bd10"
    "5aa58dc6";
constexpr const char* kGcm24 =
    "763130000102030405060708090a0b5394ff40ee0d0a96ffdba39d8f81fdddc4deb4f7bef0042ffb174c70c6de70bb"
    "6975c290c04d59ef13ecc5ec448f10b7930a531bc5";
constexpr const char* kMacos24 =
    "763130b99a91e63b8106dbd12f245d2e79306ed38c2c965e88cbf910e217084e1504127475149cd6ee2769b6ae56c9"
    "04ddb3dc";
constexpr const char* kV11 =
    "7631318c8dad27d4b92c5471577c847fb28d848b186d0e7900ab8b1c95dae4725193f751b385b8bfa946aab5ea817a"
    "471f8d0a";
constexpr const char* kV12Nul =
    "763132000102030405060708090a0b45266df7ac459ccba05b39d349652f808daabc3e44ceaf8fc5b968b939cc9132"
    "d29c5428e8871060af2edf8d98ae992199e6ef056e";
constexpr const char* kV12 =
    "763132000102030405060708090a0b2773950f6c38e48f4bcc2b4b58f61524e006706171522f6bb3d4743a31d31603"
    "5011f56e6ac749762c683868af9d79b9d8da070626";

std::string counting_bytes(std::size_t count) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(i);
  return bytes;
}

DecryptionKeys secret(std::string text) {
  DecryptionKeys keys;
  keys.safe_storage_secret = std::move(text);
  return keys;
}

DecryptionKeys aes(std::string bytes) {
  DecryptionKeys keys;
  keys.aes_key = std::move(bytes);
  return keys;
}

template <std::size_t N>
std::string text_of(const std::array<unsigned char, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Decryptor::Opened open(const DecryptionKeys& keys, std::string_view system, std::string_view blob,
                       std::string_view host, bool hashed) {
  return Decryptor(keys, system).open(blob, host, hashed);
}

}  // namespace

TEST_CASE("keys are derived as the browsers derive them") {
  using namespace os_crypt;
  CHECK(derive_cbc_key("peanuts", kLinuxIterations) == kPublishedKey);
  CHECK(derive_cbc_key("", kLinuxIterations) == kEmptySecretKey);
  CHECK(text_of(derive_cbc_key(kSecret, kLinuxIterations)) ==
        unhex("999173a5f055dceb0580e7dcb8a3c861"));
  CHECK(text_of(derive_cbc_key(kSecret, kMacosIterations)) ==
        unhex("b8e4bd9f74fde014d8375043530dc435"));
  CHECK(text_of(derive_portal_key(counting_bytes(64), true).value()) ==
        unhex("9e8a41b49112e0b5eb0086e42fa4e9705eb42012aea811394b8c7ac110214c2d"));
  CHECK(text_of(derive_portal_key(counting_bytes(64), false).value()) ==
        unhex("39ba5df998f8f1c032fac27b67d7359f8feda53482637745b35e4778295d32e7"));
}

TEST_CASE("every form of encryption opens with its key and only the value comes out") {
  struct Row {
    const char* name;
    DecryptionKeys keys;
    const char* system;
    const char* blob;
    const char* host;
    bool hashed;
    const char* encryption;
    const char* plaintext;
    const char* note;
  };
  const std::string gcm20 = std::string("763230") + (kGcm24 + 6);
  const Row rows[] = {
      {"v10 before the hash",
       {},
       "linux",
       "763130ce9b849d984a1cedb8ba4eea782c2680",
       "example.com",
       false,
       "v10",
       "hello",
       ""},
      {"v10 with the hash", {}, "linux", kHello24, ".example.com", true, "v10", "hello", ""},
      {"v10, an empty value",
       {},
       "linux",
       "7631301bb654833fa6f8a731528db92d657dc37c87544a81ba7875d0681273543b4e4f17cbe87997e8760c1ffbb"
       "117c700f653",
       ".example.com",
       true,
       "v10",
       "",
       ""},
      {"live row, one character",
       {},
       "linux",
       "7631302BB01EEBE40CCFF8B9D3B700273158B01EEE6BEDEECAB4DE6DBA0816A56B00389B53C84CAB90099AA36B7"
       "AD36FDAD733",
       "127.0.0.1",
       true,
       "v10",
       "1",
       ""},
      {"live row, three characters",
       {},
       "",
       "7631302BB01EEBE40CCFF8B9D3B700273158B01EEE6BEDEECAB4DE6DBA0816A56B00384E287B077E3844BDFB752"
       "C8915D6716E",
       "127.0.0.1",
       true,
       "v10",
       "val",
       ""},
      {"v11 with the keyring's secret", secret(kSecret), "linux", kV11, ".example.com", true, "v11",
       "hello", ""},
      {"v11 with the empty key",
       {},
       "linux",
       "763131af0259a70d19cfbdb2bd90b98208394a",
       "example.com",
       false,
       "v11",
       "hello",
       "empty key"},
      {"v11 with the empty key although a secret is given", secret(kSecret), "linux",
       "763131af0259a70d19cfbdb2bd90b98208394a", "example.com", false, "v11", "hello", "empty key"},
      {"v10 with the empty key",
       {},
       "linux",
       "763130af0259a70d19cfbdb2bd90b98208394a",
       "example.com",
       false,
       "v10",
       "hello",
       "empty key"},
      {"v10 of macOS", secret(kSecret), "macos", kMacos24, ".example.com", true, "v10", "hello",
       ""},
      {"v10 of macOS, system unknown", secret(kSecret), "", kMacos24, ".example.com", true, "v10",
       "hello", "macOS key derivation"},
      {"v10 of Windows", aes(counting_bytes(32)), "windows", kGcm24, ".example.com", true, "v10",
       "hello", ""},
      {"v10 of Windows, system unknown", aes(counting_bytes(32)), "", kGcm24, ".example.com", true,
       "v10", "hello", ""},
      {"v20 with its key", aes(counting_bytes(32)), "windows", gcm20.c_str(), ".example.com", true,
       "v20", "hello", ""},
      {"v12, NUL included", secret(counting_bytes(64)), "linux", kV12Nul, ".example.com", true,
       "v12", "hello", ""},
      {"v12, NUL left out", secret(counting_bytes(64)), "linux", kV12, ".example.com", true, "v12",
       "hello", "HKDF without NUL"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto opened = open(row.keys, row.system, unhex(row.blob), row.host, row.hashed);
    CHECK(opened.availability == Availability::decrypted);
    CHECK_FALSE(opened.reason.has_value());
    CHECK(opened.encryption == row.encryption);
    CHECK(opened.plaintext == row.plaintext);
    CHECK(opened.note == row.note);
  }
}

TEST_CASE("what cannot be opened says why and gives no bytes") {
  struct Row {
    const char* name;
    DecryptionKeys keys;
    const char* system;
    std::string blob;
    const char* host;
    bool hashed;
    const char* encryption;
    Unavailable reason;
  };
  const std::string dpapi = unhex("01000000D08C9DDF0115D1118C7A00C04FC297EB01000000");
  const Row rows[] = {
      {"v11 without a secret",
       {},
       "linux",
       unhex(kV11),
       ".example.com",
       true,
       "v11",
       Unavailable::no_key},
      {"v11 with a wrong secret", secret("d3Jvbmc="), "linux", unhex(kV11), ".example.com", true,
       "v11", Unavailable::wrong_key},
      {"v10 of macOS without a secret",
       {},
       "macos",
       unhex(kMacos24),
       ".example.com",
       true,
       "v10",
       Unavailable::no_key},
      {"v10 of macOS with a wrong secret", secret("d3Jvbmc="), "macos", unhex(kMacos24),
       ".example.com", true, "v10", Unavailable::wrong_key},
      {"v10 of macOS, nothing known",
       {},
       "",
       unhex(kMacos24),
       ".example.com",
       true,
       "v10",
       Unavailable::no_key},
      {"v10 of Windows without a key",
       {},
       "windows",
       unhex(kGcm24),
       ".example.com",
       true,
       "v10",
       Unavailable::no_key},
      {"v10 of Windows, nothing known",
       {},
       "",
       unhex(kGcm24),
       ".example.com",
       true,
       "v10",
       Unavailable::no_key},
      {"v10 of Windows with a wrong key", aes(std::string(32, 'k')), "windows", unhex(kGcm24),
       ".example.com", true, "v10", Unavailable::wrong_key},
      {"v10 of Windows with a key of the wrong length", aes("short"), "windows", unhex(kGcm24),
       ".example.com", true, "v10", Unavailable::wrong_key},
      {"v12 without a secret",
       {},
       "linux",
       unhex(kV12),
       ".example.com",
       true,
       "v12",
       Unavailable::no_key},
      {"v12 with a wrong secret", secret("wrong"), "linux", unhex(kV12), ".example.com", true,
       "v12", Unavailable::wrong_key},
      {"v12 with an empty secret", secret(""), "linux", unhex(kV12), ".example.com", true, "v12",
       Unavailable::wrong_key},
      {"v20 without a key",
       {},
       "windows",
       "v20" + counting_bytes(40),
       "example.com",
       true,
       "v20",
       Unavailable::app_bound},
      {"v20 with a wrong key", aes(std::string(32, 'k')), "windows", "v20" + counting_bytes(40),
       "example.com", true, "v20", Unavailable::wrong_key},
      {"DPAPI", {}, "windows", dpapi, "example.com", false, "dpapi", Unavailable::dpapi},
      {"a prefix from the future",
       {},
       "linux",
       "v99abcdefghijklmnop",
       "example.com",
       true,
       "unknown",
       Unavailable::unknown_encryption},
      {"no prefix",
       {},
       "linux",
       "plain text",
       "example.com",
       false,
       "unknown",
       Unavailable::unknown_encryption},
      {"nothing", {}, "linux", "", "example.com", false, "unknown", Unavailable::malformed},
      {"half a prefix", {}, "linux", "v1", "example.com", false, "unknown", Unavailable::malformed},
      {"a prefix alone", {}, "linux", "v10", "example.com", false, "v10", Unavailable::malformed},
      {"v10 cut in a block",
       {},
       "linux",
       unhex(kHello24).substr(0, 30),
       ".example.com",
       true,
       "v10",
       Unavailable::malformed},
      {"v11 cut in a block",
       {},
       "linux",
       unhex(kV11).substr(0, 20),
       ".example.com",
       true,
       "v11",
       Unavailable::malformed},
      {"v12 shorter than nonce and tag", secret("s"), "linux", "v12" + counting_bytes(27), "", true,
       "v12", Unavailable::malformed},
      {"v20 shorter than nonce and tag",
       {},
       "windows",
       "v20abc",
       "",
       true,
       "v20",
       Unavailable::malformed},
      {"v10 cut after a block",
       {},
       "linux",
       unhex(kHello24).substr(0, 3 + 32),
       ".example.com",
       true,
       "v10",
       Unavailable::wrong_key},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto opened = open(row.keys, row.system, row.blob, row.host, row.hashed);
    CHECK(opened.availability == Availability::unavailable);
    REQUIRE(opened.reason.has_value());
    CHECK(to_string(*opened.reason) == to_string(row.reason));
    CHECK(opened.encryption == row.encryption);
    CHECK(opened.plaintext.empty());
  }
}

TEST_CASE("a value that fails the check of its host is doubtful, and shown") {
  struct Row {
    const char* name;
    DecryptionKeys keys;
    const char* system;
    const char* blob;
    const char* host;
    Unavailable reason;
  };
  constexpr auto kOther = Unavailable::host_hash_mismatch;
  constexpr auto kMissing = Unavailable::host_hash_missing;
  const char* const bare = "763130ce9b849d984a1cedb8ba4eea782c2680";  // "hello" without a hash
  const Row rows[] = {
      {"another host's value", {}, "linux", kHello24, "example.com", kOther},
      {"hash of the host without its dot", {}, "", kHello24, "www.example.com", kOther},
      {"no hash", {}, "linux", bare, "example.com", kMissing},
      {"no hash, system unknown", {}, "", bare, "example.com", kMissing},
      {"v11 of another host", secret(kSecret), "linux", kV11, "example.com", kOther},
      {"macOS value of another host", secret(kSecret), "macos", kMacos24, "example.com", kOther},
      {"GCM value of another host", aes(counting_bytes(32)), "windows", kGcm24, "example.com",
       kOther},
      {"v12 of another host", secret(counting_bytes(64)), "linux", kV12Nul, "example.com", kOther},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto opened = open(row.keys, row.system, unhex(row.blob), row.host, true);
    CHECK(opened.availability == Availability::doubtful);
    REQUIRE(opened.reason.has_value());
    CHECK(to_string(*opened.reason) == to_string(row.reason));
    CHECK(opened.plaintext == "hello");
    CHECK(opened.note.starts_with("the hash of another host left out") == (row.reason == kOther));
  }
}

TEST_CASE("a value that is not in UTF-8 loses nothing where its hash is missing") {
  const auto opened = open({}, "linux",
                           unhex("76313034afa53d96145a080e1fb0b5b5c0a061cd7532a121f3d3f6b56af32c1e9"
                                 "ae8b40187c2ccc8bca02aff0bcc21bdebbf9c"),
                           "example.com", true);
  CHECK(opened.availability == Availability::doubtful);
  CHECK(opened.reason == Unavailable::host_hash_missing);
  CHECK(opened.plaintext == "Zo\xeb likes caf\xe9 and cr\xeape, quite a lot of both");
}

TEST_CASE("the hash of the host is left out whatever the schema says") {
  const auto cbc = open({}, "linux", unhex(kHello24), ".example.com", false);
  CHECK(cbc.availability == Availability::decrypted);
  CHECK(cbc.plaintext == "hello");
  CHECK(cbc.note == "the hash of its host left out");
  const auto gcm = open(aes(counting_bytes(32)), "windows", unhex(kGcm24), ".example.com", false);
  CHECK(gcm.availability == Availability::decrypted);
  CHECK(gcm.plaintext == "hello");
  const auto portal = open(secret(counting_bytes(64)), "linux", unhex(kV12), ".example.com", false);
  CHECK(portal.note == "the hash of its host left out, HKDF without NUL");
}

TEST_CASE("one decryptor opens values of many hosts and kinds one after the other") {
  Decryptor decryptor(secret(kSecret), "");
  const std::string live = unhex(
      "7631302BB01EEBE40CCFF8B9D3B700273158B01EEE6BEDEECAB4DE6DBA0816A56B00389B53C84CAB90099AA36B7A"
      "D3"
      "6FDAD733");
  for (int round = 0; round < 3; ++round) {
    CHECK(decryptor.open(unhex(kHello24), ".example.com", true).plaintext == "hello");
    CHECK(decryptor.open(live, "127.0.0.1", true).plaintext == "1");
    CHECK(decryptor.open(unhex(kV11), ".example.com", true).plaintext == "hello");
    CHECK(decryptor.open(unhex(kMacos24), ".example.com", true).plaintext == "hello");
    CHECK(decryptor.open(unhex(kHello24), "127.0.0.1", true).availability ==
          Availability::doubtful);
  }
}

TEST_CASE("a wrong secret opens nothing by accident") {
  const std::string body = unhex(kV11).substr(3);
  for (int i = 0; i < 5000; ++i) {
    CAPTURE(i);
    Decryptor decryptor(secret("wrong " + std::to_string(i)), "linux");
    const auto hashed = decryptor.open("v11" + body, ".example.com", true);
    CHECK(hashed.availability == Availability::unavailable);
    const auto bare = decryptor.open("v11" + body, ".example.com", false);
    CHECK(bare.availability == Availability::unavailable);
  }
}

TEST_CASE("macOS passes values through where it has no key") {
  const auto opened = open({}, "macos", "hello", "example.com", false);
  CHECK(opened.availability == Availability::plain);
  CHECK(opened.plaintext == "hello");
  CHECK(opened.encryption.empty());
  const auto hashless = open({}, "macos", "hello", "example.com", true);
  CHECK(hashless.availability == Availability::doubtful);
  CHECK(hashless.plaintext == "hello");
}

TEST_CASE("a key of the wrong length is named by its length only") {
  const auto opened = open(aes("short key material"), "windows", unhex(kGcm24), "a.test", true);
  CHECK(opened.note == "the AES key has 18 bytes, not 32");
}

}  // namespace crumbs
