#include "entry_index.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace crumbs {
namespace {

TEST_CASE("an entry is found by its id, in whatever order the entries stand") {
  std::vector<Entry> entries;
  for (const char* id : {"b/2", "", "a/1", "c/3", "a/1", "b/1"}) {
    entries.emplace_back().id = id;
    entries.back().title = std::to_string(entries.size());
  }
  const EntryIndex index(entries);
  CHECK(index.find("b/2") == &entries[0]);
  CHECK(index.find("a/1") == &entries[2]);  // the first of the two
  CHECK(index.find("c/3") == &entries[3]);
  CHECK(index.find("b/1") == &entries[5]);
  for (const char* none : {"", "a", "a/2", "b/10", "z"}) CHECK(index.find(none) == nullptr);
  CHECK(EntryIndex({}).find("a/1") == nullptr);
}

}  // namespace
}  // namespace crumbs
