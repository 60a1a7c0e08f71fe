#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "catalog/lint_pairs.h"
#include "catalog/overlap.h"
#include "catalog/read.h"

namespace crumbs {
namespace {

constexpr std::int64_t kTenYears = 10LL * 366 * 24 * 3600;
constexpr std::size_t kShortName = 4;

std::vector<LintedEntry> sound_entries(const CatalogReading& reading) {
  std::vector<LintedEntry> entries;
  for (std::size_t i = 0; i < reading.content.entries.size(); ++i) {
    if (!reading.sound[i]) continue;
    const Entry& entry = reading.content.entries[i];
    LintedEntry linted{&entry, i, {}};
    for (CompiledForm& form :
         compile(entry, reading.content.variables, reading.content.vendor_hosts)) {
      const auto index = static_cast<std::size_t>(form.form - entry.forms.data());
      linted.forms.push_back({std::move(form), i, index});
    }
    // All variables may be unsound, and with them every template.
    if (linted.forms.size() == entry.forms.size()) entries.push_back(std::move(linted));
  }
  return entries;
}

std::size_t words_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
}

class Linter {
 public:
  Linter(const CatalogReading& reading, const Matcher* matcher)
      : reading_(reading), matcher_(matcher), entries_(sound_entries(reading)) {}

  Problems run() {
    for (const LintedEntry& linted : entries_) {
      for (const LintedForm& form : linted.forms) {
        check_name(form);
        check_distinctive(form);
      }
      check_forms(linted);
      check_words(linted);
      check_lifetime(linted);
      check_examples(linted);
    }
    check_pairs(entries_, problems_);
    check_look_alikes();
    if (entries_.size() == reading_.content.entries.size()) check_unused_variables();
    return std::move(problems_);
  }

 private:
  void add(std::string_view rule, std::string pointer, std::string message) {
    problems_.push_back({std::string(rule), std::move(pointer), std::move(message)});
  }

  void check_name(const LintedForm& linted) {
    const auto elements = linted.name.elements();
    for (std::size_t i = 1; i < elements.size(); ++i) {
      if (!elements[i - 1].literal.empty() || !elements[i].literal.empty()) continue;
      const auto& names = linted.name.variable_names();
      add("adjacent_variables", pointer_to(linted, "/template"),
          fmt::format("found ${{{}}} and ${{{}}} side by side, expected a literal between them",
                      names[elements[i - 1].variable], names[elements[i].variable]));
    }
  }

  /// Two forms of one entry that match one name say twice where it comes from.
  void check_forms(const LintedEntry& linted) {
    for (std::size_t later = 0; later < linted.forms.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        const LintedForm& form = linted.forms[later];
        const auto name = shared_name(linted.forms[earlier].name, form.name);
        if (name)
          add("overlap", pointer_to(form),
              fmt::format("found that form {} matches \"{}\" too, expected one form for a name",
                          linted.forms[earlier].form_index, *name));
      }
    }
  }

  void check_length(std::string_view rule, const std::string& text, std::size_t most,
                    std::string pointer) {
    if (text.empty())
      return add(rule, std::move(pointer),
                 fmt::format("found none, expected at most {} words", most));
    if (words_in(text) > most)
      add(rule, std::move(pointer),
          fmt::format("found {} words, expected at most {}", words_in(text), most));
  }

  void check_words(const LintedEntry& linted) {
    const Entry& entry = *linted.entry;
    check_length("title", entry.title, kMostTitleWords, pointer_to(linted, "/title"));
    for (std::size_t i = 0; i < entry.value.fields.size(); ++i)
      check_length("title", entry.value.fields[i].title, kMostTitleWords,
                   pointer_to(linted, fmt::format("/value/fields/{}/title", i)));
    if (entry.deletion.verdict == Verdict::allowed_with_consequence || !entry.deletion.loss.empty())
      check_length("loss", entry.deletion.loss, kMostLossWords,
                   pointer_to(linted, "/deletion/loss"));
  }

  void check_lifetime(const LintedEntry& linted) {
    const auto& age = linted.entry->max_age_s;
    if (!age || *age <= kTenYears) return;
    add("unit", pointer_to(linted, "/retention/max_age_s"),
        fmt::format("found {} s, which is {} years, expected at most 10; milliseconds would make "
                    "it {} days",
                    *age, *age / (kTenYears / 10), *age / 1000 / 86400));
  }

  void check_distinctive(const LintedForm& linted) {
    const Form& form = *linted.form;
    const bool vendors = std::ranges::any_of(
        reading_.content.prefixes,
        [&](const std::string& prefix) { return form.name.starts_with(prefix); });
    if (!form.distinctive || vendors || linted.name.literal_bytes() > kShortName) return;
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
    return example.host.empty() ? linted.forms.front().hosts.front().sample() : example.host;
  }

  [[nodiscard]] static bool fits(const LintedEntry& linted, const Example& example) {
    const std::string host = host_of(linted, example);
    return std::ranges::any_of(
               linted.forms,
               [&](const LintedForm& form) { return form.name.match(example.name, nullptr); }) &&
           std::ranges::any_of(linted.forms.front().hosts,
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

  void check_look_alikes() {
    const auto& others = reading_.content.look_alikes;
    for (std::size_t i = 0; i < others.size() && matcher_ != nullptr; ++i) {
      const auto result = matcher_->match(others[i].store, {}, others[i].name);
      if (!result.candidates.empty())
        add("look_alike", fmt::format("/look_alikes/{}", i),
            fmt::format("found that {} matches it, expected a name that is another's",
                        result.candidates.front().entry->id));
    }
  }

  void check_unused_variables() {
    std::set<std::string, std::less<>> used;
    const auto use = [&used](const NamePattern& name) {
      used.insert(name.variable_names().begin(), name.variable_names().end());
    };
    for (const LintedEntry& linted : entries_) {
      for (const LintedForm& form : linted.forms) use(form.name);
      used.insert(linted.entry->value.same_as);
      for (const FieldEntry& field : linted.entry->value.fields) used.insert(field.same_as);
    }
    for (const std::string& shape : reading_.content.shapes) {
      TemplateProblem ignored;
      if (const auto name = NamePattern::compile(shape, reading_.content.variables, ignored))
        use(*name);
    }
    for (const Variable& variable : reading_.content.variables) {
      if (!used.contains(variable.name))
        add("unused_variable", "/variables/" + variable.name,
            "found a variable that nothing uses, expected it in a template or as same_as");
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
