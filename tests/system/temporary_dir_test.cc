#include "system/temporary_dir.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <string>

#include "crumbs/audit.h"
#include "support/children.h"
#include "support/support.h"
#include "system/remove_tree.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

/// Directories in directories, more entries than one listing takes, and links that lead out.
void fill(const fs::path& directory, const fs::path& outside) {
  for (int i = 0; i < 300; ++i)
    test::write_file(directory / "data/raw" / (std::string(60, 'n') + std::to_string(i)), "x");
  fs::create_directories(directory / "a/b/c/d");
  test::write_file(directory / "a/b/c/d/e", "x");
  fs::create_directory_symlink(outside, directory / "a/link");
  fs::create_symlink(outside / "kept", directory / "data/link");
}

TEST_CASE("a tree is removed whole, and nothing that its links lead to") {
  const test::TempDir work;
  test::write_file(work.path() / "outside/kept", "kept");
  fs::create_directory(work.path() / "tree");
  fill(work.path() / "tree", work.path() / "outside");
  CHECK(remove_tree((work.path() / "tree").c_str()));
  CHECK_FALSE(fs::exists(work.path() / "tree"));
  CHECK(test::read_file(work.path() / "outside/kept") == "kept");
  CHECK(remove_tree((work.path() / "tree").c_str()));
  fs::create_directory_symlink(work.path() / "outside", work.path() / "link");
  CHECK_FALSE(remove_tree((work.path() / "link").c_str()));
  CHECK(fs::exists(work.path() / "outside/kept"));
}

TEST_CASE("a temporary directory goes away with what it holds, or stays under its new name") {
  const test::TempDir work;
  test::write_file(work.path() / "outside/kept", "kept");
  std::optional<TemporaryDir> directory(TemporaryDir::make(work.path(), ".t-", "a test"));
  struct stat status {};
  REQUIRE(stat(directory->path().c_str(), &status) == 0);
  CHECK((status.st_mode & 07777U) == 0700);
  CHECK(directory->path().filename().string().starts_with(".t-"));
  fill(directory->path(), work.path() / "outside");
  const fs::path before = directory->path();
  fs::create_directory(work.path() / "taken");
  CHECK(directory->move_to(work.path() / "taken") == EEXIST);
  CHECK(fs::is_empty(work.path() / "taken"));
  CHECK(fs::exists(before / "a/b/c/d/e"));
  CHECK(directory->move_to(work.path() / "final") == 0);
  CHECK_FALSE(fs::exists(before));
  directory.reset();
  CHECK(fs::exists(work.path() / "final/a/b/c/d/e"));
  directory.emplace(TemporaryDir::make(work.path(), ".t-", "a test"));
  fill(directory->path(), work.path() / "outside");
  const fs::path second = directory->path();
  directory.reset();
  CHECK_FALSE(fs::exists(second));
  CHECK(fs::exists(work.path() / "outside/kept"));
}

TEST_CASE("a signal while a directory is filled and renamed leaves all of it or nothing") {
  for (int steps = 1; steps <= 20; ++steps) {
    const test::TempDir place;
    const fs::path target = place.path() / "final";
    const int code =
        test::signal_after(steps, SIGTERM, test::end_without_copies, [&](const auto& step) {
          TemporaryDir directory = TemporaryDir::make(place.path(), ".t-", "a test");
          step();
          for (const char* name : {"one", "two", "three"}) {
            test::write_file(directory.path() / "data" / name, "x");
            step();
          }
          if (directory.move_to(target) != 0) _exit(1);
          step();
          remove_tree(target.c_str());
        });
    CHECK(code == 130);
    for (const auto& entry : fs::directory_iterator(place.path()))
      CHECK(entry.path() == target);  // what the child had given away before
  }
}

}  // namespace
}  // namespace crumbs
