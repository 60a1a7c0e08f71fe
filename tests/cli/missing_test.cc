// Profiles that are known of and cannot be read: no command passes over one.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "crumbs/render.h"
#include "support/checkers.h"
#include "support/support.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using Arguments = std::vector<std::string>;

fs::path profile_fixture(const char* fixture) {
  return test::fixture("profiles") / fixture;
}

/// An image whose profiles.ini names a profile on another drive (BleachBit issue 2052) and one that
/// is there.
struct OtherDrive {
  test::TempDir image;
  fs::path root = image.path() / "Users/Zed/AppData/Roaming/Mozilla/Firefox";
  fs::path profile = root / "Profiles/aaaa1111.default";
  std::string message =
      R"(E:\firefox\Zed: no such directory; named by )" + (root / "profiles.ini").string();

  OtherDrive() {
    test::write_file(root / "profiles.ini",
                     "[Profile1]\r\nName=data\r\nIsRelative=0\r\nPath=E:\\firefox\\Zed\r\n\r\n"
                     "[Profile0]\r\nName=default\r\nIsRelative=1\r\n"
                     "Path=Profiles/aaaa1111.default\r\nDefault=1\r\n");
    fs::create_directories(profile.parent_path());
    fs::copy(profile_fixture("firefox-153"), profile, fs::copy_options::recursive);
  }
  [[nodiscard]] std::string place() const { return image.path().string(); }
};

json parsed(const test::ProcessResult& result) {
  return json::parse(result.out);
}

}  // namespace

TEST_CASE("a profile on another drive is missing in the report of every command") {
  const OtherDrive drive;
  const auto report = parsed(test::crumbs({"audit", "--root", drive.place(), "--format", "json"}));
  CHECK(report["complete"] == false);
  CHECK(report["exit"]["code"] == 5);
  CHECK(report["exit"]["reasons"][0]["message"] == drive.message);
  REQUIRE(report["profiles"].size() == 1);
  CHECK(report["summary"]["items"] > 0);
  REQUIRE(report["missing"].size() == 1);
  CHECK(report["missing"][0] == json{{"path", R"(E:\firefox\Zed)"},
                                     {"browser", "firefox"},
                                     {"name", "data"},
                                     {"named_by", (drive.root / "profiles.ini").string()},
                                     {"reason", "absent"},
                                     {"target", nullptr},
                                     {"message", drive.message}});

  const std::string bag = (drive.image.path() / "bag").string();
  for (const Arguments& command :
       {Arguments{"audit"}, Arguments{"show", "*"}, Arguments{"profiles"},
        Arguments{"audit", "--allow-empty"}, Arguments{"catalog", "coverage"},
        Arguments{"export", "-o", bag}}) {
    CAPTURE(command[0]);
    Arguments arguments = command;
    arguments.insert(arguments.end(), {"--root", drive.place()});
    const auto result = test::crumbs(arguments);
    CHECK(result.code == 5);
    CHECK(result.err.find("crumbs: exit 5: " + drive.message + "\n") != std::string::npos);
  }
  CHECK(json::parse(test::read_file(fs::path(bag) / "data/request.json"))["incomplete_because"] ==
        json{drive.message});

  for (const Arguments& argument : {Arguments{drive.root.string()}, Arguments{"firefox:"}}) {
    CAPTURE(argument[0]);
    const auto named = test::crumbs({"audit", "--root", drive.place(), argument[0]});
    CHECK(named.code == 5);
    CHECK(named.err == "crumbs: exit 5: " + drive.message + "\n");
  }
  const auto by_name = test::crumbs({"audit", "--root", drive.place(), "firefox:data"});
  CHECK(by_name.code == 5);
  CHECK(by_name.err == "crumbs: exit 5: " + drive.message + "\n");
  CHECK(test::crumbs({"audit", "--root", drive.place(), "firefox:default"}).code == 0);
}

TEST_CASE("every format tells what is missing") {
  const OtherDrive drive;
  const fs::path written = drive.image.path();
  Arguments arguments{"audit", "--root", drive.place()};
  for (const FormatInfo& format : formats())
    arguments.insert(arguments.end(), {"-o", fmt::format("{}={}/report.{}", format.id,
                                                         written.string(), format.id)});
  CHECK(test::crumbs(arguments).code == 5);
  for (const FormatInfo& format : formats()) {
    CAPTURE(format.id);
    const std::string report = test::read_file(written / fmt::format("report.{}", format.id));
    const bool told = report.find(R"(E:\firefox\Zed: no such directory)") != std::string::npos ||
                      report.find(R"(E:\\firefox\\Zed: no such directory)") != std::string::npos;
    CHECK(told);
  }
  std::istringstream lines(test::read_file(written / "report.ndjson"));
  std::vector<json> missing;
  for (std::string line; std::getline(lines, line);) {
    json record = json::parse(line);
    if (record["record"] == "missing") missing.push_back(std::move(record));
  }
  REQUIRE(missing.size() == 1);
  CHECK(missing[0]["path"] == R"(E:\firefox\Zed)");
  CHECK(test::validated("lib/schema/crumbs-report.schema.json",
                        {written / "report.json", written / "report.ndjson"}) ==
        Arguments{"valid " + (written / "report.json").string(),
                  "valid " + (written / "report.ndjson").string()});
}

TEST_CASE("one bad PROFILE among several costs itself") {
  const test::TempDir directory;
  const std::string good = profile_fixture("chromium-156-leveldb/Default").string();
  const std::string gone = (directory.path() / "gone").string();
  const std::string text = (directory.path() / "text").string();
  test::write_file(text, "no store");
  const auto result = test::crumbs({"audit", gone, good, text, "netscape:", "-f", "json"});
  CHECK(result.code == 5);
  const auto report = parsed(result);
  CHECK(report["complete"] == false);
  REQUIRE(report["profiles"].size() == 1);
  CHECK(report["profiles"][0]["path"] == good);
  REQUIRE(report["missing"].size() == 3);
  const std::pair<std::string, const char*> expected[] = {
      {gone, "absent"}, {text, "not_a_store"}, {"netscape:", "absent"}};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(report["missing"][i]["path"] == expected[i].first);
    CHECK(report["missing"][i]["reason"] == expected[i].second);
    CHECK(report["missing"][i]["named_by"] == "argument");
    CHECK(report["exit"]["reasons"][i]["message"] == report["missing"][i]["message"]);
  }
  const auto alone = parsed(test::crumbs({"audit", good, "-f", "json"}));
  CHECK(report["summary"]["items"] == alone["summary"]["items"]);
  CHECK(test::crumbs({"audit", "-f", "ndjson", gone, good}).code == 5);

  const auto all = test::crumbs({"audit", gone, text, "-f", "json"});
  CHECK(all.code == 4);
  CHECK(parsed(all)["missing"].size() == 2);
  CHECK(all.err == "crumbs: exit 4: " + gone + ": no such file or directory (and 1 more)\n");
}

TEST_CASE("an empty result may be excused, a missing path not") {
  const test::TempDir directory;
  const std::string good = profile_fixture("chromium-156-leveldb/Default").string();
  const std::string gone = (directory.path() / "gone").string();
  const std::string empty = (directory.path() / "empty").string();
  const std::string none = (directory.path() / "none.txt").string();
  fs::create_directory(empty);
  test::write_file(none, "# nobody\n\n");
  const auto code = [](const Arguments& profiles) {
    Arguments arguments{"audit", "--allow-empty"};
    arguments.insert(arguments.end(), profiles.begin(), profiles.end());
    return test::crumbs(arguments).code;
  };
  CHECK(code({empty}) == 0);
  CHECK(code({empty, good}) == 0);
  CHECK(code({"--profiles-from", none}) == 0);
  CHECK(code({gone}) == 4);
  CHECK(code({empty, gone}) == 4);
  CHECK(code({good, gone}) == 5);
  CHECK(test::crumbs({"audit", empty}).code == 4);
  CHECK(test::crumbs({"audit", "--profiles-from", none}).code == 4);
}

TEST_CASE("a list of profiles has comments, or NULs and none") {
  const test::TempDir directory;
  const std::string good = profile_fixture("chromium-156-leveldb/Default").string();
  const fs::path odd = directory.path() / "#odd\n";
  fs::copy(profile_fixture("firefox-153"), odd, fs::copy_options::recursive);
  const fs::path list = directory.path() / "list";
  const auto audited = [&](const Arguments& more) {
    Arguments arguments{"audit", "-f", "json", "--profiles-from", list.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::vector<std::string> paths;
    const json report = parsed(test::crumbs(arguments));
    for (const json& profile : report["profiles"]) paths.push_back(profile["path"]);
    return paths;
  };
  test::write_file(list, "# the laptops\n" + good + "\r\n\n#" + odd.string() + "\n");
  CHECK(audited({}) == Arguments{good});
  test::write_file(list, good + '\0' + odd.string() + '\0');
  CHECK(audited({"-0"}) == Arguments{good, odd.string()});
  CHECK(audited({"--null"}) == Arguments{good, odd.string()});
  test::write_file(list, std::string("#odd\n\0", 6));
  const fs::path before = fs::current_path();
  fs::current_path(directory.path());
  const Arguments relative = audited({"-0"});
  fs::current_path(before);
  CHECK(relative == Arguments{odd.string()});
}

TEST_CASE("--recursive takes the profiles below a directory") {
  const std::string fixtures = test::fixture("profiles").string();
  const auto hint = test::crumbs({"audit", fixtures});
  CHECK(hint.code == 4);
  CHECK(hint.out == "");
  CHECK(hint.err.find(fixtures + ": not a profile; ") != std::string::npos);
  CHECK(hint.err.find(" profiles lie below it, which --recursive reads\n") != std::string::npos);
  const json report = parsed(test::crumbs({"audit", fixtures, "--recursive", "-f", "json"}));
  Arguments paths;
  for (const json& profile : report["profiles"])
    paths.push_back(fs::path(profile["path"].get<std::string>()).lexically_relative(fixtures));
  std::ranges::sort(paths);
  Arguments expected;
  for (const auto& entry : fs::directory_iterator(fixtures)) {
    if (!entry.is_directory()) continue;
    const std::string name = entry.path().filename();
    expected.push_back(name.starts_with("chromium") ? name + "/Default" : name);
  }
  std::ranges::sort(expected);
  CHECK(!expected.empty());
  CHECK(paths == expected);
  CHECK(report["missing"].empty());
}

TEST_CASE("a PROFILE that cannot be read is not one that is not there") {
  const test::TempDir directory;
  const fs::path locked = directory.path() / "locked";
  fs::create_directories(locked / "Default");
  fs::permissions(locked, fs::perms::none);
  const std::string place = (locked / "Default").string();
  const auto alone = test::crumbs_bound_by_modes({"audit", place});
  const auto both = test::crumbs_bound_by_modes({"audit", place, "/nowhere"});
  fs::permissions(locked, fs::perms::owner_all);
  CHECK(alone.code == 5);
  CHECK(alone.err == "crumbs: " + place + ": Permission denied\n");
  CHECK(both.code == 5);
}

TEST_CASE("a directory that cannot be searched is missing where all of a place was asked for") {
  const test::TempDir directory;
  const fs::path place = directory.path() / "case";
  fs::create_directory(place);
  fs::copy(profile_fixture("firefox-153"), place / "fox", fs::copy_options::recursive);
  fs::create_directories(place / "locked/Default");
  const std::string locked = (place / "locked").string();
  const std::map<std::string, std::string> home{{"HOME", place.string()}};
  const auto run = [&](const Arguments& arguments) {
    fs::permissions(place / "locked", fs::perms::none);
    const auto result = test::crumbs_bound_by_modes(arguments, home);
    fs::permissions(place / "locked", fs::perms::owner_all);
    return result;
  };
  for (const Arguments& arguments :
       {Arguments{"audit", place.string(), "--recursive", "-f", "json"},
        Arguments{"audit", "--root", place.string(), "-f", "json"}}) {
    const auto result = run(arguments);
    CHECK(result.code == 5);
    CHECK(result.err == "crumbs: exit 5: " + locked + ": cannot be searched\n");
    CHECK(parsed(result)["profiles"].size() == 1);
  }
  const auto at_home = run({"audit", "-f", "json"});
  CHECK(at_home.code == 0);
  const json report = parsed(at_home);
  CHECK(report["profiles"].size() == 1);
  REQUIRE(report["notes"].size() == 1);
  CHECK(report["notes"][0]["message"] ==
        "could not be searched for profiles: 1 directory, " + locked + " first");
  fs::remove_all(place / "fox");
  const auto nothing_else = run({"audit", place.string(), "--recursive"});
  CHECK(nothing_else.code == 5);
}

TEST_CASE("a side of a comparison that is not there ends it") {
  const std::string good = profile_fixture("chromium-156-leveldb/Default").string();
  const auto result = test::crumbs({"diff", "/nowhere", good});
  CHECK(result.code == 4);
  CHECK(result.out == "");
  CHECK(result.err == "crumbs: /nowhere: no such file or directory\n");
}

}  // namespace crumbs
