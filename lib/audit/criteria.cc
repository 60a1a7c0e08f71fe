#include "audit/criteria.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "ascii.h"
#include "context.h"
#include "crumbs/glob.h"
#include "decode/site.h"
#include "enum_names.h"
#include "lifetime.h"

namespace crumbs {
namespace {

constexpr std::string_view kAny = "any";  ///< of personal data
constexpr std::string_view kDefaultContext = "default";
constexpr std::string_view kGlob = "GLOB", kAge = "AGE";

template <class E>
std::vector<std::string_view> words_of() {
  std::vector<std::string_view> words;
  for (const auto& named : EnumNames<E>::kNames) words.push_back(named.name);
  return words;
}

std::vector<std::string_view> classes() {
  std::vector<std::string_view> words{kAny};
  std::ranges::copy(words_of<PersonalData>(), std::back_inserter(words));
  return words;
}

bool is_personal(PersonalData data) {
  return data != PersonalData::none && data != PersonalData::unknown;
}

bool is_of_class(PersonalData data, std::string_view word) {
  return word == kAny ? is_personal(data) : to_string(data) == word;
}

std::string_view without_dot(std::string_view host) {
  return host.starts_with('.') ? host.substr(1) : host;
}

/// Where the item is kept, without the dot of a domain cookie.
std::string host_of(const Finding& finding) {
  return finding.kind == ItemKind::cookie ? std::string(without_dot(finding.host))
                                          : host_of_origin(finding.origin);
}

/// The host that a condition names, in lower case and without "=" and the dot of a domain.
std::string host_named(std::string_view value) {
  return lower_case(without_dot(value.substr(value.starts_with('=') ? 1 : 0)));
}

FindingTest at_site(const std::string& value, const Time&) {
  const std::string host = host_named(value);
  if (value.starts_with('='))
    return [host](const Finding& finding) { return lower_case(host_of(finding)) == host; };
  return [site = registrable_domain(host)](const Finding& finding) {
    return finding.site == site || registrable_domain(lower_case(host_of(finding))) == site;
  };
}

FindingTest in_context(const std::string& value, const Time&) {
  if (value == kDefaultContext)
    return [](const Finding& finding) { return context_of(finding).empty(); };
  return [value](const Finding& finding) {
    const std::string context = context_of(finding);
    return !context.empty() && (fits(value, context) || fits(value, context_words(finding)));
  };
}

FindingTest of_class(const std::string& value, const Time&) {
  return [value](const Finding& finding) {
    return is_of_class(finding.value.personal_data, value) &&
           (value != kAny || !finding.entry.empty());
  };
}

FindingTest is_over(const std::string&, const Time& now) {
  return [now](const Finding& finding) { return is_expired(finding.times, now); };
}

FindingTest is_older(const std::string& value, const Time& now) {
  return [limit = before(now, parse_age(value).value_or(Age{}))](const Finding& finding) {
    const std::optional<NewestTime> newest = newest_time(finding.times);
    return newest && newest->time.unix_us < limit.unix_us;
  };
}

FindingTest lives_longer(const std::string& value, const Time&) {
  return [age = parse_age(value).value_or(Age{})](const Finding& finding) {
    return finding.kind == ItemKind::local_storage || lives_over(finding, age);
  };
}

FindingTest is_unavailable(const std::string&, const Time&) {
  return [](const Finding& finding) {
    return finding.value.availability == Availability::unavailable &&
           finding.value.reason != Unavailable::removed;
  };
}

EntryTest has_form(const std::string& value) {
  return [value](const Entry& entry) {
    return std::ranges::any_of(entry.forms,
                               [&](const Form& form) { return fits(value, form.name); });
  };
}

EntryTest entry_of_class(const std::string& value) {
  return [value](const Entry& entry) { return is_of_class(entry.personal_data, value); };
}

template <class E>
std::string_view word_of(const std::optional<E>& value) {
  return value ? to_string(*value) : std::string_view();
}

/// What is compared with the word or the pattern that a condition names.
template <class Subject>
using TextOf = std::string_view (*)(const Subject&);

/// A criterion looks at a text, or tests on its own.
struct Rule {
  CriterionInfo info;
  bool of_catalogs = false;  ///< all items that no catalog knows are alike to it
  TextOf<Finding> text = nullptr;
  TextOf<Entry> entry_text = nullptr;  ///< with neither of the two it says nothing of entries
  FindingTest (*test)(const std::string& value, const Time& now) = nullptr;
  EntryTest (*entry_test)(const std::string& value) = nullptr;
};

using F = const Finding&;
using E = const Entry&;
using Text = std::string_view;

/// To these all items that no catalog knows are alike.
std::vector<Rule> rules_of_catalogs() {
  using C = Criterion;
  return {
      {.info = {C::vendor, "vendor", "ID", "items of this vendor", {}},
       .text = [](F finding) -> Text { return finding.catalog; },
       .entry_text = [](E entry) -> Text { return entry.catalog; }},
      {.info = {C::entry, "entry", kGlob, "items of these entries; * stands for anything", {}},
       .text = [](F finding) -> Text { return finding.entry; },
       .entry_text = [](E entry) -> Text { return entry.id; }},
      {.info = {C::status, "status", "STATUS",
                "documented, drift, undocumented, possible, ambiguous or unknown",
                words_of<Status>()},
       .text = [](F finding) { return to_string(finding.status); }},
      {.info = {C::category, "category", "CATEGORY",
                "strictly_necessary, performance, functionality or targeting",
                words_of<Category>()},
       .text = [](F finding) { return word_of(finding.category); },
       .entry_text = [](E entry) { return to_string(entry.category); }},
      {.info = {C::personal_data, "personal-data", "CLASS",
                "items that hold it by the catalog: any, identifier, contact, location, ...",
                classes()},
       .test = of_class,
       .entry_test = entry_of_class},
      {.info = {C::verdict, "verdict", "VERDICT",
                "allowed, allowed_with_consequence, undocumented or retain", words_of<Verdict>()},
       .text = [](F finding) { return to_string(finding.deletion.verdict); },
       .entry_text = [](E entry) { return to_string(entry.deletion.verdict); }},
      {.info = {C::basis, "basis", "BASIS",
                "whose claim the verdict is: document, interpretation or observation",
                words_of<Basis>()},
       .text = [](F finding) { return word_of(finding.deletion.basis); },
       .entry_text = [](E entry) { return to_string(entry.deletion.judgement.basis); }}};
}

std::vector<Rule> rules_of_items() {
  using C = Criterion;
  return {{.info = {C::site,
                    "site",
                    "[=]HOST",
                    "items of this registrable domain; =HOST: of exactly that host",
                    {}},
           .test = at_site},
          {.info = {C::name, "name", kGlob, "items of such a name", {}},
           .text = [](F finding) -> Text { return finding.name; },
           .entry_test = has_form},
          {.info = {C::store, "store", kGlob, "items of these stores", {}},
           .text = [](F finding) -> Text { return finding.store; }},
          {.info = {C::kind, "kind", "KIND", "cookie or local_storage", words_of<ItemKind>()},
           .text = [](F finding) { return to_string(finding.kind); },
           .entry_text = [](E entry) { return to_string(entry.store); }},
          {.info = {C::state, "state", "STATE",
                    "current, superseded, deleted, orphaned or archived", words_of<ItemState>()},
           .text = [](F finding) { return to_string(finding.state); }},
          {.info = {C::context,
                    "context",
                    kGlob,
                    "items of such a container, private window or isolation; default: of none",
                    {}},
           .test = in_context},
          {.info = {C::expired, "expired", "", "items whose time of expiry has passed", {}},
           .test = is_over},
          {.info = {C::older_than,
                    "older-than",
                    kAge,
                    "items of which nothing newer is known: 13mo, 90d",
                    {}},
           .test = is_older},
          {.info = {C::lives_over,
                    "lives-over",
                    kAge,
                    "items that stay longer than that, or for ever: 13mo",
                    {}},
           .test = lives_longer},
          {.info = {C::value_unavailable,
                    "value-unavailable",
                    "",
                    "items whose value could not be read",
                    {}},
           .test = is_unavailable}};
}

/// In the order of the criteria.
std::vector<Rule> make_rules() {
  std::vector<Rule> all = rules_of_catalogs();
  for (Rule& rule : all) rule.of_catalogs = true;
  std::ranges::move(rules_of_items(), std::back_inserter(all));
  std::ranges::sort(all, {}, [](const Rule& rule) { return rule.info.criterion; });
  return all;
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all = make_rules();
  return all;
}

const Rule& rule_of(Criterion criterion) {
  return *std::ranges::find(rules(), criterion,
                            [](const Rule& rule) { return rule.info.criterion; });
}

/// What no entry is of is of none that a pattern could name.
template <class Subject>
std::function<bool(const Subject&)> text_test(const CriterionInfo& info, TextOf<Subject> text_of,
                                              const std::string& value) {
  if (info.argument != kGlob)
    return [text_of, value](const Subject& subject) { return text_of(subject) == value; };
  return [text_of, value](const Subject& subject) {
    const std::string_view text = text_of(subject);
    return !text.empty() && fits(value, text);
  };
}

std::string problem_with_site(std::string_view value) {
  const std::string host = host_named(value);
  const bool address = host.starts_with('[');
  const bool is_host =
      !host.empty() && host.find_first_of(address ? "/@ " : "/@: ") == std::string::npos;
  return is_host ? "" : "expected a host such as shop.example.com or =shop.example.com";
}

std::string listed(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text.append(word);
  }
  return text;
}

}  // namespace

std::span<const CriterionInfo> criteria() {
  static const std::vector<CriterionInfo> all = [] {
    std::vector<CriterionInfo> infos;
    for (const Rule& rule : rules()) infos.push_back(rule.info);
    return infos;
  }();
  return all;
}

const CriterionInfo& info_of(Criterion criterion) {
  return rule_of(criterion).info;
}

std::string_view to_string(Criterion criterion) {
  return info_of(criterion).option;
}

std::string problem_with(Criterion criterion, std::string_view value) {
  const CriterionInfo& info = info_of(criterion);
  if (!info.words.empty()) {
    const bool known = std::ranges::find(info.words, value) != info.words.end();
    return known ? "" : fmt::format("expected one of {}", listed(info.words));
  }
  if (criterion == Criterion::site) return problem_with_site(value);
  if (info.argument == kAge)
    return parse_age(value) ? "" : "expected an age such as 13mo, 90d, 12h, 3w or 2y";
  if (info.argument.empty()) return value.empty() ? "" : "expected nothing";
  return value.empty() ? fmt::format("expected {}", info.argument) : "";
}

FindingTest finding_test(Criterion criterion, const std::string& value, const Time& now) {
  const Rule& rule = rule_of(criterion);
  return rule.test == nullptr ? text_test(rule.info, rule.text, value) : rule.test(value, now);
}

EntryTest entry_test(Criterion criterion, const std::string& value) {
  const Rule& rule = rule_of(criterion);
  if (rule.entry_test != nullptr) return rule.entry_test(value);
  return rule.entry_text == nullptr ? EntryTest() : text_test(rule.info, rule.entry_text, value);
}

bool is_of_catalogs(Criterion criterion) noexcept {
  return rule_of(criterion).of_catalogs;
}

bool holds_personal_data(const Finding& finding) {
  return !finding.entry.empty() && is_personal(finding.value.personal_data);
}

}  // namespace crumbs
