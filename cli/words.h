#pragma once

/// Values that options take, checked with a hint.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class Validator;
}  // namespace CLI

namespace crumbs::cli {

/// One of these words; of another is said which there are, and which may have been meant.
[[nodiscard]] CLI::Validator one_of(std::vector<std::string> words);
/// A number of bytes, which may end in K, M or G for powers of 1024.
[[nodiscard]] CLI::Validator bytes();

}  // namespace crumbs::cli
