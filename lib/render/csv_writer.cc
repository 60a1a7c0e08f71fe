#include "render/csv_writer.h"

#include <algorithm>

#include "crumbs/printable.h"

namespace crumbs {
namespace {

constexpr std::size_t kFlushAt = 64U << 10U;

/// What makes a spreadsheet take a cell for a formula: OWASP, "CSV Injection"; the full-width forms
/// are what Excel takes for the same in east Asian locales.
constexpr std::string_view kFormulaStarts[] = {"=",
                                               "+",
                                               "-",
                                               "@",
                                               "\t",
                                               "\r",
                                               "\xef\xbc\x9d" /* U+FF1D */,
                                               "\xef\xbc\x8b" /* U+FF0B */,
                                               "\xef\xbc\x8d" /* U+FF0D */,
                                               "\xef\xbc\xa0" /* U+FF20 */};

/// Spaces in front do not keep every spreadsheet from it.
bool starts_formula(std::string_view text) {
  const std::size_t at = text.find_first_not_of(' ');
  if (at == std::string_view::npos) return false;
  const std::string_view rest = text.substr(at);
  return std::ranges::any_of(kFormulaStarts,
                             [&](std::string_view start) { return rest.starts_with(start); });
}

bool needs_care(char c) {
  return c < 0x20 || c == 0x7f || c == ',' || c == '"';
}

void append_quoted(std::string& buffer, std::string_view text) {
  buffer += '"';
  for (const char c : text) {
    if (c == '"') buffer += '"';
    buffer += c;
  }
  buffer += '"';
}

}  // namespace

void CsvWriter::separate() {
  if (!first_) buffer_ += ',';
  first_ = false;
}

void CsvWriter::word(std::string_view word) {
  separate();
  buffer_ += word;
}

void CsvWriter::text(std::string_view raw) {
  if (raw.empty()) return empty();
  // `char` is signed or not: bytes over 0x7f take the careful way in both cases.
  const bool plain = std::ranges::none_of(
      raw, [](char c) { return needs_care(c) || static_cast<unsigned char>(c) > 0x7f; });
  const bool formula = starts_formula(raw);
  if (plain && !formula && raw.front() != ' ' && raw.back() != ' ') return word(raw);
  std::string shown = plain ? std::string(raw) : printable(raw);
  if (formula || starts_formula(shown)) shown.insert(0, 1, '\'');
  separate();
  append_quoted(buffer_, shown);
}

void CsvWriter::end_line() {
  buffer_ += "\r\n";
  first_ = true;
  if (buffer_.size() > kFlushAt) flush();
}

void CsvWriter::flush() {
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

}  // namespace crumbs
