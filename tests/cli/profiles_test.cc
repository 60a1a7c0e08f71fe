#include <doctest/doctest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

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
  const auto result = test::crumbs({"profiles"}, tree.environment);
  CHECK(result.code == 0);
  CHECK(result.err == "");
  CHECK(result.out ==
        "Google Chrome\n"
        "  Default (Work)   " +
            tree.chrome.string() +
            "/Default\n"
            "                   not running: no SingletonLock\n"
            "  Profile 1        " +
            tree.chrome.string() +
            "/Profile 1\n"
            "                   not running: no SingletonLock\n"
            "\n"
            "Firefox\n"
            "  default-release  " +
            tree.firefox.string() +
            "/ab.default-release\n"
            "                   not running: no lock on .parentlock\n");
  CHECK(test::describe_tree(tree.directory.path()) == before);
}

TEST_CASE("crumbs profiles as JSON has the fields of the report's profiles") {
  const HomeTree tree;
  const auto result = test::crumbs({"profiles", "-f", "json"}, tree.environment);
  CHECK(result.code == 0);
  const auto list = nlohmann::json::parse(result.out);
  REQUIRE(list.size() == 3);
  CHECK(list[0] == nlohmann::json{{"id", "p1"},
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
                                  {"evidence", "no SingletonLock"}});
  CHECK(list[2]["id"] == "p3");
  CHECK(list[2]["engine"] == "firefox");
}

TEST_CASE("--root and --format may come from the environment") {
  const HomeTree tree;
  const std::string root = tree.directory.path().string();
  const auto flags = test::crumbs({"profiles", "--root", root, "--format", "json"});
  const auto variables =
      test::crumbs({"profiles"}, {{"CRUMBS_ROOT", root}, {"CRUMBS_FORMAT", "json"}});
  CHECK(flags.code == 0);
  CHECK(flags.out == variables.out);
  const auto list = nlohmann::json::parse(flags.out);
  REQUIRE(list.size() == 3);
  CHECK(list[0]["evidence"] == "--root reads a copy");
}

TEST_CASE("no profile is exit code 4 and one line") {
  const test::TempDir home;
  const Environment environment{{"HOME", home.path().string()}};
  const auto text = test::crumbs({"profiles"}, environment);
  CHECK(text.code == 4);
  CHECK(text.out == "");
  CHECK(text.err == "crumbs: no browser profile found\n");
  const auto json = test::crumbs({"profiles", "-f", "json"}, environment);
  CHECK(json.code == 4);
  CHECK(json.out == "[]\n");
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

TEST_CASE("a place that could not be looked at is exit code 5, and the rest is listed") {
  const HomeTree tree;
  fs::create_symlink("Profile 1", tree.chrome / "Profile 2");
  const auto result = test::crumbs({"profiles", "-f", "json"}, tree.environment);
  CHECK(result.code == 5);
  CHECK(nlohmann::json::parse(result.out).size() == 3);
  CHECK(result.err == "crumbs: " + (tree.chrome / "Profile 2").string() +
                          ": a symbolic link, not followed; name its target to read it\n"
                          "crumbs: not every place could be looked at\n");
}

TEST_CASE("a directory without permission is said to be unreadable") {
  const HomeTree tree;
  fs::permissions(tree.chrome / "Profile 1", fs::perms::none);
  fs::permissions(tree.firefox, fs::perms(0111));  // may be searched, not listed
  const auto result = test::crumbs_bound_by_modes({"profiles", "-f", "json"}, tree.environment);
  CHECK(result.code == 5);
  CHECK(nlohmann::json::parse(result.out).size() == 2);
  CHECK(result.err.find((tree.chrome / "Profile 1").string() + ": cannot be searched\n") !=
        std::string::npos);
  CHECK(result.err.find(tree.firefox.string() + ": cannot be searched\n") != std::string::npos);
  fs::permissions(tree.chrome / "Profile 1", fs::perms::owner_all);
  fs::permissions(tree.firefox, fs::perms::owner_all);
}

TEST_CASE("names from a profile cannot drive the terminal") {
  const HomeTree tree;
  test::write_file(tree.chrome / "Local State",
                   R"({"profile":{"info_cache":{"Default":{"name":"a\u001b[31mb\nc"}}}})");
  const auto result = test::crumbs({"profiles"}, tree.environment);
  CHECK(result.code == 0);
  CHECK(result.out.find('\x1b') == std::string::npos);
  CHECK(result.out.find("b\nc") == std::string::npos);
}

}  // namespace crumbs
