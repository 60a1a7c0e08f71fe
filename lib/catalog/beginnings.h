#pragma once

/// The first two bytes that names of a set can begin with: one look tells most names apart.

#include <bitset>
#include <cstddef>
#include <string_view>

#include "catalog/pattern.h"

namespace crumbs {

/// Byte of a name; 0 behind its end, as a byte of no name.
[[nodiscard]] constexpr std::size_t byte_at(std::string_view name, std::size_t index) noexcept {
  return index < name.size() ? static_cast<unsigned char>(name[index]) : 0;
}

/// Safe for concurrent reading.
class Beginnings {
 public:
  /// Names that are, or begin with, `text`, which is not empty.
  void add(std::string_view text) { add_literal(text, byte_at(text, 0)); }
  /// Names that match; whether any of them begins with the byte `first`, which alone is added.
  bool add(const NamePattern& pattern, std::size_t first) {
    const NamePattern::Element& element = pattern.elements().front();
    const std::string_view literal = element.literal;
    const bool fits = literal.empty()
                          ? element.pattern.characters.contains(static_cast<char>(first))
                          : byte_at(literal, 0) == first;
    if (fits) add_literal(literal, first);
    return fits;
  }
  /// All that `other` holds.
  void add(const Beginnings& other) { pairs_ |= other.pairs_; }

  /// False is certain.
  [[nodiscard]] bool contain(std::string_view name) const noexcept {
    return pairs_[byte_at(name, 0) * 256 + byte_at(name, 1)];
  }

 private:
  /// A literal of one byte may be a whole name, too.
  void add_literal(std::string_view literal, std::size_t first) {
    if (literal.size() >= 2) return void(pairs_.set(first * 256 + byte_at(literal, 1)));
    for (std::size_t second = 0; second < 256; ++second) pairs_.set(first * 256 + second);
  }

  std::bitset<65536> pairs_;
};

}  // namespace crumbs
