/// Any bytes as a mozLz4 file: a content within the budget, or Error, comes out.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crumbs/error.h"
#include "formats/mozlz4.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint64_t kBudget = 1U << 20U;
  try {
    const auto content = crumbs::read_mozlz4({reinterpret_cast<const char*>(data), size}, kBudget);
    if (content.size() > kBudget) std::abort();
  } catch (const crumbs::Error& error) {
    const bool expected =
        error.code() == crumbs::ErrorCode::corrupt || error.code() == crumbs::ErrorCode::too_large;
    if (!expected) std::abort();
  }
  return 0;
}
