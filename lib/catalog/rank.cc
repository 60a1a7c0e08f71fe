#include "catalog/rank.h"

#include <algorithm>
#include <utility>

namespace crumbs {

std::vector<CompiledForm> compile(const Entry& entry, std::span<const Variable> variables,
                                  std::span<const std::string> vendor_hosts) {
  std::vector<HostScope> hosts;
  const auto add = [&hosts](const std::string& host) {
    if (auto scope = HostScope::parse(host)) hosts.push_back(*std::move(scope));
  };
  for (const std::string& host : entry.hosts)
    std::ranges::for_each(host == kVendorHosts ? vendor_hosts : std::span(&host, 1), add);
  std::vector<CompiledForm> forms;
  for (const Form& form : entry.forms) {
    TemplateProblem ignored;
    auto name = form.is_template ? NamePattern::compile(form.name, variables, ignored)
                                 : std::optional(NamePattern::exact(form.name));
    if (name) forms.push_back({&entry, &form, *std::move(name), hosts});
  }
  return forms;
}

Rank rank_of(const CompiledForm& compiled) {
  Rank rank;
  rank.exact = !compiled.form->is_template;
  rank.literal_bytes = compiled.name.literal_bytes();
  rank.variables = compiled.name.variable_names().size();
  rank.documented = compiled.form->basis.basis == Basis::document;
  rank.id = compiled.entry->id;
  return rank;
}

bool outranks(const Rank& left, const Rank& right) {
  if (left.meaning() != right.meaning()) return left.meaning() > right.meaning();
  return std::tuple(-left.trust, left.order, left.id) <
         std::tuple(-right.trust, right.order, right.id);
}

std::string_view why_lost(const Rank& winner, const Rank& loser) {
  if (loser.scope == 0 && winner.scope != 0) return "other host scope";
  if (winner.scope != loser.scope) return "wider host scope";
  if (winner.exact != loser.exact) return "a template, not an exact name";
  if (winner.literal_bytes != loser.literal_bytes) return "fewer literal bytes";
  if (winner.variables != loser.variables) return "more variables";
  if (winner.documented != loser.documented) return "a form that is only observed";
  if (winner.trust != loser.trust) return "catalog of lower trust";
  if (winner.order != loser.order) return "catalog given later";
  return "later in the order of ids";
}

bool disagree(const Entry& left, const Entry& right) {
  return left.category != right.category || left.value.type != right.value.type ||
         left.personal_data != right.personal_data ||
         left.deletion.verdict != right.deletion.verdict;
}

}  // namespace crumbs
