#include <fmt/format.h>

#include "access/explained_parts.h"
#include "access/explained_sentences.h"
#include "render/facts.h"
#include "render/plain_words.h"
#include "render/words.h"

namespace crumbs {
namespace {

void write_heading(const ExplainedView& view, const Finding& finding, const Entry* entry) {
  HtmlWriter& page = view.page;
  page.tag("<h3>");
  if (entry == nullptr || entry->documented_as.empty()) {
    page.tag("<code>").text(finding.name).tag("</code>");
  } else {
    if (!is_documented(finding.status)) page.tag("Perhaps: ");
    page.text(entry->documented_as);
  }
  page.tag("</h3>\n<p class=\"faint\">").text(kept_for(finding)).tag(", named <code>");
  page.text(finding.name).tag("</code>");
  if (view.report.profiles.size() > 1)
    page.tag(", in profile ").text(profile_number(view.report, finding.profile));
  page.tag(".</p>\n");
}

std::string other_entries(const ExplainedView& view, const Finding& finding) {
  std::string text;
  for (const RunnerUp& other : finding.runner_up) {
    const Entry* entry = view.entries.find(other.entry);
    text += fmt::format("{}{}", text.empty() ? "" : "; ",
                        entry == nullptr ? other.entry : entry->description);
    if (!other.reason.empty()) text += fmt::format(" ({})", other.reason);
  }
  return text;
}

/// Why what is said of the item is not certain; empty where it is.
std::string doubt(const ExplainedView& view, const Finding& finding) {
  const std::string vendor = vendor_name(view.report, finding.catalog);
  switch (finding.status) {
    case Status::documented:
    case Status::drift:
      return {};
    case Status::possible:
      return fmt::format(
          "It is not certain that this is of {}: anybody may use this name, and "
          "nothing else of {} is kept for this site. If it is:",
          vendor, vendor);
    case Status::ambiguous:
      return "It is not certain what this is: several descriptions fit equally well. The first:";
    case Status::undocumented:
      if (is_only_observed(finding))
        return fmt::format("The document of {} does not name it. As it was publicly seen:", vendor);
      return fmt::format(
          "Its name or place is one that {} uses, but the document of {} does not "
          "describe it.",
          vendor, vendor);
    case Status::unknown:
      break;
  }
  return "No document at hand describes it.";
}

void write_meaning(const ExplainedView& view, const Finding& finding, const Entry* entry) {
  HtmlWriter& page = view.page;
  page.tag("<dt>What it is</dt><dd>").text(doubt(view, finding));
  if (entry != nullptr) {
    if (!is_documented(finding.status)) page.tag(" ");
    page.text(entry->description).tag(" ").text(plain_category(entry->category));
    page.tag(" <span class=\"faint\">(").text(spaced(to_string(entry->category))).tag(", ");
    page.text(whose_claim(entry->category_basis.basis));
    page.tag(")</span>.");
    if (finding.form && !finding.form->documented_as.empty())
      page.tag(" The document calls it <code>").text(finding.form->documented_as).tag("</code>.");
    if (!entry->set_by.empty()) page.text(fmt::format(" It is set by {}.", entry->set_by));
    if (entry->erratum)
      page.text(fmt::format(" The document has a mistake here: it says “{}”; likely meant: {}.",
                            entry->erratum->says, entry->erratum->likely));
  } else if (!finding.entry.empty()) {
    page.tag(" It is documented as <code>").text(finding.entry).tag("</code>.");
  }
  if (finding.status == Status::ambiguous)
    page.tag(" It could also be: ").text(other_entries(view, finding));
  page.tag("</dd>\n");
}

void write_content(const ExplainedView& view, const Finding& finding, const Entry* entry) {
  HtmlWriter& page = view.page;
  page.tag("<dt>What it says</dt><dd>").words(says(finding, view.report.created)).tag(" ");
  page.words(about_you(finding, entry));
  write_explained_record(view, finding);
  if (const Text stored = stored_as(finding); !stored.empty())
    page.tag("<p class=\"stored\">").words(stored).tag("</p>");
  page.tag("</dd>\n");
}

void write_state(HtmlWriter& page, const Finding& finding) {
  if (finding.state == ItemState::current) return;
  page.tag("<dt>What became of it</dt><dd>");
  // Nothing is left of a removed item's bytes where its value is given as removed.
  page.text(finding.value.reason == Unavailable::removed ? "This was removed."
                                                         : plain_state(finding.state));
  page.tag("</dd>\n");
}

void write_remarks(HtmlWriter& page, const Finding& finding) {
  for (const Drift& drift : finding.drift)
    page.tag("<dt>Not as documented</dt><dd>").text(plain_drift(drift)).tag("</dd>\n");
  for (const std::string& note : finding.notes)
    page.tag("<dt>Worth knowing</dt><dd>").text(note).tag(".</dd>\n");
}

void write_trace(const ExplainedView& view, const Finding& finding, const Entry* entry) {
  HtmlWriter& page = view.page;
  page.tag("<dt>Where that comes from</dt><dd class=\"faint\">File ");
  page.text(locator_words(finding.locator));
  if (entry != nullptr && !entry->section.empty())
    page.tag("; section “").text(entry->section).tag("” of the document");
  page.tag("; in items.json it is <code>").text(finding.id).tag("</code>.</dd>\n");
}

}  // namespace

void write_explained_item(const ExplainedView& view, const Finding& finding) {
  HtmlWriter& page = view.page;
  const Entry* entry = view.entries.find(finding.entry);
  page.tag("<article>\n");
  write_heading(view, finding, entry);
  page.tag("<dl>\n");
  write_meaning(view, finding, entry);
  write_content(view, finding, entry);
  write_state(page, finding);
  page.tag("<dt>Since when</dt><dd>").words(since_when(finding, view.report.created));
  page.tag("</dd>\n<dt>Until when</dt><dd>");
  page.words(until_when(finding, entry, view.report.created));
  page.tag("</dd>\n<dt>May it be deleted?</dt><dd>").words(may_delete(finding)).tag("</dd>\n");
  write_remarks(page, finding);
  write_trace(view, finding, entry);
  page.tag("</dl>\n</article>\n");
}

void write_explained_groups(const ExplainedView& view) {
  HtmlWriter& page = view.page;
  for (std::size_t i = 0; i < view.groups.size(); ++i) {
    const ExplainedGroup& group = view.groups[i];
    page.tag("<section aria-labelledby=\"g").number(i).tag("\">\n<h2 id=\"g").number(i);
    page.tag("\">").text(group.heading).tag("</h2>\n");
    if (!group.explanation.empty()) page.tag("<p>").text(group.explanation).tag("</p>\n");
    for (const Finding* finding : group.findings) write_explained_item(view, *finding);
    page.tag("</section>\n");
  }
}

}  // namespace crumbs
