#pragma once

/// Which of several entries that fit a name is meant (crumbs-catalog(5), MATCHING). Matching and
/// lint go by the same rank.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "catalog/host_scope.h"
#include "catalog/pattern.h"
#include "crumbs/catalog.h"

namespace crumbs {

/// An entry made ready for matching.
struct CompiledEntry {
  const Entry* entry = nullptr;
  NamePattern name;
  std::vector<HostScope> hosts;
};
/// nullopt: its template does not compile with these variables. The entry outlives the result.
[[nodiscard]] std::optional<CompiledEntry> compile(const Entry& entry,
                                                   std::span<const Variable> variables);

/// What decides between candidates; higher wins but for `variables`, `order` and `id`.
struct Rank {
  std::size_t scope = 0;  ///< HostScope::fit; 0: lives elsewhere
  bool exact = false;
  std::size_t literal_bytes = 0;
  std::size_t variables = 0;
  int trust = 0;
  std::size_t order = 0;  ///< of the catalog among those given
  std::string_view id;

  /// Criteria that say which entry is meant; the rest only makes the order total.
  [[nodiscard]] auto meaning() const {
    return std::tuple(scope, exact, literal_bytes, SIZE_MAX - variables);
  }
};

/// What the name and the id say; scope, trust and order are left alone.
[[nodiscard]] Rank rank_of(const CompiledEntry& compiled);
[[nodiscard]] bool outranks(const Rank& left, const Rank& right);
/// The first criterion by which `loser` is behind: "wider host scope".
[[nodiscard]] std::string_view why_lost(const Rank& winner, const Rank& loser);

/// Whether the entries say different things of an item that both fit.
[[nodiscard]] bool disagree(const Entry& left, const Entry& right);

}  // namespace crumbs
