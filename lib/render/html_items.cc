#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "render/html_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

/// Columns; what does not fit is in the story.
constexpr std::size_t kContents = 90;

/// The words by which rows are filtered, with how many rows have each.
using Choices = std::map<std::string, std::size_t>;

std::string_view verdict_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::allowed:
      return "yes";
    case Verdict::allowed_with_consequence:
      return "yes, but";
    case Verdict::retain:
      return "no, keep";
    case Verdict::undocumented:
      break;
  }
  return "not known";
}

Style verdict_style(Verdict verdict) {
  switch (verdict) {
    case Verdict::allowed:
      return Style::good;
    case Verdict::allowed_with_consequence:
      return Style::warning;
    case Verdict::retain:
      return Style::bad;
    case Verdict::undocumented:
      break;
  }
  return Style::plain;
}

/// The state counts where it is not the usual one.
std::string status_words(const Finding& finding) {
  std::string words(to_string(finding.status));
  if (finding.state != ItemState::current) words += fmt::format(", {}", to_string(finding.state));
  return words;
}

std::string until(const Finding& finding) {
  if (finding.attributes.session.value_or(false)) return "browser closes";
  if (!finding.times.expires)
    return finding.kind == ItemKind::local_storage ? "deleted" : "not known";
  const std::string time = to_iso8601(whole_second(*finding.times.expires));
  return time.substr(0, time.rfind('T'));
}

std::string category_id(const HtmlView& view, const Finding& finding) {
  const Entry* entry = view.entry(finding);
  return entry == nullptr ? "" : std::string(to_string(entry->category));
}

template <class Of>
Choices choices(const HtmlView& view, const Of& of) {
  Choices counts;
  for (const Finding& finding : view.report.findings) {
    if (std::string word(of(finding)); !word.empty()) ++counts[std::move(word)];
  }
  return counts;
}

template <class Words>
void write_options(HtmlWriter& page, const Choices& counts, const Words& words) {
  page.tag("<option value=\"\">all</option>\n");
  for (const auto& [value, count] : counts) {
    page.tag(R"(<option value=")").text(value).tag(R"(">)").text(words(value));
    page.tag(" (").number(count).tag(")</option>\n");
  }
  page.tag("</select></label>\n");
}

void write_card_choice(const HtmlView& view) {
  HtmlWriter& page = view.page;
  page.tag("<label>Vendor and site <select name=\"card\">\n<option value=\"\">all</option>\n");
  for (std::size_t i = 0; i < view.cards.size(); ++i) {
    const Card& card = view.cards[i];
    page.tag(R"(<option value=")")
        .number(i)
        .tag(R"(">)")
        .text(vendor_name(view.report, card.catalog));
    if (!card.site.empty()) page.tag(" on ").text(card.site);
    page.text(card_details(view.report, card))
        .tag(" (")
        .number(card.findings.size())
        .tag(")</option>\n");
  }
  page.tag("</select></label>\n");
}

void write_personal_choice(const HtmlView& view) {
  const Choices kinds =
      choices(view, [](const Finding& finding) { return to_string(finding.value.personal_data); });
  const auto personal = std::ranges::count_if(view.report.findings, [](const Finding& finding) {
    return is_personal(finding.value.personal_data);
  });
  HtmlWriter& page = view.page;
  page.tag("<label>Personal data <select name=\"personal\">\n<option value=\"\">all</option>\n");
  page.tag(R"(<option value="any">any kind ()").number(personal).tag(")</option>\n");
  for (const auto& [kind, count] : kinds) {
    page.tag(R"(<option value=")").text(kind).tag(R"(">)").text(kind);
    page.tag(" (").number(count).tag(")</option>\n");
  }
  page.tag("</select></label>\n");
}

/// Hidden until the script is there to make it work.
void write_tools(const HtmlView& view) {
  HtmlWriter& page = view.page;
  const auto same = [](const std::string& word) { return spaced(word); };
  page.tag("<form id=\"tools\" role=\"search\" aria-label=\"Filter the items\" hidden>\n");
  page.tag(R"(<label class="wide">Search <input type="search" name="text" )");
  page.tag("autocomplete=\"off\" spellcheck=\"false\"></label>\n");
  write_card_choice(view);
  page.tag("<label>Status <select name=\"status\">\n");
  write_options(page, choices(view, [](const Finding& f) { return to_string(f.status); }), same);
  page.tag("<label>Vendor <select name=\"vendor\">\n");
  write_options(page, choices(view, [](const Finding& f) { return f.catalog; }),
                [&view](const std::string& id) { return vendor_name(view.report, id); });
  page.tag("<label>Store <select name=\"store\">\n");
  write_options(page, choices(view, [](const Finding& f) { return f.store; }),
                [](const std::string& id) { return id; });
  page.tag("<label>Category <select name=\"category\">\n");
  write_options(page, choices(view, [&view](const Finding& f) { return category_id(view, f); }),
                same);
  page.tag("<label>May be deleted <select name=\"verdict\">\n");
  write_options(page, choices(view, [](const Finding& f) { return to_string(f.deletion.verdict); }),
                same);
  write_personal_choice(view);
  page.tag(R"(<span class="buttons"><button type="reset">Show all items</button> )");
  page.tag(R"(<button type="button" id="open">Open those shown</button> )");
  page.tag("<button type=\"button\" id=\"close\">Close all</button></span>\n</form>\n");
}

/// What the script filters and sorts by: data of the row, so that it need not look at the cells.
void write_row_data(const HtmlView& view, const Finding& finding) {
  HtmlWriter& page = view.page;
  page.tag(R"(<tr role="row" id="i)").number(view.number(finding)).tag(R"(" data-status=")");
  page.text(to_string(finding.status)).tag(R"(" data-vendor=")").text(finding.catalog);
  page.tag(R"(" data-store=")").text(finding.store).tag(R"(" data-category=")");
  page.text(category_id(view, finding)).tag(R"(" data-verdict=")");
  page.text(to_string(finding.deletion.verdict)).tag(R"(" data-personal=")");
  page.text(to_string(finding.value.personal_data)).tag(R"(")");
  if (const auto card = view.card_of.find(&finding); card != view.card_of.end())
    page.tag(R"( data-card=")").number(card->second).tag(R"(")");
  if (finding.times.expires && !finding.attributes.session.value_or(false))
    page.tag(R"( data-until=")").number(finding.times.expires->unix_us / 1'000'000).tag(R"(")");
  page.tag(">");
}

void write_cells(const HtmlView& view, const Finding& finding) {
  HtmlWriter& page = view.page;
  page.tag(R"(<td role="cell" class="holds">)");
  page.words(contents(finding, view.report.created, kContents));
  page.tag(R"(</td><td role="cell" class="place">)").text(place(finding));
  page.tag(R"(</td><td role="cell" class="status">)");
  const bool known = finding.status == Status::documented && finding.state == ItemState::current;
  page.words({{status_words(finding), known ? Style::plain : Style::warning}});
  page.tag(R"(</td><td role="cell" class="personal">)");
  page.words({{std::string(to_string(finding.value.personal_data)),
               is_personal(finding.value.personal_data) ? Style::bold : Style::dim}});
  page.tag(R"(</td><td role="cell" class="verdict">)");
  page.words({{std::string(verdict_words(finding.deletion.verdict)),
               verdict_style(finding.deletion.verdict)}});
  page.tag(R"(</td><td role="cell" class="until">)").text(until(finding)).tag("</td></tr>\n");
}

void write_row(const HtmlView& view, const Finding& finding) {
  write_row_data(view, finding);
  view.page.tag(R"(<td role="cell" class="item"><details><summary><code>)").text(finding.name);
  view.page.tag("</code></summary>");
  write_html_story(view, finding);
  view.page.tag("</details></td>");
  write_cells(view, finding);
}

void write_column(HtmlWriter& page, Markup key, Markup title) {
  page.tag(R"(<th role="columnheader" scope="col" aria-sort="none" data-key=")");
  page.tag(key).tag(R"(">)").tag(title).tag("</th>");
}

void write_columns(HtmlWriter& page) {
  page.tag(R"(<thead role="rowgroup"><tr role="row">)");
  write_column(page, "item", "Item");
  write_column(page, "holds", "Contains");
  write_column(page, "place", "Kept on");
  write_column(page, "status", "Status");
  write_column(page, "personal", "Personal data");
  write_column(page, "verdict", "May be deleted");
  write_column(page, "until", "Stays until");
  page.tag("</tr></thead>\n");
}

}  // namespace

void write_html_items(const HtmlView& view) {
  HtmlWriter& page = view.page;
  const std::size_t listed = view.report.findings.size();
  page.tag("<section aria-labelledby=\"items\">\n<h2 id=\"items\" tabindex=\"-1\">Items</h2>\n");
  if (listed == 0) {
    page.tag("<p>No items are listed.</p>\n</section>\n");
    return;
  }
  write_tools(view);
  page.tag(R"(<p id="count" role="status" aria-live="polite">)").count(listed, "item");
  page.tag(". Each opens to its full story.</p>\n");
  page.tag("<table id=\"table\" role=\"table\" aria-labelledby=\"items\">\n");
  write_columns(page);
  page.tag("<tbody role=\"rowgroup\">\n");
  for (const Finding& finding : view.report.findings) write_row(view, finding);
  page.tag("</tbody></table>\n</section>\n");
}

}  // namespace crumbs
