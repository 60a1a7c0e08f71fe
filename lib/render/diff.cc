// The formats of a difference.
#include <iterator>
#include <ostream>

#include "render/diff_parts.h"
#include "render/render.h"

namespace crumbs {
namespace {

constexpr FormatInfo kFormats[] = {{"text", "for people at a terminal"},
                                   {"json", "the whole comparison, one JSON document"},
                                   {"markdown", "for a pull request or a job's summary"},
                                   {"html", "one page that needs nothing else"}};
using Write = void (*)(const Difference&, const RenderOptions&, std::ostream&);
constexpr Write kWriters[] = {write_diff_text, write_diff_json, write_diff_markdown,
                              write_diff_html};
static_assert(std::size(kFormats) == std::size(kWriters));

}  // namespace

void write_diff_json(const Difference& difference, const RenderOptions&, std::ostream& out) {
  out << to_json(difference);
}

std::span<const FormatInfo> difference_formats() {
  return kFormats;
}

void render(const Difference& difference, std::string_view format, const RenderOptions& options,
            std::ostream& out) {
  kWriters[format_index(kFormats, format)](difference, options, out);
}

}  // namespace crumbs
