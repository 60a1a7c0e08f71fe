// A difference as one self-contained page; it needs no script.
#include <ostream>

#include <fmt/format.h>

#include "render/assets.h"
#include "render/diff_parts.h"
#include "render/html_document.h"
#include "render/words.h"

namespace crumbs {
namespace {

std::string_view class_of(Change change) {
  switch (change) {
    case Change::appeared:
      return "good";
    case Change::gone:
      return "bad";
    case Change::changed:
    case Change::newly_seen:
    case Change::not_seen:
    case Change::cannot_tell:
      break;
  }
  return "warn";
}

std::string code(std::string_view raw) {
  return fmt::format("<code>{}</code>", html_text(raw));
}

void write_incomplete(const Difference& difference, std::ostream& out) {
  if (difference.complete()) return;
  out << fmt::format("<div class=\"notice\" role=\"note\"><p class=\"bad\">{}</p>\n<ul>\n",
                     kIncompleteDiff);
  for (const std::string& line : incomplete_lines(difference))
    out << fmt::format("<li>{}</li>\n", html_text(line));
  out << "</ul></div>\n";
}

void write_fact(const FactChange& fact, std::ostream& out) {
  out << fmt::format("<dt>{}</dt><dd>", html_text(fact_name(fact)));
  if (fact.hidden)
    out << "differs; not shown";
  else
    out << code(fact_text(fact, fact.before)) << " → " << code(fact_text(fact, fact.after));
  for (const std::string& remark : {moved_by(fact), fact.note}) {
    if (!remark.empty())
      out << fmt::format(" <span class=\"faint\">({})</span>", html_text(remark));
  }
  out << "</dd>\n";
}

void write_fact(std::string_view name, std::string_view raw, std::ostream& out) {
  if (!raw.empty()) out << fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, html_text(raw));
}

void write_details(const ItemChange& item, const Difference& difference, std::ostream& out) {
  const Finding& finding = item.shown();
  out << "<dl>\n";
  write_fact("why", item.why, out);
  write_fact("documented as", finding.entry, out);
  if (!item.before || !item.after) {
    const Time& now = item.after ? difference.after.created : difference.before.created;
    std::string content;
    for (const Span& span : contents(finding, now, 0)) content += span.text;
    if (!content.empty()) out << "<dt>contains</dt><dd>" << code(content) << "</dd>\n";
    write_fact("lifetime", lifetime(finding, now), out);
  }
  for (const FactChange& fact : item.facts) write_fact(fact, out);
  write_fact("cannot be told", item.unsure, out);
  out << "</dl>";
}

void write_item(const ItemChange& item, const Difference& difference, std::ostream& out) {
  const Finding& finding = item.shown();
  std::string where = place(finding);
  if (finding.state != ItemState::current) where += fmt::format(" ({})", to_string(finding.state));
  out << fmt::format(R"(<tr><td class="{}">{}</td><th scope="row">{}</th><td>{}</td><td>)",
                     class_of(item.change), words_of(item.change), code(finding.name),
                     html_text(where));
  write_details(item, difference, out);
  out << "</td></tr>\n";
}

void write_group(const ChangeGroup& group, const Difference& difference, std::ostream& out) {
  out << "<h3>" << html_text(group.vendor.empty() ? "No catalog knows" : group.vendor);
  if (!group.site.empty()) out << " on " << html_text(group.site);
  out << "</h3>\n<table>\n<thead><tr><th scope=\"col\">What became of it</th><th "
         "scope=\"col\">Item</th><th scope=\"col\">Where</th><th scope=\"col\">What "
         "is known</th></tr></thead>\n<tbody>\n";
  for (const ItemChange* item : group.items) write_item(*item, difference, out);
  out << "</tbody>\n</table>\n";
}

void write_head(const Difference& difference, std::ostream& out) {
  out << "<h1>What differs</h1>\n";
  write_incomplete(difference, out);
  out << "<dl>\n";
  write_fact("BEFORE", side_text(difference.before), out);
  write_fact("AFTER", side_text(difference.after), out);
  write_fact("only", difference.selection, out);
  for (const std::string& remark : difference.remarks) write_fact("note", remark, out);
  out << "</dl>\n";
}

}  // namespace

void write_diff_html(const Difference& difference, const RenderOptions&, std::ostream& out) {
  const HtmlHead head{.title = "What differs", .style = assets::base_css, .script = ""};
  begin_html(head, out);
  out << "<main>\n";
  write_head(difference, out);
  for (const ProfileChange& profile : difference.profiles) {
    out << fmt::format("<h2>{}</h2>\n<p>{}</p>\n", html_text(profile_title(profile)),
                       counts_text(profile.counts));
    if (const std::string unknown = unknown_text(difference, profile); !unknown.empty())
      out << fmt::format("<p class=\"faint\">{}</p>\n", unknown);
    for (const ChangeGroup& group : groups_of(difference, profile))
      write_group(group, difference, out);
  }
  out << "</main>\n";
  end_html(head, out);
}

}  // namespace crumbs
