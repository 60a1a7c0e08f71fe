// Text that tries to break out of a format, in every place and every format, read by a real parser
// of each (tests/check).
// Labels: parsers
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "crumbs/diff.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "decode/text.h"
#include "support/checkers.h"
#include "support/databases.h"
#include "support/hostile_report.h"
#include "support/injections.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr const char* kWord = "zzword";  // short: no cell of the plain report may be cut

void write_case(const fs::path& directory, const std::string& text, bool same_places = true) {
  test::write_file(
      directory / "case.json",
      json{{"raw", base64_encode(text)}, {"shown", printable(text)}, {"same_places", same_places}}
          .dump());
}

void write_all(const fs::path& directory, const std::string& text) {
  write_case(directory, text);
  const Report report = test::hostile_report(text);
  for (const test::Form& form : test::forms())
    test::write_file(directory / form.file, test::rendered(report, form));
  const Difference difference = test::hostile_difference(text);
  for (const test::Form& form : test::difference_forms())
    test::write_file(directory / form.file, test::rendered(difference, form));
}

/// The problems that the parsers find, one a line; that every file was read is checked here.
std::vector<std::string> problems_in(const fs::path& work) {
  const auto files = std::count_if(fs::recursive_directory_iterator(work), {}, [](const auto& one) {
    return one.is_regular_file() && one.path().filename() != "case.json";
  });
  CHECK(files > 0);
  std::istringstream lines(test::checked_by("formats.py", {work.string()}));
  std::vector<std::string> problems;
  for (std::string line; std::getline(lines, line);) problems.push_back(line);
  REQUIRE(!problems.empty());
  CHECK(problems.back() == fmt::format("{} files", files));
  problems.pop_back();
  return problems;
}

TEST_CASE("no text breaks out of any format, and each can be read there") {
  const std::vector<std::string> texts = test::injections();
  CHECK(texts.size() >= 250);
  const test::TempDir work;
  write_all(work.path() / "plain", kWord);
  for (std::size_t i = 0; i < texts.size(); ++i)
    write_all(work.path() / fmt::format("{:03}", i), texts[i]);
  for (const std::string& problem : problems_in(work.path())) FAIL_CHECK(problem);
}

/// A profile of one cookie for each text, which is its name, host, path, partition and value.
fs::path hostile_profile(const fs::path& directory, const std::vector<std::string>& texts) {
  const fs::path profile = directory / "<b>`|[x](https:" / "Default";
  test::write_file(profile / "Preferences",
                   json{{"profile", {{"name", "<img src=x>\x1b[2J\n=1+1|`"}}}}.dump());
  std::string sql = R"sql(
    CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
    INSERT INTO meta VALUES('version','18');
    CREATE TABLE cookies(creation_utc, host_key, top_frame_site_key, name, value, encrypted_value,
      path, expires_utc, is_secure, is_httponly, last_access_utc, has_expires, is_persistent,
      priority, samesite, source_scheme, source_port);)sql";
  for (const std::string& text : texts) {
    const std::string sqlite = test::sql_text(text);
    sql += fmt::format(
        "INSERT INTO cookies VALUES(1,{0},{0},{0},{0},'',{0},0,1,1,1,1,1,1,1,2,443);", sqlite);
  }
  test::build_database(profile / "Cookies", sql);
  return profile;
}

/// One file of each format that a program writes.
void write_outputs(std::vector<std::string> command, const fs::path& directory,
                   const std::vector<test::Form>& forms) {
  std::set<std::string_view> written;
  for (const test::Form& form : forms) {
    if (written.insert(form.format).second)
      command.insert(command.end(),
                     {"-o", fmt::format("{}={}", form.format, (directory / form.file).string())});
  }
  const auto result = test::crumbs(command);
  INFO(result.err);
  CHECK(result.code == 0);
}

/// What is for people and for programs in the bundle that answers an access request.
void write_bundle_files(const fs::path& directory, const std::string& profile) {
  const test::TempDir work;
  const fs::path bundle = work.path() / "bundle";
  const auto result = test::crumbs({"export", profile, "--include-unknown", "-o", bundle.string()});
  INFO(result.err);
  REQUIRE(result.code == 0);
  for (const char* file : {"explained.html", "items.csv", "items.json"})
    test::write_file(directory / file, test::read_file(bundle / "data" / file));
}

/// What the program writes of a profile, and of its comparison with another.
void write_program_output(const fs::path& directory, const std::string& profile,
                          const std::string& other) {
  write_case(directory, kWord, false);
  write_outputs({"audit", "--all", "--values", "full", profile}, directory, test::forms());
  write_outputs({"diff", "--all", "--values", "full", other, profile}, directory,
                test::difference_forms());
  for (const auto& [file, command] : std::map<std::string, std::vector<std::string>>{
           {"show-color.txt", {"show", "*", profile}},
           {"diff-color.txt", {"diff", "--all", "--values", "full", other, profile}}}) {
    std::vector<std::string> colored = command;
    colored.insert(colored.end(), {"--color", "always"});
    test::write_file(directory / file, test::crumbs(colored).out);
  }
  write_bundle_files(directory, profile);
}

std::ptrdiff_t valid_files(std::string_view schema, const std::vector<fs::path>& files) {
  const auto lines = test::validated(schema, files);
  return std::ranges::count_if(lines, [](const auto& line) { return line.starts_with("valid "); });
}

TEST_CASE("no profile breaks out of what the program writes of it") {
  const std::vector<std::string> texts = test::injections();
  const test::TempDir work, profiles;
  // The plain ones are of every length, so that what is cut is in their report, too.
  std::vector<std::string> plain, other;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    plain.push_back(kWord + std::to_string(i) + std::string(texts[i].size(), 'x'));
    other.push_back(plain.back() + "y");
  }
  const std::string quiet = hostile_profile(profiles.path() / "quiet", plain).string();
  const std::string calm = hostile_profile(profiles.path() / "calm", other).string();
  const std::string hostile = hostile_profile(profiles.path() / "hostile", texts).string();
  write_program_output(work.path() / "plain", quiet, calm);
  write_program_output(work.path() / "hostile", hostile, quiet);
  for (const std::string& problem : problems_in(work.path())) FAIL_CHECK(problem);
  const fs::path written = work.path() / "hostile";
  CHECK(valid_files(
            "lib/schema/crumbs-report.schema.json",
            {written / "report.json", written / "records.ndjson", written / "items.json"}) == 3);
  CHECK(valid_files("lib/schema/crumbs-diff.schema.json", {written / "diff.json"}) == 1);
  const Report read =
      parse_report(test::read_file(work.path() / "hostile/report.json"), "report.json");
  std::set<std::string> names, values;
  for (const Finding& finding : read.findings) {
    names.insert(finding.name);
    values.insert(finding.value.bytes.value_or(finding.value.text.value_or("")));
  }
  const std::set<std::string> expected(texts.begin(), texts.end());
  CHECK((names == expected));
  CHECK((values == expected));
}

/// Replaces every occurrence.
std::string replaced(std::string text, const std::string& from, const std::string& to) {
  REQUIRE(text.find(from) != std::string::npos);
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// A rendering of hostile text in which what makes it safe was undone.
struct Unsafe {
  const char* file;
  std::string text, safe, unsafe;
};

void write_unsafe(const fs::path& directory, const Unsafe& one) {
  write_case(directory, one.text);
  const auto write_of = [&](const auto& report, const std::vector<test::Form>& forms) {
    for (const test::Form& form : forms) {
      if (form.file == std::string_view(one.file))
        test::write_file(directory / one.file,
                         replaced(test::rendered(report, form), one.safe, one.unsafe));
    }
  };
  write_of(test::hostile_report(one.text), test::forms());
  write_of(test::hostile_difference(one.text), test::difference_forms());
}

TEST_CASE("the parsers see text that was not made safe") {
  const std::vector<Unsafe> all{
      {"report.html", "<b>", "&lt;b&gt;", "<b>"},
      {"report.html", "<b>", "&lt;b&gt;", ""},
      {"report.html", "\" onclick=\"x", "&quot;", "\""},
      {"report.html", "&nothing;", "&amp;nothing;", "&nothing;"},  // the same text, and an error
      {"diff.html", "<!--", "&lt;", "<"},
      {"report.csv", "=1+1", "'=1+1", "=1+1"},
      {"report.csv", "a\",\"b", "\"\"", "\""},
      {"report.csv", "a\nb", "\\n", "\n"},
      {"bom.csv", "abc", "\xef\xbb\xbf", ""},
      {"report.md", "[x](//example.com)", "`", ""},
      {"report.md", "https://example.com", "`", ""},
      {"report.md", "a|b", "\\|", "|"},
      {"diff.md", "<b>", "`", ""},
      {"report.json", "abc", "\"abc\"", "\"abd\""},
      {"records.ndjson", "a\"b", "\\\"", "\\\\\""},
      {"diff.json", "abc", "\"abc\"", "\"abc\", \"x\": 1"},
      {"narrow.txt", "\x1b[2J", "\\x1b", "\x1b"},
      {"narrow-color.txt", "\x1b[35m", "\\x1b", "\x1b"},
      {"wide-detail.txt", "\xe2\x80\xae", "\\u{202e}", "\xe2\x80\xae"},
      {"diff.txt", "\r", "\\r", "\r"},
      {"diff-color.txt", "\x1b]0;x\x07", "\\x1b]0;x\\x07", "\x1b]0;x\x07"}};
  const test::TempDir work;
  write_all(work.path() / "plain", kWord);
  for (std::size_t i = 0; i < all.size(); ++i)
    write_unsafe(work.path() / fmt::format("{:02}", i), all[i]);
  std::set<std::string> seen;
  for (const std::string& problem : problems_in(work.path()))
    seen.insert(problem.substr(0, problem.find(':')));
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(all[i].text);
    CHECK(seen.erase(fmt::format("{:02}/{}", i, all[i].file)) == 1);
  }
  CHECK(seen.empty());  // and none in the plain ones
}

}  // namespace
}  // namespace crumbs
