#include "render/html_document.h"

#include <fmt/format.h>

#include <ostream>

#include "crumbs/printable.h"
#include "decode/text.h"
#include "system/sha256.h"

namespace crumbs {
namespace {

/// https://www.w3.org/TR/CSP3/#grammardef-hash-source: base64 of the digest of the element's text.
std::string hash_source(std::string_view text) {
  Sha256 hash;
  hash.update(text.data(), text.size());
  unsigned char digest[32];
  hash.raw(digest);
  return "'sha256-" +
         base64_encode(std::string_view(reinterpret_cast<const char*>(digest), sizeof digest)) +
         "'";
}

std::string policy(const HtmlHead& head) {
  std::string text = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " +
                     hash_source(head.style);
  if (!head.script.empty()) text += "; script-src " + hash_source(head.script);
  return text;
}

}  // namespace

std::string html_text(std::string_view raw) {
  const std::string text = printable(raw);
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

void begin_html(const HtmlHead& head, std::ostream& out) {
  out << "<!DOCTYPE html>\n"
      << fmt::format("<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
                     html_text(head.language))
      << fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", policy(head))
      << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      << "<meta name=\"referrer\" content=\"no-referrer\">\n"
      << "<meta name=\"color-scheme\" content=\"light dark\">\n"
      << fmt::format("<title>{}</title>\n", html_text(head.title)) << "<style>" << head.style
      << "</style>\n</head>\n<body>\n";
}

void end_html(const HtmlHead& head, std::ostream& out) {
  if (!head.script.empty()) out << "<script>" << head.script << "</script>\n";
  out << "</body>\n</html>\n";
}

}  // namespace crumbs
