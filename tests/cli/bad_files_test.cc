// Reports that are no reports, and places that cannot be written, for every command that reads or
// writes one: one clear line, the right code, nothing left behind.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;
using Arguments = std::vector<std::string>;

/// A saved report, and every command that writes results of it or of the profile it is of.
struct Work {
  test::TempDir directory;
  fs::path root = directory.path();
  std::string profile = test::fixture("profiles/chromium-156-leveldb/Default").string();
  std::string report = (root / "report.json").string();
  fs::path out = root / "out";

  Work() {
    fs::create_directory(out);
    REQUIRE(test::crumbs({"audit", profile, "-o", "json=" + report}).code == 0);
  }
  [[nodiscard]] std::vector<Arguments> commands() const {
    return {
        {"audit", profile}, {"show", "*", profile}, {"render", report}, {"diff", report, profile}};
  }
  /// What the command says, after "crumbs: "; it has to be one line, and nothing on stdout.
  static std::string complaint(const test::ProcessResult& result, int code) {
    CAPTURE(result.err);
    CHECK(result.code == code);
    CHECK(result.out == "");
    REQUIRE(result.err.starts_with("crumbs: "));
    REQUIRE(result.err.find('\n') == result.err.size() - 1);
    return result.err.substr(8, result.err.size() - 9);
  }
};

Arguments with(Arguments command, const std::string& output) {
  command.insert(command.end(), {"-o", "json=" + output});
  return command;
}

TEST_CASE("a place that is no regular file is left as it is") {
  const Work work;
  const std::string kept = (work.root / "kept").string();
  test::write_file(kept, "kept");
  const auto place = [&](const char* name) { return (work.out / name).string(); };
  fs::create_directory(place("directory"));
  fs::create_symlink(kept, place("link"));
  fs::create_symlink(work.root / "nowhere", place("dangling"));
  fs::create_directory_symlink(work.root, place("link to a directory"));
  REQUIRE(mkfifo(place("fifo").c_str(), 0600) == 0);
  const std::string before = test::describe_tree(work.out);
  const std::pair<const char*, const char*> places[] = {{"directory", "a directory"},
                                                        {"link", "a symbolic link"},
                                                        {"dangling", "a symbolic link"},
                                                        {"link to a directory", "a symbolic link"},
                                                        {"fifo", "no regular file"}};
  for (const Arguments& command : work.commands()) {
    for (const auto& row : places) {
      CAPTURE(command[0]);
      CAPTURE(row.first);
      CHECK(
          Work::complaint(test::crumbs(with(command, place(row.first))), 2) ==
          fmt::format("{}: is {}; only a regular file is replaced", place(row.first), row.second));
    }
    CHECK(test::describe_tree(work.out) == before);
    CHECK(test::read_file(kept) == "kept");
    CHECK_FALSE(fs::exists(work.root / "nowhere"));
  }
}

TEST_CASE("a directory that is not there, or is a file") {
  const Work work;
  for (const Arguments& command : work.commands()) {
    CAPTURE(command[0]);
    const std::string nowhere = (work.out / "no/a.json").string();
    CHECK(Work::complaint(test::crumbs(with(command, nowhere)), 5) ==
          "cannot write " + nowhere + ": No such file or directory");
    const std::string below = work.report + "/a.json";
    CHECK(Work::complaint(test::crumbs(with(command, below)), 5) ==
          "cannot write " + below + ": Not a directory");
    CHECK(fs::is_empty(work.out));
  }
}

TEST_CASE("a directory that may not be written") {
  const Work work;
  fs::permissions(work.out, fs::perms::owner_read | fs::perms::owner_exec);
  for (const Arguments& command : work.commands()) {
    CAPTURE(command[0]);
    const std::string file = (work.out / "a.json").string();
    CHECK(Work::complaint(test::crumbs_bound_by_modes(with(command, file)), 5) ==
          "cannot write " + file + ": Permission denied");
    CHECK(fs::is_empty(work.out));
  }
}

TEST_CASE("a report that may not be read") {
  const Work work;
  fs::permissions(work.report, fs::perms::none);
  for (const Arguments& command :
       {Arguments{"render", work.report}, Arguments{"diff", work.profile, work.report}}) {
    CAPTURE(command[0]);
    const std::string said = Work::complaint(test::crumbs_bound_by_modes(command), 5);
    CHECK(said == work.report + ": Permission denied");
  }
}

/// Runs a command with `directory` being a full file system, if this user may mount one; its list
/// of files is all there is on stdout.
test::ProcessResult on_full_disk(const fs::path& directory, const Arguments& command) {
  Arguments argv{"unshare",
                 "-m",
                 "sh",
                 "-c",
                 "mount -t tmpfs -o size=4k none \"$0\" || exit 99; \"$@\"; code=$?; ls -A \"$0\"; "
                 "exit $code",
                 directory.string(),
                 test::crumbs_program().string()};
  argv.insert(argv.end(), command.begin(), command.end());
  return test::run(argv);
}

/// A limit on the size of files fails where a full disk does.
test::ProcessResult with_file_limit(const Arguments& command) {
  Arguments argv{"sh", "-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh",
                 test::crumbs_program().string()};
  argv.insert(argv.end(), command.begin(), command.end());
  return test::run(argv);
}

TEST_CASE("a full disk leaves no half of a report") {
  const Work work;
  const std::string file = (work.out / "a.json").string();
  for (const Arguments& command : work.commands()) {
    CAPTURE(command[0]);
    CHECK(Work::complaint(with_file_limit(with(command, file)), 5) ==
          "cannot write " + file + ": File too large");
    CHECK(fs::is_empty(work.out));
    const auto result = on_full_disk(work.out, with(command, file));
    if (result.code == 99 || result.code == 1) {
      MESSAGE("no file system may be mounted here");
      continue;
    }
    CHECK(Work::complaint(result, 5) == "cannot write " + file + ": No space left on device");
  }
}

TEST_CASE("a full disk keeps the report that was there") {
  const Work work;
  const std::string before = test::read_file(work.report);
  for (const Arguments& command : work.commands()) {
    CAPTURE(command[0]);
    Work::complaint(with_file_limit(with(command, work.report)), 5);
    CHECK((test::read_file(work.report) == before));
  }
}

TEST_CASE("standard output that is full") {
  const Work work;
  for (const Arguments& command : work.commands()) {
    CAPTURE(command[0]);
    Arguments argv{"sh", "-c", "exec \"$@\" >/dev/full", "sh", test::crumbs_program().string()};
    argv.insert(argv.end(), command.begin(), command.end());
    CHECK(Work::complaint(test::run(argv), 5) ==
          "cannot write to standard output: No space left on device");
  }
}

TEST_CASE("a report cut anywhere is refused by every command, and nothing is written") {
  const Work work;
  const std::string whole = test::read_file(work.report);
  const std::string cut = (work.root / "cut.json").string();
  const std::string file = (work.out / "a.json").string();
  const std::size_t body = whole.size() - 1;  // without the line end
  for (std::size_t part = 0; part < 24; ++part) {
    const std::size_t size = part < 4 ? part : body * (part - 3) / 20 - 1;
    CAPTURE(size);
    test::write_file(cut, std::string_view(whole).substr(0, size));
    const std::string rendered = Work::complaint(test::crumbs(with({"render", cut}, file)), 3);
    CHECK(rendered == fmt::format("{}: not JSON at byte {}", cut, size + 1));
    const std::string before =
        Work::complaint(test::crumbs(with({"diff", cut, work.profile}, file)), 3);
    const std::string after =
        Work::complaint(test::crumbs(with({"diff", work.profile, cut}, file)), 3);
    CHECK(before == after);
    CHECK(before == (size == 0 ? cut + ": neither a report of crumbs nor a store" : rendered));
    CHECK(fs::is_empty(work.out));
  }
}

TEST_CASE("a report of another schema is named as such") {
  const Work work;
  const std::string file = (work.root / "other.json").string();
  json report = json::parse(test::read_file(work.report));
  const std::pair<const char*, const char*> schemas[] = {
      {"crumbs-report/2", "a schema that this version does not know; it reads crumbs-report/1"},
      {"crumbs-report/10", "a schema that this version does not know; it reads crumbs-report/1"},
      {"crumbs-diff/1", "this is no report of crumbs"},
      {"sarif", "this is no report of crumbs"}};
  for (const auto& row : schemas) {
    report["schema"] = row.first;
    test::write_file(file, report.dump());
    for (const Arguments& command : {Arguments{"render", file}, Arguments{"diff", file, file},
                                     Arguments{"diff", work.profile, file}}) {
      CAPTURE(command[0]);
      CHECK(Work::complaint(test::crumbs(with(command, (work.out / "a").string())), 3) ==
            fmt::format("{}: /schema: {}", file, row.second));
      CHECK(fs::is_empty(work.out));
    }
  }
}

TEST_CASE("a report is no profile") {
  const Work work;
  const std::string said = Work::complaint(test::crumbs({"audit", work.report}), 4);
  CHECK(said.find(work.report) != std::string::npos);
}

}  // namespace
}  // namespace crumbs
