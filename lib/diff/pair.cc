#include "diff/pair.h"

#include <deque>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include "context.h"

namespace crumbs {
namespace {

/// Parts with their lengths, so that no part can pass for two.
class Key {
 public:
  Key& add(std::string_view part) {
    text_ += fmt::format("{}:", part.size());
    text_ += part;
    return *this;
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// Where the item is kept. The profile and its path are no part of it, nor is the file: browsers
/// move stores between versions.
std::string place_key(const Finding& finding) {
  Key key;
  key.add(finding.store).add(to_string(finding.kind)).add(finding.host).add(finding.origin);
  key.add(finding.path).add(isolated_context_of(finding));
  return key.take();
}

std::string scheme_key(const Finding& finding) {
  const Attributes& attributes = finding.attributes;
  const auto port = attributes.source_port;
  return Key()
      .add(attributes.source_scheme.value_or(""))
      .add(port ? std::to_string(*port) : "")
      .take();
}

struct Side {
  const Finding* finding;
  std::string place, scheme, digest;
  std::string name;   ///< digest of the name; empty where it is masked and not known
  std::string shape;  ///< of the name, whatever is masked in it
  bool paired = false;
};

std::vector<Side> sides_of(const std::vector<const Finding*>& findings, const Known& known) {
  std::vector<Side> sides;
  sides.reserve(findings.size());
  for (const Finding* finding : findings) {
    sides.push_back({finding, place_key(*finding), scheme_key(*finding),
                     known.value_digest(finding->value), known.name_digest(*finding),
                     name_shape(*finding)});
  }
  return sides;
}

/// What must be equal beside the place in one round of pairing; nullopt: takes no part in it.
using RoundKey = std::optional<std::string> (*)(const Side& side, bool is_before);

/// By what names are equal: first what is known of them. Where a report masks one, its shape has to
/// do, and nobody can tell.
constexpr RoundKey kNames[] = {
    [](const Side& side, bool) -> std::optional<std::string> {
      if (side.name.empty()) return std::nullopt;
      return side.name;
    },
    [](const Side& side, bool is_before) -> std::optional<std::string> {
      if (is_before && !side.name.empty()) return std::nullopt;
      return side.shape;
    },
    [](const Side& side, bool is_before) -> std::optional<std::string> {
      if (!is_before && !side.name.empty()) return std::nullopt;
      return side.shape;
    },
};

std::string state_of(const Side& side) {
  return std::string(to_string(side.finding->state));
}

constexpr RoundKey kRounds[] = {
    [](const Side& side, bool) -> std::optional<std::string> {
      if (side.digest.empty()) return std::nullopt;
      return state_of(side) + side.scheme + side.digest;
    },
    [](const Side& side, bool) -> std::optional<std::string> {
      return state_of(side) + side.scheme;
    },
    [](const Side& side, bool) -> std::optional<std::string> { return state_of(side); },
    // What was current and is left over, or the other way round: the same value first.
    [](const Side& side, bool) -> std::optional<std::string> {
      if (side.digest.empty()) return std::nullopt;
      return side.digest;
    },
    [](const Side& side, bool is_before) -> std::optional<std::string> {
      const bool current = side.finding->state == ItemState::current;
      return current == is_before ? "left" : "returned";
    },
};

using Partners = std::vector<const Finding*>;

/// Place, name and what else must be equal; nullopt as of either.
std::optional<std::string> whole_key(RoundKey name, RoundKey round, const Side& side,
                                     bool is_before) {
  const auto named = name(side, is_before);
  if (!named) return std::nullopt;
  const auto rest = round(side, is_before);
  if (!rest) return std::nullopt;
  return side.place + Key().add(*named).take() + *rest;
}

void pair_round(RoundKey name, RoundKey round, std::vector<Side>& before, std::vector<Side>& after,
                Partners& partners) {
  std::unordered_map<std::string, std::deque<Side*>> free;
  for (Side& side : after) {
    if (side.paired) continue;
    if (const auto key = whole_key(name, round, side, false)) free[*key].push_back(&side);
  }
  if (free.empty()) return;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].paired) continue;
    const auto key = whole_key(name, round, before[i], true);
    if (!key) continue;
    const auto found = free.find(*key);
    if (found == free.end() || found->second.empty()) continue;
    partners[i] = found->second.front()->finding;
    found->second.front()->paired = before[i].paired = true;
    found->second.pop_front();
  }
}

}  // namespace

std::vector<ItemPair> pair_items(const std::vector<const Finding*>& before,
                                 const std::vector<const Finding*>& after, const Known& known) {
  std::vector<Side> left = sides_of(before, known);
  std::vector<Side> right = sides_of(after, known);
  Partners partners(before.size(), nullptr);
  for (const RoundKey name : kNames)
    for (const RoundKey round : kRounds) pair_round(name, round, left, right, partners);
  std::vector<ItemPair> pairs;
  pairs.reserve(before.size() + after.size());
  for (std::size_t i = 0; i < before.size(); ++i) pairs.push_back({before[i], partners[i]});
  for (const Side& side : right) {
    if (!side.paired) pairs.push_back({nullptr, side.finding});
  }
  return pairs;
}

}  // namespace crumbs
