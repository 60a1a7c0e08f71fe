#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/support.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;

using nlohmann::json;

constexpr const char* kFixtures[] = {"chromium-64",         "chromium-85",
                                     "chromium-109",        "chromium-156-leveldb",
                                     "chromium-156-sqlite", "chromium-156-sqlite-live",
                                     "firefox-153",         "firefox-153-live"};

std::string profile(std::string_view name) {
  return test::fixture("profiles").string() + "/" + std::string(name);
}

/// A profile of one Chromium cookie store, and a second one in another state.
struct Two {
  test::TempDir directory;
  fs::path before = directory.path() / "before/Default";
  fs::path after = directory.path() / "after/Default";

  Two() {
    test::copy_tree(profile("chromium-156-sqlite"), directory.path() / "before");
    test::copy_tree(profile("chromium-156-sqlite"), directory.path() / "after");
  }
  [[nodiscard]] std::string file(const char* name) const {
    return (directory.path() / name).string();
  }
  [[nodiscard]] std::string cookies() const {
    const fs::path network = after / "Network/Cookies";
    return (fs::exists(network) ? network : after / "Cookies").string();
  }
  void change(std::string_view sql) const { test::build_database(cookies(), sql); }
  [[nodiscard]] test::ProcessResult diff(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"diff", before.string(), after.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::crumbs(arguments);
  }
  [[nodiscard]] json difference() const { return json::parse(diff({"-f", "json"}).out); }
};

TEST_CASE("a profile does not differ from itself, nor from its saved report in full") {
  const test::TempDir work;
  const std::string saved = (work.path() / "saved.json").string();
  for (const char* name : kFixtures) {
    CAPTURE(name);
    const std::string path = profile(name);
    const std::vector<std::string> exact{"--all", "--residue", "--allow-undecrypted", "-f", "json"};
    std::vector<std::string> arguments{"diff", path, path, "--exit-code"};
    arguments.insert(arguments.end(), exact.begin(), exact.end());
    const test::ProcessResult twice = test::crumbs(arguments);
    CHECK(twice.code == 0);
    const json difference = json::parse(twice.out);  // outlives the loop over a part of it
    for (const json& one : difference["profiles"]) {
      CHECK(one["counts"]["same"].get<int>() > 0);
    }
    CHECK(test::crumbs({"audit", path, "--all", "--residue", "--values", "full",
                        "--allow-undecrypted", "-o", "json=" + saved})
              .code == 0);
    arguments[1] = saved;
    const test::ProcessResult mixed = test::crumbs(arguments);
    CHECK(mixed.code == 0);
    CHECK(json::parse(mixed.out)["profiles"][0]["counts"] == difference["profiles"][0]["counts"]);
  }
}

TEST_CASE("what was changed in a real profile is told, and nothing else") {
  const Two two;
  two.change(
      "UPDATE cookies SET expires_utc = expires_utc + 86400000000 WHERE name = 'enter_ts';"
      "UPDATE cookies SET is_httponly = 1 - is_httponly WHERE name = 'use_lp';"
      "UPDATE cookies SET last_access_utc = last_access_utc + 1 WHERE name = 'utm';"
      "DELETE FROM cookies WHERE name = 'jv_subscribe';");
  const json difference = two.difference();
  const json& one = difference["profiles"][0];
  CHECK(difference["differs"] == true);
  CHECK(one["counts"]["appeared"] == 0);
  CHECK(one["counts"]["cannot_tell"] == 0);
  std::map<std::string, std::string> told;
  for (const json& item : one["items"]) {
    std::string facts = item["change"];
    for (const json& fact : item["facts"]) facts += " " + fact["fact"].get<std::string>();
    const json& shown = item["after"].is_null() ? item["before"] : item["after"];
    told[shown["name"]] = facts;
  }
  CHECK(told == std::map<std::string, std::string>{{"enter_ts", "changed expires"},
                                                   {"use_lp", "changed http_only"},
                                                   {"jv_subscribe", "gone"}});
  CHECK(two.diff().code == 0);
  const test::ProcessResult strict = two.diff({"--exit-code"});
  CHECK(strict.code == 1);
  CHECK(strict.err == "crumbs: exit 1: there are differences\n");
}

TEST_CASE("a selection compares what is chosen on either side") {
  const Two two;
  two.change(
      "UPDATE cookies SET is_httponly = 1 - is_httponly WHERE name = 'use_lp';"
      "DELETE FROM cookies WHERE name = 'jv_subscribe';");
  const auto told = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"-f", "json"});
    const json difference = json::parse(two.diff(std::move(more)).out);
    std::map<std::string, std::string> changes;
    for (const json& item : difference["profiles"][0]["items"]) {
      const json& shown = item["after"].is_null() ? item["before"] : item["after"];
      changes[shown["name"]] = item["change"];
    }
    return std::pair(difference["selection"].get<std::string>(), changes);
  };
  using Changes = std::map<std::string, std::string>;
  const auto [selection, gone] = told({"--entry", "*/jv_subscribe"});
  CHECK(selection == "--entry */jv_subscribe");
  CHECK(gone == Changes{{"jv_subscribe", "gone"}});
  CHECK(told({"--store", "chromium.cookies"}).second ==
        Changes{{"jv_subscribe", "gone"}, {"use_lp", "changed"}});
  CHECK(told({"--store", "chromium.dom_storage"}).second.empty());
  CHECK(two.diff({"--store", "chromium.dom_storage", "--exit-code"}).code == 0);
  const test::ProcessResult nothing = two.diff({"--site", "nobody.example", "--exit-code"});
  CHECK(nothing.code == 4);
  CHECK(nothing.err == "crumbs: exit 4: nothing is selected by --site nobody.example\n");
}

TEST_CASE("values differ without being shown, unless they are asked for") {
  const Two two;
  two.change(
      "UPDATE cookies SET value = 'Geheimstadt', encrypted_value = x'' WHERE name = 'city';");
  for (const char* format : {"text", "json", "markdown", "html"}) {
    const test::ProcessResult result = two.diff({"-f", format});
    CAPTURE(format);
    CHECK(result.code == 0);
    CHECK(result.out.find("city") != std::string::npos);
    CHECK(result.out.find("Geheimstadt") == std::string::npos);
  }
  CHECK(two.diff({"--values", "full"}).out.find("Geheimstadt") != std::string::npos);
  const std::string saved = two.file("full.json");
  REQUIRE(
      test::crumbs({"audit", two.after.string(), "--values", "full", "-o", "json=" + saved}).code ==
      0);
  const test::ProcessResult mixed =
      test::crumbs({"diff", two.before.string(), saved, "-f", "json"});
  CHECK(json::parse(mixed.out)["profiles"][0]["counts"]["changed"] == 1);
  CHECK(mixed.out.find("Geheimstadt") == std::string::npos);
}

TEST_CASE("a damaged store makes its items not seen, and outranks --exit-code") {
  const Two two;
  test::write_file(two.cookies(), std::string(8192, 'x'));
  const test::ProcessResult result = two.diff({"--exit-code", "-f", "json"});
  CHECK(result.code == 5);
  CHECK(result.err.starts_with("crumbs: exit 5: AFTER: "));
  const json difference = json::parse(result.out);
  CHECK(difference["complete"] == false);
  CHECK(difference["profiles"][0]["counts"]["gone"] == 0);
  CHECK(difference["profiles"][0]["counts"]["not_seen"].get<int>() > 10);
  CHECK(two.diff().out.find("INCOMPLETE: ") != std::string::npos);
}

TEST_CASE("masked saved reports say what cannot be told") {
  const Two two;
  const std::string saved = two.file("masked.json");
  REQUIRE(test::crumbs({"audit", two.before.string(), "-o", "json=" + saved}).code == 0);
  const test::ProcessResult result =
      test::crumbs({"diff", saved, saved, "--exit-code", "-f", "json"});
  CHECK(result.code == 0);
  const json counts = json::parse(result.out)["profiles"][0]["counts"];
  CHECK(counts["cannot_tell"].get<int>() > 0);
  CHECK(counts["changed"] == 0);
  CHECK(test::crumbs({"diff", saved, saved}).out.find("the value is masked in both") !=
        std::string::npos);
}

TEST_CASE("the output does not depend on the number of jobs") {
  const auto with = [](const char* jobs) {
    return test::crumbs({"diff", profile("firefox-153"), profile("firefox-153-live"), "--all",
                         "--residue", "-f", "json", "--now", "2026-11-24T00:00:00Z", "--jobs",
                         jobs})
        .out;
  };
  const std::string one = with("1");
  CHECK(one.size() > 1000);
  CHECK(with("4") == one);
  CHECK(with("16") == one);
}

TEST_CASE("one run writes every format") {
  const Two two;
  CHECK(two.diff({"-o", "json=" + two.file("d.json"), "-o", "html=" + two.file("d.html"), "-o",
                  "markdown=" + two.file("d.md")})
            .code == 0);
  CHECK(json::parse(test::read_file(two.file("d.json")))["schema"] == "crumbs-diff/1");
  CHECK(test::read_file(two.file("d.html")).starts_with("<!DOCTYPE html>"));
  CHECK(test::read_file(two.file("d.md")).starts_with("# What differs\n"));
  CHECK(two.diff({"-f", "ndjson"}).code == 2);
  CHECK(two.diff({"-o", "ndjson=" + two.file("x")}).code == 2);
}

TEST_CASE("bad input is one line with its own code") {
  const Two two;
  const auto against = [&](const std::string& before) {
    return test::crumbs({"diff", before, two.after.string()});
  };
  const auto check = [&](const char* name, std::string_view content, int code) {
    test::write_file(two.file(name), content);
    const test::ProcessResult result = against(two.file(name));
    CAPTURE(name);
    CHECK(result.code == code);
    CHECK(result.out.empty());
    CHECK(std::ranges::count(result.err, '\n') == 1);
  };
  check("text", "hello", 3);
  check("empty", "", 3);
  check("list", "[]", 3);
  check("other", "{}", 3);
  check("newer", "{\"schema\":\"crumbs-report/2\"}", 3);
  check("cut", "{\"schema\":\"crumbs-report/1\",\"tool\":", 3);
  CHECK(against(two.file("missing")).code == 4);
  CHECK(against(two.directory.path() / "missing/Default").code == 4);
  CHECK(test::crumbs({"diff", two.before.string()}).code == 2);
}

}  // namespace
}  // namespace crumbs
