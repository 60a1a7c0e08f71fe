#include <algorithm>

#include <fmt/format.h>

#include "render/html_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

Text status_of(StoreStatus status) {
  switch (status) {
    case StoreStatus::read:
      return {{"read", Style::good}};
    case StoreStatus::absent:
      return {{"not there", Style::dim}};
    case StoreStatus::partial:
      return {{"read in part", Style::bad}};
    case StoreStatus::unsupported:
      return {{"not supported", Style::bad}};
    case StoreStatus::failed:
      break;
  }
  return {{"not read", Style::bad}};
}

void write_diagnostic(HtmlWriter& page, const Diagnostic& diagnostic) {
  const bool note = diagnostic.severity == Diagnostic::Severity::note;
  page.tag("<li>").words({note ? Span{"note: ", Style::dim} : Span{"not read: ", Style::bad}});
  page.text(diagnostic.message);
  std::string where = diagnostic.code;
  if (!diagnostic.file.empty()) where += ", " + diagnostic.file;
  if (diagnostic.row) where += fmt::format(", row {}", *diagnostic.row);
  if (diagnostic.offset) where += fmt::format(", byte {}", *diagnostic.offset);
  page.tag(R"( <span class="faint">()").text(where).tag(")</span></li>\n");
}

void write_files(HtmlWriter& page, const StoreResult& store) {
  if (store.files.empty()) return;
  page.tag("<details><summary>").count(store.files.size(), "file").tag("</summary><ul>\n");
  for (const SourceFile& file : store.files) {
    page.tag("<li><code>").text(file.path).tag("</code>, ").count(file.bytes, "byte");
    if (!file.sha256.empty()) page.tag(", SHA-256 <code>").text(file.sha256).tag("</code>");
    page.tag("</li>\n");
  }
  page.tag("</ul></details>");
}

void write_store(HtmlWriter& page, const StoreResult& store, std::size_t profile,
                 std::size_t number) {
  page.tag(R"(<tr id="s)").number(profile).tag("-").number(number).tag(R"("><td><code>)");
  page.text(store.id).tag("</code></td><td>").text(store.path);
  if (!store.note.empty()) page.tag(R"(<br><span class="faint">)").text(store.note).tag("</span>");
  if (!store.diagnostics.empty()) {
    page.tag("<ul>\n");
    for (const Diagnostic& diagnostic : store.diagnostics) write_diagnostic(page, diagnostic);
    page.tag("</ul>");
  }
  write_files(page, store);
  page.tag("</td><td>").words(status_of(store.status));
  if (!store.schema.empty())
    page.tag(R"( <span class="faint">schema )").text(store.schema).tag("</span>");
  page.tag("</td><td>").number(store.items).tag("</td><td>").number(store.unknown);
  page.tag("</td><td>").number(store.residue).tag("</td></tr>\n");
}

void write_stores(HtmlWriter& page, const std::vector<StoreResult>& stores, std::size_t profile) {
  std::string absent;
  for (const StoreResult& store : stores) {
    if (store.status == StoreStatus::absent) absent += (absent.empty() ? "" : ", ") + store.id;
  }
  if (std::ranges::any_of(
          stores, [](const StoreResult& store) { return store.status != StoreStatus::absent; })) {
    page.tag(R"(<div class="scroll"><table><thead><tr><th scope="col">Store</th>)");
    page.tag(R"(<th scope="col">Where</th><th scope="col">Outcome</th><th scope="col">Items</th>)");
    page.tag(
        "<th scope=\"col\">Unknown</th><th scope=\"col\">Residue</th></tr></thead>\n<tbody>\n");
    for (std::size_t i = 0; i < stores.size(); ++i) {
      if (stores[i].status != StoreStatus::absent) write_store(page, stores[i], profile, i);
    }
    page.tag("</tbody></table></div>\n");
  }
  if (!absent.empty()) page.tag(R"(<p class="faint">Not there: )").text(absent).tag("</p>\n");
}

void write_also_there(HtmlWriter& page, const std::vector<OtherPlace>& places) {
  if (places.empty()) return;
  page.tag("<details><summary>Also there, not read: ").count(places.size(), "place");
  page.tag(" that may know a site</summary><ul>\n");
  for (const OtherPlace& place : places)
    page.tag("<li><code>").text(place.path).tag("</code>, ").text(place.holds).tag("</li>\n");
  page.tag("</ul></details>\n");
}

void write_profile(const HtmlView& view, std::size_t number) {
  const auto& [profile, stores, tallies, others] = view.report.profiles[number];
  HtmlWriter& page = view.page;
  page.tag("<h3>").text(profile_number(view.report, profile.id)).tag(": ");
  page.text(profile.browser_name.empty() ? profile.browser : profile.browser_name);
  if (!profile.name.empty()) page.tag(", ").text(profile.name);
  if (!profile.display_name.empty() && profile.display_name != profile.name)
    page.tag(" (").text(profile.display_name).tag(")");
  page.tag("</h3>\n<p><code>").text(profile.path.native()).tag("</code><br>When it was read: ");
  page.words(running_words(profile.running));
  page.tag(".</p>\n");
  if (profile.only_store)
    page.tag("<p>Of it only <code>").text(*profile.only_store).tag("</code>.</p>\n");
  write_stores(page, stores, number);
  write_also_there(page, others);
}

void write_notes(const HtmlView& view) {
  if (view.report.notes.empty()) return;
  view.page.tag("<ul>\n");
  for (const Diagnostic& note : view.report.notes) write_diagnostic(view.page, note);
  view.page.tag("</ul>\n");
}

void write_document(HtmlWriter& page, const CatalogDocument& document) {
  page.tag("<br>The document: ").text(document.title);
  if (!document.publisher.empty()) page.tag(", ").text(document.publisher);
  if (!document.effective_date.empty()) page.tag(", effective ").text(document.effective_date);
  if (!document.sha256.empty()) page.tag(", SHA-256 <code>").text(document.sha256).tag("</code>");
}

}  // namespace

void write_html_sources(const HtmlView& view) {
  view.page.tag("<section aria-labelledby=\"sources\">\n");
  view.page.tag("<h2 id=\"sources\">What was read</h2>\n");
  if (view.report.profiles.empty()) view.page.tag("<p>No profile was read.</p>\n");
  write_notes(view);
  for (std::size_t i = 0; i < view.report.profiles.size(); ++i) write_profile(view, i);
  view.page.tag("</section>\n");
}

void write_html_catalogs(const HtmlView& view) {
  HtmlWriter& page = view.page;
  page.tag("<section aria-labelledby=\"catalogs\">\n<h2 id=\"catalogs\">Catalogs</h2>\n");
  if (view.report.catalogs.empty()) page.tag("<p>No catalog was used.</p>\n");
  for (const CatalogUsed& used : view.report.catalogs) {
    page.tag("<p><strong>").text(used.title.empty() ? used.id : used.title).tag("</strong> ");
    page.text(fmt::format("({} {})", used.id, used.version)).tag(", SHA-256 <code>");
    page.text(used.sha256).tag("</code>");
    write_document(page, used.document);
    page.tag("</p>\n");
  }
  page.tag("</section>\n");
}

}  // namespace crumbs
