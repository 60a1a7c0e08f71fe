#include "catalog/overlap.h"

#include <algorithm>
#include <deque>
#include <unordered_set>

namespace crumbs {
namespace {

/// How far a pattern has come: an element, and bytes taken by it.
struct Place {
  std::size_t element = 0, taken = 0;
};

/// Places reached from `place` without taking a byte, itself included.
std::vector<Place> without_byte(const NamePattern& pattern, Place place) {
  std::vector<Place> places{place};
  const auto elements = pattern.elements();
  while (place.element < elements.size()) {
    const NamePattern::Element& element = elements[place.element];
    const std::size_t enough =
        element.literal.empty() ? element.pattern.min : element.literal.size();
    if (place.taken < enough) break;
    place = {place.element + 1, 0};
    places.push_back(place);
  }
  return places;
}

bool takes(const NamePattern& pattern, const Place& place, char byte) {
  if (place.element == pattern.elements().size()) return false;
  const NamePattern::Element& element = pattern.elements()[place.element];
  if (!element.literal.empty())
    return place.taken < element.literal.size() && element.literal[place.taken] == byte;
  return place.taken < element.pattern.max && element.pattern.characters.contains(byte);
}

/// Breadth-first over pairs of places, so the name found is a shortest one.
class Search {
 public:
  Search(const NamePattern& left, const NamePattern& right) : left_(left), right_(right) {}

  std::optional<std::string> run() {
    visit({}, {}, kNoParent, 0);
    for (std::size_t at = 0; at < pairs_.size(); ++at) {
      const Pair pair = pairs_[at];
      if (pair.left.element == left_.elements().size() &&
          pair.right.element == right_.elements().size())
        return name_of(at);
      step(at, pair);
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kNoParent = SIZE_MAX;
  struct Pair {
    Place left, right;
    std::size_t parent;
    char byte;
  };

  /// Where a byte leads does not depend on the byte, so the first that both take will do.
  void step(std::size_t at, const Pair& pair) {
    for (unsigned value = ' '; value < 256; ++value) {
      const char byte = static_cast<char>(value);
      if (!takes(left_, pair.left, byte) || !takes(right_, pair.right, byte)) continue;
      return visit({pair.left.element, pair.left.taken + 1},
                   {pair.right.element, pair.right.taken + 1}, at, byte);
    }
  }

  void visit(Place left, Place right, std::size_t parent, char byte) {
    for (const Place& l : without_byte(left_, left)) {
      for (const Place& r : without_byte(right_, right)) {
        if (seen_.insert(key(l, r)).second) pairs_.push_back({l, r, parent, byte});
      }
    }
  }

  /// An element and the bytes it took fit 16 bits each (kMostElements, longest name).
  static std::uint64_t key(const Place& left, const Place& right) {
    const auto pack = [](const Place& place) {
      return (std::uint64_t{place.element} << 16U) | std::uint64_t{place.taken};
    };
    return (pack(left) << 32U) | pack(right);
  }

  [[nodiscard]] std::string name_of(std::size_t at) const {
    std::string name;
    for (; pairs_[at].parent != kNoParent; at = pairs_[at].parent) name += pairs_[at].byte;
    std::ranges::reverse(name);
    return name;
  }

  const NamePattern& left_;
  const NamePattern& right_;
  std::deque<Pair> pairs_;
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace

std::optional<std::string> shared_name(const NamePattern& left, const NamePattern& right) {
  if (left.min_length() > right.max_length() || right.min_length() > left.max_length())
    return std::nullopt;
  auto name = Search(left, right).run();
  if (name && (!left.match(*name, nullptr) || !right.match(*name, nullptr))) return std::nullopt;
  return name;
}

bool covers(const NamePattern& wide, const NamePattern& narrow) {
  return std::ranges::equal(
      wide.elements(), narrow.elements(),
      [](const NamePattern::Element& left, const NamePattern::Element& right) {
        return left.literal == right.literal && !left.repeated && !right.repeated &&
               left.pattern.min <= right.pattern.min && left.pattern.max >= right.pattern.max &&
               left.pattern.characters.covers(right.pattern.characters);
      });
}

}  // namespace crumbs
