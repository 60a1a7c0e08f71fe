// What the catalog commands write for programs, against the schemas that ship, by a validator that
// is not ours.
// Labels: parsers
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/catalogs.h"
#include "support/checkers.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;
using Arguments = std::vector<std::string>;

constexpr const char* kEntries = "lib/schema/crumbs-entries.schema.json";
constexpr const char* kExplanation = "lib/schema/crumbs-explanation.schema.json";
constexpr const char* kCoverage = "lib/schema/crumbs-coverage.schema.json";

std::string profile(const char* name) {
  return test::fixture("profiles/" + std::string(name)).string();
}

/// A file with a second catalog: ambiguous with the first, with other words for the same, and with
/// nothing in it that may be left out.
std::string other_catalog(const test::TempDir& dir) {
  const fs::path file = dir.path() / "acme.json";
  test::write_file(
      file,
      test::catalog_with({test::entry("c", "country"), test::entry("t", "countr${word}")}).dump());
  return file.string();
}

std::string shipped() {
  return test::source_dir() / "catalog" / "jivochat.json";
}

/// One run for programs: what it writes as one document, and its lines.
struct Written {
  json document;
  std::vector<json> records;

  /// The records of a kind, without the word that says so.
  [[nodiscard]] json of(const std::string& kind) const {
    json found = json::array();
    for (json record : records) {
      if (record["record"] != kind) continue;
      record.erase("record");
      found.push_back(record);
    }
    return found;
  }
};

/// Runs `crumbs catalog` and has both formats validated.
Written written(Arguments command, const char* schema, int code = 0) {
  const test::TempDir work;
  const std::vector<fs::path> files{work.path() / "one.json", work.path() / "lines.ndjson"};
  command.insert(command.begin(), "catalog");
  for (const fs::path& file : files)
    command.insert(command.end(),
                   {"-o", file.extension().string().substr(1) + "=" + file.string()});
  const auto result = test::crumbs(command);
  INFO(result.err);
  CHECK(result.code == code);
  for (const std::string& line : test::validated(schema, files)) {
    if (!line.starts_with("valid ")) FAIL_CHECK(line);
  }
  Written both{json::parse(test::read_file(files[0])), {}};
  std::istringstream lines(test::read_file(files[1]));
  for (std::string line; std::getline(lines, line);) both.records.push_back(json::parse(line));
  REQUIRE(!both.records.empty());
  CHECK(both.records.back()["record"] == "summary");
  return both;
}

/// Every text and number in it, each as often as it stands there.
void count_leaves(const json& node, std::map<std::string, int>& leaves) {
  if (!node.is_structured()) {
    if (!node.is_boolean() && !node.is_null()) ++leaves[node.dump()];
    return;
  }
  for (const json& part : node) count_leaves(part, leaves);
}

/// Everything of one kind that the document has, and all of it line by line.
void check_contents(const Written& both, std::size_t catalogs, std::size_t entries,
                    std::size_t statements) {
  CHECK(both.document["catalogs"].size() == catalogs);
  CHECK(both.document["entries"].size() == entries);
  CHECK(both.document["statements"].size() == statements);
  CHECK(both.of("catalog") == both.document["catalogs"]);
  CHECK(both.of("entry") == both.document["entries"]);
  CHECK(both.of("statement") == both.document["statements"]);
  const json& summary = both.records.back();
  CHECK(summary["schema"] == "crumbs-entries/1");
  CHECK(summary["tool"] == both.document["tool"]);
  CHECK(summary["catalogs"] == catalogs);
  CHECK(summary["entries"] == entries);
  CHECK(summary["statements"] == statements);
}

}  // namespace

TEST_CASE("what the catalogs say is as its schema says, whole and in parts") {
  const test::TempDir dir;
  const test::CatalogCounts counts = test::jivochat_counts();
  const Written all = written({"list"}, kEntries);
  check_contents(all, 1, counts.entries(), counts.statements);
  CHECK(all.document["catalogs"][0]["cookie_entries"] == counts.cookies);
  CHECK(all.document["catalogs"][0]["local_storage_entries"] == counts.local_storage);
  check_contents(
      written({"list", "--catalog", shipped(), "--catalog", other_catalog(dir)}, kEntries), 2,
      counts.entries() + 2, counts.statements);
  const Written whole = written({"show", "jivochat"}, kEntries);
  CHECK(whole.document == all.document);
  const Written entry = written({"show", "jivochat/storage/messages"}, kEntries);
  check_contents(entry, 1, 1, 0);
  CHECK(entry.document["catalogs"] == all.document["catalogs"]);
  const Written statement = written({"show", "jivochat/statement/page-tags"}, kEntries);
  check_contents(statement, 1, 0, 1);
  CHECK(statement.document["statements"][0]["catalog"] == "jivochat");
}

TEST_CASE("nothing that a catalog's file says of an entry is left out, and nothing is added") {
  const json file = json::parse(test::read_file(shipped()));
  const json entries = written({"list"}, kEntries).document["entries"];
  REQUIRE(entries.size() == file["entries"].size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::map<std::string, int> said, shown;
    count_leaves(file["entries"][i], said);
    json entry = entries[i];
    CAPTURE(entry["id"]);
    CHECK(entry["catalog"] == "jivochat");
    entry.erase("catalog");
    count_leaves(entry, shown);
    CHECK((shown == said));
  }
}

TEST_CASE("what is made of a name is as its schema says") {
  const test::TempDir dir;
  const std::string other = other_catalog(dir);
  const Written city = written({"explain", "city"}, kExplanation);
  CHECK(city.of("explanation") == city.document["explanations"]);
  CHECK(city.of("entry") == city.document["entries"]);
  REQUIRE(city.document["explanations"].size() == 2);
  const json& cookie = city.document["explanations"][0];
  CHECK(cookie["kind"] == "cookie");
  CHECK(cookie["candidates"][0]["entry"] == "jivochat/widget/city");
  CHECK(cookie["candidates"][0]["form"]["basis"] == "document");
  CHECK(cookie["candidates"][0]["lost_because"] == nullptr);
  const Written counter =
      written({"explain", "jv_visits_count_1", "--host", "www.jivochat.com", "--store", "cookie"},
              kExplanation);
  CHECK(counter.document["host"] == "www.jivochat.com");
  CHECK(counter.document["explanations"].size() == 1);
  const json& candidates = counter.document["explanations"][0]["candidates"];
  CHECK(candidates[0]["captured"] ==
        json::parse(R"([{"variable": "jivo_visitor_id", "value": "1"}])"));
  CHECK(candidates[1]["lost_because"] == "wider host scope");
  CHECK(candidates[1]["literal_bytes"] == 16);
  CHECK(counter.document["entries"].size() == candidates.size());
  const Written tie =
      written({"explain", "country", "--catalog", shipped(), "--catalog", other}, kExplanation);
  CHECK(tie.document["explanations"][0]["ambiguous"] == true);
  CHECK(tie.document["catalogs"].size() == 2);
  CHECK(tie.of("catalog") == tie.document["catalogs"]);
  CHECK(tie.records.back()["catalogs"] == 2);
  CHECK(tie.records.back()["entries"] == 3);
}

TEST_CASE("what is made of a name that no entry has is as its schema says") {
  const test::CatalogCounts counts = test::jivochat_counts();
  const json unknown = written({"explain", "_ga"}, kExplanation).document["explanations"][0];
  CHECK(unknown["candidates"].empty());
  CHECK(unknown["vendor"] == nullptr);
  CHECK(unknown["exact_names"] == counts.exact_cookies);
  CHECK(unknown["templates"] == counts.cookie_templates);
  const json prefix = written({"explain", "jv_gui"}, kExplanation).document["explanations"][0];
  CHECK(prefix["vendor"] == "jivochat");
  CHECK(prefix["needs_company"] == true);
  const json shape =
      written({"explain", "jv_some_word_1234567"}, kExplanation).document["explanations"][0];
  CHECK(shape["vendor"] == "jivochat");
  CHECK(shape["needs_company"] == false);
  CHECK(shape["shape"] == "jv_${word}_${long_widget_id}");
  CHECK(shape["captured"] == json::parse(R"([{"variable": "word", "value": "some_word"},
                                             {"variable": "long_widget_id", "value": "1234567"}])"));
  const json other = written({"explain", "jv_aid"}, kExplanation).document["explanations"];
  CHECK(other[0]["owners"] == json::array({"Jovie (jov.ie)"}));
  CHECK(other[1]["owners"].empty());  // a key of that name is nobody's
  const Written cased = written({"explain", "Country"}, kExplanation);
  CHECK(cased.document["explanations"][0]["other_case"] ==
        json::parse(R"(["jivochat/widget/country"])"));
  CHECK(cased.document["explanations"][1]["other_case"].empty());
  CHECK(cased.document["entries"][0]["id"] == "jivochat/widget/country");
  const Written bytes = written({"explain", "a\xff\x1b[31m", "--store", "cookie"}, kExplanation);
  CHECK(bytes.document["name"] == "a\xEF\xBF\xBD\x1b[31m");
  CHECK(bytes.document["name_base64"] == "Yf8bWzMxbQ==");
}

TEST_CASE("coverage is as its schema says, with profiles and without") {
  const test::CatalogCounts counts = test::jivochat_counts();
  const Written alone = written({"coverage"}, kCoverage);
  CHECK(alone.document["exit"] == nullptr);
  CHECK(alone.document["catalogs"][0]["found"] == nullptr);
  const Written read = written({"coverage", profile("chromium-156-leveldb")}, kCoverage);
  CHECK(read.document["complete"] == true);
  CHECK(read.document["exit"]["code"] == 0);
  json catalog = read.document["catalogs"][0];
  CHECK(catalog["found"] == counts.documented);
  json rows = json::array();
  for (const char* table : {"never_seen", "never_documented", "differences"}) {
    for (json row : catalog[table]) {
      row["catalog"] = "jivochat";
      row["table"] = table;
      rows.push_back(row);
    }
    catalog.erase(table);
  }
  CHECK(rows.size() > 10);
  CHECK(read.of("row") == rows);
  CHECK(read.of("catalog") == json::array({catalog}));
  CHECK(read.records.back()["rows"] == rows.size());
}

TEST_CASE("coverage of a profile that cannot be read as a whole says why") {
  const test::TempDir work;
  test::copy_tree(profile("firefox-153"), work.path() / "p");
  test::write_file(work.path() / "p/cookies.sqlite", "no database");
  const Written torn = written({"coverage", (work.path() / "p").string()}, kCoverage, 5);
  CHECK(torn.document["complete"] == false);
  CHECK(torn.document["exit"]["code"] == 5);
  REQUIRE(torn.document["exit"]["reasons"].size() == 1);
  CHECK(torn.document["exit"]["reasons"][0]["store"] == "firefox.cookies");
  CHECK(torn.records.back()["exit"] == torn.document["exit"]);
}

TEST_CASE("what is damaged in any one place is refused") {
  const std::pair<const char*, Arguments> documents[] = {
      {kEntries, {"show", "jivochat/storage/client"}},
      {kExplanation, {"explain", "jv_visits_count_1", "--store", "cookie"}},
      {kCoverage, {"coverage", profile("firefox-153")}}};
  for (const auto& one : documents) {
    CAPTURE(one.first);
    const json document = written(one.second, one.first).document;
    const auto damaged = test::damaged(document, {}, {});
    CHECK(damaged.size() > 100);
    CHECK(test::accepted(one.first, damaged) == std::vector<std::string>{"undamaged"});
  }
}

}  // namespace crumbs
