#include "audit/twins.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "ascii.h"
#include "diagnostics.h"
#include "stores/shared/twins.h"

namespace crumbs {
namespace {

/// Indices of the tasks of each group of twins; a store that has none is in no group.
using Groups = std::map<TwinGroup, std::vector<std::size_t>>;

Groups groups_of(std::span<const StoreTask> tasks) {
  Groups groups;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const TwinGroup& group = tasks[i].place.twins;
    if (group.kind != TwinKind::none) groups[group].push_back(i);
  }
  std::erase_if(groups, [](const auto& group) { return group.second.size() < 2; });
  return groups;
}

bool is_bare(const StoreResult& result) {
  return result.schema == kBareStore;
}

/// Whether a store's own browser cannot load it: what a reader makes the best of.
bool is_damaged(const StoreResult& result) {
  if (result.status == StoreStatus::failed || result.status == StoreStatus::unsupported)
    return true;
  return std::ranges::any_of(result.diagnostics, [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Diagnostic::Severity::incomplete && diagnostic.code == "corrupt";
  });
}

Twin twin_of(const StoreTask& task, const StoreListing& listing) {
  const StoreResult& result = listing.result;
  Twin twin;
  twin.store = task.driver->id;
  twin.path = task.place.path;
  twin.bare = is_bare(result);
  twin.damaged = is_damaged(result);
  twin.items = result.items - result.residue;
  twin.schema = parse_number<std::int64_t>(result.schema);
  twin.newest = listing.newest;
  return twin;
}

void leave(StoreListing& listing, bool keep_residue) {
  StoreResult& result = listing.result;
  result.residue = result.items;
  result.unknown = 0;
  for (HeldItem& held : listing.held) {
    if (held.finding.state == ItemState::current) held.finding.state = ItemState::archived;
  }
  if (!keep_residue) listing.held.clear();
}

void apply(const TwinState& state, bool keep_residue, StoreListing& listing) {
  StoreResult& result = listing.result;
  if (!state.note.empty()) result.note += (result.note.empty() ? "" : "; ") + state.note;
  if (state.leftover) leave(listing, keep_residue);
}

/// Being empty is no failure only beside a twin that is not.
void fail_bare(StoreResult& result) {
  result.status = StoreStatus::unsupported;
  result.diagnostics.push_back(make_diagnostic(
      DiagnosticCode::unsupported, Diagnostic::Severity::incomplete,
      fmt::format("{}: there is nothing of this store in it", result.path), result.path));
}

}  // namespace

void mark_contested(std::vector<StoreTask>& tasks) {
  for (const auto& [group, members] : groups_of(tasks)) {
    // Firefox's marks tell which of its storages is in use, whatever they hold.
    if (group.kind == TwinKind::firefox_local_storage) continue;
    for (const std::size_t i : members) tasks[i].place.contested = true;
  }
}

void settle_listings(std::span<const StoreTask> tasks, std::vector<StoreListing>& listings,
                     bool keep_residue) {
  for (const auto& [group, members] : groups_of(tasks)) {
    std::vector<Twin> twins;
    for (const std::size_t i : members) twins.push_back(twin_of(tasks[i], listings[i]));
    const bool all_bare = std::ranges::all_of(twins, &Twin::bare);
    const std::vector<TwinState> states =
        settle_twins(group.kind, *tasks[members.front()].profile, twins);
    for (std::size_t n = 0; n < members.size(); ++n) {
      StoreListing& listing = listings[members[n]];
      apply(states[n], keep_residue, listing);
      if (all_bare) fail_bare(listing.result);
    }
  }
}

}  // namespace crumbs
