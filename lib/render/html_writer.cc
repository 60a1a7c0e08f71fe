#include "render/html_writer.h"

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/html_document.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10U;

constexpr std::string_view class_of(Style style) {
  switch (style) {
    case Style::plain:
      break;
    case Style::bold:
      return "strong";
    case Style::dim:
      return "faint";
    case Style::good:
      return "good";
    case Style::warning:
      return "warn";
    case Style::bad:
      return "bad";
    case Style::accent:
      return "accent";
  }
  return {};
}

}  // namespace

HtmlWriter& HtmlWriter::plain(std::string_view safe) {
  buffer_ += safe;
  if (buffer_.size() >= kPiece) flush();
  return *this;
}

void HtmlWriter::flush() {
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

HtmlWriter& HtmlWriter::tag(Markup markup) {
  return plain(markup.text());
}

HtmlWriter& HtmlWriter::text(std::string_view raw) {
  return plain(html_text(raw));
}

HtmlWriter& HtmlWriter::words(const Text& words) {
  for (const Span& span : words) {
    const std::string_view style = class_of(span.style);
    if (style.empty())
      text(span.text);
    else
      plain(R"(<span class=")").plain(style).plain(R"(">)").text(span.text).plain("</span>");
  }
  return *this;
}

HtmlWriter& HtmlWriter::number(double value) {
  return plain(fmt::format("{:.1f}", value));
}

HtmlWriter& HtmlWriter::count(std::uint64_t count, std::string_view noun) {
  return text(counted(count, noun));
}

HtmlWriter& HtmlWriter::fact(Markup label, std::string_view raw) {
  if (raw.empty()) return *this;
  return tag("<dt>").tag(label).tag("</dt><dd>").text(raw).tag("</dd>");
}

HtmlWriter& HtmlWriter::fact(Markup label, const Text& words) {
  if (words.empty()) return *this;
  return tag("<dt>").tag(label).tag("</dt><dd>").words(words).tag("</dd>");
}

}  // namespace crumbs
