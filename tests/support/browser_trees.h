#pragma once

/// Homes with browsers in them, and looking for profiles there.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "crumbs/audit.h"
#include "support/support.h"

namespace crumbs::test {

/// A user-data directory with the profile "Default", called "Person 1".
inline void make_chromium(const std::filesystem::path& root) {
  write_file(root / "Local State", R"({"profile":{"info_cache":{"Default":{"name":"Person 1"}}}})");
  write_file(root / "Default/Preferences", "{}");
}

/// A root with the profile "default-release".
inline void make_firefox(const std::filesystem::path& root) {
  write_file(root / "profiles.ini",
             "[Profile0]\nName=default-release\nIsRelative=1\nPath=ab12.default-release\n");
  write_file(root / "ab12.default-release/cookies.sqlite", "");
}

inline FindOptions in_home(const std::filesystem::path& home) {
  FindOptions options;
  options.home = home;
  return options;
}

inline FindOptions in_root(const std::filesystem::path& root) {
  FindOptions options;
  options.home = "/nonexistent";
  options.root = root;
  return options;
}

inline std::vector<std::string> messages_of(const std::vector<MissingProfile>& missing) {
  std::vector<std::string> messages;
  messages.reserve(missing.size());
  for (const MissingProfile& one : missing) messages.push_back(one.message);
  return messages;
}

/// find_profiles, with the tree the same before and after and nothing to complain of.
inline std::vector<Profile> find_all(const FindOptions& options,
                                     const std::filesystem::path& tree) {
  const std::string before = describe_tree(tree);
  FoundProfiles found = find_profiles(options);
  CHECK(describe_tree(tree) == before);
  CHECK(messages_of(found.missing) == std::vector<std::string>{});
  for (const Diagnostic& note : found.notes) FAIL_CHECK(note.message);
  return found.profiles;
}

inline std::vector<std::string> names_of(const std::vector<Profile>& profiles) {
  std::vector<std::string> names;
  names.reserve(profiles.size());
  for (const Profile& profile : profiles) names.push_back(profile.name);
  return names;
}

}  // namespace crumbs::test
