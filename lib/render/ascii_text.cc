#include "render/ascii_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

namespace crumbs {
namespace {

struct Sign {
  std::string_view sign, ascii;
};

constexpr std::array kSigns{Sign{"·", "-"},     Sign{"─", "-"}, Sign{"•", "*"},  Sign{"…", "..."},
                            Sign{"→", "->"},    Sign{"└", "`"}, Sign{"✓", "+"},  Sign{"§", "S"},
                            Sign{"✗", "x"},     Sign{"≠", "#"}, Sign{"⁇", "??"}, Sign{"“", "\""},
                            Sign{"”", "\""},    Sign{"‘", "'"}, Sign{"’", "'"},  Sign{"–", "-"},
                            Sign{"\u00a0", " "}};

/// The bytes of the character at the front.
std::string_view first_character(std::string_view text) {
  std::size_t size = 1;
  while (size < std::min<std::size_t>(text.size(), 4) &&
         (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80)
    ++size;
  return text.substr(0, size);
}

char32_t code_point(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character.front());
  char32_t code = lead & (0xffU >> (character.size() + 1));
  for (const char c : character.substr(1))
    code = code << 6U | (static_cast<unsigned char>(c) & 0x3fU);
  return code;
}

std::string escaped(std::string_view character) {
  return fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(code_point(character)));
}

std::string ascii_of(std::string_view character) {
  const auto* const sign = std::ranges::find(kSigns, character, &Sign::sign);
  return sign == kSigns.end() ? escaped(character) : std::string(sign->ascii);
}

std::string in_ascii(std::string_view printable, std::string (*other)(std::string_view)) {
  std::string text;
  text.reserve(printable.size());
  while (!printable.empty()) {
    const std::string_view character = first_character(printable);
    if (character.size() == 1)
      text += character;
    else
      text += other(character);
    printable.remove_prefix(character.size());
  }
  return text;
}

}  // namespace

std::string to_ascii(std::string_view printable) {
  return in_ascii(printable, ascii_of);
}

std::string escape_non_ascii(std::string_view printable) {
  return in_ascii(printable, escaped);
}

}  // namespace crumbs
