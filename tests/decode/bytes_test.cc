#include "decode/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/support.h"

namespace crumbs {
namespace {

using test::unhex;

/// Whether reading throws Error(corrupt).
template <class Read>
bool is_corrupt(const std::string& bytes, Read read) {
  ByteReader reader(bytes);
  try {
    read(reader);
  } catch (const Error& error) {
    return error.code() == ErrorCode::corrupt;
  }
  return false;
}

}  // namespace

TEST_CASE("numbers are read in both byte orders, one after the other") {
  const std::string bytes = unhex(
      "FF 0180 0102 0380 FFFFFFFF 80000001 0102030405060708 F102030405060788 01020304050607F8");
  ByteReader reader(bytes);
  CHECK(reader.u8() == 0xFF);
  CHECK(reader.u16le() == 0x8001);
  CHECK(reader.u16le() == 0x0201);
  CHECK(reader.u16le() == 0x8003);
  CHECK(reader.u32le() == 0xFFFFFFFF);
  CHECK(reader.u32be() == 0x80000001);
  CHECK(reader.u64le() == 0x0807060504030201);
  CHECK(reader.u64be() == 0xF102030405060788);
  CHECK(reader.offset() == bytes.size() - 8);
  CHECK(reader.remaining() == 8);
  CHECK_FALSE(reader.done());
  CHECK(reader.u64le() == 0xF807060504030201);
  CHECK(reader.done());
}

TEST_CASE("reading past the end is corrupt and moves nothing") {
  const std::string bytes = unhex("010203");
  ByteReader reader(bytes);
  CHECK_THROWS_AS(reader.u32le(), Error);
  CHECK_THROWS_AS(reader.u64be(), Error);
  CHECK_THROWS_AS(reader.take(4), Error);
  CHECK_THROWS_AS(reader.take(SIZE_MAX), Error);
  CHECK(reader.offset() == 0);
  CHECK(reader.take(3) == bytes);
  CHECK(reader.take(0).empty());
  CHECK_THROWS_AS(reader.u8(), Error);
  CHECK(is_corrupt("", [](ByteReader& empty) { empty.u8(); }));
}

TEST_CASE("varints of up to ten bytes are read") {
  struct Case {
    const char* hex;
    std::uint64_t value;
  };
  const Case cases[] = {{"00", 0},
                        {"7F", 127},
                        {"80 01", 128},
                        {"AC 02", 300},
                        {"80 00", 0},  // longer than needed, but allowed
                        {"FF FF FF FF 0F", 0xFFFFFFFF},
                        {"FF FF FF FF FF FF FF FF 7F", INT64_MAX},
                        {"80 80 80 80 80 80 80 80 80 01", std::uint64_t{1} << 63U},
                        {"FF FF FF FF FF FF FF FF FF 01", UINT64_MAX}};
  for (const Case& c : cases) {
    CAPTURE(c.hex);
    const std::string bytes = unhex(c.hex);
    ByteReader reader(bytes);
    CHECK(reader.varint() == c.value);
    CHECK(reader.done());
  }
}

TEST_CASE("varints that end early or overflow are corrupt") {
  for (const char* hex : {"", "80", "FF FF FF", "FF FF FF FF FF FF FF FF FF 02",
                          "80 80 80 80 80 80 80 80 80 80 01", "FF FF FF FF FF FF FF FF FF FF"}) {
    CAPTURE(hex);
    CHECK(is_corrupt(unhex(hex), [](ByteReader& reader) { reader.varint(); }));
  }
}

TEST_CASE("a length prefix is checked before it is believed") {
  const std::string bytes = unhex("03 616263 00 01 7A");
  ByteReader reader(bytes);
  CHECK(reader.length_prefixed() == "abc");
  CHECK(reader.length_prefixed().empty());
  CHECK(reader.length_prefixed() == "z");
  CHECK(reader.done());
  for (const char* hex : {"01", "05 61626364", "FF FF FF FF FF FF FF FF FF 01 61", "80"}) {
    CAPTURE(hex);
    CHECK(is_corrupt(unhex(hex), [](ByteReader& short_reader) { short_reader.length_prefixed(); }));
  }
}

}  // namespace crumbs
