#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "render/html_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

bool is_whole(StoreStatus status) {
  return status == StoreStatus::read || status == StoreStatus::absent;
}

void write_broken_stores(const HtmlView& view) {
  const Report& report = view.report;
  HtmlWriter& page = view.page;
  page.tag("<ul>\n");
  for (std::size_t i = 0; i < report.profiles.size(); ++i) {
    const std::vector<StoreResult>& stores = report.profiles[i].stores;
    for (std::size_t j = 0; j < stores.size(); ++j) {
      const StoreResult& store = stores[j];
      if (is_whole(store.status)) continue;
      page.tag(R"(<li><a href="#s)").number(i).tag("-").number(j).tag(R"(">)").text(store.path);
      page.tag(R"(</a> <span class="faint">)").text(store.id).tag("</span>: <strong>");
      page.text(spaced(to_string(store.status))).tag("</strong></li>\n");
    }
  }
  page.tag("</ul>\n");
}

/// What could not be read, before anything else is claimed.
void write_notice(const HtmlView& view) {
  const Report& report = view.report;
  HtmlWriter& page = view.page;
  if (report.complete && report.exit.code == 0) return;
  page.tag("<section class=\"notice\" aria-labelledby=\"notice\">\n<h2 id=\"notice\">");
  page.tag(report.complete ? Markup("What stands out")
                           : Markup("Incomplete: what could not be read is missing here"));
  page.tag("</h2>\n");
  if (!report.complete) write_broken_stores(view);
  if (!report.exit.reasons.empty()) {
    page.tag("<ul class=\"reasons\">\n");
    for (const Reason& reason : report.exit.reasons)
      page.tag("<li>").text(to_string(reason)).tag("</li>\n");
    page.tag("</ul>\n");
  }
  page.tag("</section>\n");
}

std::string_view values_words(ValuesMode mode) {
  switch (mode) {
    case ValuesMode::masked:
      return "masked: personal and undocumented values are not shown";
    case ValuesMode::full:
      return "shown in full: handle this file like the data it holds";
    case ValuesMode::none:
      break;
  }
  return "not shown";
}

void write_tile(HtmlWriter& page, std::uint64_t number, Markup what, const std::string& remark) {
  page.tag(R"(<div class="tile"><dt>)").tag(what).tag("</dt><dd><b>").number(number).tag("</b>");
  if (!remark.empty()) page.tag(R"( <span class="faint">)").text(remark).tag("</span>");
  page.tag("</dd></div>\n");
}

std::string listing_remark(const Summary& summary, std::size_t listed) {
  if (listed >= summary.items) return fmt::format("of {} read", summary.items);
  return fmt::format("of {} read, {} known to no catalog", summary.items, summary.unknown);
}

/// Of documented items, listed or not.
std::uint64_t with_verdict(const Report& report, Verdict verdict) {
  std::uint64_t sum = 0;
  for (const ProfileReport& part : report.profiles) {
    for (const Tally& tally : part.tallies) {
      const auto found = tally.verdicts.find(verdict);
      if (found != tally.verdicts.end()) sum += found->second;
    }
  }
  return sum;
}

void write_tiles(const HtmlView& view) {
  const Summary& summary = view.report.summary;
  const std::size_t listed = view.report.findings.size();
  const auto may = [&](Verdict verdict) { return with_verdict(view.report, verdict); };
  HtmlWriter& page = view.page;
  page.tag("<dl class=\"tiles\">\n");
  write_tile(page, listed, "items listed", listing_remark(summary, listed));
  write_tile(page, summary.documented + summary.drift, "documented",
             summary.drift == 0 ? "" : fmt::format("{} not as documented", summary.drift));
  write_tile(page, summary.personal, "hold personal data", "by the catalog");
  const std::uint64_t at_a_cost = may(Verdict::allowed_with_consequence);
  write_tile(page, may(Verdict::allowed) + at_a_cost, "may be deleted",
             at_a_cost == 0 ? "" : fmt::format("{} at a cost", at_a_cost));
  write_tile(page, may(Verdict::retain), "to keep", "");
  write_tile(page, summary.undocumented + summary.possible + summary.ambiguous, "uncertain",
             "undocumented, possible or ambiguous");
  if (summary.undocumented_fields > 0)
    write_tile(page, summary.undocumented_fields, "undocumented parts", "inside documented items");
  if (summary.unavailable > 0)
    write_tile(page, summary.unavailable, "not readable", "their values");
  if (summary.doubtful > 0) write_tile(page, summary.doubtful, "doubtful", "their values");
  if (summary.residue > 0) write_tile(page, summary.residue, "left over", "residue in the files");
  page.tag("</dl>\n");
}

/// "contact 2, identifier 5": the kinds of personal data, most frequent first.
std::string kinds_of(const Findings& findings) {
  std::map<std::string_view, std::size_t> kinds;
  for (const Finding* finding : findings) {
    if (is_personal(finding->value.personal_data)) ++kinds[to_string(finding->value.personal_data)];
  }
  std::vector<std::pair<std::string_view, std::size_t>> sorted(kinds.begin(), kinds.end());
  std::ranges::stable_sort(sorted, std::greater(),
                           &std::pair<std::string_view, std::size_t>::second);
  std::string text;
  for (const auto& [kind, count] : sorted)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", kind, count);
  return text;
}

void write_card_facts(HtmlWriter& page, const Card& card) {
  const ItemCounts counts = count_items(card.findings);
  const auto part = [](std::size_t count, std::string_view what) {
    return count == 0 ? std::string() : fmt::format("{} {}", count, what);
  };
  const auto joined = [](const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& one : parts) {
      if (!one.empty()) text += (text.empty() ? "" : ", ") + one;
    }
    return text;
  };
  page.tag("<dl>\n");
  page.fact("items",
            fmt::format("{}: {}", counts.items,
                        joined({part(counts.cookies, "in cookies"),
                                part(counts.items - counts.cookies, "in local storage")})));
  const std::string kinds = kinds_of(card.findings);
  page.fact("personal data", counts.personal == 0 ? "none by the catalog"
                                                  : fmt::format("{}: {}", counts.personal, kinds));
  page.tag("<dt>may be deleted</dt><dd>");
  page.text(joined({part(counts.allowed, "freely"), part(counts.with_consequence, "at a cost"),
                    part(counts.retain, "to keep"), part(counts.not_known, "not known")}));
  page.tag("</dd>\n</dl>\n");
}

void write_card(const HtmlView& view, std::size_t index) {
  const Card& card = view.cards[index];
  HtmlWriter& page = view.page;
  page.tag(R"(<li class="card"><h3>)").text(vendor_name(view.report, card.catalog));
  if (!card.site.empty()) page.tag(R"( <span class="on">on</span> )").text(card.site);
  page.tag("</h3>\n");
  if (const std::string details = card_details(view.report, card); !details.empty())
    page.tag(R"(<p class="faint">)").text(details.substr(2)).tag("</p>\n");
  write_card_facts(page, card);
  page.tag(R"(<p><a data-card=")").number(index).tag(R"(" href="#i)");
  page.number(view.number(*card.findings.front())).tag(R"(">Show )");
  page.count(card.findings.size(), "item").tag("</a></p></li>\n");
}

}  // namespace

void write_html_head(const HtmlView& view) {
  const Report& report = view.report;
  HtmlWriter& page = view.page;
  page.tag("<a class=\"skip\" href=\"#items\">Skip to the items</a>\n<header>\n");
  page.tag("<h1>What web sites left in the browser</h1>\n<p class=\"faint\">Report of crumbs ");
  page.text(report.tool_version)
      .tag(", made ")
      .text(human_time(report.created))
      .tag(". Values are ");
  page.text(values_words(report.values)).tag(".</p>\n");
  if (!report.selection.empty())
    page.tag("<p>Only what was chosen: <code>").text(report.selection).tag("</code></p>\n");
  if (const std::string selected = selected_words(report); !selected.empty())
    page.tag("<p>That is ").text(selected).tag(". The counts are of all that was read.</p>\n");
  if (!report.labels.empty())
    page.tag("<p>Labels: <code>").text(label_words(report.labels)).tag("</code></p>\n");
  page.tag("</header>\n<main>\n");
}

void write_html_overview(const HtmlView& view) {
  HtmlWriter& page = view.page;
  write_notice(view);
  page.tag("<section aria-labelledby=\"overview\">\n<h2 id=\"overview\">At a glance</h2>\n");
  if (view.report.complete)
    page.tag("<p><span class=\"good\">Complete:</span> every store that is there was read.</p>\n");
  write_tiles(view);
  if (view.cards.empty()) {
    page.tag("<p>Nothing that a catalog documents was found.</p>\n");
  } else {
    page.tag("<ul class=\"cards\">\n");
    for (std::size_t i = 0; i < view.cards.size(); ++i) write_card(view, i);
    page.tag("</ul>\n");
  }
  page.tag("</section>\n");
}

}  // namespace crumbs
