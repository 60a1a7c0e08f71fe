#include <map>

#include <fmt/format.h>

#include "render/html_parts.h"
#include "render/unlisted.h"
#include "render/words.h"

namespace crumbs {
namespace {

/// A list longer than this is cut; the table has all of it.
constexpr std::size_t kShown = 100;

template <class Keep>
Findings select(const HtmlView& view, const Keep& keep) {
  Findings selected;
  for (const Finding& finding : view.report.findings) {
    if (keep(finding)) selected.push_back(&finding);
  }
  return selected;
}

void write_link(const HtmlView& view, const Finding& finding) {
  HtmlWriter& page = view.page;
  page.tag(R"(<a href="#i)").number(view.number(finding)).tag(R"("><code>)").text(finding.name);
  page.tag(R"(</code></a> <span class="faint">)").text(place(finding)).tag("</span>");
}

/// What the item could be, and why that is not certain.
void write_candidates(HtmlWriter& page, const Finding& finding) {
  if (finding.entry.empty()) return;
  page.tag("<br>may be ").text(finding.entry);
  for (const RunnerUp& other : finding.runner_up) {
    page.tag("; or ").text(other.entry);
    if (!other.reason.empty()) page.tag(" (").text(other.reason).tag(")");
  }
}

void write_remark(HtmlWriter& page, const Finding& finding) {
  if (finding.state != ItemState::current)
    page.tag(R"( <span class="warn">)").text(to_string(finding.state)).tag("</span>");
  for (const Drift& drift : finding.drift) page.tag("<br>").text(drift.message);
  if (finding.status == Status::possible || finding.status == Status::ambiguous)
    write_candidates(page, finding);
}

void write_list(const HtmlView& view, Markup title, Markup explanation, const Findings& findings) {
  if (findings.empty()) return;
  HtmlWriter& page = view.page;
  page.tag("<h3>").tag(title).tag(": ").count(findings.size(), "item").tag("</h3>\n<p>");
  page.tag(explanation).tag("</p>\n<ul class=\"list\">\n");
  for (std::size_t i = 0; i < findings.size() && i < kShown; ++i) {
    page.tag("<li>");
    write_link(view, *findings[i]);
    write_remark(page, *findings[i]);
    page.tag("</li>\n");
  }
  if (findings.size() > kShown) {
    page.tag(R"(<li class="faint">… and )").number(findings.size() - kShown);
    page.tag(" more, all of them in the table above</li>\n");
  }
  page.tag("</ul>\n");
}

Findings with_status(const HtmlView& view, Status status) {
  return select(view, [status](const Finding& finding) {
    return finding.status == status && finding.state == ItemState::current;
  });
}

bool is_undescribed(const Finding& finding) {
  return finding.status == Status::undocumented && finding.state == ItemState::current &&
         !is_only_observed(finding);
}

bool is_described_undocumented(const Finding& finding) {
  return is_only_observed(finding) && finding.state == ItemState::current;
}

void write_unlisted(const HtmlView& view) {
  const Unlisted unlisted = unlisted_in(view.report);
  HtmlWriter& page = view.page;
  if (unlisted.unknown > 0) {
    page.tag("<p>").count(unlisted.unknown, "item");
    page.tag(
        " that no catalog knows: read and counted, not listed (<code>--all</code> lists "
        "them).</p>\n");
  }
  if (unlisted.residue > 0) {
    page.tag("<p>").count(unlisted.residue, "item");
    page.tag(
        " of residue: still in the files, no longer what the browser uses, not listed "
        "(<code>--residue</code> lists what a catalog knows of them).</p>\n");
  }
}

void write_absent(const HtmlView& view) {
  if (view.report.absent.empty()) return;
  HtmlWriter& page = view.page;
  std::map<std::string, std::vector<std::string>> catalogs;
  for (const Absent& absent : view.report.absent)
    catalogs[absent.entry.substr(0, absent.entry.find('/'))].push_back(absent.entry);
  page.tag("<h3>Absent: ").count(view.report.absent.size(), "item");
  page.tag("</h3>\n<p>Documented, but not found.</p>\n<dl>\n");
  for (const auto& [catalog, entries] : catalogs) {
    page.tag("<dt>").text(vendor_name(view.report, catalog)).tag("</dt><dd>");
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Entry* entry = view.entries.find(entries[i]);
      page.tag(i == 0 ? Markup("<code>") : Markup(", <code>"));
      page.text(entry == nullptr ? entries[i] : entry->name()).tag("</code>");
    }
    page.tag("</dd>\n");
  }
  page.tag("</dl>\n");
}

}  // namespace

void write_html_lists(const HtmlView& view) {
  view.page.tag("<section aria-labelledby=\"rest\">\n");
  view.page.tag("<h2 id=\"rest\">What is not as documented</h2>\n");
  write_list(view, "Drift", "Documented, but not as found.", with_status(view, Status::drift));
  write_list(view, "Undocumented",
             "Carries a vendor's names or lies in its store, but no entry describes it.",
             select(view, is_undescribed));
  write_list(view, "Seen in the wild",
             "Described from what was publicly seen; the vendor's document does not name it.",
             select(view, is_described_undocumented));
  write_list(view, "Possible",
             "Documented names that anybody may use; nothing else of the vendor is beside them.",
             with_status(view, Status::possible));
  write_list(view, "Ambiguous",
             "Several entries fit equally well and disagree; the stricter verdict counts.",
             with_status(view, Status::ambiguous));
  write_list(
      view, "Residue", "Still in the files, but no longer what the browser uses.",
      select(view, [](const Finding& finding) { return finding.state != ItemState::current; }));
  write_unlisted(view);
  write_absent(view);
  view.page.tag("</section>\n");
}

}  // namespace crumbs
