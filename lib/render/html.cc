#include "render/assets.h"
#include "render/html_document.h"
#include "render/html_parts.h"
#include "render/render.h"
#include "render/words.h"

namespace crumbs {
namespace {

HtmlView view_of(const Report& report, const RenderOptions& options, HtmlWriter& page) {
  HtmlView view{.report = report,
                .options = options,
                .page = page,
                .entries = EntryIndex(report.entries),
                .cards = {},
                .card_of = {}};
  Findings findings;
  findings.reserve(report.findings.size());
  for (const Finding& finding : report.findings) findings.push_back(&finding);
  view.cards = cards_of(findings);
  for (std::size_t i = 0; i < view.cards.size(); ++i) {
    for (const Finding* finding : view.cards[i].findings) view.card_of.emplace(finding, i);
  }
  return view;
}

void render_html(const Report& report, const RenderOptions& options, std::ostream& out) {
  const std::string title = "Report of crumbs, " + human_time(report.created);
  const std::string style = std::string(assets::base_css) + std::string(assets::report_css);
  const HtmlHead head{.title = title, .style = style, .script = assets::report_js};
  begin_html(head, out);
  {
    HtmlWriter page(out);
    const HtmlView view = view_of(report, options, page);
    write_html_head(view);
    write_html_overview(view);
    write_html_pictures(view);
    write_html_items(view);
    write_html_lists(view);
    write_html_sources(view);
    write_html_catalogs(view);
    page.tag("</main>\n");
  }
  end_html(head, out);
}

}  // namespace

bool is_personal(PersonalData kind) {
  return kind != PersonalData::none && kind != PersonalData::unknown;
}

ItemCounts count_items(const Findings& findings) {
  ItemCounts counts;
  counts.items = findings.size();
  for (const Finding* finding : findings) {
    if (finding->kind == ItemKind::cookie) ++counts.cookies;
    if (is_personal(finding->value.personal_data)) ++counts.personal;
    switch (finding->deletion.verdict) {
      case Verdict::allowed:
        ++counts.allowed;
        break;
      case Verdict::allowed_with_consequence:
        ++counts.with_consequence;
        break;
      case Verdict::retain:
        ++counts.retain;
        break;
      case Verdict::undocumented:
        ++counts.not_known;
        break;
    }
  }
  return counts;
}

const RenderFormat html_format{
    .id = "html", .summary = "one page to read, filter and print", .render = render_html};

}  // namespace crumbs
