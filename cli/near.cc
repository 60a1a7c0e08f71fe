#include "near.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "crumbs/printable.h"

namespace crumbs::cli {
namespace {

constexpr std::size_t kMostEdits = 2, kMostNames = 3;
constexpr std::size_t kLongestName = 200;  // of a longer one nobody mistypes a character

bool same_but_for_case(std::string_view one, std::string_view other) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return std::ranges::equal(one, other, {}, lower, lower);
}

void keep(std::set<std::string>& names, std::string_view name) {
  names.emplace(name);
  if (names.size() > kMostNames) names.erase(std::prev(names.end()));
}

std::string listed(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + printable(name);
  return text;
}

/// How many characters have to be added, taken away or replaced to make one of the other; `most` +
/// 1 where it is more than that.
std::size_t edits_between(std::string_view one, std::string_view other, std::size_t most) {
  const std::size_t longer = std::max(one.size(), other.size());
  if (longer - std::min(one.size(), other.size()) > most) return most + 1;
  std::vector<std::size_t> row(other.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < one.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < other.size(); ++j) {
      const std::size_t replaced = diagonal + (one[i] == other[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return std::min(row.back(), most + 1);
}

}  // namespace

std::string did_you_mean(std::string_view wanted, std::span<const std::string> names) {
  const std::string* best = nullptr;
  std::size_t least = std::min(kMostEdits, wanted.size() / 2) + 1;  // of two letters none is one
  if (wanted.size() > kLongestName) return {};
  for (const std::string& name : names) {
    const std::size_t edits = edits_between(wanted, name, kMostEdits);
    if (edits >= least) continue;
    least = edits;
    best = &name;
  }
  return best == nullptr ? "" : fmt::format("; did you mean {}?", printable(*best));
}

void NearNames::offer(std::string_view name) {
  if (name.size() > kLongestName || wanted_.size() > kLongestName) return;
  if (same_but_for_case(wanted_, name))
    keep(same_but_case_, name);
  else if (wanted_.size() > kMostEdits && edits_between(wanted_, name, kMostEdits) <= kMostEdits)
    keep(near_, name);
}

std::string NearNames::words() const {
  if (!same_but_case_.empty())
    return fmt::format("; {} {}: names are case-sensitive", listed(same_but_case_),
                       same_but_case_.size() == 1 ? "is" : "are");
  return near_.empty() ? "" : "; near it: " + listed(near_);
}

}  // namespace crumbs::cli
