#include "formats/mozlz4.h"

#include <doctest/doctest.h>
#include <lz4.h>

#include "crumbs/error.h"
#include "support/support.h"

namespace crumbs {
namespace {

constexpr std::uint64_t kBudget = 1U << 20U;
constexpr const char* kVector =
    "6d6f7a4c7a3430001c000000e47b22636f6f6b696573223a5b5d2c0d006032223a5b5d7d";

ErrorCode failure(std::string_view file, std::uint64_t budget = kBudget) {
  try {
    (void)read_mozlz4(file, budget);
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("was read");
  return ErrorCode::io;
}

std::string pack(std::string_view content) {
  std::string block(static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(content.size()))),
                    '\0');
  block.resize(static_cast<std::size_t>(LZ4_compress_default(content.data(), block.data(),
                                                             static_cast<int>(content.size()),
                                                             static_cast<int>(block.size()))));
  std::string file("mozLz40\0", 8);
  for (unsigned shift = 0; shift < 32; shift += 8)
    file += static_cast<char>(content.size() >> shift);
  return file + block;
}

}  // namespace

TEST_CASE("a mozLz4 file gives its content") {
  CHECK(read_mozlz4(test::unhex(kVector), kBudget) == R"({"cookies":[],"cookies2":[]})");
  CHECK(read_mozlz4(pack(std::string(100'000, 'x')), kBudget) == std::string(100'000, 'x'));
  CHECK(read_mozlz4(pack(""), kBudget).empty());
}

TEST_CASE("a damaged mozLz4 file is refused") {
  const std::string good = test::unhex(kVector);
  CHECK(failure("") == ErrorCode::corrupt);
  CHECK(failure("{\"cookies\":[]}") == ErrorCode::corrupt);
  CHECK(failure(good.substr(0, 8)) == ErrorCode::corrupt);
  CHECK(failure(good.substr(0, 12)) == ErrorCode::corrupt);
  for (std::size_t size = 13; size < good.size(); ++size) {
    CAPTURE(size);
    CHECK(failure(good.substr(0, size)) == ErrorCode::corrupt);
  }
  std::string longer = good;
  longer[8] = 0x1d;
  CHECK(failure(longer) == ErrorCode::corrupt);
  std::string shorter = good;
  shorter[8] = 0x1b;
  CHECK(failure(shorter) == ErrorCode::corrupt);
}

TEST_CASE("the declared size is bounded before memory is taken") {
  const std::string bomb = test::unhex("6d6f7a4c7a343000 ffffffff 00");
  CHECK(failure(bomb) == ErrorCode::too_large);
  CHECK(failure(bomb, UINT64_MAX) == ErrorCode::corrupt);
  CHECK(failure(test::unhex("6d6f7a4c7a343000 00000100 1f41000100"), kBudget) ==
        ErrorCode::corrupt);
  CHECK(failure(pack(std::string(5000, 'x')), 4999) == ErrorCode::too_large);
  CHECK(read_mozlz4(pack(std::string(5000, 'x')), 5000).size() == 5000);
}

}  // namespace crumbs
