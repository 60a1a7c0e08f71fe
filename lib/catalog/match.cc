#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <unordered_map>

#include "catalog/beginnings.h"
#include "catalog/rank.h"
#include "catalog/vendor_names.h"
#include "crumbs/catalog.h"

namespace crumbs {
namespace {

struct IndexedForm {
  CompiledForm compiled;
  const Catalog* catalog = nullptr;
  std::size_t order = 0;  ///< of the catalog among those given
};

struct RankedCandidate {
  Rank rank;
  Candidate candidate;
};

Rank rank_of(const IndexedForm& indexed, std::string_view host) {
  Rank rank = rank_of(indexed.compiled);
  for (const HostScope& scope : indexed.compiled.hosts)
    rank.scope = std::max(rank.scope, scope.fit(host));
  rank.trust = indexed.catalog->trust();
  rank.order = indexed.order;
  return rank;
}

/// Of a name's length and its first and last eight bytes: the same work for any name.
struct NameHash {
  std::size_t operator()(std::string_view name) const noexcept {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    const std::size_t count = std::min(name.size(), sizeof head);
    std::memcpy(&head, name.data(), count);
    std::memcpy(&tail, name.data() + name.size() - count, count);
    std::uint64_t hash = (head ^ (tail * 0x9E3779B97F4A7C15U) ^ name.size()) * 0xD6E8FEB86659FD93U;
    return static_cast<std::size_t>(hash ^ (hash >> 32U));
  }
};

/// Bit for a name's length; all long names share the last one.
std::uint64_t length_bit(std::size_t length) noexcept {
  return std::uint64_t{1} << std::min<std::size_t>(length, 63);
}

/// The entries of one kind of store, by what a name begins with.
struct KindIndex {
  std::unordered_map<std::string_view, std::vector<std::size_t>, NameHash> exact;
  std::array<std::uint64_t, 256> exact_lengths{};  ///< by first byte, a bit a length
  std::array<std::vector<std::size_t>, 256> templates;
  Beginnings template_beginnings;
  Beginnings beginnings;  ///< of all names that the catalogs could know

  void add(std::size_t index, const CompiledForm& compiled) {
    const std::string_view name = compiled.form->name;
    if (!compiled.form->is_template) {
      exact[name].push_back(index);
      beginnings.add(name);
      exact_lengths[byte_at(name, 0)] |= length_bit(name.size());
      return;
    }
    for (std::size_t first = 0; first < 256; ++first) {
      if (template_beginnings.add(compiled.name, first)) templates[first].push_back(index);
    }
  }

  [[nodiscard]] const std::vector<std::size_t>* find_exact(std::string_view name) const noexcept {
    if ((exact_lengths[byte_at(name, 0)] & length_bit(name.size())) == 0) return nullptr;
    const auto found = exact.find(name);
    return found == exact.end() ? nullptr : &found->second;
  }
};

}  // namespace

struct Matcher::Index {
  std::vector<IndexedForm> forms;
  std::array<KindIndex, 2> kinds;
  VendorNames vendor_names;

  void add(const Catalog& catalog, std::size_t order) {
    for (const Entry& entry : catalog.entries()) {
      for (CompiledForm& compiled : compile(entry, catalog.variables(), catalog.vendor_hosts())) {
        kinds[static_cast<std::size_t>(entry.store)].add(forms.size(), compiled);
        forms.push_back({std::move(compiled), &catalog, order});
      }
    }
    vendor_names.add(catalog);
  }

  [[nodiscard]] bool may_fit_template(const KindIndex& kind, std::string_view name) const noexcept {
    if (!kind.template_beginnings.contain(name)) return false;
    return std::ranges::any_of(kind.templates[byte_at(name, 0)], [&](std::size_t index) {
      return forms[index].compiled.name.could_match(name);
    });
  }

  /// Of the forms of one entry that match, the first.
  static void keep_best_forms(std::vector<RankedCandidate>& ranked) {
    std::set<const Entry*> seen;
    std::erase_if(ranked, [&seen](const RankedCandidate& one) {
      return !seen.insert(one.candidate.entry).second;
    });
  }

  [[nodiscard]] std::vector<RankedCandidate> candidates(const KindIndex& kind,
                                                        std::string_view host,
                                                        std::string_view name) const {
    std::vector<RankedCandidate> found;
    const auto consider = [&](std::size_t index) {
      const CompiledForm& compiled = forms[index].compiled;
      NamePattern::Captured captured;
      if (!compiled.name.match(name, &captured)) return;
      const Rank rank = rank_of(forms[index], host);
      found.push_back({rank,
                       {compiled.entry,
                        compiled.form,
                        std::move(captured),
                        rank.scope != 0,
                        rank.literal_bytes,
                        {},
                        0}});
    };
    if (const auto* same = kind.find_exact(name)) std::ranges::for_each(*same, consider);
    if (kind.template_beginnings.contain(name))
      std::ranges::for_each(kind.templates[byte_at(name, 0)], consider);
    std::ranges::sort(found, outranks, &RankedCandidate::rank);
    keep_best_forms(found);
    return found;
  }
};

Matcher::Matcher(std::span<const Catalog> catalogs) {
  auto index = std::make_unique<Index>();
  std::size_t order = 0;
  for (const Catalog& catalog : catalogs) index->add(catalog, order++);
  index->vendor_names.sort();
  for (KindIndex& kind : index->kinds) {
    kind.beginnings.add(kind.template_beginnings);
    kind.beginnings.add(index->vendor_names.beginnings());
  }
  index_ = std::move(index);
}

Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

bool Matcher::may_match(ItemKind kind, std::string_view name) const noexcept {
  if (name.empty()) return false;
  const KindIndex& entries = index_->kinds[static_cast<std::size_t>(kind)];
  if (!entries.beginnings.contain(name)) return false;
  return entries.find_exact(name) != nullptr || index_->may_fit_template(entries, name) ||
         index_->vendor_names.may_know(name);
}

MatchResult Matcher::match(ItemKind kind, std::string_view host, std::string_view name) const {
  MatchResult result;
  if (!may_match(kind, name)) return result;
  auto found = index_->candidates(index_->kinds[static_cast<std::size_t>(kind)], host, name);
  if (found.empty()) {
    VendorNames::Mark mark = index_->vendor_names.find(kind, name);
    result.vendor = mark.catalog;
    result.needs_company = mark.needs_company;
    result.shape = mark.shape;
    result.captured = std::move(mark.captured);
    return result;
  }
  const Rank best = found.front().rank;
  const Rank* before = &best;
  std::size_t tier = 0;
  for (RankedCandidate& ranked : found) {
    if (!result.candidates.empty()) ranked.candidate.lost_because = why_lost(best, ranked.rank);
    if (ranked.rank.meaning() != before->meaning()) ++tier;
    ranked.candidate.tier = tier;
    before = &ranked.rank;
    result.candidates.push_back(std::move(ranked.candidate));
  }
  result.ambiguous = is_ambiguous(result.candidates);
  return result;
}

std::span<const Candidate> best_tie(std::span<const Candidate> candidates) noexcept {
  const auto end = std::ranges::find_if(candidates, [&](const Candidate& candidate) {
    return candidate.tier != candidates.front().tier;
  });
  return {candidates.begin(), end};
}

bool is_ambiguous(std::span<const Candidate> candidates) noexcept {
  return std::ranges::any_of(best_tie(candidates), [&](const Candidate& candidate) {
    return disagree(*candidate.entry, *candidates.front().entry);
  });
}

}  // namespace crumbs
