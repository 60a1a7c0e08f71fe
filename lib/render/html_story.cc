#include <fmt/format.h>

#include "render/facts.h"
#include "render/html_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

void write_value(const HtmlView& view, const Finding& finding) {
  const FindingValue& value = finding.value;
  HtmlWriter& page = view.page;
  page.tag(R"(<dt>contains</dt><dd><span class="raw">)");
  page.words(contents(finding, view.report.created, 0)).tag("</span></dd>");
  if (value.decoded && value.text && *value.text != *value.decoded)
    page.tag("<dt>as stored</dt><dd><code>").text(*value.text).tag("</code></dd>");
  if (value.bytes && value.text)
    page.tag("<dt>bytes</dt><dd><code>").text(*value.bytes).tag("</code></dd>");
  std::string form = form_words(value);
  if (!value.steps.empty())
    form += fmt::format("; decoded by {}", fmt::join(value.steps, ", then "));
  page.fact("form", form);
  page.fact("personal data", to_string(value.personal_data));
}

void write_field(const HtmlView& view, const ValueField& field) {
  HtmlWriter& page = view.page;
  page.tag(R"(<li><code class="accent">)").text(field.pointer).tag("</code> ");
  if (field.present) {
    page.tag(R"(<span class="raw">)").words(field_contents(field, view.report.created));
    page.tag(R"(</span> <span class="faint">)").text(form_words(field)).tag("</span>");
  } else {
    page.tag(R"(<span class="faint">not there</span>)");
  }
  if (!field.documented) page.tag(R"( <span class="warn">undocumented</span>)");
  if (!field.description.empty()) page.tag("<br>").text(field.description);
  if (!field.erratum.empty())
    page.tag(R"(<br><span class="warn">)").text(field.erratum).tag("</span>");
  page.tag("</li>");
}

void write_fields(const HtmlView& view, const Finding& finding) {
  if (finding.value.fields.empty()) return;
  view.page.tag(R"(<dt>parts</dt><dd><ul class="fields">)");
  for (const ValueField& field : finding.value.fields) write_field(view, field);
  view.page.tag("</ul></dd>");
}

/// What a document's words are followed by: whose claim it is, and where it stands.
std::string source_of(const std::optional<Basis>& basis, const std::string& section) {
  std::string text(whose_claim(basis));
  if (!section.empty()) text += fmt::format("{}section “{}”", text.empty() ? "" : ", ", section);
  return text.empty() ? text : " (" + text + ")";
}

void write_entry(const HtmlView& view, const Finding& finding) {
  HtmlWriter& page = view.page;
  if (const Entry* entry = view.entry(finding); entry != nullptr) {
    page.fact("what it is", entry->description);
    if (entry->documented())
      page.fact("the document says", Text{{"“" + entry->documented_as + "”"},
                                          shown(source_of({}, entry->section), Style::dim)});
    if (!entry->set_by.empty()) page.fact("set by", entry->set_by);
    for (const Observation& seen : entry->observations)
      page.fact("publicly seen", observation_words(seen));
    const Judgement& judgement = entry->category_basis;
    page.fact("category", Text{{spaced(to_string(entry->category))},
                               shown(source_of(judgement.basis, judgement.section), Style::dim)});
    if (entry->erratum)
      page.fact("erratum", "the document says “" + entry->erratum->says +
                               "”; likely meant: " + entry->erratum->likely);
  }
  if (!finding.entry.empty())
    page.tag("<dt>entry</dt><dd><code>").text(finding.entry).tag("</code></dd>");
  if (finding.form) page.fact("form of its name", form_words(*finding.form));
  for (const auto& [variable, value] : finding.captured)
    page.fact("from the name", fmt::format("{} = {}", variable, value));
  for (const RunnerUp& other : finding.runner_up)
    page.fact("could also be", other.entry + (other.reason.empty() ? "" : ": " + other.reason));
}

void write_remarks(HtmlWriter& page, const Finding& finding) {
  for (const Drift& drift : finding.drift)
    page.fact("differs", Text{shown(drift.message, Style::warning),
                              shown(" (" + drift.rule + ")", Style::dim)});
  for (const std::string& note : finding.notes) page.fact("note", note);
}

void write_deletion(HtmlWriter& page, const Finding& finding) {
  const Deletion& deletion = finding.deletion;
  page.fact("may be deleted", verdict(finding));
  std::string because = deletion.reason;
  if (!deletion.section.empty())
    because += fmt::format("{}section “{}”", because.empty() ? "" : " — ", deletion.section);
  page.fact("because", because);
}

void write_place(HtmlWriter& page, const Finding& finding) {
  std::string where = place(finding);
  if (!finding.site.empty() && finding.site != where) where += ", site " + finding.site;
  page.fact("kept on", where);
  if (finding.partition) page.fact("partition", partition_words(*finding.partition));
  if (finding.state != ItemState::current)
    page.fact("state", Text{{std::string(to_string(finding.state)), Style::warning}});
  page.fact("attributes", attribute_words(finding.attributes));
}

/// One line for all: ten thousand stories are opened at once by a browser.
void write_times(const HtmlView& view, const Finding& finding) {
  std::string text;
  const auto add = [&](std::string_view what, const std::optional<Time>& time) {
    if (!time) return;
    text += fmt::format("{}{} {} ({})", text.empty() ? "" : "; ", what, human_time(*time),
                        relative_time(*time, view.report.created));
  };
  add("set", finding.times.created);
  add("last written", finding.times.updated);
  add("last read", finding.times.accessed);
  add("expires", finding.times.expires);
  view.page.fact("times", text);
}

void write_locator(const HtmlView& view, const Finding& finding) {
  HtmlWriter& page = view.page;
  page.tag("<dt>found in</dt><dd>").text(finding.store).tag(", profile ");
  page.text(profile_number(view.report, finding.profile));
  page.tag(": <code>").text(locator_words(finding.locator)).tag("</code>, id <code>");
  page.text(finding.id).tag("</code></dd>");
}

}  // namespace

void write_html_story(const HtmlView& view, const Finding& finding) {
  HtmlWriter& page = view.page;
  page.tag("<dl>");
  write_value(view, finding);
  write_fields(view, finding);
  write_entry(view, finding);
  write_remarks(page, finding);
  write_deletion(page, finding);
  write_times(view, finding);
  write_place(page, finding);
  write_locator(view, finding);
  page.tag("</dl>");
}

}  // namespace crumbs
