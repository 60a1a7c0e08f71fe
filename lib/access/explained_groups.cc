#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "access/explained_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

struct Rest {
  Status status;
  std::string_view heading, explanation;
};

constexpr std::array<Rest, 4> kRests = {
    {{Status::ambiguous, "Not certain: several descriptions fit",
      "Several descriptions fit these items equally well and disagree. The stricter answer is "
      "given."},
     {Status::possible, "Not certain: the names are anybody's",
      "These names are documented, but they are names that any site may use, and nothing else of "
      "the vendor was found beside them."},
     {Status::undocumented, "The vendor's, but not in its document",
      "These bear names that a vendor uses, or lie in a place of its own, but its document does "
      "not describe them."},
     {Status::unknown, "Known to no catalog",
      "No document that was at hand describes these, so nobody can say here what they are for."}}};

std::string card_heading(const Report& report, const Card& card) {
  std::string text = vendor_name(report, card.catalog);
  if (!card.site.empty()) text += " on " + card.site;
  text += card_details(report, card);
  if (report.profiles.size() > 1)
    text += ", profile " + profile_number(report, card.findings.front()->profile);
  return text;
}

template <class Keep>
Findings chosen(const Findings& findings, const Keep& keep) {
  Findings some;
  std::ranges::copy_if(findings, std::back_inserter(some),
                       [&](const Finding* finding) { return keep(*finding); });
  return some;
}

bool is_current(const Finding& finding) {
  return finding.state == ItemState::current;
}

}  // namespace

std::vector<ExplainedGroup> explained_groups(const Report& report) {
  Findings all;
  all.reserve(report.findings.size());
  for (const Finding& finding : report.findings) all.push_back(&finding);
  std::vector<ExplainedGroup> groups;
  for (Card& card : cards_of(all))
    groups.push_back({card_heading(report, card), "", std::move(card.findings)});
  const auto add = [&](std::string_view heading, std::string_view explanation, Findings findings) {
    if (!findings.empty())
      groups.push_back({std::string(heading), std::string(explanation), std::move(findings)});
  };
  for (const Rest& rest : kRests)
    add(rest.heading, rest.explanation, chosen(all, [&rest](const Finding& finding) {
          return is_current(finding) && finding.status == rest.status && !is_only_observed(finding);
        }));
  add("Removed, but still in the files",
      "The browser does not use these any more. It removed or replaced them, but has not yet "
      "written anything else over their bytes, so that they can still be read.",
      chosen(all, [](const Finding& finding) { return !is_current(finding); }));
  return groups;
}

}  // namespace crumbs
