#include "words.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "near.h"

namespace crumbs::cli {
namespace {

/// The parser itself takes -1 for the largest number there is, and what is larger for that as well.
std::string read_bytes(std::string& text) {
  constexpr std::string_view kUnits = "KMG";
  std::uint64_t bytes = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, bytes);
  const std::size_t unit = end - stop == 1 ? kUnits.find(*stop) : std::string_view::npos;
  const unsigned shift =
      unit == std::string_view::npos ? 0U : 10U * static_cast<unsigned>(unit + 1);
  const bool fits = bytes <= std::numeric_limits<std::uint64_t>::max() >> shift;
  if (error != std::errc{} || !fits || (shift == 0 && stop != end))
    return "expected a number of bytes such as 16777216 or 16M";
  text = std::to_string(bytes << shift);
  return "";
}

}  // namespace

CLI::Validator one_of(std::vector<std::string> words) {
  return {[words = std::move(words)](std::string& text) {
            if (std::ranges::find(words, text) != words.end()) return std::string();
            return fmt::format("{} is none of {}{}", text.empty() ? "nothing" : printable(text),
                               fmt::join(words, ", "), did_you_mean(text, words));
          },
          ""};
}

CLI::Validator bytes() {
  return {read_bytes, ""};
}

}  // namespace crumbs::cli
