// Firefox's profile groups: databases that name profiles, and may be damaged as others are.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "support/browser_trees.h"
#include "support/databases.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using namespace test;
using Strings = std::vector<std::string>;

/// As Firefox 153 makes it (toolkit/profile/ProfilesDatastoreService.sys.mjs).
constexpr const char* kSchema = R"(
  CREATE TABLE IF NOT EXISTS "Profiles" (
    id INTEGER NOT NULL, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, avatar TEXT NOT NULL,
    themeId TEXT NOT NULL, themeFg TEXT NOT NULL, themeBg TEXT NOT NULL, PRIMARY KEY(id));
  CREATE TABLE IF NOT EXISTS "SharedPrefs" (
    id INTEGER NOT NULL, name TEXT NOT NULL UNIQUE, value BLOB, isBoolean INTEGER, PRIMARY KEY(id));
  PRAGMA user_version = 7;)";

std::string row(const std::string& path, const std::string& name) {
  return "INSERT INTO Profiles (path, name, avatar, themeId, themeFg, themeBg) VALUES (" +
         sql_text(path) + ", " + sql_text(name) + ", 'book', 'default', '#000', '#fff');";
}

/// A home with a Firefox root of one profile that belongs to a group.
struct GroupTree {
  TempDir directory;
  fs::path home = directory.path() / "home";
  fs::path root = home / ".mozilla/firefox";
  fs::path groups = root / "Profile Groups";

  GroupTree() {
    write_file(root / "profiles.ini",
               "[Profile0]\nName=default-release\nIsRelative=1\nPath=ab.default-release\n"
               "StoreID=1a2b3c4d\nShowSelector=1\n");
    write_file(root / "ab.default-release/cookies.sqlite", "");
    fs::create_directories(groups);
  }

  void group(const std::string& rows, const std::string& name = "1a2b3c4d.sqlite") const {
    build_database(groups / name, kSchema + rows);
  }

  /// "NAME (DISPLAY NAME) PATH", the path relative to the root.
  [[nodiscard]] Strings told(const FoundProfiles& found) const {
    Strings lines;
    for (const Profile& profile : found.profiles)
      lines.push_back(profile.name + " (" + profile.display_name + ") " +
                      profile.path.lexically_relative(root).string());
    return lines;
  }
};

}  // namespace

TEST_CASE("a profile group gives names, and profiles that profiles.ini has not") {
  const GroupTree tree;
  write_file(tree.root / "Profiles/xyz1.school/cookies.sqlite", "");
  fs::create_directories(tree.root / "cd.empty");
  tree.group(row("ab.default-release", "Original profile") + row("Profiles/xyz1.school", "School") +
             row("cd.empty", "Holds nothing yet"));
  CHECK(tree.told({find_all(in_home(tree.home), tree.home), {}, {}, {}}) ==
        Strings{"cd.empty (Holds nothing yet) cd.empty",
                "default-release (Original profile) ab.default-release",
                "xyz1.school (School) Profiles/xyz1.school"});
  const FoundProfiles named = resolve_profile("firefox:School", in_home(tree.home));
  CHECK(tree.told(named) == Strings{"xyz1.school (School) Profiles/xyz1.school"});
}

TEST_CASE("a group of Windows writes its paths with backslashes") {
  const GroupTree tree;
  write_file(tree.root / "Profiles/xyz1.school/cookies.sqlite", "");
  write_file(tree.root / "odd\\name/cookies.sqlite", "");
  tree.group(row("Profiles\\xyz1.school", "School") + row("odd\\name", "Odd"));
  CHECK(tree.told({find_all(in_home(tree.home), tree.home), {}, {}, {}}) ==
        Strings{"default-release () ab.default-release", "odd\\name (Odd) odd\\name",
                "xyz1.school (School) Profiles/xyz1.school"});
}

TEST_CASE("what a group names and nobody has is missing") {
  const GroupTree tree;
  const std::string list = (tree.groups / "1a2b3c4d.sqlite").string();
  tree.group(row("gone.work", "Work") + row("../../../outside", "Outside"));
  const FoundProfiles found = find_profiles(in_home(tree.home));
  CHECK(tree.told(found) == Strings{"default-release () ab.default-release"});
  REQUIRE(found.missing.size() == 2);
  const auto gone = std::ranges::find(found.missing, "Work", &MissingProfile::name);
  REQUIRE(gone != found.missing.end());
  CHECK(gone->path == (tree.root / "gone.work").string());
  CHECK(gone->browser == "firefox");
  CHECK(gone->named_by == list);
  CHECK(gone->reason == MissingReason::absent);
  CHECK(gone->message ==
        (tree.root / "gone.work").string() + ": no such directory; named by " + list);
  CHECK(std::ranges::count(found.missing, "Outside", &MissingProfile::name) == 1);
  const FoundProfiles named = resolve_profile("firefox:Work", in_home(tree.home));
  CHECK(named.profiles.empty());
  REQUIRE(named.missing.size() == 1);
  CHECK(named.missing[0] == *gone);
}

TEST_CASE("a group that cannot be read as a whole is missing, and nothing it says is used") {
  const auto missing_with = [](const char* what, const auto& make) {
    CAPTURE(what);
    const GroupTree tree;
    make(tree);
    const FoundProfiles found = find_profiles(in_home(tree.home));
    CHECK(tree.told(found) == Strings{"default-release () ab.default-release"});
    REQUIRE(found.missing.size() == 1);
    CHECK(found.missing[0].path == (tree.groups / "1a2b3c4d.sqlite").string());
    CHECK(found.missing[0].reason == MissingReason::unreadable);
    const std::string place = tree.root.string() + "/Profile Groups/1a2b3c4d.sqlite: ";
    REQUIRE(found.missing[0].message.starts_with(place));
    return found.missing[0].message.substr(place.size());
  };
  CHECK(missing_with("no database", [](const GroupTree& tree) {
          write_file(tree.groups / "1a2b3c4d.sqlite", std::string(2000, 'x'));
        }) == "not a database");
  CHECK(missing_with("another database", [](const GroupTree& tree) {
          build_database(tree.groups / "1a2b3c4d.sqlite", "CREATE TABLE other (x)");
        }) == "no table Profiles");
  CHECK(missing_with("no path", [](const GroupTree& tree) {
          tree.group(
              "DROP TABLE Profiles; CREATE TABLE Profiles (id INTEGER PRIMARY KEY, path, "
              "name); INSERT INTO Profiles VALUES (4, NULL, 'n')");
        }) == "row 4 has no path");
  CHECK(missing_with("a path that is too long", [](const GroupTree& tree) {
          tree.group(row(std::string(100'000, 'p'), "n"));
        }) == "row 1 has no path");
  CHECK(missing_with("a link", [](const GroupTree& tree) {
          build_database(tree.directory.path() / "other.sqlite", kSchema + row("x", "y"));
          fs::create_symlink("../../../../other.sqlite", tree.groups / "1a2b3c4d.sqlite");
        }).find("symbolic link") != std::string::npos);
  CHECK(missing_with("a log that is none", [](const GroupTree& tree) {
          tree.group(row("ab.default-release", "n"));
          write_file(tree.groups / "1a2b3c4d.sqlite-wal", "no log");
        }) == "is no write-ahead log; what was written to it is missing");
  CHECK(missing_with("more than anybody has", [](const GroupTree& tree) {
          tree.group(
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              "10001) INSERT INTO Profiles SELECT i, 'p' || i, '', '', '', '', '' FROM n");
        }) == "more than 10000 profiles");
}

TEST_CASE("a file in place of the groups' folder is told") {
  const GroupTree tree;
  fs::remove(tree.groups);
  write_file(tree.groups, "");
  const FoundProfiles found = find_profiles(in_home(tree.home));
  CHECK(tree.told(found) == Strings{"default-release () ab.default-release"});
  CHECK(messages_of(found.missing) == Strings{tree.groups.string() + ": not a directory"});
}

TEST_CASE("a group that profiles.ini names and that is not there is worth knowing") {
  const GroupTree tree;
  const FoundProfiles found = find_profiles(in_home(tree.home));
  CHECK(messages_of(found.missing) == Strings{});
  REQUIRE(found.notes.size() == 1);
  CHECK(found.notes[0].code == "missing_file");
  CHECK(found.notes[0].severity == Diagnostic::Severity::note);
  CHECK(found.notes[0].message == (tree.groups / "1a2b3c4d.sqlite").string() +
                                      ": named by profiles.ini, and not there: which profiles were "
                                      "in this group is not known");
  tree.group("");
  CHECK(find_profiles(in_home(tree.home)).notes.empty());
}

TEST_CASE("what a group's database has in its WAL counts, and nothing is left beside it") {
  const GroupTree tree;
  write_file(tree.root / "cd.new/prefs.js", "");
  build_interrupted(tree.groups / "1a2b3c4d.sqlite",
                    std::string("PRAGMA journal_mode = WAL;") + kSchema, row("cd.new", "New"));
  REQUIRE(fs::exists(tree.groups / "1a2b3c4d.sqlite-wal"));
  CHECK(tree.told({find_all(in_home(tree.home), tree.home), {}, {}, {}}) ==
        Strings{"cd.new (New) cd.new", "default-release () ab.default-release"});
}

}  // namespace crumbs
