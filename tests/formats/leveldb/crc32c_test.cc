#include "formats/leveldb/crc32c.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace crumbs {
namespace {

TEST_CASE("known checksums (RFC 3720 B.4, and the usual check string)") {
  CHECK(leveldb::crc32c("123456789") == 0xe3069283U);
  CHECK(leveldb::crc32c(std::string(32, '\0')) == 0x8a9136aaU);
  CHECK(leveldb::crc32c(std::string(32, '\xff')) == 0x62a8ab43U);
  CHECK(leveldb::mask_crc32c(0xe3069283U) == 0xc78ab0e5U);
  CHECK(leveldb::unmask_crc32c(0xc78ab0e5U) == 0xe3069283U);
  CHECK(leveldb::crc32c("") == 0U);
}

TEST_CASE("the instruction, the tables and byte by byte agree for every length and cut") {
  std::mt19937 random(1);
  std::string bytes(5000, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  std::uint32_t by_byte = 0;
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    const std::string_view part = std::string_view(bytes).substr(0, size);
    REQUIRE(leveldb::crc32c(part) == by_byte);
    REQUIRE(leveldb::crc32c_portable(part) == by_byte);
    const std::size_t cut = size / 3;
    REQUIRE(leveldb::crc32c(part.substr(cut), leveldb::crc32c(part.substr(0, cut))) == by_byte);
    if (size < bytes.size())
      by_byte = leveldb::crc32c_byte(by_byte, static_cast<unsigned char>(bytes[size]));
  }
}

}  // namespace
}  // namespace crumbs
