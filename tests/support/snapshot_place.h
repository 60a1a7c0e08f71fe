#pragma once

/// A profile with one database that is copied.

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>

#include "crumbs/error.h"
#include "snapshot/snapshot.h"
#include "support/support.h"

namespace crumbs::test {
namespace fs = std::filesystem;

/// A profile, and a place for private copies of which we know that it was empty.
struct Place {
  TempDir profile, temporary;
  ReadLimits limits;

  Place() { limits.temp_dir = temporary.path(); }
  Snapshot take(const std::function<void(std::size_t)>& copied = {}) const {
    return Snapshot::take(profile.path(), "Cookies", "Default/Cookies", limits, copied);
  }
  fs::path file(const char* name) const { return profile.path() / name; }
  std::string error(ErrorCode expected) const {
    try {
      (void)take();
    } catch (const Error& error) {
      CHECK(error.code() == expected);
      CHECK(fs::is_empty(temporary.path()));
      return error.what();
    }
    return "no error";
  }
};

inline constexpr const char* kThreeRows =
    "CREATE TABLE cookies(id INTEGER PRIMARY KEY, name TEXT);"
    "INSERT INTO cookies(name) VALUES ('a'), ('b'), ('c');";

inline int in_child(const std::function<bool()>& action) {
  const pid_t child = fork();
  if (child == 0) {
    bool good = false;
    try {
      good = action();
    } catch (const std::exception&) {
      good = false;
    }
    _exit(good ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

}  // namespace crumbs::test
