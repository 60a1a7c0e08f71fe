#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "crumbs/select.h"
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

/// Of an item that no catalog knows. The counts of a saved report may be anything.
void leave_out(Selected& selected, const Finding& finding) {
  const bool current = finding.state == ItemState::current;
  for (std::uint64_t* count : {&selected.items, current ? &selected.unknown : &selected.residue})
    *count -= std::min<std::uint64_t>(*count, 1);
}

/// What the report would be without the items that no catalog knows.
Report known_part(const Report& report) {
  Report known{ReportFacts(report), {}};
  for (const Finding& finding : report.findings) {
    if (was_asked_for(report, finding))
      known.findings.push_back(finding);
    else if (known.summary.selected)
      leave_out(*known.summary.selected, finding);
  }
  known.known_only = true;
  return known;
}

}  // namespace

std::span<const FormatInfo> formats() {
  static const Table table = make_table();
  return table;
}

void render(const Report& report, std::string_view format, const RenderOptions& options,
            std::ostream& out) {
  const RenderFormat& chosen = *kFormats[format_index(formats(), format)];
  if (chosen.lists_all || report.all || report.known_only)
    chosen.render(report, options, out);
  else
    chosen.render(known_part(report), options, out);
}

std::size_t format_index(std::span<const FormatInfo> known, std::string_view format) {
  const auto found = std::ranges::find(known, format, &FormatInfo::id);
  if (found == known.end())
    throw Error(ErrorCode::usage, fmt::format("there is no format {}", printable(format)));
  return static_cast<std::size_t>(found - known.begin());
}

}  // namespace crumbs
