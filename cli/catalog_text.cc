#include <fmt/format.h>

#include <cstdio>

#include "catalog.h"
#include "crumbs/printable.h"

namespace crumbs::cli {
namespace {

constexpr std::size_t kColumns = 80;

/// Takes the next word off the text, or what of it fits a line of `columns`; empty at the end.
std::string_view next_word(std::string_view& text, std::size_t columns) {
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  std::size_t end = std::min(text.find(' ', begin), text.size());
  while (end > begin + 1 && display_width(text.substr(begin, end - begin)) > columns) {
    do --end;
    while (end > begin + 1 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U);
  }
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

}  // namespace

std::string padded(std::string_view text, std::size_t columns) {
  std::string filled(text);
  for (std::size_t width = display_width(text); width < columns; ++width) filled += ' ';
  return filled;
}

std::string wrapped(std::string_view head, std::size_t indent, std::string_view text) {
  const std::string safe = printable(text);
  std::string_view rest = safe;
  std::string lines = padded(head, indent);
  if (!head.empty() && display_width(head) >= indent) lines += ' ';
  std::size_t column = display_width(lines);
  bool first = true;
  while (true) {
    const std::string_view word = next_word(rest, kColumns - indent);
    if (word.empty()) break;
    const std::size_t width = display_width(word);
    if (!first && column + 1 + width > kColumns) {
      lines += '\n' + std::string(indent, ' ');
      column = indent;
      first = true;
    }
    if (!first) lines += ' ';
    lines += word;
    column += width + (first ? 0 : 1);
    first = false;
  }
  return lines + '\n';
}

std::string hosts_text(const Entry& entry) {
  std::string text;
  for (const std::string& host : entry.hosts) {
    if (!text.empty()) text += ", ";
    text += host == "*" ? "any host" : host == kVendorHosts ? "the vendor's hosts" : host;
  }
  return text;
}

void print_json(const nlohmann::ordered_json& json) {
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace crumbs::cli
