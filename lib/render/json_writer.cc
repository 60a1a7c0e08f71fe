#include "render/json_writer.h"

#include <array>
#include <cstring>

#include <fmt/format.h>
#include <utf8proc.h>

namespace crumbs {
namespace {

constexpr std::size_t kFlushAt = 64U << 10U;

/// Which bytes stand for themselves.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7f; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

std::size_t plain_size(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && kPlain[static_cast<unsigned char>(text[size])]) ++size;
  return size;
}

/// Bytes of the code point at the front; 0 where they are not UTF-8.
std::size_t utf8_size(std::string_view text) {
  utf8proc_int32_t code = -1;
  const auto count = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                      static_cast<utf8proc_ssize_t>(text.size()), &code);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

bool is_surrogate(std::string_view text) {
  return text.size() >= 3 && text[0] == '\xed' &&
         (static_cast<unsigned char>(text[1]) & 0xe0U) == 0xa0U &&
         (static_cast<unsigned char>(text[2]) & 0xc0U) == 0x80U;
}

void append_control(std::string& buffer, char c) {
  switch (c) {
    case '"':
      buffer += "\\\"";
      break;
    case '\\':
      buffer += "\\\\";
      break;
    case '\b':
      buffer += "\\b";
      break;
    case '\f':
      buffer += "\\f";
      break;
    case '\n':
      buffer += "\\n";
      break;
    case '\r':
      buffer += "\\r";
      break;
    case '\t':
      buffer += "\\t";
      break;
    case 0x7f:
      buffer += c;
      break;
    default:
      fmt::format_to(std::back_inserter(buffer), "\\u{:04x}", static_cast<unsigned>(c));
  }
}

/// Appends what is at the front of `text` and is not plain; returns how many bytes that was.
std::size_t append_special(std::string& buffer, std::string_view text) {
  if (static_cast<unsigned char>(text[0]) < 0x80) {
    append_control(buffer, text[0]);
    return 1;
  }
  if (const std::size_t size = utf8_size(text); size > 0) {
    buffer += text.substr(0, size);
    return size;
  }
  if (is_surrogate(text)) {
    const unsigned code = 0xd000U | ((static_cast<unsigned char>(text[1]) & 0x3fU) << 6U) |
                          (static_cast<unsigned char>(text[2]) & 0x3fU);
    fmt::format_to(std::back_inserter(buffer), "\\u{:04x}", code);
    return 3;
  }
  buffer += "\xef\xbf\xbd";
  return 1;
}

}  // namespace

void JsonWriter::flush() {
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

void JsonWriter::indent() {
  if (layout_ == Layout::compact) return;
  buffer_ += '\n';
  buffer_.append(std::size_t{2} * depth_, ' ');
}

void JsonWriter::separate() {
  if (buffer_.size() > kFlushAt) flush();
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!first_) buffer_ += ',';
  if (depth_ > 0) indent();
  first_ = false;
}

void JsonWriter::begin(char bracket) {
  separate();
  buffer_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (!first_) indent();
  buffer_ += bracket;
  first_ = false;
}

void JsonWriter::key(std::string_view name) {
  separate();
  const std::size_t at = buffer_.size();
  buffer_.resize(at + name.size() + (layout_ == Layout::compact ? 3 : 4), ' ');
  char* to = buffer_.data() + at;
  *to = '"';
  std::memcpy(to + 1, name.data(), name.size());
  to[name.size() + 1] = '"';
  to[name.size() + 2] = ':';
  after_key_ = true;
}

void JsonWriter::any_key(std::string_view text) {
  separate();
  append_string(text);
  buffer_ += layout_ == Layout::compact ? ":" : ": ";
  after_key_ = true;
}

void JsonWriter::raw(std::string_view text) {
  separate();
  buffer_ += text;
}

void JsonWriter::value(std::string_view text) {
  separate();
  append_string(text);
}

void JsonWriter::append_string(std::string_view text) {
  buffer_ += '"';
  for (;;) {
    const std::size_t size = plain_size(text);
    buffer_ += text.substr(0, size);
    text.remove_prefix(size);
    if (text.empty()) break;
    text.remove_prefix(append_special(buffer_, text));
  }
  buffer_ += '"';
}

void JsonWriter::end_line() {
  buffer_ += '\n';
  first_ = true;
}

}  // namespace crumbs
