#include "system/io.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <functional>
#include <string>

#include "crumbs/error.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

std::string message_of(const std::function<void()>& action, ErrorCode code = ErrorCode::io) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  return "";
}

/// A directory with every kind of thing that is no plain file.
struct Zoo {
  test::TempDir dir, outside;
  fs::path root = dir.path();

  Zoo() {
    test::write_file(root / "Default/Cookies", "some bytes");
    test::write_file(outside.path() / "secret", "of somebody else");
    fs::create_symlink("/dev/zero", root / "device");
    fs::create_symlink(outside.path() / "secret", root / "elsewhere");
    fs::create_symlink("Default/Cookies", root / "inside");
    fs::create_symlink(outside.path(), root / "Network");
    fs::create_symlink("loop", root / "loop");
    REQUIRE(mkfifo((root / "pipe").c_str(), 0600) == 0);
  }

  std::string refusal(const std::string& relative) const {
    return message_of([&] { (void)open_below(root, relative); });
  }
};

void check_zoo(const Zoo& zoo) {
  const auto file = open_below(zoo.root, "Default/Cookies");
  REQUIRE(file.has_value());
  CHECK(file->status.st_size == 10);
  CHECK(read_below(zoo.root, "Default/Cookies", 10) == "some bytes");
  CHECK_FALSE(open_below(zoo.root, "Default/History").has_value());
  CHECK_FALSE(open_below(zoo.root, "Default/Cookies/below-a-file").has_value());
  CHECK_FALSE(open_below(zoo.root / "absent", "Cookies").has_value());
  CHECK(zoo.refusal("device") == "device: is a symbolic link, which is not followed");
  CHECK(zoo.refusal("elsewhere") == "elsewhere: is a symbolic link, which is not followed");
  CHECK(zoo.refusal("inside") == "inside: is a symbolic link, which is not followed");
  CHECK(zoo.refusal("loop") == "loop: is a symbolic link, which is not followed");
  CHECK(zoo.refusal("Network/secret") ==
        "Network/secret: lies behind a symbolic link, which is not followed");
  CHECK(zoo.refusal("pipe") == "pipe: is a named pipe, not a file");
  CHECK(zoo.refusal("Default") == "Default: is a directory, not a file");
}

/// What a kernel before 5.6, or a sandbox that has never heard of openat2, answers.
void refuse_openat2(unsigned error) {
  std::array<sock_filter, 4> program{{
      {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
      {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_openat2},
      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | error},
      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
  }};
  const sock_fprog filter{program.size(), program.data()};
  REQUIRE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  REQUIRE(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0);
}

}  // namespace

TEST_CASE("nothing but plain files below the root is opened") {
  check_zoo(Zoo());
}

TEST_CASE("without openat2 the same files are opened and the same are refused") {
  const Zoo zoo;
  for (const unsigned error : {unsigned{ENOSYS}, unsigned{EPERM}}) {
    CAPTURE(error);
    const pid_t child = fork();
    if (child == 0) {
      refuse_openat2(error);
      bool same = false;
      try {
        same = read_below(zoo.root, "Default/Cookies", 10) == "some bytes" &&
               !open_below(zoo.root, "Default/History") &&
               !open_below(zoo.root, "Default/Cookies/below-a-file") &&
               zoo.refusal("inside") == "inside: is a symbolic link, which is not followed" &&
               zoo.refusal("Network/secret") ==
                   "Network/secret: lies behind a symbolic link, which is not followed";
      } catch (const std::exception&) {
        same = false;
      }
      _exit(same ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
}

TEST_CASE("a path that leads out of the root is refused") {
  const Zoo zoo;
  for (const char* path : {"../secret", "Default/../../secret", "Default/..", ".."}) {
    CAPTURE(path);
    CHECK(zoo.refusal(path) == std::string(path) + ": leads out of its directory");
  }
  CHECK(zoo.refusal("/etc/passwd") == "/etc/passwd: is no path below a directory");
  CHECK(zoo.refusal("") == ": is no path below a directory");
}

TEST_CASE("a root that is a link is the caller's choice") {
  const test::TempDir dir;
  test::write_file(dir.path() / "real/file", "x");
  fs::create_symlink("real", dir.path() / "link");
  CHECK(read_below(dir.path() / "link", "file", 1) == "x");
}

TEST_CASE("a file over the limit is refused before it is read") {
  const Zoo zoo;
  const auto read = [&] { (void)read_below(zoo.root, "Default/Cookies", 9); };
  CHECK(message_of(read, ErrorCode::too_large) ==
        "Default/Cookies: has 10 bytes, more than the 9 that are read");
}

TEST_CASE("a file that is no more what was opened is not taken for it") {
  const Zoo zoo;
  const fs::path cookies = zoo.root / "Default/Cookies";
  const auto refused = [](const OpenFile& file) {
    return message_of([&] { (void)read_all(file, "Cookies", 100); }, ErrorCode::unstable) ==
           "Cookies: changed while it was read";
  };
  const auto time = fs::last_write_time(cookies);
  test::wait_for_tick(cookies);
  const auto file = open_below(zoo.root, "Default/Cookies");
  REQUIRE(file.has_value());
  CHECK(read_all(*file, "Cookies", 100) == "some bytes");
  test::write_file(cookies, "other size");
  CHECK(refused(*file));
  fs::last_write_time(cookies, time);  // as if nothing had been written
  CHECK(refused(*file));
  CHECK(read_below(zoo.root, "Default/Cookies", 100) == "other size");
}

TEST_CASE("a file without read permission is an error that names it") {
  const test::TempDir dir;
  test::write_file(dir.path() / "closed", "x");
  fs::permissions(dir.path() / "closed", fs::perms::none);
  const pid_t child = fork();
  if (child == 0) {
    bool refused = false;
    test::be_bound_by_modes();
    try {
      (void)open_below(dir.path(), "closed");
    } catch (const Error& error) {
      refused = std::string(error.what()) == "closed: Permission denied";
    }
    _exit(refused ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
}

TEST_CASE("reading leaves the access time alone") {
  const Zoo zoo;
  const fs::path file = zoo.root / "Default/Cookies";
  const std::array<timespec, 2> long_ago{{{1'000'000'000, 7}, {1'500'000'000, 8}}};
  REQUIRE(utimensat(AT_FDCWD, file.c_str(), long_ago.data(), 0) == 0);
  (void)read_below(zoo.root, "Default/Cookies", 10);
  struct stat status {};
  REQUIRE(stat(file.c_str(), &status) == 0);
  CHECK(status.st_atim.tv_sec == 1'000'000'000);
  CHECK(status.st_atim.tv_nsec == 7);
}

TEST_CASE("SHA-256 is that of FIPS 180-2, however the bytes arrive") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 hash;
  for (int i = 0; i < 1000; ++i) hash.update(std::string(1000, 'a').data(), 1000);
  CHECK(hash.hex() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a moved descriptor is closed once") {
  FileDescriptor first(open("/dev/null", O_RDONLY | O_CLOEXEC));
  const int number = first.get();
  FileDescriptor second(std::move(first));
  CHECK(second.get() == number);
  second = FileDescriptor();
  CHECK(fcntl(number, F_GETFD) == -1);
}

}  // namespace crumbs
