#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/support.h"

/// That reading writes no file but the private copies which need one, and takes no lock: the kernel
/// refuses both.

namespace crumbs {
namespace {
namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Programs for the kernel's filter are written backwards from "is it this?" to "then refuse".
class Filter {
 public:
  /// Refuses every call of this number.
  void refuse(unsigned call) { add({test(BPF_JEQ, call, 0, 1), kRefuse}); }
  /// Refuses a call where `argument` has one of the bits of `mask`.
  void refuse_bits(unsigned call, unsigned argument, std::uint32_t mask) {
    add({test(BPF_JEQ, call, 0, 4), load(offset(argument)), test(BPF_JSET, mask, 0, 1), kRefuse,
         load(kNumber)});
  }
  /// Refuses a call where `argument` is `value`.
  void refuse_value(unsigned call, unsigned argument, std::uint32_t value) {
    add({test(BPF_JEQ, call, 0, 4), load(offset(argument)), test(BPF_JEQ, value, 0, 1), kRefuse,
         load(kNumber)});
  }
  [[nodiscard]] bool install() {
    add({{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}});
    const sock_fprog filter{static_cast<unsigned short>(program_.size()), program_.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
  }

 private:
  static constexpr unsigned kNumber = offsetof(seccomp_data, nr);
  static constexpr sock_filter kRefuse{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | unsigned{EROFS}};
  static unsigned offset(unsigned argument) {
    return static_cast<unsigned>(offsetof(seccomp_data, args) + argument * sizeof(std::uint64_t));
  }
  static sock_filter load(unsigned from) { return {BPF_LD | BPF_W | BPF_ABS, 0, 0, from}; }
  static sock_filter test(unsigned how, unsigned value, std::uint8_t yes, std::uint8_t no) {
    return {static_cast<std::uint16_t>(BPF_JMP | how | BPF_K), yes, no, value};
  }
  void add(const std::vector<sock_filter>& steps) {
    program_.insert(program_.end(), steps.begin(), steps.end());
  }
  std::vector<sock_filter> program_{load(kNumber)};
};

/// From here on this process and what it runs can open no file for writing, make no directory,
/// remove or rename nothing, and take no lock.
void refuse_writing() {
  Filter filter;
  filter.refuse_bits(SYS_openat, 2, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC);
  for (const int call : {SYS_mkdirat, SYS_unlinkat, SYS_renameat2, SYS_linkat, SYS_symlinkat,
                         SYS_fchmodat, SYS_fchownat, SYS_utimensat, SYS_truncate, SYS_flock})
    filter.refuse(static_cast<unsigned>(call));
#ifdef SYS_open  // not on every machine
  filter.refuse_bits(SYS_open, 1, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC);
  for (const int call : {SYS_creat, SYS_mkdir, SYS_rmdir, SYS_unlink, SYS_rename, SYS_renameat,
                         SYS_link, SYS_symlink, SYS_chmod, SYS_chown})
    filter.refuse(static_cast<unsigned>(call));
#endif
  for (const int lock : {F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW})
    filter.refuse_value(SYS_fcntl, 1, static_cast<std::uint32_t>(lock));
  if (!filter.install()) _exit(99);
}

/// What crumbs says under that filter: its exit code in the first line, then its output.
std::string run_without_writing(const std::vector<std::string>& arguments) {
  const test::TempDir temp;
  const fs::path file = temp.path() / "out";
  const int out = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  REQUIRE(out >= 0);
  const pid_t child = fork();
  if (child == 0) {
    refuse_writing();
    struct flock whole {};
    whole.l_type = F_WRLCK;
    const bool refused = open((temp.path() / "other").c_str(), O_WRONLY | O_CREAT, 0600) < 0 &&
                         fcntl(out, F_SETLK, &whole) < 0;
    const auto result = test::crumbs(arguments);
    const std::string text = std::to_string(result.code) + "\n" + result.out;
    const bool written = write(out, text.data(), text.size()) == std::ssize(text);
    _exit(refused && written ? 0 : 1);
  }
  close(out);
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(status == 0);
  return test::read_file(file);
}

std::vector<std::string> audit(const fs::path& profile) {
  return {"audit",         "--all", "--residue", "-f", "json", "--now", "2026-11-24T00:00:00Z",
          profile.string()};
}

/// Whether a log of this database holds something that must be brought into it.
bool needs_copy(const fs::path& database) {
  const auto bytes_of = [&](const char* suffix) {
    const fs::path file = database.string() + suffix;
    return fs::is_regular_file(file) ? fs::file_size(file) : 0;
  };
  return bytes_of("-wal") > 32 || bytes_of("-journal") > 512;
}

}  // namespace

TEST_CASE(
    "no lock is taken and no file written but copies of databases whose log holds something") {
  std::size_t copied = 0;
  for (const auto& entry : fs::directory_iterator(test::fixture("profiles"))) {
    if (!entry.is_directory()) continue;
    CAPTURE(entry.path());
    const auto free = test::crumbs(audit(entry.path()));
    const std::string confined = run_without_writing(audit(entry.path()));
    const Json report = Json::parse(confined.substr(confined.find('\n') + 1));
    std::set<std::string> failed;
    std::set<std::string> expected;
    for (const Json& profile : report.at("profiles")) {
      const fs::path place = profile.at("path").get<std::string>();
      const bool chromium = profile.at("browser") != "firefox";
      for (const Json& store : profile.at("stores")) {
        if (store.at("status") == "absent") continue;
        const std::string path = store.at("path");
        if (store.at("status") == "failed") failed.insert(path);
        if (needs_copy((chromium ? place.parent_path() : place) / path)) expected.insert(path);
      }
    }
    CHECK(failed == expected);
    copied += expected.size();
    // Where no store needs a copy nothing at all is missed.
    const bool same = confined == std::to_string(free.code) + "\n" + free.out;
    CHECK(same == expected.empty());
  }
  CHECK(copied > 0);
}

}  // namespace crumbs
