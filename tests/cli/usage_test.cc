#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "support/support.h"

namespace crumbs {
namespace {

using Arguments = std::vector<std::string>;

void check_usage(const Arguments& arguments, const std::string& part,
                 const std::map<std::string, std::string>& environment = {}) {
  const test::ProcessResult result = test::crumbs(arguments, environment);
  CAPTURE(result.err);
  CAPTURE(part);
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(std::ranges::count(result.err, '\n') == 1);
  CHECK(result.err.starts_with("crumbs: "));
  CHECK(result.err.find(part) != std::string::npos);
}

TEST_CASE("arguments that cannot be used are one line on stderr and exit 2") {
  check_usage({"adit"}, "there is no command adit; did you mean audit?");
  check_usage({"\x1b[31mx"}, "there is no command \\x1b[31mx (see crumbs --help)");
  check_usage({"--colour"}, "--colour");
  check_usage({"audit", "--colour"}, "--colour");
  check_usage({"audit", "--format", "docx"}, "docx");
  check_usage({"audit", "--values", "some"}, "some");
  check_usage({"audit", "--color", "red"}, "red");
  for (const char* option : {"--max-value-bytes", "--max-memory-bytes", "--max-copy-bytes"}) {
    for (const char* bytes : {"-1", "99999999999999999999", "1T", "1.5", "16GB", "M", "",
                              "17179869184G", "18446744073709551615K"})
      check_usage({"audit", option, bytes}, "expected a number of bytes such as 16777216 or 16M");
    for (const char* bytes : {"0", "1K", "16M", "17179869183G", "18446744073709551615"})
      CHECK(test::crumbs({"audit", "/nowhere", option, bytes}).code == 4);
  }
  check_usage({"audit", "--width", "wide"}, "wide");
  check_usage({"audit", "--width", "-1"}, "-1");
  check_usage({"audit", "--now", "tomorrow"}, "expected a time such as 2026-11-23T10:00:00Z");
  check_usage({"audit", "--jobs", "many"}, "many");
  check_usage({"audit", "--all=perhaps"}, "perhaps");
  check_usage({"audit", "-o"}, "--output");
  check_usage({"audit", "-o", ""}, "-o needs the name of a file");
  check_usage({"audit", "-o", "docx=a"}, "there is no format docx (there are text, json, ndjson");
  check_usage({"audit", "-o", "-", "-o", "json=-"}, "two outputs go to standard output");
  check_usage({"audit", "-o", "a.txt", "-o", "json=./a.txt"}, "two outputs go to ./a.txt");
  check_usage({"show"}, "NAME is required");
}

/// Each with the whole line that it gets.
const std::pair<Arguments, const char*> kWrong[] = {
    {{"adit"}, "there is no command adit; did you mean audit? (see crumbs --help)"},
    {{"AUDIT"}, "there is no command AUDIT (see crumbs --help)"},
    {{"hlep"}, "there is no command hlep; did you mean help? (see crumbs --help)"},
    {{"explian"}, "there is no command explian; did you mean explain? (see crumbs --help)"},
    {{"help", "nothing"}, "there is no command nothing (see crumbs --help)"},
    {{"nothing", "--help"}, "there is no command nothing (see crumbs --help)"},
    {{"x"}, "there is no command x (see crumbs --help)"},
    {{"--json"}, "there is no option --json before a command (see crumbs --help)"},
    {{"--json", "audit"}, "there is no option --json before a command (see crumbs --help)"},
    {{"catalog"}, "A subcommand is required (see crumbs catalog --help)"},
    {{"catalog", "lst"},
     "there is no command catalog lst; did you mean list? (see crumbs catalog --help)"},
    {{"catalog", "audit"}, "there is no command catalog audit (see crumbs catalog --help)"},
    {{"catalog", "--lst"}, "catalog has no option --lst (see crumbs catalog --help)"},
    {{"catalog", "show"}, "ID is required (see crumbs catalog show --help)"},
    {{"catalog", "explain"}, "NAME is required (see crumbs catalog explain --help)"},
    {{"explain"}, "NAME is required (see crumbs catalog explain --help)"},
    {{"explain", "x", "--hots", "y"},
     "catalog explain has no option --hots; did you mean --host? (see crumbs catalog explain "
     "--help)"},
    {{"explain", "x", "--store", "cookies"},
     "--store: cookies is none of cookie, local_storage; did you mean cookie? (see crumbs catalog "
     "explain "
     "--help)"},
    {{"catalog", "lint", "x", "-f", "jsn"},
     "--format: jsn is none of text, json; did you mean json? (see crumbs catalog lint --help)"},
    {{"audit", "--colour", "never"},
     "audit has no option --colour; did you mean --color? (see crumbs audit --help)"},
    {{"audit", "--vaules=full"},
     "audit has no option --vaules; did you mean --values? (see crumbs audit --help)"},
    {{"audit", "--not-sit", "x"},
     "audit has no option --not-sit; did you mean --not-site? (see crumbs audit --help)"},
    {{"audit", "-z"}, "audit has no option -z (see crumbs audit --help)"},
    {{"audit", "--\x1b[2J"}, "audit has no option --\\x1b[2J (see crumbs audit --help)"},
    {{"audit", "--values", "fll"},
     "--values: fll is none of masked, full, none; did you mean full? (see crumbs audit --help)"},
    {{"audit", "--values", "MASKED"},
     "--values: MASKED is none of masked, full, none (see crumbs audit --help)"},
    {{"audit", "-f", "jsn"},
     "--format: jsn is none of text, json, ndjson, html, csv, markdown; did you mean json? (see "
     "crumbs "
     "audit --help)"},
    {{"audit", "--color", "yes"},
     "--color: yes is none of auto, always, never (see crumbs audit --help)"},
    {{"audit", "--json", "-f", "csv"}, "--format excludes --json (see crumbs audit --help)"},
    {{"audit", "--all", "--known"}, "--all excludes --known (see crumbs audit --help)"},
    {{"audit", "-q", "-v"}, "--quiet excludes --verbose (see crumbs audit --help)"},
    {{"audit", "--jobs", "-1"},
     "--jobs: Value -1 not in range 0 to 1024 (see crumbs audit --help)"},
    {{"audit", "--kind", "cookies"},
     "--kind: cookies is none of cookie, local_storage; did you mean cookie? (see crumbs audit "
     "--help)"},
    {{"audit", "--not-status", "documentd"},
     "--not-status: documentd is none of documented, drift, undocumented, possible, ambiguous, "
     "unknown; "
     "did "
     "you mean documented? (see crumbs audit --help)"},
    {{"audit", "--personal-data"},
     "--personal-data: 1 required CLASS missing (see crumbs audit --help)"},
    {{"audit", "--personal-data", "email"},
     "--personal-data: email is none of any, none, preference, identifier, contact, location, "
     "behaviour, "
     "content, unknown (see crumbs audit --help)"},
    {{"audit", "--older-than", "13m"},
     "--older-than: expected an age such as 13mo, 90d, 12h, 3w or 2y (see crumbs audit --help)"},
    {{"audit", "--lives-over", "1.5y"},
     "--lives-over: expected an age such as 13mo, 90d, 12h, 3w or 2y (see crumbs audit --help)"},
    {{"audit", "--site", "https://shop.example.com/"},
     "--site: expected a host such as shop.example.com or =shop.example.com (see crumbs audit "
     "--help)"},
    {{"audit", "--name", ""}, "--name: expected GLOB (see crumbs audit --help)"},
    {{"audit", "--now", "yesterday"},
     "--now: expected a time such as 2026-11-23T10:00:00Z (see crumbs audit --help)"},
    {{"audit", "--max-copy-bytes", "1T"},
     "--max-copy-bytes: expected a number of bytes such as 16777216 or 16M (see crumbs audit "
     "--help)"},
    {{"show"}, "NAME is required (see crumbs show --help)"},
    {{"show", "x", "--residu"}, "show has no option --residu (see crumbs show --help)"},
    {{"diff", "a"}, "AFTER is required (see crumbs diff --help)"},
    {{"diff", "a", "b", "c"}, "diff takes no further argument c (see crumbs diff --help)"},
    {{"render"}, "REPORT is required (see crumbs render --help)"},
    {{"render", "a", "--site", "x"}, "render has no option --site (see crumbs render --help)"},
    {{"profiles", "--values", "full"},
     "profiles has no option --values (see crumbs profiles --help)"},
    {{"profiles", "--rot", "/"},
     "profiles has no option --rot; did you mean --root? (see crumbs profiles --help)"},
    {{"export"}, "--output is required (see crumbs export --help)"},
    {{"export", "-f", "json", "-o", "x"}, "export has no option -f (see crumbs export --help)"},
    {{"verify"}, "BUNDLE is required (see crumbs verify --help)"},
    {{"verify", "a", "b"}, "verify takes no further argument b (see crumbs verify --help)"}};

TEST_CASE("fifty wrong command lines each get one line that helps") {
  CHECK(std::size(kWrong) >= 50);
  for (const auto& wrong : kWrong) {
    CAPTURE(wrong.second);
    const test::ProcessResult result = test::crumbs(wrong.first);
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(result.err == fmt::format("crumbs: {}\n", wrong.second));
  }
}

TEST_CASE("help and explain stand for what they are short for") {
  CHECK(test::crumbs({"help"}).out == test::crumbs({"--help"}).out);
  CHECK(test::crumbs({"help", "audit"}).out == test::crumbs({"audit", "--help"}).out);
  CHECK(test::crumbs({"help", "catalog", "list"}).out ==
        test::crumbs({"catalog", "list", "--help"}).out);
  const test::ProcessResult explained = test::crumbs({"explain", "jv_enter_ts_42", "--json"});
  CHECK(explained.code == 0);
  CHECK(explained.out == test::crumbs({"catalog", "explain", "jv_enter_ts_42", "-f", "json"}).out);
}

TEST_CASE("--json is -f json, and of the two the command line outranks a variable") {
  const std::string profile = test::fixture("profiles/chromium-64").string();
  const Arguments command{"audit", profile, "--now", "2026-11-24T00:00:00Z"};
  const auto begins = [&](const Arguments& more,
                          const std::map<std::string, std::string>& environment = {}) {
    Arguments arguments = command;
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::crumbs(arguments, environment).out.substr(0, 1);
  };
  CHECK(begins({"--json"}) == "{");
  CHECK(begins({}) == "c");
  CHECK(begins({}, {{"CRUMBS_JSON", "1"}}) == "{");
  CHECK(begins({"--json"}, {{"CRUMBS_FORMAT", "html"}}) == "{");
  CHECK(begins({"-f", "html"}, {{"CRUMBS_JSON", "1"}}) == "<");
  Arguments whole = command, word = command;
  whole.insert(whole.end(), {"-f", "json"});
  word.emplace_back("--json");
  CHECK(test::crumbs(whole).out == test::crumbs(word).out);
}

TEST_CASE("a variable that another command could not use is none of this one's business") {
  const Arguments command{"audit", test::fixture("profiles/chromium-64").string()};
  const test::ProcessResult page = test::crumbs(command, {{"CRUMBS_FORMAT", "html"}});
  CHECK(page.code == 0);
  CHECK(page.out.starts_with("<!"));
  CHECK(test::crumbs(command, {{"CRUMBS_STORE", "chromium.*"}}).code == 0);
  CHECK(test::crumbs({"verify", "/nowhere"}, {{"CRUMBS_JOBS", "many"}}).err.find("many") ==
        std::string::npos);
}

TEST_CASE("variables are checked like the options they stand for") {
  check_usage({"audit"}, "docx", {{"CRUMBS_FORMAT", "docx"}});
  check_usage({"audit"}, "many", {{"CRUMBS_JOBS", "many"}});
}

TEST_CASE("the file of a secret that cannot be used is a usage error without its content") {
  const test::TempDir dir;
  const std::string path = (dir.path() / "key").string();
  check_usage({"audit", "--aes-key-file", path}, "key: No such file or directory");
  check_usage({"audit", "--aes-key-file", dir.path().string()}, "Is a directory");
  test::write_file(path, "hunter2");
  check_usage({"audit", "--aes-key-file", path}, "holds no key of 32 bytes");
  CHECK(test::crumbs({"audit", "--aes-key-file", path}).err.find("hunter2") == std::string::npos);
  test::write_file(path, "\n");
  check_usage({"audit", "--safe-storage-secret-file", path}, "is empty");
  test::write_file(path, std::string(5000, 'a'));
  check_usage({"audit", "--safe-storage-secret-file", path}, "too large");
  check_usage({"audit", "--profiles-from", path + "x"}, "No such file or directory");
  test::write_file(path, "fifteen letters\n");
  check_usage({"audit", "--digest-key", path}, "key: a digest key has at least 16 bytes");
  check_usage({"diff", "a", "b"}, "at least 16 bytes", {{"CRUMBS_DIGEST_KEY", path}});
  CHECK(test::crumbs({"audit", "--digest-key", path}).err.find("fifteen") == std::string::npos);
}

TEST_CASE("without arguments the help goes to stderr and the exit code is 2") {
  const test::ProcessResult result = test::crumbs({});
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err == test::crumbs({"--help"}).out);
}

TEST_CASE("help groups the commands and --version names the program") {
  const test::ProcessResult help = test::crumbs({"--help"});
  CHECK(help.code == 0);
  CHECK(help.err.empty());
  CHECK(help.out.find("\nLook:\n") != std::string::npos);
  CHECK(help.out.find("Exit codes: 0 done") != std::string::npos);
  const test::ProcessResult version = test::crumbs({"--version"});
  CHECK(version.code == 0);
  CHECK(version.out == "crumbs 0.1.0\n");
}

TEST_CASE("a profile that does not exist is nothing to read") {
  const test::ProcessResult result = test::crumbs({"audit", "/nowhere/at/all"});
  CHECK(result.code == 4);
  CHECK(result.out.empty());
  CHECK(std::ranges::count(result.err, '\n') == 1);
  const test::ProcessResult allowed = test::crumbs({"audit", "/nowhere/at/all", "--allow-empty"});
  CHECK(allowed.code == 4);
  CHECK(allowed.err == "crumbs: /nowhere/at/all: no such file or directory\n");
}

TEST_CASE("a catalog that is not there is an invalid input") {
  const test::ProcessResult result = test::crumbs({"audit", "--catalog", "/nowhere/c.json"});
  CHECK(result.code == 3);
  CHECK(std::ranges::count(result.err, '\n') == 1);
}

}  // namespace
}  // namespace crumbs
