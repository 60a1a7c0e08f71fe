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

void write_profile(const View& view, const ProfileReport& part) {
  const Findings findings = findings_of(view.report, part.profile);
  write_profile_head(view, part);
  switch (view.options.level) {
    case TextLevel::normal:
      write_tallies(view, part);
      write_brief_cards(view, findings);
      write_brief_sections(view, findings);
      break;
    case TextLevel::verbose:
      write_tallies(view, part);
      view.page.blank();
      write_stores(view, part);
      write_cards(view, findings);
      write_sections(view, findings);
      break;
    case TextLevel::items:
      write_details(view, findings);
      break;
    case TextLevel::quiet:
      break;
  }
}

void render_text(const Report& report, const RenderOptions& options, std::ostream& out) {
  Page page(out, {options.width, options.color, options.ascii});
  const View view{report, options, page, EntryIndex(report.entries)};
  if (options.level == TextLevel::quiet) {
    write_quiet(view);
    return;
  }
  write_head(view);
  const bool alone = report.profiles.size() == 1;
  if (options.level == TextLevel::items) write_matches(view);
  write_outcome(view);
  if (!alone && options.level != TextLevel::items) write_overview(view);
  for (const ProfileReport& part : report.profiles) {
    if (!alone) page.blank();
    write_profile(view, part);
  }
  if (options.level == TextLevel::items) return;
  if (options.level == TextLevel::verbose) write_absent(view);
  write_closing(view);
  write_notes(view);
}

}  // namespace

const RenderFormat text_format{
    .id = "text", .summary = "for people at a terminal", .render = render_text};

}  // namespace crumbs
