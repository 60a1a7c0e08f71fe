#include "support/damage.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace crumbs {
namespace {

using test::DamageKind;
using test::Files;
using test::judge;
using test::LogEnd;
using test::Mutation;
using test::Outcome;
using test::Reading;
using test::Truth;
using Item = Reading::Item;
using Items = std::vector<Item>;

constexpr auto kCurrent = ItemState::current;
constexpr auto kOld = ItemState::superseded;
constexpr auto kGone = ItemState::deleted;

Reading clean(Items items) {
  return {.items = std::move(items), .told = false, .torn = false, .messages = ""};
}
Reading told(Items items) {
  Reading reading = clean(std::move(items));
  reading.told = true;
  return reading;
}
Reading torn(Items items) {
  Reading reading = clean(std::move(items));
  reading.torn = true;
  return reading;
}

Item item(const std::string& name, ItemState state = kCurrent, const std::string& value = "v") {
  return {.name = name, .value = value, .facts = {}, .state = state};
}

const Items kAll{item("a"), item("b"), item("c", kOld), item("d", kGone)};
const Items kEarlier{item("a")};
const Truth kPlain{.items = kAll, .earlier = {kEarlier}, .checksummed = false};
const Truth kSummed{.items = kAll, .earlier = {kEarlier}, .checksummed = true};

Outcome judged(const Truth& truth, const Reading& reading, LogEnd end = LogEnd::elsewhere) {
  return judge(truth, reading, end);
}

/// All items, of which one is another or gone.
Items with(std::size_t index, const Item& other) {
  Items items = kAll;
  items.at(index) = other;
  std::ranges::sort(items);
  return items;
}
Items without(std::size_t index) {
  Items items = kAll;
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
  return items;
}

TEST_CASE("what is as it was is unharmed, whatever else was said") {
  CHECK(judged(kPlain, clean(kAll)) == Outcome::unharmed);
  CHECK(judged(kPlain, told(kAll)) == Outcome::told);
  CHECK(judged(kPlain, torn(kAll), LogEnd::inside) == Outcome::unharmed);
}

TEST_CASE("an item that is missing is lost unless that is told") {
  for (const Truth& truth : {kPlain, kSummed}) {
    for (std::size_t index = 0; index < kAll.size(); ++index) {
      CHECK(judged(truth, clean(without(index))) == Outcome::lost);
      CHECK(judged(truth, told(without(index))) == Outcome::told);
    }
    CHECK(judged(truth, clean({})) == Outcome::lost);
    CHECK(judged(truth, told({})) == Outcome::told);
  }
}

TEST_CASE("an item more is invented, told or not") {
  Items more = kAll;
  more.push_back(item("e", kOld));
  const Items newer = with(2, item("c"));
  for (const Items& items : {more, newer}) {
    CHECK(judged(kPlain, clean(items)) == Outcome::invented);
    CHECK(judged(kPlain, told(items)) == Outcome::invented);
    CHECK(judged(kSummed, clean(items)) == Outcome::invented);
  }
  CHECK(judged(kSummed, told(more)) == Outcome::invented);
  for (const Truth& truth : {kPlain, kSummed})
    CHECK(judged(truth, clean(with(1, item("a")))) == Outcome::invented);  // "a" twice
}

TEST_CASE("items of an unfinished transaction may be shown where that is told") {
  Items more = kAll;
  more.push_back(item("e"));
  Truth truth = kPlain;
  truth.unfinished = 1;
  CHECK(judged(truth, told(more)) == Outcome::told);
  CHECK(judged(truth, clean(more)) == Outcome::invented);
  more.push_back(item("f"));
  CHECK(judged(truth, told(more)) == Outcome::invented);
}

TEST_CASE("what lost versions leave is known to whoever was told of the loss") {
  CHECK(judged(kSummed, told(with(2, item("c")))) == Outcome::told);
  CHECK(judged(kSummed, told(with(3, item("d")))) == Outcome::told);
  const std::string deletion(test::kDeletion);
  CHECK(judged(kSummed, told(with(3, item("d", kGone, deletion)))) == Outcome::told);
  CHECK(judged(kSummed, told(with(2, item("c", kGone, deletion)))) == Outcome::invented);
  CHECK(judged(kSummed, told(with(2, item("c", kOld, "w")))) == Outcome::invented);
  CHECK(judged(kSummed, told(with(2, item("C", kOld)))) == Outcome::invented);
}

TEST_CASE("other content is altered, and a failure where checksums stand over it") {
  Item dated = item("b");
  dated.facts = "another time";
  for (const Item& other : {item("B"), item("b", kCurrent, "w"), item("b", kOld), dated}) {
    CHECK(judged(kPlain, clean(with(1, other))) == Outcome::altered);
    CHECK(judged(kSummed, clean(with(1, other))) == Outcome::altered);
    CHECK(judged(kPlain, told(with(1, other))) == Outcome::told);
  }
  CHECK(is_failure(kSummed, Outcome::altered));
  CHECK_FALSE(is_failure(kPlain, Outcome::altered));
  for (const Truth& truth : {kPlain, kSummed}) {
    CHECK(is_failure(truth, Outcome::lost));
    CHECK(is_failure(truth, Outcome::invented));
    for (const Outcome outcome : {Outcome::told, Outcome::unharmed, Outcome::torn})
      CHECK_FALSE(is_failure(truth, outcome));
  }
}

TEST_CASE("a torn log gives what an earlier commit left, and nothing else") {
  CHECK(judged(kPlain, torn(kEarlier), LogEnd::inside) == Outcome::torn);
  CHECK(judged(kPlain, clean(kEarlier), LogEnd::between) == Outcome::torn);
  CHECK(judged(kPlain, torn(kEarlier), LogEnd::elsewhere) == Outcome::lost);
  CHECK(judged(kPlain, clean(kEarlier), LogEnd::inside) == Outcome::lost);
  const Items between{item("a"), item("b")};
  CHECK(judged(kPlain, torn(between), LogEnd::inside) == Outcome::lost);
  CHECK(judged(kPlain, torn(between), LogEnd::between) == Outcome::lost);
}

const Files kFiles{{"a.ldb", std::string(5000, 'a')},
                   {"b.ldb", std::string(3000, 'b')},
                   {"c.log", std::string(10, 'c')}};
const test::DamageTargets kTargets{
    .files = {"a.ldb", "b.ldb", "c.log"}, .unit = 1024, .exchange = true};

TEST_CASE("a seed gives the same mutations everywhere, and another seed others") {
  std::string all;
  for (const std::size_t index : {0U, 1U, 2U, 3U})
    all += make_mutation(kFiles, kTargets, 1, index).describe() + "\n";
  CHECK(all ==
        "cut of a.ldb at 1833\n"
        "byte of b.ldb at 25 to 0x40\n"
        "flip of c.log at 4 bit 5\n"
        "byte of a.ldb at 1045 to 0xbb\n");
  CHECK(make_mutation(kFiles, kTargets, 2, 0).describe() !=
        make_mutation(kFiles, kTargets, 1, 0).describe());
}

TEST_CASE("every mutation changes something, and every kind comes up") {
  std::set<DamageKind> kinds;
  for (std::size_t index = 0; index < 1000; ++index) {
    const Mutation mutation = make_mutation(kFiles, kTargets, 7, index);
    kinds.insert(mutation.kind);
    CAPTURE(mutation.describe());
    const Files changed = test::damaged(mutation, kFiles);
    CHECK(changed.at(mutation.file) != kFiles.at(mutation.file));
    CHECK(changed.size() == (mutation.kind == DamageKind::exchange ? 2 : 1));
  }
  CHECK(kinds.size() == 9 - 2);  // pages of one letter are the same wherever they stand
}

TEST_CASE("units change places or are written over each other") {
  const Files files{{"a", std::string("1122334455", 10)}};
  const auto after = [&](DamageKind kind) {
    return test::damaged({.kind = kind, .file = "a", .offset = 2, .length = 2, .other = 6}, files)
        .at("a");
  };
  CHECK(after(DamageKind::swap) == "1144332255");
  CHECK(after(DamageKind::copy) == "1144334455");
  CHECK(after(DamageKind::zeros) == std::string("11\0\000334455", 10));
  CHECK(after(DamageKind::cut) == "11");
}

}  // namespace
}  // namespace crumbs
