#include "formats/sqlite/tree.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace crumbs::sqlite {
namespace {

constexpr std::size_t kPage = 512;

std::string big_endian(std::uint32_t number, int width) {
  std::string bytes;
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
    bytes += static_cast<char>(number >> static_cast<unsigned>(shift));
  return bytes;
}

struct Child {
  std::uint32_t page;
  char key;  ///< below 128: a varint of one byte
};

/// An inner page with these children, and the one that has all larger row ids.
std::string inner(const std::vector<Child>& children, std::uint32_t last) {
  constexpr std::size_t kCell = 5;
  const auto count = static_cast<std::uint32_t>(children.size());
  auto place = static_cast<std::uint32_t>(kPage - kCell * count);
  std::string page = "\x05" + big_endian(0, 2) + big_endian(count, 2) + big_endian(place, 2) +
                     big_endian(0, 1) + big_endian(last, 4);
  std::string cells;
  for (const Child& child : children) {
    page += big_endian(place, 2);
    place += kCell;
    cells += big_endian(child.page, 4) + child.key;
  }
  page.resize(kPage - cells.size(), '\0');
  return page + cells;
}

/// A leaf without rows: its content begins where the page ends.
const std::string kLeaf =
    "\x0d" + std::string(4, '\0') + big_endian(kPage, 2) + std::string(kPage - 7, '\0');

TableTree tree_of(const std::map<std::uint32_t, std::string>& pages,
                  const std::vector<std::uint32_t>& others = {}) {
  return read_tree(2, others, [&](std::uint32_t page) -> std::span<const std::byte> {
    const auto found = pages.find(page);
    if (found == pages.end()) return {};
    return std::as_bytes(std::span(found->second));
  });
}

/// "FIRST-LAST:PAGE", with "?" or "!" where the way is doubtful or closed.
std::vector<std::string> leaves_of(const TableTree& tree) {
  std::vector<std::string> leaves;
  for (const LeafRange& leaf : tree.leaves) {
    const std::string first = leaf.first == kFirstRow ? "" : std::to_string(leaf.first);
    const std::string last = leaf.last == kLastRow ? "" : std::to_string(leaf.last);
    const char* const way = leaf.way == LeafRange::Way::sound      ? ""
                            : leaf.way == LeafRange::Way::doubtful ? "?"
                                                                   : "!";
    leaves.push_back(fmt::format("{}-{}:{}{}", first, last, leaf.page, way));
  }
  return leaves;
}

using Leaves = std::vector<std::string>;

}  // namespace

TEST_CASE("the leaves of a sound tree, in order") {
  const TableTree tree =
      tree_of({{2, inner({{3, 10}, {4, 20}}, 5)}, {3, kLeaf}, {4, kLeaf}, {5, kLeaf}});
  CHECK(leaves_of(tree) == Leaves{"-10:3", "11-20:4", "21-:5"});
  CHECK(tree.damaged == 0);
  CHECK_FALSE(tree.closed);
}

TEST_CASE("a page that was seen before is no leaf of its own") {
  const TableTree twice = tree_of({{2, inner({{3, 10}, {3, 20}}, 4)}, {3, kLeaf}, {4, kLeaf}});
  CHECK(leaves_of(twice) == Leaves{"-10:3", "11-20:3!", "21-:4"});
  CHECK(twice.damaged == 3);
  CHECK(twice.closed);
  const TableTree round = tree_of({{2, inner({{2, 10}}, 3)}, {3, kLeaf}});
  CHECK(round.closed);
  CHECK(round.leaves.back().page == 3);
}

TEST_CASE("a page of another tree, and one that is not there, are none") {
  const std::map<std::uint32_t, std::string> pages{
      {2, inner({{3, 10}, {9, 20}}, 5)}, {3, kLeaf}, {5, kLeaf}, {7, inner({}, 3)}};
  // Neighbours that are closed become one.
  CHECK(leaves_of(tree_of(pages, {7})) == Leaves{"-20:3!", "21-:5"});
  CHECK(leaves_of(tree_of(pages)) == Leaves{"-10:3", "11-20:9!", "21-:5"});
}

TEST_CASE("keys out of order make what follows doubtful") {
  const TableTree tree =
      tree_of({{2, inner({{3, 10}, {4, 5}}, 5)}, {3, kLeaf}, {4, kLeaf}, {5, kLeaf}});
  CHECK(leaves_of(tree) == Leaves{"-10:3", "11-:2?"});
  CHECK(tree.damaged == 2);
}

}  // namespace crumbs::sqlite
