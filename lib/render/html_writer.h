#pragma once

/// Writing a page so that nothing of a profile can become markup: only what stands in our own
/// source as a literal is markup, everything else is escaped.

#include <concepts>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

#include "render/page.h"

namespace crumbs {

/// A literal of our source. Nothing that is made at run time can be one.
class Markup {
 public:
  template <std::size_t N>
  consteval Markup(const char (&literal)[N]) : text_(literal, N - 1) {}  // NOLINT: meant to convert
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// Writes to a stream in large pieces. One thread.
class HtmlWriter {
 public:
  explicit HtmlWriter(std::ostream& out) : out_(out) {}
  ~HtmlWriter() { flush(); }
  HtmlWriter(const HtmlWriter&) = delete;
  HtmlWriter& operator=(const HtmlWriter&) = delete;

  HtmlWriter& tag(Markup markup);
  /// Text of an element or of a quoted attribute, from anywhere.
  HtmlWriter& text(std::string_view raw);
  /// Words with their colours: a `<span>` where the style is not plain.
  HtmlWriter& words(const Text& words);
  HtmlWriter& number(std::integral auto value) { return plain(std::to_string(value)); }
  /// A coordinate: one decimal.
  HtmlWriter& number(double value);
  /// "3 items".
  HtmlWriter& count(std::uint64_t count, std::string_view noun);
  /// `<dt>label</dt><dd>raw</dd>`; nothing where `raw` is empty.
  HtmlWriter& fact(Markup label, std::string_view raw);
  HtmlWriter& fact(Markup label, const Text& words);
  void flush();

 private:
  HtmlWriter& plain(std::string_view safe);

  std::ostream& out_;
  std::string buffer_;
};

}  // namespace crumbs
