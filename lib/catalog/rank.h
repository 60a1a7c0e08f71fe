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

/// One form of an entry's name made ready for matching.
struct CompiledForm {
  const Entry* entry = nullptr;
  const Form* form = nullptr;
  NamePattern name;
  std::vector<HostScope> hosts;
};
/// The forms in their order, without templates that do not compile with these variables.
/// `vendor_hosts` is what kVendorHosts stands for. The entry outlives the result.
[[nodiscard]] std::vector<CompiledForm> compile(const Entry& entry,
                                                std::span<const Variable> variables,
                                                std::span<const std::string> vendor_hosts);

/// What decides between candidates; higher wins but for `variables`, `order` and `id`.
struct Rank {
  std::size_t scope = 0;  ///< HostScope::fit; 0: lives elsewhere
  bool exact = false;
  std::size_t literal_bytes = 0;
  std::size_t variables = 0;
  bool documented = false;  ///< the form is the document's
  int trust = 0;
  std::size_t order = 0;  ///< of the catalog among those given
  std::string_view id;

  /// Criteria that say which entry is meant; the rest only makes the order total.
  [[nodiscard]] auto meaning() const {
    return std::tuple(scope, exact, literal_bytes, SIZE_MAX - variables, documented);
  }
};

/// What the name and the id say; scope, trust and order are left alone.
[[nodiscard]] Rank rank_of(const CompiledForm& compiled);
[[nodiscard]] bool outranks(const Rank& left, const Rank& right);
/// The first criterion by which `loser` is behind: "wider host scope".
[[nodiscard]] std::string_view why_lost(const Rank& winner, const Rank& loser);

/// Whether the entries say different things of an item that both fit.
[[nodiscard]] bool disagree(const Entry& left, const Entry& right);

}  // namespace crumbs
