#include "catalog/rank.h"

#include <utility>

namespace crumbs {

std::optional<CompiledEntry> compile(const Entry& entry, std::span<const Variable> variables) {
  TemplateProblem ignored;
  auto name = entry.is_template ? NamePattern::compile(entry.name, variables, ignored)
                                : std::optional(NamePattern::exact(entry.name));
  if (!name) return std::nullopt;
  CompiledEntry compiled{&entry, *std::move(name), {}};
  for (const std::string& host : entry.hosts) {
    if (auto scope = HostScope::parse(host)) compiled.hosts.push_back(*std::move(scope));
  }
  return compiled;
}

Rank rank_of(const CompiledEntry& compiled) {
  Rank rank;
  rank.exact = !compiled.entry->is_template;
  rank.literal_bytes = compiled.name.literal_bytes();
  rank.variables = compiled.name.variable_names().size();
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
