#include "audit/notes.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "context.h"
#include "crumbs/printable.h"

namespace crumbs {
namespace {

constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60;
constexpr std::int64_t kOld = 180 * kDay;
constexpr std::int64_t kMonth = 2'629'746;  ///< seconds in a twelfth of a mean Gregorian year

/// Catalog, site, context and variable: within these there is one value.
using Scope = std::tuple<std::string, std::string, std::string, std::string>;
using Values = std::set<std::string>;

/// Values of one variable by finding.
using Statements = std::map<std::size_t, Values>;

Scope scope_of(const Finding& finding, const std::string& variable) {
  return {finding.catalog, finding.site, isolated_context_of(finding), variable};
}

bool takes_part(const Finding& finding) {
  return finding.state == ItemState::current && is_documented(finding.status);
}

std::map<Scope, Statements> stated_values(const std::vector<Finding>& findings,
                                          const std::vector<StatedVariables>& stated) {
  std::map<Scope, Statements> scopes;
  for (const StatedVariables& one : stated) {
    const Finding& finding = findings[one.finding];
    if (!takes_part(finding)) continue;
    for (const auto& [variable, values] : one.variables)
      scopes[scope_of(finding, variable)][one.finding].insert(values.begin(), values.end());
  }
  return scopes;
}

/// Only variables that some value states: names alone do not contradict each other.
void add_captured(const std::vector<Finding>& findings, std::map<Scope, Statements>& scopes) {
  if (scopes.empty()) return;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!takes_part(findings[i])) continue;
    for (const auto& [variable, value] : findings[i].captured) {
      const auto scope = scopes.find(scope_of(findings[i], variable));
      if (scope != scopes.end()) scope->second[i].insert(value);
    }
  }
}

/// What an item is called without the ids in its name, which a report may have to mask.
const std::string& plain_name(const Finding& finding) {
  return finding.form ? finding.form->name : finding.entry;
}

std::string note_about(const std::string& variable, const Finding& finding, const Finding& other) {
  std::string note = fmt::format("its {} is another than that of {}", variable, plain_name(other));
  if (plain_name(other) == plain_name(finding))
    note += " on " + (other.kind == ItemKind::cookie ? other.host : other.origin);
  return printable(note);
}

void note_differences(const std::string& variable, const Statements& statements,
                      std::vector<Finding>& findings) {
  std::map<Values, std::size_t> kinds;  // each set of values, and the first finding that has it
  for (const auto& [finding, values] : statements) kinds.try_emplace(values, finding);
  if (kinds.size() < 2) return;
  for (const auto& [finding, values] : statements) {
    const auto first = kinds.begin();
    const auto& other = first->first == values ? *std::next(first) : *first;
    findings[finding].notes.push_back(
        note_about(variable, findings[finding], findings[other.second]));
  }
}

}  // namespace

void note_doubts(Finding& finding) {
  const FindingValue& value = finding.value;
  if (value.availability == Availability::doubtful)
    finding.notes.push_back(fmt::format(
        "its value is doubtful: it {}; the browser drops such a cookie when it loads it",
        value.reason == Unavailable::host_hash_missing ? "lacks the hash of its host"
                                                       : "bears the hash of another host"));
  const Times& times = finding.times;
  const auto note = [&finding](std::string_view what, const std::optional<std::int64_t>& raw) {
    if (raw) finding.notes.push_back(fmt::format("{} cannot be; stored is {}", what, *raw));
  };
  note("the time when it was set", times.created_raw);
  note("the time of its last use", times.accessed_raw);
  note("the time of its last change", times.updated_raw);
  note("its expiry", times.expires_raw);
}

void note_age(Finding& finding, const Time& now) {
  const auto& newest = finding.value.newest;
  if (finding.kind != ItemKind::local_storage || finding.state != ItemState::current) return;
  if (!newest || finding.times.expires) return;
  const std::int64_t age = now.unix_us / 1'000'000 - newest->unix_us / 1'000'000;
  if (age <= kOld) return;
  finding.notes.push_back(fmt::format("has no expiry; the newest time inside is {} months old",
                                      (age + kMonth / 2) / kMonth));
}

void note_disagreements(std::vector<Finding>& findings,
                        const std::vector<StatedVariables>& stated) {
  std::map<Scope, Statements> scopes = stated_values(findings, stated);
  add_captured(findings, scopes);
  for (const auto& [scope, statements] : scopes)
    note_differences(std::get<3>(scope), statements, findings);
}

}  // namespace crumbs
