#include "render/ascii_text.h"

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
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80) ++size;
  return text.substr(0, size);
}

char32_t code_point(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character.front());
  char32_t code = lead & (0xffU >> (character.size() + 1));
  for (const char c : character.substr(1))
    code = code << 6U | (static_cast<unsigned char>(c) & 0x3fU);
  return code;
}

std::string ascii_of(std::string_view character) {
  for (const Sign& sign : kSigns) {
    if (sign.sign == character) return std::string(sign.ascii);
  }
  return fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(code_point(character)));
}

}  // namespace

std::string to_ascii(std::string_view printable) {
  std::string text;
  text.reserve(printable.size());
  while (!printable.empty()) {
    const std::string_view character = first_character(printable);
    if (character.size() == 1)
      text += character;
    else
      text += ascii_of(character);
    printable.remove_prefix(character.size());
  }
  return text;
}

}  // namespace crumbs
