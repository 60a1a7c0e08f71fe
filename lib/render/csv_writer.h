#pragma once

/// CSV (RFC 4180) that is safe to open in a spreadsheet and to look at in a terminal.

#include <concepts>
#include <ostream>
#include <string>
#include <string_view>
#include "crumbs/printable.h"

namespace crumbs {

/// Writes lines of cells to a stream in large pieces. One thread.
class CsvWriter {
 public:
  explicit CsvWriter(std::ostream& out) : out_(out) {}
  ~CsvWriter() { flush(); }
  CsvWriter(const CsvWriter&) = delete;
  CsvWriter& operator=(const CsvWriter&) = delete;

  /// Text from anywhere, as printable() makes it. Where a spreadsheet would take it for a formula
  /// it has a `'` in front.
  void text(std::string_view raw);
  /// A word of our own: ASCII, without comma, quote or line end.
  void word(std::string_view word);
  void number(std::integral auto value) { word(std::to_string(value)); }
  void empty() { word({}); }
  void end_line();
  void flush();  ///< hands what is buffered to the stream

 private:
  void separate();

  std::ostream& out_;
  std::string buffer_;
  bool first_ = true;
};

}  // namespace crumbs
