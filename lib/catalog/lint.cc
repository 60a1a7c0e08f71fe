#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "catalog/overlap.h"
#include "catalog/rank.h"
#include "catalog/read.h"

namespace crumbs {
namespace {

constexpr std::int64_t kTenYears = 10LL * 366 * 24 * 3600;
constexpr std::size_t kShortName = 4;

/// An entry that was read without a problem, and where.
struct LintedEntry : CompiledEntry {
  std::size_t index;
};

std::string pointer_to(const LintedEntry& linted, std::string_view below = {}) {
  return fmt::format("/entries/{}{}", linted.index, below);
}

std::vector<LintedEntry> sound_entries(const CatalogReading& reading) {
  std::vector<LintedEntry> linted;
  for (std::size_t i = 0; i < reading.content.entries.size(); ++i) {
    if (!reading.sound[i]) continue;
    if (auto compiled = compile(reading.content.entries[i], reading.content.variables))
      linted.push_back({*std::move(compiled), i});
  }
  return linted;
}

bool hosts_cover(const LintedEntry& wide, const LintedEntry& narrow) {
  return std::ranges::all_of(narrow.hosts, [&](const HostScope& inner) {
    return std::ranges::any_of(wide.hosts,
                               [&](const HostScope& outer) { return outer.covers(inner); });
  });
}

/// Whether there are hosts that lie in both scopes equally well.
bool hosts_tie(const LintedEntry& left, const LintedEntry& right) {
  return std::ranges::any_of(left.hosts, [&](const HostScope& one) {
    return std::ranges::any_of(right.hosts,
                               [&](const HostScope& other) { return one.ties(other); });
  });
}

bool hosts_same(const LintedEntry& left, const LintedEntry& right) {
  return hosts_cover(left, right) && hosts_cover(right, left);
}

class Linter {
 public:
  Linter(const CatalogReading& reading, const Matcher* matcher)
      : reading_(reading), matcher_(matcher), entries_(sound_entries(reading)) {}

  Problems run() {
    for (const LintedEntry& linted : entries_) {
      check_name(linted);
      check_lifetime(linted);
      check_distinctive(linted);
      check_examples(linted);
    }
    check_pairs();
    if (entries_.size() == reading_.content.entries.size()) check_unused_variables();
    return std::move(problems_);
  }

 private:
  void add(std::string_view rule, std::string pointer, std::string message) {
    problems_.push_back({std::string(rule), std::move(pointer), std::move(message)});
  }

  void check_name(const LintedEntry& linted) {
    const auto elements = linted.name.elements();
    for (std::size_t i = 1; i < elements.size(); ++i) {
      if (!elements[i - 1].literal.empty() || !elements[i].literal.empty()) continue;
      const auto& names = linted.name.variable_names();
      add("adjacent_variables", pointer_to(linted, "/name/template"),
          fmt::format("found ${{{}}} and ${{{}}} side by side, expected a literal between them",
                      names[elements[i - 1].variable], names[elements[i].variable]));
    }
  }

  void check_lifetime(const LintedEntry& linted) {
    const auto& age = linted.entry->max_age_s;
    if (!age || *age <= kTenYears) return;
    add("unit", pointer_to(linted, "/retention/max_age_s"),
        fmt::format("found {} s, which is {} years, expected at most 10; milliseconds would make "
                    "it {} days",
                    *age, *age / (kTenYears / 10), *age / 1000 / 86400));
  }

  void check_distinctive(const LintedEntry& linted) {
    const Entry& entry = *linted.entry;
    const bool vendors = std::ranges::any_of(
        reading_.content.prefixes,
        [&](const std::string& prefix) { return entry.name.starts_with(prefix); });
    if (!entry.distinctive || vendors || linted.name.literal_bytes() > kShortName) return;
    add("generic_name", pointer_to(linted, "/distinctive"),
        fmt::format("found true for a name with {} literal bytes and no prefix of the vendor, "
                    "expected false",
                    linted.name.literal_bytes()));
  }

  void check_examples(const LintedEntry& linted) {
    const Entry& entry = *linted.entry;
    for (std::size_t i = 0; i < entry.examples.size(); ++i)
      check_example(linted, entry.examples[i], pointer_to(linted, fmt::format("/examples/{}", i)));
    for (std::size_t i = 0; i < entry.counter_examples.size(); ++i)
      check_counter_example(linted, entry.counter_examples[i],
                            pointer_to(linted, fmt::format("/counter_examples/{}", i)));
  }

  [[nodiscard]] static std::string host_of(const LintedEntry& linted, const Example& example) {
    return example.host.empty() ? linted.hosts.front().sample() : example.host;
  }

  [[nodiscard]] static bool fits(const LintedEntry& linted, const Example& example) {
    const std::string host = host_of(linted, example);
    return linted.name.match(example.name, nullptr) &&
           std::ranges::any_of(linted.hosts,
                               [&](const HostScope& scope) { return scope.fit(host) != 0; });
  }

  /// Id of the entry that wins an item; empty where none fits or the catalog cannot be matched.
  [[nodiscard]] std::string winner(const LintedEntry& linted, const Example& example) const {
    if (matcher_ == nullptr) return {};
    const auto result =
        matcher_->match(linted.entry->store, host_of(linted, example), example.name);
    if (result.candidates.empty() || !result.candidates.front().fits_host) return {};
    return result.candidates.front().entry->id;
  }

  void check_example(const LintedEntry& linted, const Example& example, std::string pointer) {
    const std::string& id = linted.entry->id;
    if (!fits(linted, example))
      return add("example", std::move(pointer),
                 fmt::format(
                     "found a name or host that {} does not match, expected one that it does", id));
    const std::string won_by = winner(linted, example);
    if (!won_by.empty() && won_by != id)
      add("example", std::move(pointer),
          fmt::format("found a name that {} wins, expected one that {} wins", won_by, id));
  }

  void check_counter_example(const LintedEntry& linted, const Example& example,
                             std::string pointer) {
    const std::string won_by = winner(linted, example);
    if (!fits(linted, example) || (!won_by.empty() && won_by != linted.entry->id)) return;
    add("counter_example", std::move(pointer),
        fmt::format("found a name that {} matches, expected one that it does not",
                    linted.entry->id));
  }

  void check_pairs() {
    for (std::size_t later = 0; later < entries_.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier)
        check_pair(entries_[earlier], entries_[later]);
    }
  }

  void check_pair(const LintedEntry& earlier, const LintedEntry& later) {
    const Rank first = rank_of(earlier), second = rank_of(later);  // host scope aside
    if (earlier.entry->store != later.entry->store || first.meaning() != second.meaning()) return;
    if (earlier.entry->name == later.entry->name && hosts_same(earlier, later))
      return add(
          "duplicate", pointer_to(later, "/name"),
          fmt::format("found the name and hosts of {}, expected each once", earlier.entry->id));
    const bool earlier_wins = outranks(first, second);
    if (!check_unreachable(earlier_wins ? earlier : later, earlier_wins ? later : earlier))
      check_overlap(earlier, later);
  }

  bool check_unreachable(const LintedEntry& winner, const LintedEntry& loser) {
    if (!outscopes(winner, loser) || !covers(winner.name, loser.name)) return false;
    add("unreachable", pointer_to(loser, "/name"),
        fmt::format("found that {} matches every name of {} and outranks it, expected an entry "
                    "that can win",
                    winner.entry->id, loser.entry->id));
    return true;
  }

  /// Whether no host fits the loser better than the winner.
  [[nodiscard]] static bool outscopes(const LintedEntry& winner, const LintedEntry& loser) {
    return std::ranges::all_of(loser.hosts, [&](const HostScope& inner) {
      return std::ranges::any_of(winner.hosts, [&](const HostScope& outer) {
        return outer.covers(inner) && outer.ties(inner);
      });
    });
  }

  void check_overlap(const LintedEntry& earlier, const LintedEntry& later) {
    if (!disagree(*earlier.entry, *later.entry) || !hosts_tie(earlier, later)) return;
    const auto name = shared_name(earlier.name, later.name);
    if (!name) return;
    add("overlap", pointer_to(later, "/name"),
        fmt::format("found that {} matches \"{}\" too, ranks alike and disagrees on category, "
                    "type, personal data or verdict, expected one meaning for a name",
                    earlier.entry->id, *name));
  }

  void check_unused_variables() {
    std::set<std::string, std::less<>> used;
    for (const LintedEntry& linted : entries_) {
      if (linted.entry->is_template)
        used.insert(linted.name.variable_names().begin(), linted.name.variable_names().end());
      used.insert(linted.entry->value.same_as);
      for (const FieldEntry& field : linted.entry->value.fields) used.insert(field.same_as);
    }
    for (const Variable& variable : reading_.content.variables) {
      if (!used.contains(variable.name))
        add("unused_variable", "/variables/" + variable.name,
            "found a variable that no template uses, expected it in one");
    }
  }

  const CatalogReading& reading_;
  const Matcher* matcher_;
  std::vector<LintedEntry> entries_;
  Problems problems_;
};

/// Sorts as the file is: by entry, everything before the entries first.
void sort_by_place(Problems& problems) {
  const auto place = [](const LintProblem& problem) -> std::int64_t {
    constexpr std::string_view kEntries = "/entries/";
    const std::string_view pointer = problem.pointer;
    std::int64_t index = -1;
    if (pointer.starts_with(kEntries))
      std::from_chars(pointer.data() + kEntries.size(), pointer.data() + pointer.size(), index);
    return index;
  };
  std::ranges::stable_sort(problems, {}, place);
}

}  // namespace

std::vector<LintProblem> lint_catalog(const std::filesystem::path& file) {
  const std::string json = read_catalog_file(file);
  CatalogReading reading = read_catalog(json);
  Problems problems = std::move(reading.problems);
  std::vector<Catalog> catalogs;
  if (problems.empty()) catalogs.push_back(Catalog::parse(json, file.string()));
  const Matcher matcher(catalogs);
  Problems more = Linter(reading, catalogs.empty() ? nullptr : &matcher).run();
  std::ranges::move(more, std::back_inserter(problems));
  sort_by_place(problems);
  return problems;
}

}  // namespace crumbs
