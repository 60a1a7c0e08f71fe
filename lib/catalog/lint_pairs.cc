#include "catalog/lint_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "catalog/overlap.h"

namespace crumbs {
namespace {

bool hosts_cover(const LintedForm& wide, const LintedForm& narrow) {
  return std::ranges::all_of(narrow.hosts, [&](const HostScope& inner) {
    return std::ranges::any_of(wide.hosts,
                               [&](const HostScope& outer) { return outer.covers(inner); });
  });
}

/// Whether there are hosts that lie in both scopes equally well.
bool hosts_tie(const LintedForm& left, const LintedForm& right) {
  return std::ranges::any_of(left.hosts, [&](const HostScope& one) {
    return std::ranges::any_of(right.hosts,
                               [&](const HostScope& other) { return one.ties(other); });
  });
}

bool hosts_same(const LintedForm& left, const LintedForm& right) {
  return hosts_cover(left, right) && hosts_cover(right, left);
}

/// Whether no host fits the loser better than the winner.
bool outscopes(const LintedForm& winner, const LintedForm& loser) {
  return std::ranges::all_of(loser.hosts, [&](const HostScope& inner) {
    return std::ranges::any_of(winner.hosts, [&](const HostScope& outer) {
      return outer.covers(inner) && outer.ties(inner);
    });
  });
}

/// Whether the winner takes every name of the loser on every host.
bool takes_all(const LintedForm& winner, const LintedForm& loser) {
  return outscopes(winner, loser) && covers(winner.name, loser.name);
}

class PairChecker {
 public:
  explicit PairChecker(Problems& problems) : problems_(problems) {}

  void run(const std::vector<LintedEntry>& entries) {
    for (std::size_t later = 0; later < entries.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        for (const LintedForm& second : entries[later].forms) {
          for (const LintedForm& first : entries[earlier].forms) check_pair(first, second);
        }
      }
    }
  }

 private:
  void add(std::string_view rule, std::string pointer, std::string message) {
    problems_.push_back({std::string(rule), std::move(pointer), std::move(message)});
  }

  void check_pair(const LintedForm& earlier, const LintedForm& later) {
    Rank first = rank_of(earlier), second = rank_of(later);  // host scope aside
    const bool one_observed = first.documented != second.documented;
    const bool first_wins = outranks(first, second);
    first.documented = second.documented = false;
    if (earlier.entry->store != later.entry->store || first.meaning() != second.meaning()) return;
    const LintedForm& winner = first_wins ? earlier : later;
    const LintedForm& loser = first_wins ? later : earlier;
    if (one_observed) return check_shadowed(winner, loser);
    if (earlier.form->name == later.form->name && hosts_same(earlier, later))
      return add(
          "duplicate", pointer_to(later),
          fmt::format("found the name and hosts of {}, expected each once", earlier.entry->id));
    if (!check_unreachable(winner, loser)) check_overlap(earlier, later);
  }

  void check_shadowed(const LintedForm& documented, const LintedForm& observed) {
    if (!takes_all(documented, observed)) return;
    add("shadowed", pointer_to(observed),
        fmt::format("found a form that is only observed and whose names are all those of the "
                    "documented {}, expected one that can win",
                    documented.entry->id));
  }

  bool check_unreachable(const LintedForm& winner, const LintedForm& loser) {
    if (!takes_all(winner, loser)) return false;
    add("unreachable", pointer_to(loser),
        fmt::format("found that {} matches every name of {} and outranks it, expected an entry "
                    "that can win",
                    winner.entry->id, loser.entry->id));
    return true;
  }

  void check_overlap(const LintedForm& earlier, const LintedForm& later) {
    if (!disagree(*earlier.entry, *later.entry) || !hosts_tie(earlier, later)) return;
    const auto name = shared_name(earlier.name, later.name);
    if (!name) return;
    add("overlap", pointer_to(later),
        fmt::format("found that {} matches \"{}\" too, ranks alike and disagrees on category, "
                    "type, personal data or verdict, expected one meaning for a name",
                    earlier.entry->id, *name));
  }

  Problems& problems_;
};

}  // namespace

std::string pointer_to(const LintedEntry& linted, std::string_view below) {
  return fmt::format("/entries/{}{}", linted.index, below);
}

std::string pointer_to(const LintedForm& linted, std::string_view below) {
  return fmt::format("/entries/{}/forms/{}{}", linted.entry_index, linted.form_index, below);
}

void check_pairs(const std::vector<LintedEntry>& entries, Problems& problems) {
  PairChecker(problems).run(entries);
}

}  // namespace crumbs
