#include "render/json_writer.h"
#include "render/render.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

void render_json(const Report& report, const RenderOptions&, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::indented);
  write_report(json, report);
  json.end_line();
}

}  // namespace

const RenderFormat json_format{.id = "json",
                               .summary = "the whole report, one JSON document",
                               .render = render_json,
                               .lists_all = true};

}  // namespace crumbs
