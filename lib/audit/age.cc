#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "crumbs/select.h"

namespace crumbs {
namespace {

constexpr std::uint32_t kLargestCount = 10'000;

struct Unit {
  std::string_view word;
  char unit;
};
constexpr std::array<Unit, 5> kUnits{{{"h", 'h'}, {"d", 'd'}, {"w", 'w'}, {"mo", 'm'}, {"y", 'y'}}};

}  // namespace

std::optional<Age> parse_age(std::string_view text) {
  Age age;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), age.count);
  if (error != std::errc{} || age.count > kLargestCount) return std::nullopt;
  const std::string_view word(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const auto* const unit = std::ranges::find(kUnits, word, &Unit::word);
  if (unit == kUnits.end()) return std::nullopt;
  age.unit = unit->unit;
  return age;
}

}  // namespace crumbs
