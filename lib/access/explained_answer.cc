#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "access/explained_parts.h"
#include "crumbs/printable.h"
#include "crumbs/select.h"
#include "render/plain_words.h"
#include "render/words.h"

namespace crumbs {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

const AccessField* field(const ExplainedView& view, std::string_view id) {
  const auto found = std::ranges::find(view.fields, id, &AccessField::id);
  return found == view.fields.end() ? nullptr : &*found;
}

/// Values that are missing, one line a file and reason.
std::map<std::pair<std::string, Unavailable>, std::size_t> missing_values(const Report& report) {
  std::map<std::pair<std::string, Unavailable>, std::size_t> missing;
  for (const Finding& finding : report.findings) {
    const FindingValue& value = finding.value;
    if (value.availability == Availability::unavailable && value.reason &&
        value.reason != Unavailable::removed)
      ++missing[{finding.locator.file, *value.reason}];
  }
  return missing;
}

void write_missing(const ExplainedView& view) {
  HtmlWriter& page = view.page;
  for (const AccessField& one : view.fields) {
    if (one.known || !one.id.starts_with("confirmation/")) continue;
    page.tag("<li><strong>").text(one.label).tag("</strong>: ").text(one.text).tag("</li>\n");
  }
  for (const auto& [where, count] : missing_values(view.report)) {
    page.tag("<li><strong>").text(where.first).tag("</strong>: the content of ");
    page.count(count, "item").tag(". ").text(plain_reason(where.second)).tag("</li>\n");
  }
}

void write_box(const ExplainedView& view) {
  const Report& report = view.report;
  if (report.complete) return;
  HtmlWriter& page = view.page;
  page.tag("<section class=\"notice\" aria-labelledby=\"incomplete\">\n<h2 id=\"incomplete\">");
  page.tag(
      "This answer is incomplete</h2>\n<p>Not everything could be read. What is missing may "
      "be about you, and this page cannot show it. Ask the sender about it.</p>\n<ul>\n");
  write_missing(view);
  page.tag("</ul>\n");
  std::vector<std::string> reasons;
  reasons.reserve(report.exit.reasons.size());
  for (const Reason& reason : report.exit.reasons) reasons.push_back(to_string(reason));
  if (!reasons.empty())
    page.tag("<p class=\"faint\">As the tool reported it: ")
        .text(joined(reasons, "; "))
        .tag("</p>\n");
  page.tag("</section>\n");
}

struct Counts {
  std::size_t items = 0, personal = 0, unsaid = 0, freely = 0, at_a_cost = 0, keep = 0,
              not_known = 0;

  void add(const Finding& finding) {
    ++items;
    if (holds_personal_data(finding)) ++personal;
    if (finding.value.personal_data == PersonalData::unknown) ++unsaid;
    const Deletion& deletion = finding.deletion;
    if (deletion.verdict == Verdict::retain || !deletion.holds.empty())
      ++keep;
    else if (deletion.verdict == Verdict::undocumented || finding.status == Status::possible)
      ++not_known;
    else if (deletion.verdict == Verdict::allowed)
      ++freely;
    else
      ++at_a_cost;
  }
};

Counts count(const Findings& findings) {
  Counts counts;
  for (const Finding* finding : findings) counts.add(*finding);
  return counts;
}

/// "8 may be deleted without loss, 4 may be deleted but something is lost".
std::string deletion_counts(const Counts& counts) {
  std::vector<std::string> parts;
  const auto add = [&parts](std::size_t count, std::string_view what) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, what));
  };
  add(counts.freely, "may be deleted without loss");
  add(counts.at_a_cost, "may be deleted, but then something is lost");
  add(counts.keep, counts.keep == 1 ? "is to be kept" : "are to be kept");
  if (counts.not_known > 0)
    parts.push_back(fmt::format("of {} it is not known whether {} may be deleted", counts.not_known,
                                counts.not_known == 1 ? "it" : "they"));
  return joined(parts, "; ");
}

/// "14 say something about you; of 2 nobody has documented whether they do".
std::string personal_counts(const Counts& counts) {
  std::string text;
  if (counts.personal > 0 || counts.unsaid == 0)
    text = fmt::format("{} {} something about you",
                       counts.personal == 0 ? "none" : std::to_string(counts.personal),
                       counts.personal < 2 ? "says" : "say");
  if (counts.unsaid > 0)
    text += fmt::format("{}of {} nobody has documented whether {} something about you",
                        text.empty() ? "" : "; ", counts.unsaid,
                        counts.unsaid == 1 ? "it says" : "they say");
  return text;
}

void write_group_line(const ExplainedView& view, std::size_t number) {
  const ExplainedGroup& group = view.groups[number];
  const Counts counts = count(group.findings);
  HtmlWriter& page = view.page;
  page.tag("<li><a href=\"#g").number(number).tag("\">").text(group.heading).tag("</a>: ");
  page.count(counts.items, "item").tag("; ").text(personal_counts(counts)).tag("; ");
  page.text(deletion_counts(counts)).tag(".</li>\n");
}

/// " (21 about what you did, 4 about where you are)".
std::string kinds(const Report& report) {
  std::map<PersonalData, std::size_t> counts;
  for (const Finding& finding : report.findings) {
    if (holds_personal_data(finding)) ++counts[finding.value.personal_data];
  }
  std::vector<std::string> parts;
  parts.reserve(counts.size());
  for (const auto& [kind, number] : counts)
    parts.push_back(fmt::format("{} about {}", number, short_class(kind)));
  return parts.empty() ? "" : fmt::format(": {}", joined(parts, ", "));
}

void write_kinds(const ExplainedView& view, const Counts& counts) {
  HtmlWriter& page = view.page;
  page.tag("<p><strong>Is it about you?</strong> ");
  page.text(fmt::format(
      "{} of {} {} something about you, that is about whoever used this browser{}.",
      counts.personal == 0 ? "None" : std::to_string(counts.personal),
      counted(counts.items, "item"), counts.personal < 2 ? "says" : "say", kinds(view.report)));
  if (counts.unsaid > 0)
    page.text(fmt::format(" Of {} nobody has documented whether {} something about you.",
                          counted(counts.unsaid, "item"),
                          counts.unsaid == 1 ? "it says" : "they say"));
  page.tag("</p>\n");
}

void write_deletion(const ExplainedView& view, const Counts& counts) {
  view.page.tag("<p><strong>May it be deleted?</strong> ").text("Of all items: ");
  view.page.text(deletion_counts(counts));
  view.page.tag(
      ". Each item says what would be lost and whose claim that is: the vendor's "
      "document's, or our reading of it.</p>\n");
}

void write_short_answer(const ExplainedView& view) {
  HtmlWriter& page = view.page;
  page.tag("<section aria-labelledby=\"answer\">\n<h2 id=\"answer\">The short answer</h2>\n");
  page.tag("<p><strong>Was anything found?</strong> ");
  if (const AccessField* found = field(view, "confirmation"); found != nullptr)
    page.text(found->text);
  page.tag("</p>\n");
  if (!view.report.findings.empty()) {
    Counts counts;
    for (const Finding& finding : view.report.findings) counts.add(finding);
    write_kinds(view, counts);
    write_deletion(view, counts);
    page.tag("<p><strong>From whom, and on which sites?</strong></p>\n<ul>\n");
    for (std::size_t i = 0; i < view.groups.size(); ++i) write_group_line(view, i);
    page.tag("</ul>\n");
  }
  page.tag("</section>\n");
}

void write_places(const ExplainedView& view) {
  HtmlWriter& page = view.page;
  page.tag("<section aria-labelledby=\"places\">\n<h2 id=\"places\">Where was looked</h2>\n<dl>\n");
  for (const AccessField& one : view.fields) {
    if (!one.id.starts_with("profile/")) continue;
    page.tag("<dt>").text(one.label).tag("</dt><dd>").text(one.text).tag("</dd>\n");
  }
  for (const AccessField& one : view.fields) {
    if (!one.id.starts_with("confirmation/")) continue;
    page.tag("<dt>").text(one.label).tag("</dt><dd>");
    page.words({{one.text, one.known ? Style::plain : Style::bad}}).tag("</dd>\n");
  }
  if (const AccessField* rest = field(view, "not-covered"); rest != nullptr)
    page.tag("<dt>").text(rest->label).tag("</dt><dd>").text(rest->text).tag("</dd>\n");
  page.tag("</dl>\n</section>\n");
}

std::string_view handling(ValuesMode mode) {
  switch (mode) {
    case ValuesMode::full:
      return "It shows what is stored in full. Keep it as you would keep a letter about yourself, "
             "and give it to nobody who should not read it.";
    case ValuesMode::masked:
      return "Personal and undocumented content is hidden in it, but names of sites and times "
             "still say what this browser did. Keep it as you would keep a letter about yourself.";
    case ValuesMode::none:
      break;
  }
  return "No stored content is shown in it, but names of sites and times still say what this "
         "browser did. Keep it as you would keep a letter about yourself.";
}

void write_contents(const ExplainedView& view) {
  HtmlWriter& page = view.page;
  page.tag("<nav aria-label=\"On this page\">\n<ul>\n");
  page.tag("<li><a href=\"#answer\">The short answer</a></li>\n");
  page.tag("<li><a href=\"#places\">Where was looked</a></li>\n");
  if (!view.groups.empty()) page.tag("<li><a href=\"#g0\">Item by item</a></li>\n");
  page.tag("<li><a href=\"#points\">Your questions, point by point</a></li>\n");
  page.tag("<li><a href=\"#check\">How to check this</a></li>\n");
  page.tag("<li><a href=\"#words\">Words used here</a></li>\n</ul>\n</nav>\n");
}

}  // namespace

void write_explained_answer(const ExplainedView& view) {
  HtmlWriter& page = view.page;
  page.tag("<header>\n<h1>What web sites keep about you in this browser</h1>\n<p>");
  page.tag("An answer to your request");
  if (!view.request.id.empty()) page.tag(" ").text(view.request.id);
  if (!view.request.subject.empty()) page.tag(", for ").text(view.request.subject);
  if (view.request.controller && !view.request.controller->name.empty())
    page.tag(", from ").text(view.request.controller->name);
  page.tag(". Prepared on ").text(plain_time(view.report.created)).tag(".</p>\n");
  page.tag("<p><strong>This page is itself personal data.</strong> ");
  page.text(handling(view.report.values)).tag("</p>\n");
  write_contents(view);
  page.tag("</header>\n<main>\n");
  write_box(view);
  write_short_answer(view);
  write_places(view);
}

}  // namespace crumbs
