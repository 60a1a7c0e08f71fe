#include "diff/pair.h"

#include <deque>
#include <optional>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include "context.h"
#include "system/sha256.h"

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

/// Where the item is kept and its name. The profile and its path are no part of it, nor is the
/// file: browsers move stores between versions.
std::string place_key(const Finding& finding) {
  Key key;
  key.add(finding.store).add(to_string(finding.kind)).add(finding.host).add(finding.origin);
  key.add(finding.path).add(finding.name);
  key.add(isolated_context_of(finding));
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
  bool paired = false;
};

std::vector<Side> sides_of(const std::vector<const Finding*>& findings) {
  std::vector<Side> sides;
  sides.reserve(findings.size());
  for (const Finding* finding : findings) {
    sides.push_back(
        {finding, place_key(*finding), scheme_key(*finding), value_digest(finding->value)});
  }
  return sides;
}

/// What must be equal beside the place in one round of pairing; nullopt: takes no part in it.
using RoundKey = std::optional<std::string> (*)(const Side& side, bool is_before);

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

void pair_round(RoundKey round, std::vector<Side>& before, std::vector<Side>& after,
                Partners& partners) {
  std::unordered_map<std::string, std::deque<Side*>> free;
  for (Side& side : after) {
    if (side.paired) continue;
    if (const auto key = round(side, false)) free[side.place + *key].push_back(&side);
  }
  if (free.empty()) return;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].paired) continue;
    const auto key = round(before[i], true);
    if (!key) continue;
    const auto found = free.find(before[i].place + *key);
    if (found == free.end() || found->second.empty()) continue;
    partners[i] = found->second.front()->finding;
    found->second.front()->paired = before[i].paired = true;
    found->second.pop_front();
  }
}

}  // namespace

std::string value_digest(const FindingValue& value) {
  if (!value.digest.empty()) return value.digest;
  if (value.masked || value.availability == Availability::unavailable) return {};
  if (value.bytes) return sha256_hex(*value.bytes);
  return value.text ? sha256_hex(*value.text) : std::string();
}

std::vector<ItemPair> pair_items(const std::vector<const Finding*>& before,
                                 const std::vector<const Finding*>& after) {
  std::vector<Side> left = sides_of(before);
  std::vector<Side> right = sides_of(after);
  Partners partners(before.size(), nullptr);
  for (const RoundKey round : kRounds) pair_round(round, left, right, partners);
  std::vector<ItemPair> pairs;
  pairs.reserve(before.size() + after.size());
  for (std::size_t i = 0; i < before.size(); ++i) pairs.push_back({before[i], partners[i]});
  for (const Side& side : right) {
    if (!side.paired) pairs.push_back({nullptr, side.finding});
  }
  return pairs;
}

}  // namespace crumbs
