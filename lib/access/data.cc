#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "access/parts.h"
#include "crumbs/printable.h"
#include "crumbs/select.h"
#include "render/plain_words.h"
#include "render/words.h"

namespace crumbs {
namespace {

std::string words(Category category) {
  return "for " + spaced(to_string(category));
}
std::string words(PersonalData kind) {
  return fmt::format("about {} ({})", short_class(kind), to_string(kind));
}

/// "4 for functionality, 1 for targeting", most frequent first.
template <class Word>
std::string listed(const std::map<Word, std::size_t>& counts) {
  std::vector<std::pair<Word, std::size_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::greater(), &std::pair<Word, std::size_t>::second);
  std::string text;
  for (const auto& [word, count] : sorted)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, words(word));
  return text;
}

void add_purposes(const AccessView& view) {
  constexpr std::string_view kArticle = "GDPR 15(1)(a)";
  std::map<Category, std::size_t> counts;
  std::size_t read_by_us = 0;
  for (const Finding& finding : view.report.findings) {
    const Entry* entry = view.entries.find(finding.entry);
    if (entry == nullptr) continue;
    ++counts[entry->category];
    if (entry->category_basis.basis != Basis::document) ++read_by_us;
  }
  if (counts.empty())
    return view.unknown("purposes", std::string(kArticle), "Purposes",
                        "Not knowable from the device: what the data is used for. No catalog "
                        "describes any of it, and the controller has not stated it.");
  const std::string whose =
      read_by_us == 0
          ? "This is what the documents say."
          : fmt::format("For {} of them this is our reading, not the document's word.", read_by_us);
  view.known("purposes", std::string(kArticle), "Purposes",
             fmt::format("The items that a catalog describes serve, by kind of purpose: {}. {} The "
                         "controller's own purposes have not been stated.",
                         listed(counts), whose));
}

void add_categories(const AccessView& view) {
  std::map<PersonalData, std::size_t> counts;
  std::size_t undocumented = 0;
  for (const Finding& finding : view.report.findings) {
    if (holds_personal_data(finding)) ++counts[finding.value.personal_data];
    if (finding.value.personal_data == PersonalData::unknown) ++undocumented;
  }
  std::string text = counts.empty() ? "By the catalogs none of the items holds personal data."
                                    : "Items by what they hold: " + listed(counts) + ".";
  if (undocumented > 0)
    text += fmt::format(" Of {} nobody has said what {}.", counted(undocumented, "item"),
                        undocumented == 1 ? "it holds" : "they hold");
  view.known("categories", "GDPR 15(1)(b)", "Categories of personal data", std::move(text));
}

void add_recipients(const AccessView& view) {
  const auto& controller = view.request.controller;
  if (controller && !controller->recipients.empty())
    return view.known(
        "recipients", "GDPR 15(1)(c)", "Recipients",
        fmt::format("Stated by the controller: {}.", fmt::join(controller->recipients, "; ")));
  view.unknown("recipients", "GDPR 15(1)(c)", "Recipients",
               "Not knowable from the device: to whom the data was disclosed. The controller has "
               "not stated it.");
}

std::string documented_retention(const AccessView& view) {
  std::map<std::string, std::int64_t> ages;
  std::set<std::string> without;
  for (const Finding& finding : view.report.findings) {
    const Entry* entry = view.entries.find(finding.entry);
    if (entry == nullptr) continue;
    if (entry->max_age_s)
      ages[entry->name()] = *entry->max_age_s;
    else
      without.insert(entry->id);
  }
  std::string text;
  for (const auto& [name, seconds] : ages)
    text += fmt::format("{}{} is kept for {}", text.empty() ? "Documented: " : "; ", name,
                        span_words(seconds));
  if (!text.empty()) text += ". ";
  if (!without.empty())
    text += fmt::format("For {} the documents state no period.",
                        counted(without.size(), "kind") + " of item");
  return text;
}

void add_documented_retention(const AccessView& view) {
  std::string text = documented_retention(view);
  if (text.empty())
    view.unknown("retention-documented", "GDPR 15(1)(d)", "How long it is kept, as documented",
                 "Not knowable from the device: no document describes what was found.");
  else
    view.known("retention-documented", "GDPR 15(1)(d)", "How long it is kept, as documented",
               std::move(text));
}

struct Lifetimes {
  std::size_t expiring = 0, until_closed = 0, forever = 0, not_stored = 0;
  std::optional<Time> last;

  void add(const Finding& finding) {
    if (finding.kind == ItemKind::local_storage) {
      ++forever;
    } else if (finding.attributes.session.value_or(false)) {
      ++until_closed;
    } else if (finding.times.expires) {
      ++expiring;
      if (!last || finding.times.expires->unix_us > last->unix_us) last = finding.times.expires;
    } else {
      ++not_stored;
    }
  }
};

void add_observed_retention(const AccessView& view) {
  Lifetimes lifetimes;
  for (const Finding& finding : view.report.findings) {
    if (finding.state == ItemState::current) lifetimes.add(finding);
  }
  std::string text;
  const auto add = [&text](std::size_t count, const std::string& what) {
    if (count > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : "; ", counted(count, "item"), what);
  };
  if (lifetimes.last)
    add(lifetimes.expiring, "with a time of expiry, the last on " + plain_day(*lifetimes.last));
  add(lifetimes.until_closed, "until the browser is closed");
  add(lifetimes.forever, "in local storage, where nothing expires by itself");
  add(lifetimes.not_stored, "without a stored time of expiry");
  if (text.empty())
    view.unknown("retention-observed", "GDPR 15(1)(d)", "How long it is kept, as found",
                 "Not knowable: no item is listed that is still in use.");
  else
    view.known("retention-observed", "GDPR 15(1)(d)", "How long it is kept, as found", text + ".");
}

}  // namespace

void add_data_fields(const AccessView& view) {
  add_purposes(view);
  add_categories(view);
  add_recipients(view);
  add_documented_retention(view);
  add_observed_retention(view);
}

}  // namespace crumbs
