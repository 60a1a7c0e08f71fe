#pragma once

/// A directory to resolve PROFILE arguments in.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "crumbs/audit.h"
#include "crumbs/error.h"
#include "support/support.h"

namespace crumbs::test {

struct Tree {
  TempDir directory;
  [[nodiscard]] std::filesystem::path path(const std::string& relative) const {
    return relative.empty() ? directory.path() : directory.path() / relative;
  }
  void file(const std::string& relative, const std::string& bytes = "") const {
    write_file(path(relative), bytes);
  }
  void folder(const std::string& relative) const {
    std::filesystem::create_directories(path(relative));
  }

  [[nodiscard]] FindOptions options() const {
    FindOptions options;
    options.home = path("home");
    return options;
  }
  /// resolve_profile, with the tree the same before and after.
  [[nodiscard]] FoundProfiles look_up(const std::string& argument) const {
    const std::string before = describe_tree(directory.path());
    FoundProfiles found = resolve_profile(argument, options());
    CHECK(describe_tree(directory.path()) == before);
    for (const Profile& profile : found.profiles) {
      CHECK(profile.id == "");
      CHECK(std::filesystem::is_directory(profile.path));
      CHECK(profile.path.is_absolute());
    }
    return found;
  }
  /// Nothing is missing of what it means.
  [[nodiscard]] std::vector<Profile> resolve(const std::string& argument) const {
    FoundProfiles found = look_up(argument);
    for (const MissingProfile& missing : found.missing) FAIL_CHECK(missing.message);
    return found.profiles;
  }
  [[nodiscard]] Profile one(const std::string& relative) const {
    const std::vector<Profile> found = resolve(path(relative).string());
    REQUIRE(found.size() == 1);
    return found[0];
  }
  /// It means nothing at all.
  void fails(const std::string& argument, MissingReason reason, const std::string& message) const {
    const FoundProfiles found = look_up(argument);
    CHECK(found.profiles.empty());
    REQUIRE(found.missing.size() == 1);
    CHECK(to_string(found.missing[0].reason) == to_string(reason));
    CHECK(found.missing[0].named_by == "argument");
    CHECK(found.missing[0].message == message);
  }
};

inline void make_chromium(const Tree& tree, const std::string& root) {
  tree.file(
      root + "/Local State",
      R"({"profile":{"info_cache":{"Default":{"name":"Work"},"Profile 1":{"name":"Home"}}}})");
  tree.file(root + "/Default/Cookies");
  tree.folder(root + "/Default/Local Storage/leveldb");
  tree.file(root + "/Profile 1/Preferences", "{}");
}

inline void make_firefox(const Tree& tree, const std::string& root) {
  tree.file(root + "/profiles.ini",
            "[Profile0]\nName=default-release\nIsRelative=1\nPath=ab.default-release\n"
            "[Profile1]\nName=work\nIsRelative=1\nPath=cd.work\n");
  tree.file(root + "/ab.default-release/cookies.sqlite");
  tree.file(root + "/cd.work/cookies.sqlite");
}

}  // namespace crumbs::test
