#pragma once

/// Laying out text for a terminal: styled words, wrapping, aligned columns. Knows nothing of
/// reports.

#include <cstddef>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crumbs {

enum class Style { plain, bold, dim, good, warning, bad, accent };

/// A run of text in one style. `text` holds no control characters.
struct Span {
  std::string text;
  Style style = Style::plain;
  friend bool operator==(const Span&, const Span&) = default;
};
using Text = std::vector<Span>;

/// A run of text that comes from a profile, a file name or a catalog: made safe first.
[[nodiscard]] Span shown(std::string_view raw, Style style = Style::plain);
/// Adds `more` to `text`, after `separator` where `text` is not empty.
void append(Text& text, const Text& more, std::string_view separator = "");
[[nodiscard]] std::size_t text_width(const Text& text);
/// Without its styles.
[[nodiscard]] std::string plain(const Text& text);

/// Breaks at spaces; a word that is too long is broken between characters, never cut. No line is
/// wider than `width` (the first) or `rest` (the others) unless a single character is. At least one
/// line.
[[nodiscard]] std::vector<Text> wrap(const Text& text, std::size_t width, std::size_t rest);
[[nodiscard]] std::vector<Text> wrap(const Text& text, std::size_t width);

struct Cell {
  Text text;
  std::size_t width = 0;
};

/// Writes lines of at most `width` columns, without trailing spaces. One thread.
class Page {
 public:
  struct Look {
    unsigned width = 80;
    bool color = false;
    bool ascii = false;  ///< nothing but ASCII is written
  };
  Page(std::ostream& out, const Look& look);

  [[nodiscard]] std::size_t width() const { return width_; }
  /// The text as the terminal can show it; whatever is written is fitted.
  [[nodiscard]] Text fit(Text text) const;
  /// A name as a store has it, made safe; in ASCII nothing of it turns into another name.
  /// `masked`: the report has put dots into it, which are ours.
  [[nodiscard]] Span name(std::string_view raw, Style style = Style::plain,
                          bool masked = false) const;
  void blank() { out_ << '\n'; }
  /// Wrapped; lines after the first are indented by `indent + hanging`.
  void line(std::size_t indent, const Text& text, std::size_t hanging = 0);
  /// Not wrapped, whatever the width.
  void whole_line(const Text& text) { put(0, fit(text)); }
  /// Cells side by side, `gap` spaces apart, each wrapped in its own column.
  void row(std::size_t indent, std::span<const Cell> cells, std::size_t gap = 2);
  /// `── text ─────────` to the full width.
  void heading(const Text& text);

 private:
  void put(std::size_t indent, const Text& text);

  std::ostream& out_;
  std::size_t width_;
  bool color_, ascii_;
};

}  // namespace crumbs
