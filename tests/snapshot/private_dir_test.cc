#include "snapshot/private_dir.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <vector>

#include "crumbs/audit.h"
#include "crumbs/error.h"
#include "support/children.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

unsigned mode_of(const fs::path& path) {
  struct stat status {};
  REQUIRE(lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

/// Exit code of `action` in a child process: remove_private_copies() ends all copying for good.
int in_child(const std::function<int()>& action) {
  const pid_t child = fork();
  if (child == 0) _exit(action());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

TEST_CASE("a private directory is its owner's alone and goes away with its files") {
  const test::TempDir base;
  fs::path path;
  {
    const PrivateDir directory = PrivateDir::make(base.path(), 1);
    path = directory.path();
    CHECK(path.parent_path() == base.path());
    CHECK(path.filename().string().starts_with("crumbs-"));
    CHECK(mode_of(path) == 0700);
    for (const char* suffix : {"", "-wal", "-journal"}) {
      const FileDescriptor file = directory.create(suffix);
      CHECK(mode_of(directory.database().string() + suffix) == 0600);
    }
    test::write_file(directory.database().string() + "-shm", "made by SQLite");
  }
  CHECK_FALSE(fs::exists(path));
  CHECK(fs::is_empty(base.path()));
}

TEST_CASE("a private file is never made over or through something that is there") {
  const test::TempDir base;
  const PrivateDir directory = PrivateDir::make(base.path(), 1);
  fs::create_symlink(base.path() / "target", directory.database());
  CHECK_THROWS_AS((void)directory.create(""), Error);
  CHECK_FALSE(fs::exists(base.path() / "target"));
}

TEST_CASE("without a wish the directory lies in memory where that is possible") {
  const PrivateDir small = PrivateDir::make({}, 1);
  const PrivateDir huge = PrivateDir::make({}, UINT64_MAX);
  CHECK((small.path().parent_path() == "/dev/shm" || small.path().parent_path() == "/tmp"));
  CHECK(huge.path().parent_path() == "/tmp");
}

TEST_CASE("a place that cannot hold copies is an error that names it") {
  try {
    (void)PrivateDir::make("/nowhere/at/all", 1);
    FAIL("it was made");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::io);
    CHECK(std::string(error.what()) ==
          "/nowhere/at/all: cannot hold private copies: No such file or directory");
  }
}

TEST_CASE("moving a directory keeps it, and its end removes it once") {
  const test::TempDir base;
  PrivateDir first = PrivateDir::make(base.path(), 1);
  const fs::path path = first.path();
  {
    PrivateDir second(std::move(first));
    CHECK(fs::exists(path));
    first = std::move(second);
  }
  CHECK(fs::exists(path));
}

TEST_CASE("more directories than the registry holds are refused, and the places come back") {
  const test::TempDir base;
  for (int round = 0; round < 2; ++round) {
    std::vector<PrivateDir> all;
    const auto fill = [&] {
      for (int i = 0; i < 1000; ++i) all.push_back(PrivateDir::make(base.path(), 1));
    };
    CHECK_THROWS_WITH_AS(fill(), "too many private copies at the same time", Error);
    CHECK(all.size() == 256);
  }
  CHECK(fs::is_empty(base.path()));
}

TEST_CASE("remove_private_copies leaves nothing, and no copy can be made afterwards") {
  const test::TempDir base;
  const int code = in_child([&] {
    const PrivateDir one = PrivateDir::make(base.path(), 1);
    const PrivateDir two = PrivateDir::make(base.path(), 1);
    (void)one.create("");
    (void)one.create("-journal");
    test::write_file(two.database().string() + "-shm", "x");
    remove_private_copies();
    try {
      (void)PrivateDir::make(base.path(), 1);
    } catch (const Error& error) {
      return error.code() == ErrorCode::interrupted ? 0 : 1;
    }
    return 2;
  });
  CHECK(code == 0);
  CHECK(fs::is_empty(base.path()));
}

TEST_CASE("a signal in the middle of the work leaves nothing") {
  const test::TempDir base;
  for (int steps = 1; steps <= 20; ++steps) {
    const int code =
        test::signal_after(steps, SIGTERM, test::end_without_copies, [&](const auto& step) {
          const PrivateDir directory = PrivateDir::make(base.path(), 1);
          step();
          (void)directory.create("");
          step();
          (void)directory.create("-wal");
          step();
        });
    CHECK(code == 130);
    CHECK(fs::is_empty(base.path()));
  }
}

}  // namespace crumbs
