#include <algorithm>

#include <fmt/format.h>

#include "access/explained_parts.h"
#include "render/plain_words.h"

namespace crumbs {
namespace {

void write_statements(HtmlWriter& page, const Catalog& catalog, bool visible) {
  page.tag("<ul>\n");
  for (const Statement& statement : catalog.statements()) {
    if (statement.visible_on_device != visible) continue;
    page.tag("<li>").text(statement.text).tag(" <span class=\"faint\">(section “");
    page.text(statement.section).tag("”)</span></li>\n");
  }
  page.tag("</ul>\n");
}

bool has_statement(const Catalog& catalog, bool visible) {
  return std::ranges::any_of(catalog.statements(), [visible](const Statement& statement) {
    return statement.visible_on_device == visible;
  });
}

void write_absent(const ExplainedView& view, const Catalog& catalog) {
  std::vector<std::string> absent;
  for (const Absent& one : view.report.absent) {
    const Entry* entry = view.entries.find(one.entry);
    if (entry != nullptr && entry->catalog == catalog.id())
      absent.push_back(fmt::format("{} ({})", entry->name(), entry->documented_as));
  }
  if (absent.empty()) return;
  HtmlWriter& page = view.page;
  page.tag("<h3>Documented, but not found")
      .text(view.report.complete ? "" : " in what could be read");
  page.tag("</h3>\n<p>").text(fmt::format("{}.", fmt::join(absent, "; "))).tag("</p>\n");
}

/// ", in force from 25 May 2018"; the document's own words where that is no date.
std::string effective(const CatalogDocument& document) {
  if (document.effective_date.empty()) return {};
  const auto day = parse_iso8601(document.effective_date + "T00:00:00Z");
  return ", in force from " + (day ? plain_day(*day) : document.effective_date);
}

void write_document(const ExplainedView& view, const Catalog& catalog) {
  HtmlWriter& page = view.page;
  const CatalogDocument& document = catalog.document();
  page.tag("<section>\n<h2>What the document says besides: ")
      .text(document.title)
      .tag("</h2>\n<p>");
  page.text(fmt::format("{} published it{}. ",
                        document.publisher.empty() ? "Its vendor" : document.publisher,
                        effective(document)));
  page.tag(
      "These are its statements in our words; crumbs does not check whether they are "
      "true.</p>\n");
  if (has_statement(catalog, true)) {
    page.tag("<h3>What can be seen on a device</h3>\n");
    write_statements(page, catalog, true);
  }
  if (has_statement(catalog, false)) {
    page.tag(
        "<h3>What cannot be seen on a device</h3>\n<p>Such as what pages send while you look "
        "at them, and what servers write down. To learn of that, ask whoever runs the "
        "site.</p>\n");
    write_statements(page, catalog, false);
  }
  write_absent(view, catalog);
  page.tag("</section>\n");
}

}  // namespace

void write_explained_documents(const ExplainedView& view) {
  for (const Catalog& catalog : view.catalogs) {
    const bool used = std::ranges::any_of(view.report.findings, [&](const Finding& finding) {
      return finding.catalog == catalog.id();
    });
    if (used) write_document(view, catalog);
  }
}

}  // namespace crumbs
