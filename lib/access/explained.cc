#include "access/explained.h"

#include "access/explained_parts.h"
#include "render/assets.h"
#include "render/html_document.h"

namespace crumbs {

void render_explained(const Report& report, const AccessRequest& request,
                      std::span<const Catalog> catalogs, std::ostream& out) {
  const std::string style = std::string(assets::base_css) + std::string(assets::explained_css);
  const HtmlHead head{
      .title = "What web sites keep about you in this browser", .style = style, .script = ""};
  begin_html(head, out);
  {
    HtmlWriter page(out);
    const ExplainedView view{.report = report,
                             .request = request,
                             .catalogs = catalogs,
                             .page = page,
                             .entries = EntryIndex(report.entries),
                             .fields = access_fields(report, request),
                             .groups = explained_groups(report)};
    write_explained_answer(view);
    write_explained_groups(view);
    write_explained_documents(view);
    write_explained_points(view);
    write_explained_end(view);
  }
  end_html(head, out);
}

}  // namespace crumbs
