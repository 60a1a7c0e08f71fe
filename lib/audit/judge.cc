#include "audit/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <span>
#include <tuple>
#include <utility>

#include "audit/notes.h"
#include "context.h"
#include "lifetime.h"
#include "system/io.h"

namespace crumbs {
namespace {

bool has_company(const std::string& catalog, const Finding& finding, const Company& company) {
  return company.contains({catalog, finding.site, context_of(finding)});
}

/// A form that is neither distinctive nor at home on this host says nothing without company.
bool stands(const Candidate& candidate, const Finding& finding, const Company& company) {
  return candidate.form->distinctive || candidate.fits_host ||
         has_company(candidate.entry->catalog, finding, company);
}

/// Anybody's name counts fully only at home and in company.
bool counts_fully(const Candidate& candidate, const Finding& finding, const Company& company) {
  return candidate.form->distinctive ||
         (candidate.fits_host && has_company(candidate.entry->catalog, finding, company));
}

/// No entry speaks of the item; its name may still be a vendor's.
void set_undocumented(Finding& finding, MatchResult& match, const Company& company) {
  finding.deletion = {};
  const bool vendors = match.vendor != nullptr &&
                       (!match.needs_company || has_company(match.vendor->id(), finding, company));
  finding.status = vendors ? Status::undocumented : Status::unknown;
  if (!vendors) return;
  finding.catalog = match.vendor->id();
  finding.shape = std::move(match.shape);
  finding.captured.insert(match.captured.begin(), match.captured.end());
}

Deletion deletion_of(const Entry& entry) {
  Deletion deletion;
  deletion.verdict = entry.deletion.verdict;
  deletion.consequence = entry.deletion.consequence;
  deletion.basis = entry.deletion.judgement.basis;
  deletion.section = entry.deletion.judgement.section;
  deletion.reason = entry.deletion.judgement.reason;
  deletion.effect_on_rights = entry.deletion.effect_on_rights;
  return deletion;
}

/// What losing a part of the value does to a person's rights, beside what losing the item does.
void add_effects(Deletion& deletion, std::set<std::string> effects) {
  effects.erase(deletion.effect_on_rights);
  for (const std::string& effect : effects) {
    if (!deletion.effect_on_rights.empty()) deletion.effect_on_rights += ", ";
    deletion.effect_on_rights += effect;
  }
}

/// Where candidates tie and disagree, the strictest verdict counts, and every right that deleting
/// what one of them describes would touch.
Deletion strictest(std::span<const Candidate> tied) {
  const auto strictness = [](const Candidate& candidate) {
    return candidate.entry->deletion.verdict;
  };
  Deletion deletion = deletion_of(*std::ranges::max_element(tied, {}, strictness)->entry);
  std::set<std::string> effects;
  for (const Candidate& candidate : tied) {
    const std::string& effect = candidate.entry->deletion.effect_on_rights;
    if (!effect.empty()) effects.insert(effect);
  }
  add_effects(deletion, std::move(effects));
  return deletion;
}

/// Drift needs a passage of the document: neither our reading nor what was seen is one.
bool has_passage(const Judgement& judgement) {
  return judgement.basis == Basis::document;
}

std::optional<Drift> lifetime_drift(const Entry& entry, const Finding& finding) {
  const std::optional<std::int64_t> seconds = lifetime_s(finding);
  if (!entry.max_age_s || !seconds || !has_passage(entry.retention_basis)) return std::nullopt;
  constexpr std::int64_t kClockSlack = 60;
  if (*seconds <= *entry.max_age_s + kClockSlack) return std::nullopt;
  return Drift{"lifetime", fmt::format("lives {} s from its last update, documented are {} s",
                                       *seconds, *entry.max_age_s)};
}

void add_contradictions(Finding& finding, const Candidate& candidate) {
  if (!candidate.fits_host && has_passage(candidate.entry->scope_basis))
    finding.drift.push_back({"place", "documented for another host than this one"});
  if (auto drift = lifetime_drift(*candidate.entry, finding))
    finding.drift.push_back(*std::move(drift));
}

MatchedForm matched_form(const Candidate& candidate) {
  const Form& form = *candidate.form;
  MatchedForm matched{form.name, form.basis.basis, {}, {}};
  if (form.basis.observed) matched.evidence = evidence_text(*form.basis.observed);
  const Form& main = candidate.entry->main_form();
  if (&main != &form && main.basis.basis == Basis::document) matched.documented_as = main.name;
  return matched;
}

Status status_of(const Finding& finding, const Candidate& best, const Company& company) {
  if (!counts_fully(best, finding, company)) return Status::possible;
  if (!best.entry->documented()) return Status::undocumented;
  return finding.drift.empty() ? Status::documented : Status::drift;
}

void set_entry(Finding& finding, const MatchResult& match, const Company& company) {
  const Candidate& best = match.candidates.front();
  finding.entry = best.entry->id;
  finding.catalog = best.entry->catalog;
  finding.category = best.entry->category;
  finding.form = matched_form(best);
  finding.captured.insert(best.captured.begin(), best.captured.end());
  for (auto other = match.candidates.begin() + 1; other != match.candidates.end(); ++other) {
    finding.runner_up.push_back({other->entry->id, other->lost_because});
  }
  add_contradictions(finding, best);
  const bool ambiguous = is_ambiguous(match.candidates);  // of those that are left
  finding.deletion = ambiguous ? strictest(best_tie(match.candidates)) : deletion_of(*best.entry);
  finding.status = ambiguous ? Status::ambiguous : status_of(finding, best, company);
}

auto report_order(const Finding& finding) {
  return std::tie(finding.profile, finding.site, finding.catalog, finding.card, finding.kind,
                  finding.host, finding.origin, finding.name, finding.path, finding.partition,
                  finding.container, finding.state, finding.store, finding.locator.file,
                  finding.locator.row, finding.locator.pointer, finding.locator.sequence,
                  finding.locator.offset);
}

}  // namespace

Company find_company(const std::vector<StoreListing>& stores) {
  Company company;
  for (const StoreListing& store : stores) {
    for (const HeldItem& held : store.held) {
      if (held.finding.state != ItemState::current) continue;
      for (const Candidate& candidate : held.match.candidates) {
        // What others set tells that the vendor is used, and is no item of its.
        if (candidate.form->distinctive && candidate.entry->set_by.empty())
          company.insert({candidate.entry->catalog, held.finding.site, context_of(held.finding)});
      }
    }
  }
  return company;
}

Judged judge(HeldItem held, const Grounds& grounds) {
  Finding finding = std::move(held.finding);
  MatchResult& match = held.match;
  std::erase_if(match.candidates, [&](const Candidate& candidate) {
    return !stands(candidate, finding, grounds.company);
  });
  const Entry* entry = match.candidates.empty() ? nullptr : match.candidates.front().entry;
  const bool has_value = held.plain.availability != Availability::unavailable;
  const bool is_compared = has_value && (grounds.digests || entry != nullptr);
  std::string digest = is_compared ? sha256_hex(held.plain.bytes) : "";
  std::string keyed_digest = has_value ? grounds.digest_key.digest(held.plain.bytes) : "";
  PresentedValue presented = present_value(std::move(held.plain), entry, grounds.values);
  finding.value = std::move(presented.value);
  if (grounds.digests) finding.value.digest = digest;
  finding.value.keyed_digest = std::move(keyed_digest);
  if (!presented.is_telling || entry == nullptr) digest.clear();
  finding.drift = std::move(presented.drift);
  finding.notes = std::move(presented.notes);
  if (entry == nullptr) {
    set_undocumented(finding, match, grounds.company);
  } else {
    set_entry(finding, match, grounds.company);
    add_effects(finding.deletion, std::move(presented.effects));
  }
  note_doubts(finding);
  note_age(finding, grounds.now);
  return {std::move(finding), std::move(presented.variables), std::move(presented.hidden),
          std::move(digest)};
}

std::vector<std::size_t> sort_findings(std::vector<Finding>& findings) {
  std::vector<std::size_t> order(findings.size());  // a finding is large: each is moved once
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&findings](std::size_t a, std::size_t b) {
    return report_order(findings[a]) < report_order(findings[b]);
  });
  std::vector<Finding> sorted;
  sorted.reserve(findings.size());
  for (const std::size_t i : order) sorted.push_back(std::move(findings[i]));
  findings = std::move(sorted);
  std::map<std::string, unsigned> seen;
  for (Finding& finding : findings) {
    const unsigned count = ++seen[finding.profile + finding.id];
    if (count > 1) finding.id += fmt::format("-{}", count);
  }
  return order;
}

}  // namespace crumbs
