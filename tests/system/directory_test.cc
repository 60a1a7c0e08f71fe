#include "system/directory.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

/// a/file, a/link -> file, linked -> a, a/pipe
struct SmallTree {
  test::TempDir directory;
  const fs::path& root = directory.path();
  SmallTree() {
    test::write_file(root / "a/file", "x");
    fs::create_symlink("file", root / "a/link");
    fs::create_symlink("a", root / "linked");
    REQUIRE(mkfifo((root / "a/pipe").c_str(), 0600) == 0);
  }
};

}  // namespace

TEST_CASE("what is at a place is told without following a link") {
  const SmallTree tree;
  struct Row {
    const char* relative;
    PlaceKind kind;
  };
  const Row rows[] = {
      {"", PlaceKind::directory},         {"a", PlaceKind::directory},
      {"a/", PlaceKind::directory},       {"a/file", PlaceKind::file},
      {"a/link", PlaceKind::link},        {"linked", PlaceKind::link},
      {"linked/file", PlaceKind::link},   {"a/pipe", PlaceKind::other},
      {"b", PlaceKind::absent},           {"a/file/x", PlaceKind::absent},
      {"a/..", PlaceKind::absent},        {"../x", PlaceKind::absent},
      {"a/../a/file", PlaceKind::absent},
  };
  for (const Row& row : rows) {
    CAPTURE(row.relative);
    CHECK(kind_below(tree.root, row.relative) == row.kind);
  }
  CHECK(kind_below(tree.root / "linked", "file") == PlaceKind::file);  // the root may be a link
  CHECK(kind_below(tree.root / "absent", "file") == PlaceKind::absent);
  CHECK(kind_below(tree.root, std::string(300, 'n')) == PlaceKind::absent);
}

TEST_CASE("a directory is listed in the order of its bytes, links as links") {
  const SmallTree tree;
  const auto entries = list_directory(tree.root, "a");
  REQUIRE(entries.has_value());
  REQUIRE(entries->size() == 3);
  CHECK(entries->at(0).name == "file");
  CHECK(entries->at(1).kind == PlaceKind::link);
  CHECK(entries->at(2).kind == PlaceKind::other);
  CHECK(list_directory(tree.root, "")->size() == 2);
  for (const char* no_directory : {"linked", "a/file", "b", "a/pipe", ".."})
    CHECK_FALSE(list_directory(tree.root, no_directory).has_value());
}

TEST_CASE("links are followed as if the root were that of the file system") {
  const SmallTree tree;
  fs::create_symlink("/a", tree.root / "absolute");
  fs::create_symlink("../../../a/link", tree.root / "climbing");
  fs::create_symlink("loop", tree.root / "loop");
  fs::path failed;
  const auto follow = [&](const char* path) { return follow_inside(tree.root, path, failed); };
  CHECK(follow("/linked/link") == tree.root / "a/file");
  CHECK(follow("/absolute") == tree.root / "a");
  CHECK(follow("/climbing") == tree.root / "a/file");
  CHECK(follow("/../../a") == tree.root / "a");
  CHECK_FALSE(follow("/loop").has_value());
  CHECK_FALSE(follow("/a/gone").has_value());
  CHECK_FALSE(follow("/a/file/x").has_value());
  CHECK(failed == "");
}

}  // namespace crumbs
