#pragma once

/// What reading a store may cost.

#include <cstdint>
#include <filesystem>

namespace crumbs {

/// All in bytes.
struct ReadLimits {
  std::uint64_t value_budget = 16U << 20U;  ///< largest value kept
  std::uint64_t memory_budget =
      256U << 20U;  ///< largest database read from memory; larger ones are copied
  std::uint64_t copy_budget = std::uint64_t{16} << 30U;  ///< largest store read
  std::filesystem::path temp_dir;  ///< where private copies go; empty: memory-backed where possible
};

}  // namespace crumbs
