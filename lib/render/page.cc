#include "render/page.h"

#include <algorithm>

#include "crumbs/printable.h"
#include "printable.h"
#include "render/ascii_text.h"

namespace crumbs {
namespace {

constexpr unsigned kNarrowest = 40;

std::string_view escape_code(Style style) {
  switch (style) {
    case Style::plain:
      break;
    case Style::bold:
      return "\x1b[1m";
    case Style::dim:
      return "\x1b[2m";
    case Style::good:
      return "\x1b[32m";
    case Style::warning:
      return "\x1b[33m";
    case Style::bad:
      return "\x1b[1;31m";
    case Style::accent:
      return "\x1b[36m";
  }
  return {};
}

/// Text cut at the spaces: either all spaces or none.
struct Piece {
  std::string_view text;
  Style style = Style::plain;
  std::size_t width = 0;
  bool space = false;
};

std::vector<Piece> pieces_of(const Text& text) {
  std::vector<Piece> pieces;
  for (const Span& span : text) {
    std::string_view rest = span.text;
    while (!rest.empty()) {
      const bool space = rest.front() == ' ';
      const std::size_t end =
          std::min(space ? rest.find_first_not_of(' ') : rest.find(' '), rest.size());
      const std::string_view part = rest.substr(0, end);
      pieces.push_back({part, span.style, printable_width(part), space});
      rest.remove_prefix(end);
    }
  }
  return pieces;
}

/// Fills lines word by word. A word is all pieces up to the next space, whatever their styles.
class Filler {
 public:
  Filler(std::size_t width, std::size_t rest) : width_(width), rest_(rest) {}

  std::vector<Text> fill(std::span<const Piece> pieces) {
    while (!pieces.empty()) {
      std::size_t count = 0, width = 0;
      for (; count < pieces.size() && !pieces[count].space; ++count) width += pieces[count].width;
      if (count == 0) {
        pending_ = pieces.front();
        count = 1;
      } else {
        word(pieces.first(count), width);
      }
      pieces = pieces.subspan(count);
    }
    lines_.push_back(std::move(line_));
    return std::move(lines_);
  }

 private:
  void word(std::span<const Piece> pieces, std::size_t width) {
    const bool fits = used_ + pending_.width + width <= width_;
    const bool must_break = width > rest_;  // on any line: then as well on this one
    if (used_ > 0 && !fits && !must_break) break_line();
    if (fits || (must_break && used_ + pending_.width < width_)) add(pending_);
    pending_ = {};
    for (const Piece& piece : pieces) {
      if (used_ + piece.width <= width_)
        add(piece);
      else
        add_broken(piece);
    }
  }

  void add_broken(const Piece& piece) {
    std::string_view rest = piece.text;
    while (!rest.empty()) {
      const Cluster cluster = take_cluster(rest);
      if (used_ > 0 && used_ + cluster.width > width_) break_line();
      add({cluster.bytes, piece.style, cluster.width, false});
    }
  }

  void add(const Piece& piece) {
    if (piece.text.empty()) return;
    if (!line_.empty() && line_.back().style == piece.style)
      line_.back().text += piece.text;
    else
      line_.push_back({std::string(piece.text), piece.style});
    used_ += piece.width;
  }

  void break_line() {
    lines_.push_back(std::move(line_));
    line_.clear();
    pending_ = {};
    used_ = 0;
    width_ = rest_;
  }

  std::size_t width_, rest_;
  std::vector<Text> lines_;
  Text line_;
  Piece pending_;
  std::size_t used_ = 0;
};

}  // namespace

Span shown(std::string_view raw, Style style) {
  return {printable(raw), style};
}

void append(Text& text, const Text& more, std::string_view separator) {
  if (more.empty()) return;
  if (!text.empty() && !separator.empty()) text.push_back({std::string(separator), Style::dim});
  text.insert(text.end(), more.begin(), more.end());
}

std::size_t text_width(const Text& text) {
  std::size_t width = 0;
  for (const Span& span : text) width += printable_width(span.text);
  return width;
}

std::string plain(const Text& text) {
  std::string all;
  for (const Span& span : text) all += span.text;
  return all;
}

std::vector<Text> wrap(const Text& text, std::size_t width, std::size_t rest) {
  return Filler(std::max<std::size_t>(width, 1), std::max<std::size_t>(rest, 1))
      .fill(pieces_of(text));
}

std::vector<Text> wrap(const Text& text, std::size_t width) {
  return wrap(text, width, width);
}

Page::Page(std::ostream& out, const Look& look)
    : out_(out), width_(std::max(look.width, kNarrowest)), color_(look.color), ascii_(look.ascii) {}

Span Page::name(std::string_view raw, Style style, bool masked) const {
  constexpr std::string_view kDots = "•••", kStars = "***";
  Span span = shown(raw, style);
  if (!ascii_) return span;
  std::string ascii;
  for (std::string_view rest = span.text; !rest.empty();) {
    const std::size_t dots = masked ? rest.find(kDots) : std::string_view::npos;
    ascii += escape_non_ascii(rest.substr(0, dots));
    if (dots == std::string_view::npos) break;
    ascii += kStars;
    rest.remove_prefix(dots + kDots.size());
  }
  span.text = std::move(ascii);
  return span;
}

Text Page::fit(Text text) const {
  if (ascii_) {
    for (Span& span : text) span.text = to_ascii(span.text);
  }
  return text;
}

void Page::put(std::size_t indent, const Text& text) {
  if (!text.empty()) out_ << std::string(indent, ' ');
  for (const Span& span : text) {
    const std::string_view code = color_ ? escape_code(span.style) : std::string_view{};
    out_ << code << span.text;
    if (!code.empty()) out_ << "\x1b[0m";
  }
  out_ << '\n';
}

void Page::line(std::size_t indent, const Text& text, std::size_t hanging) {
  const auto room = [&](std::size_t used) { return width_ - std::min(used, width_ - 1); };
  const std::vector<Text> lines = wrap(fit(text), room(indent), room(indent + hanging));
  for (std::size_t i = 0; i < lines.size(); ++i) put(i == 0 ? indent : indent + hanging, lines[i]);
}

void Page::row(std::size_t indent, std::span<const Cell> cells, std::size_t gap) {
  std::vector<std::vector<Text>> columns;
  std::size_t height = 0;
  for (const Cell& cell : cells) {
    columns.push_back(wrap(fit(cell.text), cell.width));
    height = std::max(height, columns.back().size());
  }
  for (std::size_t i = 0; i < height; ++i) {
    Text line;
    std::size_t column = 0, used = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (i < columns[c].size() && !columns[c][i].empty()) {
        if (column > used) line.push_back({std::string(column - used, ' ')});
        append(line, columns[c][i]);
        used = column + text_width(columns[c][i]);
      }
      column += cells[c].width + gap;
    }
    put(indent, line);
  }
}

void Page::heading(const Text& text) {
  const Text title = fit(text);
  const std::size_t used = text_width(title) + 4;
  Text line{{"── ", Style::dim}};
  append(line, title);
  if (used < width_) {
    std::string fill = " ";
    for (std::size_t i = used; i < width_; ++i) fill += "─";
    line.push_back({fill, Style::dim});
  }
  this->line(0, line, 3);
}

}  // namespace crumbs
