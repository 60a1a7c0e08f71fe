
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "crumbs/error.h"
#include "support/support.h"
#include "system/directory.h"

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
  const Listing listing = list_below(tree.root, "a");
  CHECK(listing.state == Listing::State::whole);
  REQUIRE(listing.entries.size() == 3);
  CHECK(listing.entries[0].name == "file");
  CHECK(listing.entries[1].kind == PlaceKind::link);
  CHECK(listing.entries[2].kind == PlaceKind::other);
  CHECK(list_below(tree.root, "").entries.size() == 2);
}

TEST_CASE("a listing says why it is not whole") {
  const SmallTree tree;
  using State = Listing::State;
  const std::pair<const char*, State> rows[] = {{"linked", State::link},
                                                {"a/file", State::absent},
                                                {"b", State::absent},
                                                {"a/pipe", State::absent},
                                                {"..", State::absent}};
  for (const auto& row : rows) {
    CAPTURE(row.first);
    CHECK(list_below(tree.root, row.first).state == row.second);
  }
  const Listing cut = list_below(tree.root, "a", 2);
  CHECK(cut.state == State::cut_off);
  CHECK(cut.entries.size() == 2);
  CHECK_FALSE(cut.listed());
  CHECK(list_below(tree.root, "a", 3).state == State::whole);
  CHECK_THROWS_WITH_AS((void)list_names(tree.root, "linked"),
                       "linked: cannot be listed: a symbolic link, which is not followed", Error);
}

TEST_CASE("what lies behind a link on the way is not looked at") {
  const SmallTree tree;
  CHECK(status_below(tree.root, "a/file").has_value());
  CHECK(S_ISDIR(status_below(tree.root, "")->st_mode));
  CHECK_FALSE(status_below(tree.root, "linked/file").has_value());
  CHECK_FALSE(status_below(tree.root, "a/gone").has_value());
  CHECK_FALSE(status_below(tree.root, "a/..").has_value());
}

TEST_CASE("links are followed as if the root were that of the file system") {
  const SmallTree tree;
  fs::create_symlink("/a", tree.root / "absolute");
  fs::create_symlink("../../../a/link", tree.root / "climbing");
  fs::create_symlink("loop", tree.root / "loop");
  fs::create_symlink("/gone/far", tree.root / "dangling");
  fs::create_symlink("dangling", tree.root / "chain");
  fs::create_symlink(".", tree.root / "here");
  const auto follow = [&](const char* path) { return follow_inside(tree.root, path); };
  const auto leads = [&](const char* path, PlaceKind kind, const char* place,
                         const char* target = "") {
    CAPTURE(path);
    const Followed way = follow(path);
    CHECK(way.kind == kind);
    CHECK(way.place == (*place == 0 ? tree.root : tree.root / place));
    CHECK(way.target == target);
  };
  leads("/linked/link", PlaceKind::file, "a/file");
  leads("/absolute", PlaceKind::directory, "a");
  leads("/climbing", PlaceKind::file, "a/file");
  leads("/../../a", PlaceKind::directory, "a");
  leads("/here/here/absolute", PlaceKind::directory, "a");
  leads("/", PlaceKind::directory, "");
  leads("/a/gone", PlaceKind::absent, "a/gone");
  leads("/a/file/x", PlaceKind::absent, "a/file/x");
  leads("/a/pipe", PlaceKind::other, "a/pipe");
  // Of a link that leads nowhere it is the link that is told; what is not in its target is absent.
  leads("/loop", PlaceKind::link, "loop", "loop");
  leads("/dangling", PlaceKind::link, "dangling", "/gone/far");
  leads("/chain/below", PlaceKind::link, "chain", "dangling");
  leads("/here/dangling/x", PlaceKind::link, "dangling", "/gone/far");
  leads("/linked/gone", PlaceKind::absent, "a/gone");
  leads("/absolute/gone/x", PlaceKind::absent, "a/gone");
}

}  // namespace crumbs
