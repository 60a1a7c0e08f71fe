#include <array>
#include <string_view>
#include <utility>

#include "access/explained_parts.h"

namespace crumbs {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kWords = {
    {{"item", "one thing that a site keeps in the browser: a cookie, or an entry of local storage"},
     {"cookie",
      "a small text that the browser keeps for a site and sends back to it with every visit"},
     {"local storage",
      "named texts that the browser keeps for a site and sends nowhere by itself; the site's pages "
      "can read them"},
     {"vendor",
      "whose product left the item, such as the maker of a chat window; the site you "
      "visited may be somebody else's"},
     {"catalog", "the machine-readable list of what a vendor's document says about its items"},
     {"our reading",
      "what the makers of the catalog understand where the document does not say it "
      "itself"},
     {"kept apart for visits to a site",
      "the browser keeps what one site stores within another "
      "separate for each site that you visit"},
     {"container",
      "a compartment of the browser that keeps the items of its tabs apart from all others"},
     {"isolated for a site",
      "the browser keeps whatever is stored during visits to this site apart from all else"},
     {"hidden here", "replaced by dots, with its length; it is not in this page"},
     {"byte", "about one letter of plain text"},
     {"UTC", "world time: in winter one hour behind Berlin and five hours ahead of New York"}}};

bool in_points(const AccessField& field) {
  for (const std::string_view elsewhere : {"confirmation/", "profile/"}) {
    if (field.id.starts_with(elsewhere)) return false;
  }
  return field.id != "not-covered";
}

}  // namespace

void write_explained_points(const ExplainedView& view) {
  HtmlWriter& page = view.page;
  page.tag(
      "<section aria-labelledby=\"points\">\n<h2 id=\"points\">Your questions, point by "
      "point</h2>\n<p>What the law lets you ask for (the GDPR's articles are named where one "
      "does), and what is not known. Nothing here is guessed.</p>\n<dl class=\"points\">\n");
  for (const AccessField& field : view.fields) {
    if (!in_points(field)) continue;
    page.tag("<dt>").text(field.label);
    if (!field.article.empty()) page.tag("<br><small>").text(field.article).tag("</small>");
    page.tag("</dt><dd>");
    if (!field.known && !field.text.starts_with("Not know"))
      page.tag("<span class=\"warn\">Not known.</span> ");
    page.text(field.text).tag("</dd>\n");
  }
  page.tag("</dl>\n</section>\n");
}

void write_explained_end(const ExplainedView& view) {
  HtmlWriter& page = view.page;
  page.tag("<section aria-labelledby=\"check\">\n<h2 id=\"check\">How to check this</h2>\n");
  page.tag(
      "<p>This page came in a folder with other files. You, or somebody you trust, can check "
      "that none of them was changed since. Open a terminal in that folder and type:</p>\n");
  page.tag(
      "<pre><code>sha256sum -c manifest-sha256.txt\nsha256sum -c "
      "tagmanifest-sha256.txt</code></pre>\n");
  page.tag(
      "<p>On a Mac type <code>shasum -a 256 -c</code> instead of <code>sha256sum -c</code>. "
      "Every line has to end in OK. This shows that the files are those that were packed; it "
      "does not show who packed them.</p>\n</section>\n");
  page.tag("<section aria-labelledby=\"words\">\n<h2 id=\"words\">Words used here</h2>\n<dl>\n");
  for (const auto& [word, meaning] : kWords)
    page.tag("<dt>").text(word).tag("</dt><dd>").text(meaning).tag("</dd>\n");
  page.tag("</dl>\n</section>\n</main>\n<footer>\n<p class=\"faint\">Made by crumbs ");
  page.text(view.report.tool_version);
  page.tag(". This page loads nothing, sends nothing and runs nothing.</p>\n</footer>\n");
}

}  // namespace crumbs
