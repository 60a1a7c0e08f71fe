#include "decode/os_crypt.h"

#include <string>

#include <doctest/doctest.h>

#include "support/support.h"

/// A profile does not say which system it comes from: a key that fits by chance opens nothing.

namespace crumbs {
namespace {

using test::unhex;

// openssl enc -aes-128-cbc, the published key of Linux and its IV of 16 spaces. The plaintext is no
// text: FF FE 00 01 02 80 .. 88, and the same without its last byte.
const std::string kPaddedByTwo = "v10" + unhex("aa8be5ba40c0f7f04fce0ac60a87a372");
const std::string kPaddedByThree = "v10" + unhex("b382e030596dd24ccf424489e7a45e1a");
const std::string kBytes = unhex("fffe0001028081828384858687");

Decryptor::Opened open(std::string_view system, std::string_view blob) {
  return Decryptor({}, system).open(blob, "example.com", false);
}

}  // namespace

TEST_CASE("on an unknown system the published key needs the shape of the value to confirm it") {
  const auto by_chance = open("", kPaddedByTwo);
  CHECK(by_chance.availability == Availability::unavailable);
  CHECK(by_chance.reason == Unavailable::no_key);
  CHECK(by_chance.plaintext.empty());
  CHECK(open("linux", kPaddedByTwo).plaintext == kBytes + '\x88');
  for (const char* system : {"", "linux"}) {
    const auto confirmed = open(system, kPaddedByThree);
    CHECK(confirmed.availability == Availability::decrypted);
    CHECK(confirmed.plaintext == kBytes);
  }
}

}  // namespace crumbs
