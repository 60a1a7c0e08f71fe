#include <fmt/format.h>

#include "ascii.h"
#include "decode/text.h"

namespace crumbs {
namespace {

std::optional<char> escape_at(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return std::nullopt;
  const auto value = parse_number<unsigned>(text.substr(1, 2), 16);
  if (!value) return std::nullopt;
  return static_cast<char>(*value);
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  bool found = false;
  while (!text.empty()) {
    const std::size_t plain = text.substr(0, text.find('%')).size();
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::optional<char> escape = escape_at(text);
    found = found || escape.has_value();
    out.push_back(escape.value_or('%'));
    text.remove_prefix(escape ? 3 : 1);
  }
  if (!found) return std::nullopt;
  return out;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_alphanumeric(c) || std::string_view("-_.!~*'()").find(c) != std::string_view::npos)
      out.push_back(c);
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace crumbs
