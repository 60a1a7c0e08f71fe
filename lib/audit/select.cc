#include "crumbs/select.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "ascii.h"
#include "audit/cards.h"
#include "audit/entries.h"
#include "crumbs/error.h"
#include "crumbs/glob.h"
#include "crumbs/printable.h"
#include "decode/site.h"
#include "lifetime.h"
#include "stores/store.h"

namespace crumbs {
namespace {

constexpr std::uint32_t kLargestCount = 10'000;

struct Unit {
  std::string_view word;
  char unit;
};
constexpr std::array<Unit, 5> kUnits{{{"h", 'h'}, {"d", 'd'}, {"w", 'w'}, {"mo", 'm'}, {"y", 'y'}}};

template <class T>
bool is_among(const std::vector<T>& chosen, const T& value) {
  return chosen.empty() || std::ranges::find(chosen, value) != chosen.end();
}

bool fits_any(const std::vector<std::string>& patterns, std::string_view text) {
  return patterns.empty() || std::ranges::any_of(patterns, [&](const std::string& pattern) {
           return fits(pattern, text);
         });
}

bool is_personal(PersonalData data) {
  return data != PersonalData::none && data != PersonalData::unknown;
}

bool is_any_of(const std::vector<Category>& chosen, const std::optional<Category>& category) {
  return chosen.empty() || (category && is_among(chosen, *category));
}

[[noreturn]] void refuse(std::string_view option, const std::string& text, std::string_view why) {
  throw Error(ErrorCode::usage, fmt::format("{} {}: {}", option, printable(text), why));
}

void check_vendors(const Selection& selection, std::span<const Catalog> catalogs) {
  for (const std::string& vendor : selection.vendors) {
    if (std::ranges::find(catalogs, vendor, &Catalog::id) != catalogs.end()) continue;
    std::string known;
    for (const Catalog& catalog : catalogs)
      known += fmt::format("{}{}", known.empty() ? "" : ", ", printable(catalog.id()));
    refuse(
        "--vendor", vendor,
        fmt::format("no catalog is of this vendor (there are {})", known.empty() ? "none" : known));
  }
}

void check_entries(const Selection& selection, std::span<const Catalog> catalogs) {
  for (const std::string& pattern : selection.entries) {
    const bool known = std::ranges::any_of(catalogs, [&](const Catalog& catalog) {
      return std::ranges::any_of(catalog.entries(),
                                 [&](const Entry& entry) { return fits(pattern, entry.id); });
    });
    if (!known)
      refuse("--entry", pattern, "no catalog has such an entry (see crumbs catalog list)");
  }
}

void check_stores(const Selection& selection) {
  for (const std::string& pattern : selection.stores) {
    if (std::ranges::any_of(store_drivers(),
                            [&](const StoreDriver* driver) { return fits(pattern, driver->id); }))
      continue;
    std::string known;
    for (const StoreDriver* driver : store_drivers())
      known += fmt::format("{}{}", known.empty() ? "" : ", ", driver->id);
    refuse("--store", pattern, fmt::format("there is no such store (there are {})", known));
  }
}

std::string_view without_dot(std::string_view host) {
  return host.starts_with('.') ? host.substr(1) : host;
}

/// Where the item is kept, without the dot of a domain cookie.
std::string host_of(const Finding& finding) {
  return finding.kind == ItemKind::cookie ? std::string(without_dot(finding.host))
                                          : host_of_origin(finding.origin);
}

template <class E>
void add_words(std::string& text, std::string_view option, const std::vector<E>& values) {
  for (const E& value : values) text += fmt::format(" {} {}", option, value);
}

template <class E>
void add_enumerators(std::string& text, std::string_view option, const std::vector<E>& values) {
  for (const E value : values) text += fmt::format(" {} {}", option, to_string(value));
}

std::string to_string(const Age& age) {
  const auto* const unit = std::ranges::find(kUnits, age.unit, &Unit::unit);
  return fmt::format("{}{}", age.count, unit == kUnits.end() ? "" : unit->word);
}

}  // namespace

std::optional<Age> parse_age(std::string_view text) {
  Age age;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), age.count);
  if (error != std::errc{} || age.count > kLargestCount) return std::nullopt;
  const std::string_view word(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const auto* const unit = std::ranges::find(kUnits, word, &Unit::word);
  if (unit == kUnits.end()) return std::nullopt;
  age.unit = unit->unit;
  return age;
}

bool holds_personal_data(const Finding& finding) {
  return !finding.entry.empty() && is_personal(finding.value.personal_data);
}

bool is_empty(const Selection& selection) {
  return selection == Selection{};
}

std::string to_string(const Selection& selection) {
  std::string text;
  add_words(text, "--vendor", selection.vendors);
  add_words(text, "--site", selection.sites);
  add_words(text, "--entry", selection.entries);
  add_words(text, "--store", selection.stores);
  add_enumerators(text, "--status", selection.statuses);
  add_enumerators(text, "--category", selection.categories);
  if (selection.personal_data) text += " --personal-data";
  if (selection.expired) text += " --expired";
  if (selection.older_than) text += " --older-than " + to_string(*selection.older_than);
  return text.empty() ? text : text.substr(1);
}

Selector::Selector(Selection selection, std::span<const Catalog> catalogs, const Time& now)
    : selection_(std::move(selection)), now_(now) {
  check_vendors(selection_, catalogs);
  check_entries(selection_, catalogs);
  check_stores(selection_);
  read_sites();
  if (selection_.older_than) limit_ = before(now_, *selection_.older_than);
}

void Selector::read_sites() {
  for (const std::string& text : selection_.sites) {
    const bool exact = text.starts_with('=');
    const std::string host = lower_case(without_dot(std::string_view(text).substr(exact ? 1 : 0)));
    const bool address = host.starts_with('[');
    if (host.empty() || host.find_first_of(address ? "/@ " : "/@: ") != std::string::npos)
      refuse("--site", text, "expected a host such as shop.example.com or =shop.example.com");
    sites_.push_back({exact ? host : registrable_domain(host), exact});
  }
}

bool Selector::at_site(const Finding& finding) const {
  if (sites_.empty()) return true;
  const std::string host = lower_case(host_of(finding));
  return std::ranges::any_of(sites_, [&](const Site& site) {
    if (site.exact) return host == site.host;
    return finding.site == site.host || registrable_domain(host) == site.host;
  });
}

bool Selector::in_time(const Times& times) const {
  if (selection_.expired && !is_expired(times, now_)) return false;
  if (!limit_) return true;
  const std::optional<Time>& since = times.created ? times.created : times.updated;
  return since && since->unix_us < limit_->unix_us;
}

bool Selector::selects(const Finding& finding) const {
  return is_among(selection_.vendors, finding.catalog) &&
         is_among(selection_.statuses, finding.status) &&
         fits_any(selection_.entries, finding.entry) &&
         fits_any(selection_.stores, finding.store) &&
         is_any_of(selection_.categories, finding.category) &&
         (!selection_.personal_data || holds_personal_data(finding)) && in_time(finding.times) &&
         at_site(finding);
}

bool Selector::covers(const Entry& entry) const {
  const bool store = std::ranges::any_of(store_drivers(), [&](const StoreDriver* driver) {
    return driver->kind == entry.store && fits_any(selection_.stores, driver->id);
  });
  return store && is_among(selection_.vendors, entry.catalog) &&
         fits_any(selection_.entries, entry.id) &&
         is_among(selection_.categories, entry.category) &&
         (!selection_.personal_data || is_personal(entry.personal_data));
}

bool was_asked_for(const Report& report, const Finding& finding) noexcept {
  return report.all || finding.status != Status::unknown;
}

void note_empty_selection(Report& report) {
  if (report.selection.empty() || report.exit.code != 0) return;
  report.exit.code = 4;
  const std::string_view nothing = report.all ? "nothing" : "nothing that a catalog knows";
  report.exit.reasons = {
      {.code = "nothing_selected",
       .message = fmt::format("{} is selected by {}", nothing, report.selection)}};
}

void select(Report& report, const Selector& selector, std::span<const Catalog> catalogs) {
  if (is_empty(selector.selection())) return;
  std::erase_if(report.findings,
                [&](const Finding& finding) { return !selector.selects(finding); });
  std::erase_if(report.absent, [&](const Absent& absent) {
    for (const Catalog& catalog : catalogs) {
      const Entry* entry = catalog.find_entry(absent.entry);
      if (entry != nullptr) return !selector.covers(*entry);
    }
    return true;
  });
  EntryIds named;
  add_named(report, named);
  std::erase_if(report.entries, [&](const Entry& entry) { return !named.contains(entry.id); });
  drop_unnamed_cards(report);
  if (!report.selection.empty()) report.selection += ' ';
  report.selection += to_string(selector.selection());
  if (std::ranges::none_of(report.findings, [&report](const Finding& finding) {
        return was_asked_for(report, finding);
      }))
    note_empty_selection(report);
}

}  // namespace crumbs
