#include "crumbs/coverage.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "ascii.h"

namespace crumbs {
namespace {

/// What the findings of one entry or name come to.
class Tally {
 public:
  void add(const Finding& finding) {
    ++items_;
    sites_.insert(finding.site);
  }
  [[nodiscard]] Found found() const { return {items_, sites_.size()}; }

 private:
  std::uint64_t items_ = 0;
  std::set<std::string> sites_;
};

/// A name that is a word of the vendor's, as far as anybody can tell: one that is longer, or holds
/// a long number or other characters, may be about somebody.
bool is_word(std::string_view name) {
  constexpr std::size_t kLongest = 40, kMostDigits = 4;
  std::size_t digits = 0;
  for (const char c : name) {
    digits = is_digit(c) ? digits + 1 : 0;
    if (digits > kMostDigits || !(is_alphanumeric(c) || c == '_' || c == '-')) return false;
  }
  return name.size() <= kLongest;
}

/// The longest of the catalog's prefixes that the name has; empty where it has none.
std::string prefix_of(const Catalog& catalog, const std::string& name) {
  std::string longest;
  for (const std::string& prefix : catalog.prefixes()) {
    if (name.starts_with(prefix) && prefix.size() > longest.size()) longest = prefix;
  }
  return longest;
}

/// "jv_agent_${long_widget_id}": ids by which items are joined are no part of what a name is.
std::string general_name(const Catalog& catalog, const Finding& finding) {
  std::string name = finding.name;
  std::string variables;
  for (const Variable& variable : catalog.variables()) {
    const auto captured = finding.captured.find(variable.name);
    if (variable.joins.empty() || captured == finding.captured.end()) continue;
    const std::size_t at = name.rfind(captured->second);
    if (at == std::string::npos || at + captured->second.size() != name.size()) continue;
    name.resize(at);
    variables = "${" + variable.name + "}";
  }
  return (is_word(name) ? name : prefix_of(catalog, name) + "…") + variables;
}

class Coverer {
 public:
  Coverer(const Catalog& catalog, const Report* report) : catalog_(catalog) {
    if (report == nullptr) return;
    for (const Finding& finding : report->findings) {
      if (finding.state != ItemState::current || finding.catalog != catalog.id()) continue;
      const bool certain =
          finding.status != Status::possible && finding.status != Status::ambiguous;
      if (!finding.entry.empty() && certain)
        entries_[finding.entry].add(finding);
      else if (finding.entry.empty() && finding.status == Status::undocumented)
        names_[{finding.kind, general_name(catalog, finding)}].add(finding);
    }
  }

  Coverage cover() {
    coverage_.catalog = catalog_.id();
    coverage_.version = catalog_.version();
    coverage_.document = catalog_.document();
    for (const Entry& entry : catalog_.entries())
      entry.documented() ? add_documented(entry) : add_observed(entry);
    for (const auto& [name, tally] : names_) {
      CoverageRow row;
      row.store = name.first;
      row.name = name.second;
      row.found = tally.found();
      coverage_.never_documented.push_back(std::move(row));
    }
    return std::move(coverage_);
  }

 private:
  [[nodiscard]] CoverageRow row_of(const Entry& entry) const {
    CoverageRow row;
    row.entry = entry.id;
    row.store = entry.store;
    row.name = entry.name();
    row.document = entry.documented_as;
    row.section = entry.section;
    if (const auto tally = entries_.find(entry.id); tally != entries_.end())
      row.found = tally->second.found();
    return row;
  }

  void add_documented(const Entry& entry) {
    CoverageRow row = row_of(entry);
    bool seen = !entry.observations.empty();
    for (const Form& form : entry.forms) {
      if (!form.basis.observed) continue;
      seen = true;
      if (form.basis.basis == Basis::observation)
        add_difference(row, "name", entry.name(), form.name, form.basis);
    }
    for (const Observation& one : entry.observations) add_observation(row, entry, one);
    ++coverage_.documented;
    if (seen) ++coverage_.publicly_seen;
    if (row.found.items != 0) ++coverage_.found;
    if (!seen && row.found.items == 0) coverage_.never_seen.push_back(std::move(row));
  }

  void add_difference(const CoverageRow& row, std::string_view about, std::string document,
                      std::string seen, const Judgement& basis) {
    CoverageRow difference = row;
    difference.about = about;
    difference.document = std::move(document);
    difference.seen = std::move(seen);
    difference.evidence = basis.observed;
    coverage_.differences.push_back(std::move(difference));
  }

  void add_observation(const CoverageRow& row, const Entry& entry, const Observation& seen) {
    std::string document;
    if (seen.about == Observed::meaning) document = entry.documented_as;
    if (seen.about == Observed::lifetime && entry.max_age_s)
      document = fmt::format("{} s at most", *entry.max_age_s);
    const Judgement basis{Basis::observation, {}, {}, seen.evidence};
    add_difference(row, to_string(seen.about), std::move(document), seen.evidence.what, basis);
  }

  void add_observed(const Entry& entry) {
    CoverageRow row = row_of(entry);
    const Judgement& basis = entry.main_form().basis;
    row.evidence = basis.observed;
    if (basis.observed) row.seen = basis.observed->what;
    row.set_by = entry.set_by;
    coverage_.never_documented.push_back(std::move(row));
  }

  const Catalog& catalog_;
  std::map<std::string, Tally> entries_;
  std::map<std::pair<ItemKind, std::string>, Tally> names_;
  Coverage coverage_;
};

}  // namespace

std::vector<Coverage> cover(std::span<const Catalog> catalogs, const Report* report) {
  std::vector<Coverage> all;
  for (const Catalog& catalog : catalogs) all.push_back(Coverer(catalog, report).cover());
  return all;
}

}  // namespace crumbs
