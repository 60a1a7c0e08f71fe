#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "render/render.h"

namespace crumbs {
namespace {

#define CRUMBS_FORMAT(name) &name##_format,
constexpr const RenderFormat* kFormats[] = {
#include "render/formats.def"
};
#undef CRUMBS_FORMAT

using Table = std::array<FormatInfo, std::size(kFormats)>;

Table make_table() {
  Table table;
  std::ranges::transform(kFormats, table.begin(), [](const RenderFormat* format) {
    return FormatInfo{format->id, format->summary};
  });
  return table;
}

}  // namespace

std::span<const FormatInfo> formats() {
  static const Table table = make_table();
  return table;
}

void render(const Report& report, std::string_view format, const RenderOptions& options,
            std::ostream& out) {
  kFormats[format_index(formats(), format)]->render(report, options, out);
}

std::size_t format_index(std::span<const FormatInfo> known, std::string_view format) {
  const auto found = std::ranges::find(known, format, &FormatInfo::id);
  if (found == known.end())
    throw Error(ErrorCode::usage, fmt::format("there is no format {}", printable(format)));
  return static_cast<std::size_t>(found - known.begin());
}

}  // namespace crumbs
