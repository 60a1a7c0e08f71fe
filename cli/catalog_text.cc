#include <fmt/format.h>

#include <cstdio>

#include "catalog.h"
#include "crumbs/render.h"

namespace crumbs::cli {
namespace {

constexpr std::size_t kColumns = 80;

/// Takes the next word off the text; empty at its end.
std::string_view next_word(std::string_view& text) {
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t end = std::min(text.find(' ', begin), text.size());
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

}  // namespace

std::string padded(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(text) + std::string(width < columns ? columns - width : 0, ' ');
}

std::string wrapped(std::string_view head, std::size_t indent, std::string_view text) {
  const std::string safe = printable(text);
  std::string_view rest = safe;
  std::string lines = padded(head, indent);
  if (!head.empty() && display_width(head) >= indent) lines += ' ';
  std::size_t column = display_width(lines);
  bool first = true;
  for (auto word = next_word(rest); !word.empty(); word = next_word(rest)) {
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
    text += host == "*" ? "any host" : host;
  }
  return text;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

void print_json(const nlohmann::ordered_json& json) {
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace crumbs::cli
