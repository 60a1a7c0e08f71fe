#include "catalog/overlap.h"

#include <algorithm>
#include <deque>
#include <unordered_set>

namespace crumbs {
namespace {

/// How far a pattern has come: an element, which alternative of it, the bytes taken by it, and
/// whether the byte that the alternative needs is among them.
struct Place {
  std::uint32_t element = 0, alternative = 0, taken = 0;
  bool has_needed = false;

  /// All of it; the numbers are bounded by kMostElements, kMostAlternatives and the longest name.
  [[nodiscard]] std::uint64_t packed() const {
    return (std::uint64_t{element} << 24U) | (std::uint64_t{alternative} << 16U) |
           (std::uint64_t{taken} << 1U) | std::uint64_t{has_needed ? 1U : 0U};
  }
};

bool is_done(const NamePattern& pattern, const Place& place) {
  return place.element == pattern.elements().size();
}

/// Whether what is taken is enough to go on behind the element.
bool is_enough(const NamePattern& pattern, const Place& place) {
  const NamePattern::Element& element = pattern.elements()[place.element];
  if (!element.literal.empty()) return place.taken == element.literal.size();
  return place.has_needed && place.taken >= element.pattern.alternatives[place.alternative].min;
}

/// Places at the beginning of an element: one for each of its alternatives.
void enter(const NamePattern& pattern, std::uint32_t element, std::vector<Place>& places) {
  if (element == pattern.elements().size() || !pattern.elements()[element].literal.empty())
    return places.push_back({element, 0, 0, false});
  const auto& alternatives = pattern.elements()[element].pattern.alternatives;
  for (std::uint32_t i = 0; i < alternatives.size(); ++i)
    places.push_back({element, i, 0, !alternatives[i].needs});
}

/// Places reached from `place` without taking a byte, itself included. No element is empty, so this
/// is one step.
std::vector<Place> without_byte(const NamePattern& pattern, const Place& place) {
  std::vector<Place> places{place};
  if (!is_done(pattern, place) && is_enough(pattern, place))
    enter(pattern, place.element + 1, places);
  return places;
}

/// Where a byte leads; nullopt: nowhere.
std::optional<Place> after(const NamePattern& pattern, Place place, char byte) {
  if (is_done(pattern, place)) return std::nullopt;
  const NamePattern::Element& element = pattern.elements()[place.element];
  if (!element.literal.empty()) {
    if (place.taken == element.literal.size() || element.literal[place.taken] != byte)
      return std::nullopt;
  } else {
    const Alternative& alternative = element.pattern.alternatives[place.alternative];
    if (place.taken == alternative.max || !alternative.characters.contains(byte))
      return std::nullopt;
    place.has_needed = place.has_needed || alternative.needs->contains(byte);
  }
  ++place.taken;
  return place;
}

/// Breadth-first over pairs of places, so the name found is a shortest one.
class Search {
 public:
  Search(const NamePattern& left, const NamePattern& right) : left_(left), right_(right) {}

  std::optional<std::string> run() {
    std::vector<Place> left, right;
    enter(left_, 0, left);
    enter(right_, 0, right);
    for (const Place& l : left) {
      for (const Place& r : right) visit(l, r, kNoParent, 0);
    }
    for (std::size_t at = 0; at < pairs_.size(); ++at) {
      const Pair pair = pairs_[at];
      if (is_done(left_, pair.left) && is_done(right_, pair.right)) return name_of(at);
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

  void step(std::size_t at, const Pair& pair) {
    for (unsigned value = ' '; value < 256; ++value) {
      const char byte = static_cast<char>(value);
      const auto left = after(left_, pair.left, byte);
      const auto right = left ? after(right_, pair.right, byte) : std::nullopt;
      if (left && right) visit(*left, *right, at, byte);
    }
  }

  void visit(const Place& left, const Place& right, std::size_t parent, char byte) {
    for (const Place& l : without_byte(left_, left)) {
      for (const Place& r : without_byte(right_, right)) {
        if (seen_.insert((l.packed() << 32U) | r.packed()).second)
          pairs_.push_back({l, r, parent, byte});
      }
    }
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
               left.pattern.covers(right.pattern);
      });
}

}  // namespace crumbs
