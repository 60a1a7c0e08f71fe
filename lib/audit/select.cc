#include "crumbs/select.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "audit/cards.h"
#include "audit/count.h"
#include "audit/criteria.h"
#include "audit/entries.h"
#include "crumbs/error.h"
#include "crumbs/glob.h"
#include "crumbs/printable.h"
#include "stores/store.h"

namespace crumbs {
namespace {

std::string option_of(const Condition& condition) {
  return fmt::format("--{}{}", condition.negated ? "not-" : "", to_string(condition.criterion));
}

[[noreturn]] void refuse(const Condition& condition, std::string_view why) {
  throw Error(ErrorCode::usage,
              fmt::format("{}{}{}: {}", option_of(condition), condition.value.empty() ? "" : " ",
                          printable(condition.value), why));
}

void check_vendor(const Condition& condition, std::span<const Catalog> catalogs) {
  if (std::ranges::find(catalogs, condition.value, &Catalog::id) != catalogs.end()) return;
  std::string known;
  for (const Catalog& catalog : catalogs)
    known += fmt::format("{}{}", known.empty() ? "" : ", ", printable(catalog.id()));
  refuse(condition, fmt::format("no catalog is of this vendor (there are {})",
                                known.empty() ? "none" : known));
}

void check_entry(const Condition& condition, std::span<const Catalog> catalogs) {
  const bool known = std::ranges::any_of(catalogs, [&](const Catalog& catalog) {
    return std::ranges::any_of(catalog.entries(),
                               [&](const Entry& entry) { return fits(condition.value, entry.id); });
  });
  if (!known) refuse(condition, "no catalog has such an entry (see crumbs catalog list)");
}

void check_store(const Condition& condition) {
  std::string known;
  for (const StoreDriver* driver : store_drivers()) {
    if (fits(condition.value, driver->id)) return;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", driver->id);
  }
  refuse(condition, fmt::format("there is no such store (there are {})", known));
}

void check(const Condition& condition, std::span<const Catalog> catalogs) {
  if (const auto problem = problem_with(condition.criterion, condition.value); !problem.empty())
    refuse(condition, problem);
  if (condition.criterion == Criterion::vendor) check_vendor(condition, catalogs);
  if (condition.criterion == Criterion::entry) check_entry(condition, catalogs);
  if (condition.criterion == Criterion::store) check_store(condition);
}

/// As a shell takes it for one word.
std::string quoted(const std::string& value) {
  const bool plain = value.find_first_of(" \t\n\"'\\$`;&|<>()") == std::string::npos;
  if (plain) return value;
  std::string text = "'";
  for (const char c : value) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

/// The conditions of one criterion, those that must hold and those that may not.
template <class Use>
void for_each_group(const Selection& selection, const Use& use) {
  for (const CriterionInfo& info : criteria()) {
    for (const bool negated : {false, true}) {
      Selection group;
      std::ranges::copy_if(selection, std::back_inserter(group), [&](const Condition& condition) {
        return condition.criterion == info.criterion && condition.negated == negated;
      });
      if (!group.empty()) use(group);
    }
  }
}

bool names(const Selection& selection, Criterion criterion, std::string_view value) {
  return std::ranges::any_of(selection, [&](const Condition& condition) {
    return condition.criterion == criterion && !condition.negated && condition.value == value;
  });
}

template <class Tests, class Subject>
bool any_holds(const Tests& tests, const Subject& subject) {
  return std::ranges::any_of(tests, [&](const auto& test) { return test(subject); });
}

}  // namespace

std::string to_string(const Selection& selection) {
  std::string text;
  for_each_group(selection, [&](const Selection& group) {
    for (const Condition& condition : group) {
      if (!text.empty()) text += ' ';
      text += option_of(condition);
      if (condition.value.empty()) continue;
      text += ' ';
      text += quoted(condition.value);
    }
  });
  return text;
}

bool may_choose_unknown(const Selection& selection) {
  Selection of_catalogs;
  std::ranges::copy_if(selection, std::back_inserter(of_catalogs), [](const Condition& condition) {
    return is_of_catalogs(condition.criterion);
  });
  const Finding unknown;
  bool may = true;
  for_each_group(of_catalogs, [&](const Selection& group) {
    may = may && group.front().negated != std::ranges::any_of(group, [&](const Condition& one) {
                   return finding_test(one.criterion, one.value, {})(unknown);
                 });
  });
  return may;
}

bool asks_for_unknown(const Selection& selection) {
  return names(selection, Criterion::status, to_string(Status::unknown));
}

bool asks_for_residue(const Selection& selection) {
  return std::ranges::any_of(selection, [](const Condition& condition) {
    return condition.criterion == Criterion::state && !condition.negated &&
           condition.value != to_string(ItemState::current);
  });
}

Selector::Selector(const Selection& selection, std::span<const Catalog> catalogs, const Time& now) {
  for (const Condition& condition : selection) check(condition, catalogs);
  for_each_group(selection, [&](const Selection& conditions) {
    Group& group = groups_.emplace_back();
    group.criterion = conditions.front().criterion;
    group.negated = conditions.front().negated;
    for (const Condition& one : conditions) {
      group.values.push_back(one.value);
      group.of_findings.push_back(finding_test(one.criterion, one.value, now));
      if (EntryTest test = entry_test(one.criterion, one.value))
        group.of_entries.push_back(std::move(test));
    }
  });
}

bool Selector::selects(const Finding& finding) const {
  return std::ranges::all_of(groups_, [&](const Group& group) {
    return any_holds(group.of_findings, finding) != group.negated;
  });
}

bool Selector::covers(const Entry& entry) const {
  const auto may_be_in = [&](const StoreDriver* driver) {
    return driver->kind == entry.store && std::ranges::all_of(groups_, [&](const Group& group) {
             if (group.criterion != Criterion::store) return true;
             return group.negated != std::ranges::any_of(group.values, [&](const auto& pattern) {
                      return fits(pattern, driver->id);
                    });
           });
  };
  return std::ranges::any_of(store_drivers(), may_be_in) &&
         std::ranges::all_of(groups_, [&](const Group& group) {
           return group.of_entries.empty() || any_holds(group.of_entries, entry) != group.negated;
         });
}

bool was_asked_for(const Report& report, const Finding& finding) noexcept {
  return report.all || finding.status != Status::unknown;
}

void note_empty_selection(Report& report) {
  if (report.selection.empty() || report.exit.code != 0) return;
  report.exit.code = 4;
  const std::string_view nothing = report.all ? "nothing" : "nothing that a catalog knows";
  report.exit.reasons = {
      {.code = "nothing_selected",
       .message = fmt::format("{} is selected by {}", nothing, report.selection)}};
}

void select(Report& report, const Selection& selection, std::span<const Catalog> catalogs) {
  if (selection.empty()) return;
  const Selector selector(selection, catalogs, report.created);
  std::erase_if(report.findings,
                [&](const Finding& finding) { return !selector.selects(finding); });
  std::erase_if(report.absent, [&](const Absent& absent) {
    for (const Catalog& catalog : catalogs) {
      const Entry* entry = catalog.find_entry(absent.entry);
      if (entry != nullptr) return !selector.covers(*entry);
    }
    return true;
  });
  EntryIds named;
  add_named(report, named);
  std::erase_if(report.entries, [&](const Entry& entry) { return !named.contains(entry.id); });
  drop_unnamed_cards(report);
  if (!report.selection.empty()) report.selection += ' ';
  report.selection += to_string(selection);
  Selected& selected = report.summary.selected.emplace();
  for (const Finding& finding : report.findings) add_selected(selected, finding);
  if (std::ranges::none_of(report.findings, [&report](const Finding& finding) {
        return was_asked_for(report, finding);
      }))
    note_empty_selection(report);
}

}  // namespace crumbs
