#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/databases.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr const char* kNow = "2026-11-23T10:00:00Z";

/// A home with one Chromium profile: a documented cookie and one that nobody knows.
struct Machine {
  test::TempDir directory;
  fs::path root = directory.path();
  fs::path home = root / "home";
  fs::path profile = home / ".config/chromium/Default";
  std::map<std::string, std::string> environment{
      {"HOME", home.string()}, {"CRUMBS_NOW", kNow}, {"LC_ALL", "C.UTF-8"}};

  Machine() {
    test::write_file(home / ".config/chromium/Local State", "{}");
    test::write_file(profile / "Preferences", "{}");
    test::build_database(profile / "Cookies", test::cookie_schema(20) + R"sql(
      INSERT INTO cookies VALUES(13408000000000000,'.shop.example.com','','jv_enter_ts_42',
        '1795392001','','/',13440000000000000,1,0,13408000000000000,1,1,1,1,2,443,0,13408000000000000);
      INSERT INTO cookies VALUES(13408000000000000,'.shop.example.com','','mine','x','','/',0,0,0,
        13408000000000000,0,0,1,-1,2,443,0,13408000000000000);)sql");
  }

  test::ProcessResult crumbs(std::vector<std::string> arguments) const {
    return test::crumbs(arguments, environment);
  }
};

unsigned mode_of(const fs::path& file) {
  struct stat status {};
  REQUIRE(lstat(file.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

TEST_CASE("audit reads the profiles of the user and says what is there") {
  const Machine machine;
  const test::ProcessResult result = machine.crumbs({"audit", "-f", "json"});
  CHECK(result.err == "");
  CHECK(result.code == 0);
  const json report = json::parse(result.out);
  CHECK(report["created"] == "2026-11-23T10:00:00.000000Z");
  CHECK(report["summary"]["items"] == 2);
  CHECK(report["summary"]["documented"] == 1);
  CHECK(report["summary"]["unknown"] == 1);
  REQUIRE(report["findings"].size() == 2);
  CHECK(report["findings"][0]["name"] == "mine");
  CHECK(report["findings"][1]["name"] == "jv_enter_ts_42");
  CHECK(report["exit"] == json{{"code", 0}, {"reasons", json::array()}});
  const json all = json::parse(machine.crumbs({"audit", "-f", "json", "--all"}).out);
  CHECK(all["findings"].size() == 2);
}

TEST_CASE("one run writes several formats, and the same bytes each time") {
  const Machine machine;
  const auto out = [&](const char* name) { return (machine.root / name).string(); };
  const test::ProcessResult result =
      machine.crumbs({"audit", "-o", "json=" + out("a.json"), "-o", "ndjson=" + out("a.ndjson"),
                      "-o", out("a.txt")});
  CHECK(result.code == 0);
  CHECK(result.out.empty());
  CHECK(test::read_file(out("a.json")) == machine.crumbs({"audit", "-f", "json"}).out);
  CHECK(test::read_file(out("a.ndjson")) == machine.crumbs({"audit", "-f", "ndjson"}).out);
  CHECK(test::read_file(out("a.txt")) ==
        machine.crumbs({"audit", "--width", "80", "--color", "never"}).out);
  for (const char* name : {"a.json", "a.ndjson", "a.txt"}) CHECK(mode_of(out(name)) == 0600);
}

TEST_CASE("the text is ASCII where the locale is not UTF-8, and a file never is") {
  Machine machine;
  const auto is_ascii = [](const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
  };
  const std::string file = (machine.root / "a.txt").string();
  const std::map<std::string, std::string> utf8[] = {
      {{"LC_ALL", "C.UTF-8"}},
      {{"LC_CTYPE", "C.UTF-8"}, {"LANG", "C"}},
      {{"LANG", "C.utf8"}},
      {{"LANG", "xx_XX.UTF-8"}}};  // a locale that is not installed
  const std::map<std::string, std::string> others[] = {
      {}, {{"LC_ALL", "C"}, {"LANG", "C.UTF-8"}}, {{"LANG", "POSIX"}}, {{"LANG", "xx_XX"}}};
  const auto text_in = [&](std::map<std::string, std::string> locale) {
    locale.merge(
        std::map<std::string, std::string>{{"HOME", machine.home.string()}, {"CRUMBS_NOW", kNow}});
    machine.environment = locale;
    const std::string text = machine.crumbs({"audit"}).out;
    CHECK(text.starts_with("crumbs 0.1.0 "));
    CHECK(machine.crumbs({"audit", "-o", file}).code == 0);
    CHECK_FALSE(is_ascii(test::read_file(file)));
    return text;
  };
  for (const auto& locale : utf8) CHECK_FALSE(is_ascii(text_in(locale)));
  for (const auto& locale : others) CHECK(is_ascii(text_in(locale)));
}

TEST_CASE("-q has a line a profile and -v all there is; both at once is a wrong command line") {
  const Machine machine;
  const auto quiet = machine.crumbs({"audit", "-q"});
  CHECK(quiet.code == 0);
  CHECK(quiet.out ==
        "Chromium · Default: 2 items, 1 documented, 1 with personal data, "
        "0 undocumented, 0 drift · " +
            machine.profile.string() + "\n");
  const auto verbose = machine.crumbs({"audit", "-v", "--width", "200"});
  CHECK(verbose.out.find("section: Chat Widget · Default/Cookies, table cookies, row 1\n") !=
        std::string::npos);
  CHECK(verbose.out.find("chromium.cookies  Default/Cookies  2 items, read, schema 20\n") !=
        std::string::npos);
  const auto both = machine.crumbs({"audit", "-q", "-v"});
  CHECK(both.code == 2);
  CHECK(both.out.empty());
}

TEST_CASE("-q and -v on the command line outrank the variable of the other") {
  Machine machine;
  const std::string quiet = machine.crumbs({"audit", "-q"}).out;
  const std::string verbose = machine.crumbs({"audit", "-v"}).out;
  machine.environment["CRUMBS_QUIET"] = "1";
  CHECK(machine.crumbs({"audit"}).out == quiet);
  CHECK(machine.crumbs({"audit", "-v"}).out == verbose);
  machine.environment.erase("CRUMBS_QUIET");
  machine.environment["CRUMBS_VERBOSE"] = "1";
  CHECK(machine.crumbs({"audit"}).out == verbose);
  CHECK(machine.crumbs({"audit", "-q"}).out == quiet);
}

TEST_CASE("a format that no output uses goes to standard output") {
  const Machine machine;
  const test::ProcessResult result =
      machine.crumbs({"audit", "-f", "ndjson", "-o", "json=" + (machine.root / "a.json").string()});
  CHECK(result.out.starts_with("{\"record\":\"profile\""));
  CHECK(fs::exists(machine.root / "a.json"));
}

TEST_CASE("an existing file is replaced whole, a link and a directory never") {
  const Machine machine;
  const fs::path file = machine.root / "report.json";
  const fs::path link = machine.root / "link.json";
  test::write_file(file, "before");
  fs::create_symlink(file, link);
  test::ProcessResult result = machine.crumbs({"audit", "-o", link.string()});
  CHECK(result.code == 2);
  CHECK(result.err ==
        "crumbs: " + link.string() + ": is a symbolic link; only a regular file is replaced\n");
  CHECK(test::read_file(file) == "before");
  result = machine.crumbs({"audit", "-o", machine.root.string()});
  CHECK(result.code == 2);
  CHECK(result.err.find("is a directory") != std::string::npos);
  CHECK(machine.crumbs({"audit", "-o", "/dev/null"}).code == 2);
  fs::permissions(file, fs::perms::owner_all | fs::perms::others_read);
  CHECK(machine.crumbs({"audit", "-o", "json=" + file.string()}).code == 0);
  CHECK(json::parse(test::read_file(file))["schema"] == "crumbs-report/1");
  CHECK(mode_of(file) == 0600);
}

TEST_CASE("what cannot be written is one line, exit 5, and leaves nothing") {
  const Machine machine;
  const test::ProcessResult nowhere =
      machine.crumbs({"audit", "-o", (machine.root / "no/such/dir/a").string()});
  CHECK(nowhere.code == 5);
  CHECK(nowhere.err.find("cannot write") != std::string::npos);
  // A file-size limit fails as a full disk does.
  const fs::path out = machine.root / "out";
  fs::create_directory(out);
  const test::ProcessResult full = test::run(
      {"sh", "-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh", test::crumbs_program().string(),
       "audit", "--root", machine.root.string(), "-o", (out / "a.json").string()},
      machine.environment);
  CHECK(full.code == 5);
  CHECK(full.err.find("a.json: File too large\n") != std::string::npos);
  CHECK(fs::is_empty(out));
}

TEST_CASE("a full device is one line and exit 5") {
  const Machine machine;
  const test::ProcessResult result = test::run(
      {"sh", "-c", "exec \"$@\" >/dev/full", "sh", test::crumbs_program().string(), "audit"},
      machine.environment);
  CHECK(result.code == 5);
  CHECK(result.err == "crumbs: cannot write to standard output: No space left on device\n");
}

TEST_CASE("a reader that goes away ends the run quietly") {
  const Machine machine;
  const test::ProcessResult result =
      test::run({"sh", "-c", "{ \"$@\"; echo $? >&2; } | true", "sh",
                 test::crumbs_program().string(), "audit", "-f", "json"},
                machine.environment);
  CHECK(result.err == "0\n");
}

TEST_CASE("show finds items by name and by pattern, in full") {
  const Machine machine;
  const test::ProcessResult exact = machine.crumbs({"show", "mine", "-f", "json"});
  CHECK(exact.code == 0);
  const json report = json::parse(exact.out);
  REQUIRE(report["findings"].size() == 1);
  CHECK(report["findings"][0]["value"]["text"] == "x");
  for (const char* pattern : {"jv_*", "*_42", "*enter*", "jv*ts*42", "jv_enter_ts_42*"}) {
    CAPTURE(pattern);
    const json found = json::parse(machine.crumbs({"show", pattern, "-f", "json"}).out);
    REQUIRE(found["findings"].size() == 1);
    CHECK(found["findings"][0]["name"] == "jv_enter_ts_42");
  }
  CHECK(json::parse(machine.crumbs({"show", "*", "-f", "json"}).out)["findings"].size() == 2);
  const std::string text = machine.crumbs({"show", "jv_*"}).out;
  CHECK(text.find("table cookies, row 1") != std::string::npos);
  CHECK(text.find("1795392001") != std::string::npos);
}

TEST_CASE("a name that no item has is exit 4 and says so") {
  const Machine machine;
  for (const char* name : {"other", "min_*_*", "mine3*"}) {
    const test::ProcessResult result = machine.crumbs({"show", name, "-f", "json"});
    CHECK(result.code == 4);
    CHECK(result.err.starts_with(fmt::format("crumbs: exit 4: no item is named {}", name)));
    CHECK(json::parse(result.out)["exit"]["code"] == 4);
  }
}

TEST_CASE("a store that cannot be read is the last line on stderr") {
  const Machine machine;
  test::write_file(machine.profile / "Cookies", "this is no database, whatever its name says");
  const test::ProcessResult result = machine.crumbs({"audit"});
  CHECK(result.code == 5);
  CHECK(result.err.starts_with("crumbs: exit 5: Default/Cookies (failed): "));
  CHECK(result.out.find("INCOMPLETE") != std::string::npos);
}

TEST_CASE("profiles come from a file, each once") {
  const Machine machine;
  const fs::path list = machine.root / "list";
  test::write_file(list, machine.profile.string() + "\n\n" + machine.profile.string() + "\n");
  const json report =
      json::parse(machine.crumbs({"audit", "-f", "json", "--profiles-from", list.string()}).out);
  CHECK(report["profiles"].size() == 1);
  const test::ProcessResult piped =
      test::run({test::crumbs_program().string(), "audit", "-f", "json", "--profiles-from", "-"},
                machine.environment, machine.profile.string() + "\n");
  CHECK(json::parse(piped.out)["profiles"].size() == 1);
}

TEST_CASE("colour is never without a terminal unless asked for") {
  const Machine machine;
  CHECK(machine.crumbs({"audit"}).out.find('\x1b') == std::string::npos);
  CHECK(machine.crumbs({"audit", "--color", "always"}).out.find("\x1b[1m") != std::string::npos);
}

TEST_CASE("a signal ends the run with its code and leaves no half-written file") {
  const Machine machine;
  const fs::path out = machine.root / "out";
  fs::create_directory(out);
  REQUIRE(test::run({"mkfifo", (machine.root / "fifo").string()}).code == 0);
  const std::pair<const char*, int> cases[] = {{"INT", 130}, {"TERM", 143}, {"HUP", 129}};
  for (const auto& row : cases) {
    CAPTURE(row.first);
    const test::ProcessResult result =
        test::run({"timeout", "--preserve-status", "-s", row.first, "1",
                   test::crumbs_program().string(), "audit", "--profiles-from",
                   (machine.root / "fifo").string(), "-o", (out / "a.txt").string()},
                  machine.environment);
    CHECK(result.code == row.second);
    CHECK(fs::is_empty(out));
  }
}

}  // namespace
}  // namespace crumbs
