#include <doctest/doctest.h>

#include <algorithm>

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
    for (const char* bytes : {"-1", "99999999999999999999", "1G", "1.5"})
      check_usage({"audit", option, bytes}, "expected a number of bytes such as 16777216");
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
