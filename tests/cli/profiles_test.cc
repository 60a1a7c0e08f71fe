#include <doctest/doctest.h>
#include <unistd.h>

#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/checkers.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using Environment = std::map<std::string, std::string>;

/// A home with two Chrome profiles and one of Firefox.
struct HomeTree {
  test::TempDir directory;
  fs::path home = directory.path() / "home/alice";
  fs::path chrome = home / ".config/google-chrome";
  fs::path firefox = home / ".mozilla/firefox";
  Environment environment{{"HOME", home.string()}};

  HomeTree() {
    test::write_file(chrome / "Local State",
                     R"({"profile":{"info_cache":{"Default":{"name":"Work"}}}})");
    test::write_file(chrome / "Default/Cookies", "");
    test::write_file(chrome / "Profile 1/Cookies", "");
    test::write_file(firefox / "profiles.ini",
                     "[Profile0]\nName=default-release\nIsRelative=1\nPath=ab.default-release\n");
    test::write_file(firefox / "ab.default-release/.parentlock", "");
  }
};

}  // namespace

TEST_CASE("crumbs profiles lists what a person wants to know") {
  const HomeTree tree;
  const std::string before = test::describe_tree(tree.directory.path());
  const auto result = test::crumbs({"profiles", "--width", "300"}, tree.environment);
  CHECK(result.code == 0);
  CHECK(result.err == "");
  CHECK(result.out ==
        "Google Chrome\n"
        "  Default (Work)  " +
            tree.chrome.string() +
            "/Default\n"
            "                  not running: no SingletonLock\n"
            "  Profile 1       " +
            tree.chrome.string() +
            "/Profile 1\n"
            "                  not running: no SingletonLock\n"
            "\n"
            "Firefox\n"
            "  default-release  " +
            tree.firefox.string() +
            "/ab.default-release\n"
            "                   not running: no lock on .parentlock\n");
  CHECK(test::describe_tree(tree.directory.path()) == before);
}

TEST_CASE("crumbs profiles fits the width that is asked for, and is coloured where it is") {
  const HomeTree tree;
  const auto listed = [&](const std::vector<std::string>& more) {
    std::vector<std::string> command{"profiles"};
    command.insert(command.end(), more.begin(), more.end());
    return test::crumbs(command, tree.environment).out;
  };
  const std::string wide = listed({"--width", "300"});
  CHECK(wide.find("  Default (Work)  " + tree.chrome.string() + "/Default\n") != std::string::npos);
  const std::string narrow = listed({"--width", "40"});
  CHECK(narrow.starts_with("Google Chrome\n  Default (Work)\n    /"));
  CHECK(narrow.find("\n    not running: no SingletonLock\n") != std::string::npos);
  std::istringstream lines(narrow);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 40);
  const auto letters = [](std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
  };
  CHECK(letters(narrow) == letters(wide));
  const std::string colored = listed({"--width", "300", "--color", "always"});
  CHECK(colored != wide);
  CHECK(std::regex_replace(colored, std::regex("\x1b\\[[0-9;]*m"), "") == wide);
  CHECK(listed({"-f", "paths", "--color", "always"}).find('\x1b') == std::string::npos);
}

/// The id of the one profile that an audit of the place reads.
std::string id_of(const std::filesystem::path& place) {
  const auto result = test::crumbs({"audit", place.string(), "-f", "json"});
  const auto report = nlohmann::json::parse(result.out);
  REQUIRE(report["profiles"].size() == 1);
  return report["profiles"][0]["id"];
}

TEST_CASE("crumbs profiles as JSON has the fields of the report's profiles, and their ids") {
  const HomeTree tree;
  const auto result = test::crumbs({"profiles", "-f", "json"}, tree.environment);
  CHECK(result.code == 0);
  const auto listed = nlohmann::json::parse(result.out);
  CHECK(listed["schema"] == "crumbs-profiles/1");
  CHECK(listed["complete"] == true);
  CHECK(listed["missing"].empty());
  REQUIRE(listed["profiles"].size() == 3);
  CHECK(listed["profiles"][0] == nlohmann::json{{"id", id_of(tree.chrome / "Default")},
                                                {"browser", "chrome"},
                                                {"browser_name", "Google Chrome"},
                                                {"engine", "chromium"},
                                                {"name", "Default"},
                                                {"display_name", "Work"},
                                                {"path", (tree.chrome / "Default").string()},
                                                {"user_data_dir", tree.chrome.string()},
                                                {"system", "linux"},
                                                {"packaging", "native"},
                                                {"running", false},
                                                {"running_evidence", "no SingletonLock"},
                                                {"archived", false},
                                                {"only_store", nullptr}});
  CHECK(listed["profiles"][2]["id"] == id_of(tree.firefox / "ab.default-release"));
  CHECK(listed["profiles"][2]["engine"] == "firefox");
}

TEST_CASE("--root and --format may come from the environment") {
  const HomeTree tree;
  const std::string root = tree.directory.path().string();
  const auto flags = test::crumbs({"profiles", "--root", root, "--format", "json"});
  const auto variables =
      test::crumbs({"profiles"}, {{"CRUMBS_ROOT", root}, {"CRUMBS_FORMAT", "json"}});
  CHECK(flags.code == 0);
  CHECK(flags.out == variables.out);
  const auto list = nlohmann::json::parse(flags.out)["profiles"];
  REQUIRE(list.size() == 3);
  CHECK(list[0]["running_evidence"] == "--root reads a copy");
}

TEST_CASE("no profile is exit code 4 and one line") {
  const test::TempDir home;
  const Environment environment{{"HOME", home.path().string()}};
  const auto text = test::crumbs({"profiles"}, environment);
  CHECK(text.code == 4);
  CHECK(text.out == "");
  CHECK(text.err == "crumbs: exit 4: no profile found below " + home.path().string() + "\n");
  const auto json = test::crumbs({"profiles", "-f", "json"}, environment);
  CHECK(json.code == 4);
  CHECK(nlohmann::json::parse(json.out)["profiles"].empty());
}

TEST_CASE("every format tells of every profile and of what is missing") {
  const HomeTree tree;
  const fs::path gone = tree.chrome / "Profile 2", written = tree.directory.path();
  fs::create_symlink("/nonexistent", gone);
  const auto file = [&](const char* name) { return (written / name).string(); };
  const auto result = test::crumbs(
      {"profiles", "--width", "300", "-o", file("list.txt"), "-o", "json=" + file("list.json"),
       "-o", "ndjson=" + file("list.ndjson"), "-o", "paths=" + file("paths")},
      tree.environment);
  CHECK(result.code == 5);
  CHECK(result.out == "");
  const std::string message = gone.string() + ": a symbolic link to /nonexistent, where nothing is";
  CHECK(result.err == "crumbs: exit 5: " + message + "\n");
  CHECK(test::read_file(written / "list.txt").find("\nNot read\n  " + message + "\n") !=
        std::string::npos);
  const std::vector<std::string> paths{(tree.chrome / "Default").string(),
                                       (tree.chrome / "Profile 1").string(),
                                       (tree.firefox / "ab.default-release").string()};
  CHECK(test::read_file(written / "paths") == fmt::format("{}\n", fmt::join(paths, "\n")));
  const auto json = nlohmann::json::parse(test::read_file(written / "list.json"));
  CHECK(json["complete"] == false);
  REQUIRE(json["missing"].size() == 1);
  CHECK(json["missing"][0] == nlohmann::json{{"path", gone.string()},
                                             {"browser", "chrome"},
                                             {"name", "Profile 2"},
                                             {"named_by", "known_place"},
                                             {"reason", "dangling_link"},
                                             {"target", "/nonexistent"},
                                             {"message", message}});
  std::istringstream lines(test::read_file(written / "list.ndjson"));
  std::vector<nlohmann::json> records;
  for (std::string line; std::getline(lines, line);) records.push_back(nlohmann::json::parse(line));
  REQUIRE(records.size() == 5);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(records[i]["path"] == paths[i]);
    CHECK(json["profiles"][i]["path"] == paths[i]);
  }
  CHECK(records[3]["record"] == "missing");
  CHECK(records[3]["path"] == gone.string());
  CHECK(records[4]["profiles"] == 3);
  CHECK(records[4]["missing"] == 1);
  CHECK(test::validated("lib/schema/crumbs-profiles.schema.json",
                        {written / "list.json", written / "list.ndjson"}) ==
        std::vector<std::string>{"valid " + file("list.json"), "valid " + file("list.ndjson")});
}

TEST_CASE("paths go from one command to the other, whatever is in them") {
  const HomeTree tree;
  const std::string odd = "ab\n#cd.default";
  test::write_file(tree.firefox / odd / "cookies.sqlite", "");
  const fs::path list = tree.directory.path() / "list";
  const auto listed =
      test::crumbs({"profiles", "-0", "-o", "paths=" + list.string()}, tree.environment);
  CHECK(listed.code == 0);
  const auto report = test::crumbs(
      {"audit", "--profiles-from", list.string(), "--null", "-f", "json"}, tree.environment);
  const auto profiles = nlohmann::json::parse(report.out)["profiles"];
  REQUIRE(profiles.size() == 4);
  CHECK(profiles[2]["path"] == (tree.firefox / odd).string());
}

TEST_CASE("a root that is no directory is exit code 4") {
  const auto result = test::crumbs({"profiles", "--root", "/nonexistent"});
  CHECK(result.code == 4);
  CHECK(result.err == "crumbs: /nonexistent: no such directory\n");
}

TEST_CASE("an unknown format is a usage error") {
  const auto result = test::crumbs({"profiles", "-f", "yaml"});
  CHECK(result.code == 2);
  CHECK(result.out == "");
}

TEST_CASE("a directory without permission is said to be unreadable") {
  const HomeTree tree;
  fs::permissions(tree.chrome / "Profile 1", fs::perms::none);
  fs::permissions(tree.firefox, fs::perms(0111));  // may be searched, not listed
  const auto result = test::crumbs_bound_by_modes({"profiles", "-f", "json"}, tree.environment);
  fs::permissions(tree.chrome / "Profile 1", fs::perms::owner_all);
  fs::permissions(tree.firefox, fs::perms::owner_all);
  CHECK(result.code == 5);
  const auto listed = nlohmann::json::parse(result.out);
  CHECK(listed["profiles"].size() == 2);
  REQUIRE(listed["missing"].size() == 2);
  const std::pair<std::string, fs::path> expected[] = {{"Profile 1", tree.chrome / "Profile 1"},
                                                       {"", tree.firefox}};
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& missing = listed["missing"][i];
    CHECK(missing["reason"] == "unreadable");
    CHECK(missing["path"] == expected[i].second.string());
    CHECK(missing["message"] == expected[i].second.string() + ": cannot be searched");
  }
}

TEST_CASE("names from a profile cannot drive the terminal") {
  const HomeTree tree;
  test::write_file(tree.chrome / "Local State",
                   R"({"profile":{"info_cache":{"Default":{"name":"a\u001b[31mb\nc"}}}})");
  const auto result = test::crumbs({"profiles"}, tree.environment);
  CHECK(result.code == 0);
  CHECK(result.out.find('\x1b') == std::string::npos);
  CHECK(result.out.find("b\nc") == std::string::npos);
  test::write_file(tree.home / "red\x1b[31m/Cookies",
                   std::string("SQLite format 3\0", 16) + std::string(84, '\0'));
  const auto named_after = test::crumbs({"profiles"}, tree.environment);
  CHECK(named_after.code == 0);
  CHECK(named_after.out.find("red\\x1b[31m (Chromium-based)\n") != std::string::npos);
  CHECK(named_after.out.find('\x1b') == std::string::npos);
}

}  // namespace crumbs
