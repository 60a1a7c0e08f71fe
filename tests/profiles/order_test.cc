// Profiles come one by one, in one order.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/browser_trees.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
using namespace test;
using Strings = std::vector<std::string>;

TEST_CASE("profiles are handed out in the order of the report, and none is kept") {
  const TempDir directory;
  const fs::path home = directory.path() / "home";
  const fs::path chrome = home / ".config/google-chrome";
  for (const char* name : {"Default", "Profile 1", "Profile 2", "Profile 10"})
    write_file(chrome / name / "Preferences", "{}");
  write_file(chrome / "Local State",
             R"({"profile":{"info_cache":{"Profile 2":{"name":"Two"},"Profile 3":{}}}})");
  build_database(home / "aa/Default/Network/Cookies", "CREATE TABLE cookies (name)");
  make_firefox(home / ".mozilla/firefox");
  make_chromium(home / ".config/google-chrome-beta");
  Strings names;
  const FoundProfiles rest = find_profiles(in_home(home), [&](const Profile& profile) {
    CHECK(profile.running.evidence != "");
    names.push_back(profile.browser + ":" + profile.name + " " + profile.display_name);
  });
  CHECK(names == Strings{"chrome:Default ", "chrome:Profile 1 ", "chrome:Profile 2 Two",
                         "chrome:Profile 10 ", "chrome-beta:Default Person 1",
                         "firefox:default-release ", "chromium:Default "});
  CHECK(rest.profiles.empty());
  CHECK(messages_of(rest.missing) ==
        Strings{(chrome / "Profile 3").string() + ": no such directory; named by " +
                (chrome / "Local State").string()});
}

TEST_CASE("profiles of one root, named one after the other, are each what the root says") {
  const TempDir directory;
  const fs::path chrome = directory.path() / "google-chrome";
  const fs::path firefox = directory.path() / "firefox";
  make_chromium(chrome);
  write_file(chrome / "Profile 1/Preferences", "{}");
  make_firefox(firefox);
  const std::vector<std::string> arguments{
      (chrome / "Default").string(), (chrome / "Profile 1").string(),
      (firefox / "ab12.default-release").string(), (chrome / "Default").string() + "/."};
  const FoundProfiles found = resolve_profiles(arguments, {});
  CHECK(messages_of(found.missing) == Strings{});
  CHECK(names_of(found.profiles) == Strings{"Default", "Profile 1", "default-release"});
  CHECK(found.profiles[0].display_name == "Person 1");
  CHECK(found.profiles[1].display_name == "");
}

}  // namespace crumbs
