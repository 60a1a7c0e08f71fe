#include "render/render.h"
#include "render/text_parts.h"

namespace crumbs {
namespace {

Findings findings_of(const Report& report, const Profile& profile) {
  Findings findings;
  for (const Finding& finding : report.findings) {
    if (finding.profile == profile.id) findings.push_back(&finding);
  }
  return findings;
}

void render_text(const Report& report, const RenderOptions& options, std::ostream& out) {
  Page page(out, options.width, options.color);
  const View view{report, options, page};
  write_head(view);
  for (const ProfileReport& part : report.profiles) {
    const Findings findings = findings_of(report, part.profile);
    write_profile(view, part);
    if (options.detail) {
      write_details(view, findings);
    } else {
      write_cards(view, findings);
      write_sections(view, findings, part.stores);
    }
  }
  if (!options.detail) write_absent(view);
  write_closing(view);
}

}  // namespace

const RenderFormat text_format{
    .id = "text", .summary = "for people at a terminal", .render = render_text};

}  // namespace crumbs
