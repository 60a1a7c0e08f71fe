#include "profiles/running.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <utility>

#include <fmt/format.h>

#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  REQUIRE(gethostname(name.data(), name.size() - 1) == 0);
  return name.data();
}

/// A process that lives until the object goes, holding a write lock on `file` where one is named.
class OtherProcess {
 public:
  explicit OtherProcess(const fs::path& file = {}) {
    std::array<int, 2> ready{};
    REQUIRE(pipe(ready.data()) == 0);
    pid_ = fork();
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) wait_in_child(file, ready[1]);
    close(ready[1]);
    char byte = 0;
    REQUIRE(read(ready[0], &byte, 1) == 1);
    close(ready[0]);
    REQUIRE(byte == 'y');
  }
  ~OtherProcess() { end(); }
  OtherProcess(const OtherProcess&) = delete;
  OtherProcess& operator=(const OtherProcess&) = delete;

  void end() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    last_ = std::exchange(pid_, 0);
  }
  [[nodiscard]] pid_t pid() const { return pid_ > 0 ? pid_ : last_; }

 private:
  [[noreturn]] static void wait_in_child(const fs::path& file, int ready) {
    bool fine = true;
    if (!file.empty()) {
      const int fd = open(file.c_str(), O_RDWR);
      struct flock lock {};
      lock.l_type = F_WRLCK;
      lock.l_whence = SEEK_SET;
      fine = fd >= 0 && fcntl(fd, F_SETLK, &lock) == 0;
    }
    if (write(ready, fine ? "y" : "n", 1) != 1) _exit(1);
    for (;;) pause();
  }
  pid_t pid_ = 0;
  pid_t last_ = 0;
};

/// A user-data directory with one profile.
struct Chromium {
  test::TempDir directory;
  fs::path root = directory.path() / "data";
  fs::path profile = root / "Default";
  Chromium() { test::write_file(profile / "Local Storage/leveldb/LOCK", ""); }

  void singleton(const std::string& target) const {
    fs::create_symlink(target, root / "SingletonLock");
  }
  [[nodiscard]] Running running() const {
    const std::string before = test::describe_tree(directory.path());
    Running answer = chromium_running(root, profile);
    CHECK(test::describe_tree(directory.path()) == before);
    return answer;
  }
};

Running firefox(const fs::path& profile) {
  const std::string before = test::describe_tree(profile);
  Running answer = firefox_running(profile);
  CHECK(test::describe_tree(profile) == before);
  return answer;
}

void check(const Running& answer, std::optional<bool> running, const std::string& evidence) {
  CHECK(answer.running == running);
  CHECK(answer.evidence == evidence);
}

}  // namespace

TEST_CASE("a Chromium lock link that names a live process means running") {
  const Chromium chromium;
  const OtherProcess browser;
  chromium.singleton(fmt::format("{}-{}", host_name(), browser.pid()));
  check(chromium.running(), true,
        fmt::format("SingletonLock names pid {}, which is alive", browser.pid()));
}

TEST_CASE("a Chromium lock link of a process that has ended is stale") {
  const Chromium chromium;
  OtherProcess browser;
  browser.end();
  chromium.singleton(fmt::format("{}-{}", host_name(), browser.pid()));
  check(chromium.running(), false,
        fmt::format("SingletonLock names pid {}, which is not alive", browser.pid()));
}

TEST_CASE("a Chromium lock link of another host says nothing") {
  const Chromium chromium;
  chromium.singleton("other-host.test-" + std::to_string(getpid()));
  check(chromium.running(), std::nullopt, "cannot tell: SingletonLock names another host");
}

TEST_CASE("a host whose name only begins like ours is another host") {
  const Chromium chromium;
  chromium.singleton(fmt::format("{}-x-{}", host_name(), getpid()));
  check(chromium.running(), std::nullopt, "cannot tell: SingletonLock names another host");
}

TEST_CASE("a Chromium lock link without a process names none") {
  for (const char* target :
       {"nodash", "host-", "host-12x", "host-0", "host-99999999999999999999"}) {
    CAPTURE(target);
    const Chromium chromium;
    chromium.singleton(target);
    check(chromium.running(), false, "SingletonLock names no process");
  }
}

TEST_CASE("a lock link that was copied as a file is no lock") {
  const Chromium chromium;
  test::write_file(chromium.root / "SingletonLock", host_name() + "-" + std::to_string(getpid()));
  check(chromium.running(), false, "SingletonLock is not a link, as in a copy");
}

TEST_CASE("without a lock link the lock on the database tells") {
  const Chromium chromium;
  check(chromium.running(), false, "no lock on Local Storage/leveldb/LOCK");
  const OtherProcess browser(chromium.profile / "Local Storage/leveldb/LOCK");
  check(chromium.running(), true,
        fmt::format("lock on Local Storage/leveldb/LOCK held by pid {}", browser.pid()));
}

TEST_CASE("the lock on the database outweighs a link that seems stale") {
  const Chromium chromium;
  chromium.singleton("sandbox-2");
  const OtherProcess browser(chromium.profile / "Local Storage/leveldb/LOCK");
  check(chromium.running(), true,
        fmt::format("lock on Local Storage/leveldb/LOCK held by pid {}", browser.pid()));
}

TEST_CASE("a Chromium profile by itself has no lock") {
  const test::TempDir directory;
  check(chromium_running({}, directory.path()), false, "no SingletonLock");
  check(chromium_running(directory.path(), directory.path() / "Default"), false,
        "no SingletonLock");
}

TEST_CASE("a Firefox profile is running while .parentlock is locked") {
  const test::TempDir profile;
  const fs::path lock = profile.path() / ".parentlock";
  test::write_file(lock, "");
  fs::permissions(lock, fs::perms::owner_read | fs::perms::owner_write);
  check(firefox(profile.path()), false, "no lock on .parentlock");
  OtherProcess browser(lock);
  check(firefox(profile.path()), true,
        fmt::format("lock on .parentlock held by pid {}", browser.pid()));
  browser.end();
  check(firefox(profile.path()), false, "no lock on .parentlock");
}

TEST_CASE("asking does not take the lock from its holder") {
  const test::TempDir profile;
  test::write_file(profile.path() / ".parentlock", "");
  const OtherProcess browser(profile.path() / ".parentlock");
  for (int i = 0; i < 3; ++i) CHECK(firefox(profile.path()).running == true);
}

TEST_CASE("the link of a Firefox that could lock the file is a hint only") {
  const test::TempDir profile;
  const OtherProcess other;
  fs::create_symlink(fmt::format("127.0.0.1:+{}", other.pid()), profile.path() / "lock");
  check(firefox(profile.path()), false,
        fmt::format("the link lock names pid {}, left over", other.pid()));
}

TEST_CASE("the link of a Firefox that could not lock the file counts") {
  const test::TempDir profile;
  OtherProcess browser;
  fs::create_symlink(fmt::format("127.0.0.1:{}", browser.pid()), profile.path() / "lock");
  check(firefox(profile.path()), true,
        fmt::format("the link lock names pid {}, which is alive", browser.pid()));
  browser.end();
  check(firefox(profile.path()), false,
        fmt::format("the link lock names pid {}, left over", browser.pid()));
}

TEST_CASE("a Firefox profile without any lock") {
  const test::TempDir profile;
  check(firefox(profile.path()), false, "no lock file");
}

TEST_CASE("a lock file that is a link or a FIFO is not opened") {
  const test::TempDir profile;
  fs::create_symlink("/dev/zero", profile.path() / ".parentlock");
  const Running answer = firefox(profile.path());
  CHECK_FALSE(answer.running);
  CHECK(answer.evidence.starts_with("cannot tell: "));
}

}  // namespace crumbs
