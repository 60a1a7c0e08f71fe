#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "support/bundles.h"
#include "support/children.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr const char* kNow = "2026-11-23T10:00:00Z";

/// A copy of a fixture, and a directory of its own for bundles.
struct Desk {
  test::TempDir work;
  fs::path profile = work.path() / "profile";
  fs::path out = work.path() / "out";
  fs::path bag = out / "bag";
  std::map<std::string, std::string> environment{{"HOME", (work.path() / "home").string()},
                                                 {"CRUMBS_NOW", kNow}};

  explicit Desk(const std::string& name = "chromium-156-leveldb") {
    test::copy_tree(test::fixture("profiles/" + name), profile);
    fs::create_directory(out);
    fs::create_directory(work.path() / "home");
  }
  test::ProcessResult crumbs(std::vector<std::string> arguments) const {
    return test::crumbs(arguments, environment);
  }
  test::ProcessResult exported(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"export", profile.string(), "-o", bag.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return crumbs(arguments);
  }
  json items() const { return json::parse(test::read_file(bag / "data/items.json")); }
  json request() const { return json::parse(test::read_file(bag / "data/request.json")); }
  std::string readme() const { return test::read_file(bag / "data/README.txt"); }
  void again() const { fs::remove_all(bag); }
};

TEST_CASE("export writes a bag and says which request it answers") {
  for (const char* name : {"chromium-156-leveldb", "firefox-153", "chromium-156-sqlite-live"}) {
    CAPTURE(name);
    const Desk desk(name);
    const std::string before = test::describe_tree(desk.profile);
    const test::ProcessResult result = desk.exported({"--request-id", "A-17", "--raw"});
    CHECK(result.err == "");
    CHECK(result.code == 0);
    CHECK(result.out.starts_with(desk.bag.string() + ": "));
    CHECK(result.out.ends_with("personal data, keep it as such\nrequest A-17\n"));
    CHECK(test::wrong_with_bag(desk.bag) == "");
    CHECK(test::describe_tree(desk.profile) == before);
    const test::ProcessResult verified = desk.crumbs({"verify", desk.bag.string()});
    CHECK(verified.code == 0);
    CHECK(verified.err == "");
  }
}

TEST_CASE("items.json renders as any report does, and items.csv is its CSV") {
  const Desk desk;
  REQUIRE(desk.exported().code == 0);
  const std::string items = (desk.bag / "data/items.json").string();
  CHECK(desk.crumbs({"render", items, "-f", "csv"}).out ==
        test::read_file(desk.bag / "data/items.csv"));
  CHECK(desk.crumbs({"render", items, "-f", "json"}).out == test::read_file(items));
  CHECK(desk.crumbs({"render", items}).code == 0);
}

TEST_CASE("values are full, residue is in, and what no catalog knows is counted") {
  const Desk desk;
  REQUIRE(desk.exported().code == 0);
  const json items = desk.items();
  CHECK(items["values"] == "full");
  CHECK(items["summary"]["unknown"] == 26);
  CHECK(items["summary"]["residue"] == 4);
  CHECK(items["findings"].size() == 42);
  for (const json& finding : items["findings"]) {
    CHECK(finding["value"]["masked"] == false);
    CHECK(finding["status"] != "unknown");
  }
  CHECK(desk.readme().find("26 items that no catalog knows, 4 of residue\n") != std::string::npos);
  desk.again();
  REQUIRE(desk.exported({"--include-unknown"}).code == 0);
  CHECK(desk.items()["findings"].size() == 72);
  const json all = desk.items()["findings"];
  CHECK(std::ranges::count_if(all, [](const json& one) { return one["state"] != "current"; }) == 4);
  CHECK(desk.readme().find("no catalog knows") == std::string::npos);
  desk.again();
  REQUIRE(desk.exported({"--values", "masked"}).code == 0);
  CHECK(desk.items()["values"] == "masked");
  CHECK(desk.readme().find("  Values        masked\n") != std::string::npos);
  CHECK(test::read_file(desk.bag / "data/items.csv").find("zoe.quinn@") == std::string::npos);
  desk.again();
  REQUIRE(desk.exported({"--values", "masked", "--raw"}).code == 0);
  CHECK(desk.readme().find("  Values        masked, but in full in data/raw/\n") !=
        std::string::npos);
}

TEST_CASE("the same id, time and profile give the same bytes; without an id each has its own") {
  const Desk desk;
  const auto write = [&](const std::string& name, std::vector<std::string> more) {
    more.insert(more.begin(),
                {"export", desk.profile.string(), "-o", (desk.out / name).string(), "--raw"});
    CHECK(desk.crumbs(more).code == 0);
    return test::run({"diff", "-rq", (desk.out / "one").string(), (desk.out / name).string()}).out;
  };
  write("one", {"--request-id", "7"});
  CHECK(write("two", {"--request-id", "7", "--jobs", "1"}) == "");
  CHECK(write("three", {}) != "");
  const std::string id =
      json::parse(test::read_file(desk.out / "three/data/request.json"))["request"]["id"];
  CHECK(id.size() == 36);
}

TEST_CASE("request, subject and controller come from options or from their variables") {
  Desk desk;
  const fs::path controller = desk.work.path() / "c.json";
  test::write_file(controller, R"({"name": "Example Shop", "recipients": ["One", "Two"]})");
  desk.environment["CRUMBS_OUTPUT"] = desk.bag.string();
  desk.environment["CRUMBS_REQUEST_ID"] = "from-the-environment";
  desk.environment["CRUMBS_SUBJECT"] = "person 7";
  desk.environment["CRUMBS_CONTROLLER"] = controller.string();
  desk.environment["CRUMBS_RAW"] = "1";
  desk.environment["CRUMBS_INCLUDE_UNKNOWN"] = "1";
  REQUIRE(desk.crumbs({"export", desk.profile.string()}).code == 0);
  const json request = desk.request();
  CHECK(request["request"]["id"] == "from-the-environment");
  CHECK(request["request"]["subject"] == "person 7");
  CHECK(request["controller"]["name"] == "Example Shop");
  CHECK(request["controller"]["recipients"] == json{"One", "Two"});
  CHECK(request["acquisition"]["unknown_items_listed"] == true);
  CHECK(request["raw"].size() == 6);
}

TEST_CASE("what cannot be used is one line, its code, and no bundle") {
  const Desk desk;
  const fs::path controller = desk.work.path() / "c.json";
  test::write_file(controller, R"({"name": "Example", "mail": "x"})");
  struct Case {
    std::vector<std::string> more;
    int code;
    std::string part;
  };
  const Case cases[] = {
      {{"--controller", controller.string()}, 3, "c.json: /mail: found an unknown key"},
      {{"--controller", "/nowhere"}, 3, "/nowhere: No such file"},
      {{"--catalog", controller.string()}, 3, "c.json: "},
      {{"--request-id", "a\nb"}, 2, "the id of a request is one line of text"},
      {{"--subject", std::string(201, 'x')}, 2, "the subject of a request is one line"},
      {{"--values", "some"}, 2, "--values"},
      {{"-f", "json"}, 2, "-f"},
      {{"--vendor", "nobody"}, 2, "nobody"},
      {{"--vendor", "jivochat", "--site", "=nowhere.example"},
       4,
       "exit 4: nothing that a catalog knows is selected by"},
      {{"--raw", "--max-copy-bytes", "1"}, 5, "more bytes than the 1"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.part);
    const test::ProcessResult result = desk.exported(one.more);
    CHECK(result.code == one.code);
    CHECK(result.out == "");
    CHECK(result.err.find(one.part) != std::string::npos);
    CHECK(std::ranges::count(result.err, '\n') == 1);
    CHECK(fs::is_empty(desk.out));
  }
  CHECK(desk.crumbs({"export", desk.profile.string()}).code == 2);
  CHECK(desk.crumbs({"export", "/nowhere", "-o", desk.bag.string()}).code == 4);
  CHECK(fs::is_empty(desk.out));
}

TEST_CASE("a selection chooses what is in, and is named") {
  const Desk desk;
  REQUIRE(desk.exported({"--site", "example.com", "--personal-data", "any"}).code == 0);
  CHECK(desk.items()["selection"] == "--site example.com --personal-data any");
  const json items = desk.items();
  for (const json& finding : items.at("findings")) CHECK(finding.at("site") == "example.com");
  CHECK(desk.readme().find("  Chosen by     --site example.com --personal-data any\n") !=
        std::string::npos);
}

TEST_CASE("nothing found is confirmed; nothing to look at and nothing chosen are exit 4") {
  const Desk desk;
  fs::remove_all(desk.profile);
  test::build_database(desk.profile / "cookies.sqlite", R"sql(
    CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, originAttributes TEXT NOT NULL DEFAULT '',
      name TEXT, value TEXT, host TEXT, path TEXT, expiry INTEGER, lastAccessed INTEGER,
      creationTime INTEGER, isSecure INTEGER, isHttpOnly INTEGER, inBrowserElement INTEGER DEFAULT 0,
      sameSite INTEGER DEFAULT 0, rawSameSite INTEGER DEFAULT 0, schemeMap INTEGER DEFAULT 0);
    PRAGMA user_version=17;)sql");
  test::ProcessResult result = desk.exported();
  CHECK(result.err == "");
  CHECK(result.code == 0);
  CHECK(desk.readme().find("NOTHING IS LISTED") != std::string::npos);
  CHECK(test::wrong_with_bag(desk.bag) == "");
  desk.again();
  CHECK(desk.exported({"--vendor", "jivochat"}).code == 4);
  CHECK_FALSE(fs::exists(desk.bag));
  CHECK(desk.crumbs({"export", "-o", desk.bag.string()}).code == 4);  // an empty home
  CHECK_FALSE(fs::exists(desk.bag));
  result = desk.crumbs({"export", "-o", desk.bag.string(), "--allow-empty"});
  CHECK(result.code == 0);
  CHECK(test::wrong_with_bag(desk.bag) == "");
}

TEST_CASE("an incomplete read is exit 5, and the bundle says so") {
  const Desk desk;
  test::write_file(desk.profile / "Default/Cookies", "no database at all");
  const test::ProcessResult result = desk.exported({"--raw"});
  CHECK(result.code == 5);
  CHECK(result.err.starts_with("crumbs: exit 5: Default/Cookies (failed): "));
  CHECK(test::wrong_with_bag(desk.bag) == "");
  CHECK(desk.request()["complete"] == false);
  CHECK(desk.readme().find("THIS IS INCOMPLETE") != std::string::npos);
  CHECK(test::read_file(desk.bag / "data/raw/p1/Default/Cookies") == "no database at all");
  const test::ProcessResult verified = desk.crumbs({"verify", desk.bag.string()});
  CHECK(verified.code == 0);
  CHECK(verified.out.find("incomplete") != std::string::npos);
}

TEST_CASE("a key that was given is nowhere in the bundle") {
  const Desk desk;
  const fs::path key = desk.work.path() / "key";
  const std::string secret = "Hush-0123456789-secret";
  test::write_file(key, secret + "\n");
  REQUIRE(desk.exported({"--raw", "--safe-storage-secret-file", key.string()}).code == 0);
  CHECK(test::run({"grep", "-rFl", secret, desk.bag.string()}).out == "");
}

TEST_CASE("a bundle replaces nothing, and is no part of what it tells of") {
  const Desk desk;
  test::write_file(desk.bag / "kept", "kept");
  const std::string before = test::describe_tree(desk.work.path());
  for (const fs::path& place : {desk.bag, desk.profile / "Default/bag"}) {
    const test::ProcessResult result =
        desk.crumbs({"export", desk.profile.string(), "-o", place.string()});
    CHECK(result.code == 2);
    CHECK(result.err.starts_with("crumbs: " + place.string() + ": "));
    CHECK(std::ranges::count(result.err, '\n') == 1);
  }
  CHECK(test::describe_tree(desk.work.path()) == before);
}

TEST_CASE("a full disk is one line, exit 5, and leaves nothing") {
  const Desk desk;
  for (const char* blocks : {"0", "8", "100"}) {
    CAPTURE(blocks);
    const test::ProcessResult full =
        test::run({"sh", "-c", "trap '' XFSZ; ulimit -f $0; exec \"$@\"", blocks,
                   test::crumbs_program().string(), "export", desk.profile.string(), "--raw", "-o",
                   desk.bag.string()},
                  desk.environment);
    CHECK(full.code == 5);
    CHECK(full.err.starts_with("crumbs: cannot write " + desk.bag.string() + "/"));
    CHECK(full.err.ends_with(": File too large\n"));
    CHECK(fs::is_empty(desk.out));
  }
}

/// Starts an export and returns at once.
pid_t start_export(const Desk& desk) {
  const std::vector<std::string> argv{test::crumbs_program().string(),
                                      "export",
                                      desk.profile.string(),
                                      "--raw",
                                      "-o",
                                      desk.bag.string()};
  std::vector<char*> pointers;
  for (const std::string& one : argv) pointers.push_back(const_cast<char*>(one.c_str()));
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  const int null = open("/dev/null", O_RDWR);
  for (const int end : {0, 1, 2}) dup2(null, end);
  execv(pointers[0], pointers.data());
  _exit(127);
}

bool is_writing(const fs::path& directory) {
  for (const auto& entry : fs::directory_iterator(directory))
    if (fs::exists(entry.path() / "data/raw/p1/Default/Local Storage/leveldb/LOG")) return true;
  return false;
}

TEST_CASE("a signal while the bundle is written leaves nothing") {
  const Desk desk;
  // A file that takes long to copy, in a place where nothing reads it but the copy.
  fs::resize_file(desk.profile / "Default/Local Storage/leveldb/LOG", std::uintmax_t{64} << 30U);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    CAPTURE(signal);
    const pid_t child = start_export(desk);
    test::wait_until("the copy of LOG to begin", [&] { return is_writing(desk.out); });
    CHECK(kill(child, signal) == 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 128 + signal);
    CHECK(fs::is_empty(desk.out));
  }
}

}  // namespace
}  // namespace crumbs
