// Real reports against the schema that ships, by a validator that is not ours.
// Labels: parsers
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <regex>
#include <set>

#include <nlohmann/json.hpp>

#include "crumbs/render.h"
#include "enum_names.h"
#include "stores/store.h"
#include "support/checkers.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;
using Arguments = std::vector<std::string>;

constexpr const char* kSchema = "lib/schema/crumbs-report.schema.json";

/// Members that hold what a site wrote, or what a user calls it.
const std::vector<std::string> kMaps{"typed", "labels"};

/// Reports that were written, each as JSON and as NDJSON.
class Reports {
 public:
  void write(Arguments command, int code = 0) {
    const fs::path base = work_.path() / std::to_string(files_.size());
    for (const char* format : {"json", "ndjson"}) {
      files_.push_back(base.string() + "." + format);
      command.insert(command.end(), {"-o", format + ("=" + files_.back().string())});
    }
    const auto result = test::crumbs(command, {{"CRUMBS_NOW", "2026-11-24T00:00:00Z"}});
    INFO(result.err);
    CHECK(result.code == code);
  }

  /// All of one profile, in every way that changes what is written.
  void write_every_way(const fs::path& profile) {
    const Arguments ways[] = {{},
                              {"--values", "none", "--all"},
                              {"--values", "full", "--all", "--residue"},
                              {"--digest-key", key(), "--all"},
                              {"--personal-data", "any", "--vendor", "jivochat", "--allow-empty"}};
    for (const Arguments& way : ways) {
      Arguments command{"audit", profile.string(), "--allow-undecrypted"};
      command.insert(command.end(), way.begin(), way.end());
      write(command);
    }
    write({"show", "*", profile.string(), "--allow-undecrypted"});
  }

  [[nodiscard]] std::string key() const {
    const fs::path file = work_.path() / "key";
    test::write_file(file, "the key of this test");
    return file.string();
  }
  /// All are as the schema says, and read back they give the same bytes.
  void check() const {
    for (const fs::path& file : files_) {
      if (file.extension() != ".json") continue;
      const std::string text = test::read_file(file);
      if (to_json(parse_report(text, file.string())) != text) FAIL_CHECK(file, " comes back other");
    }
    for (const std::string& line : test::validated(kSchema, files_)) {
      if (!line.starts_with("valid ")) FAIL_CHECK(line);
    }
  }
  [[nodiscard]] std::string first_text() const { return test::read_file(files_.front()); }
  [[nodiscard]] json first() const { return json::parse(first_text()); }
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  test::TempDir work_;
  std::vector<fs::path> files_;
};

template <class E>
void check_words(const json& schema, const std::string& name) {
  CAPTURE(name);
  std::vector<std::string> words;
  for (const auto& named : EnumNames<E>::kNames) words.emplace_back(named.name);
  CHECK(schema.at("$defs").at(name).at("enum") == json(words));
}

TEST_CASE("every report of every fixture is as the schema says") {
  Reports reports;
  for (const auto& entry : fs::directory_iterator(test::fixture("profiles"))) {
    if (entry.is_directory()) reports.write_every_way(entry.path());
  }
  CHECK(reports.size() >= 8 * 12);
  reports.check();
}

TEST_CASE("reports of every cookie schema are, too") {
  const test::TempDir work;
  Reports reports;
  for (const auto& entry : fs::directory_iterator(test::fixture("sql"))) {
    if (entry.path().extension() != ".sql") continue;
    const bool firefox = entry.path().filename().string().starts_with("firefox");
    const fs::path profile = work.path() / entry.path().stem();
    test::build_database(profile / (firefox ? "cookies.sqlite" : "Cookies"),
                         test::read_file(entry.path()));
    test::write_file(profile / (firefox ? "prefs.js" : "Preferences"), "{}");
    reports.write({"audit", profile.string(), "--all", "--values", "full", "--allow-undecrypted"});
  }
  CHECK(reports.size() >= 20);
  reports.check();
}

TEST_CASE("a report of what is strange or cannot be read is as the schema says") {
  const test::TempDir work;
  const fs::path profile = work.path() / "caf\xe9" / "Default";
  test::write_file(profile / "Preferences", "{}");
  test::build_database(profile / "Cookies", R"sql(
    CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
    INSERT INTO meta VALUES('version','18');
    CREATE TABLE cookies(creation_utc, host_key, top_frame_site_key, name, value, encrypted_value,
      path, expires_utc, is_secure, is_httponly, last_access_utc, has_expires, is_persistent,
      priority, samesite, source_scheme, source_port, is_same_party, last_update_utc);
    INSERT INTO cookies VALUES(1,CAST(x'2eff' AS TEXT),CAST(x'68fe' AS TEXT),CAST(x'ff0a22' AS TEXT),
      CAST(x'eda0bd80' AS TEXT),'',CAST(x'2fc0' AS TEXT),9223372036854775807,2,'x',-5,7,7,99,99,99,
      70000,0,-9223372036854775808);
    INSERT INTO cookies VALUES(13408000000000000,'',x'00','','',x'7631300000','',0,0,0,0,0,0,0,0,0,
      -1,0,0);)sql");
  test::write_file(profile / "Local Storage/leveldb/CURRENT", "MANIFEST-000001\n");
  Reports reports;
  reports.write({"audit", profile.string(), "--all", "--values", "full"}, 5);
  const Report report = parse_report(reports.first_text(), "report");
  CHECK_FALSE(report.complete);
  CHECK(report.profiles.at(0).profile.path == profile);
  const auto strange = std::ranges::find(report.findings, "\xff\n\"", &Finding::name);
  REQUIRE(strange != report.findings.end());
  CHECK(strange->host == ".\xff");
  CHECK(strange->path == "/\xc0");
  CHECK(strange->value.text == "\xed\xa0\xbd\x80");
  fs::create_directories(work.path() / "caf\xe9/none");
  reports.write({"audit", "--root", (work.path() / "caf\xe9/none").string()}, 4);
  reports.check();
}

TEST_CASE("a report damaged in any one place is refused") {
  Reports reports;
  reports.write({"audit", test::fixture("profiles/firefox-153").string(), "--values", "full",
                 "--all", "--residue"});
  const json report = reports.first();
  const auto documents = test::damaged(report, {}, kMaps);
  CHECK(documents.size() > 200);
  CHECK(test::accepted(kSchema, documents) == std::vector<std::string>{"undamaged"});
}

TEST_CASE("words and forms that are not of the contract are refused") {
  Reports reports;
  reports.write({"audit", test::fixture("profiles/chromium-156-leveldb").string(), "--all"});
  json report = reports.first();
  std::erase_if(report["findings"].get_ref<json::array_t&>(),
                [](const json& finding) { return finding["kind"] != "cookie"; });
  std::vector<test::Damaged> documents{{"none", report}};
  const auto with = [&](const std::string& pointer, const json& value) {
    CAPTURE(pointer);
    json copy = report;
    REQUIRE(copy.contains(json::json_pointer(pointer)));
    copy[json::json_pointer(pointer)] = value;
    documents.push_back({pointer + " " + value.dump(), std::move(copy)});
  };
  for (const char* pointer : {"/schema",
                              "/created",
                              "/values",
                              "/catalogs/0/sha256",
                              "/catalogs/0/document/effective_date",
                              "/catalogs/0/document/sha256",
                              "/profiles/0/id",
                              "/profiles/0/engine",
                              "/profiles/0/system",
                              "/profiles/0/packaging",
                              "/profiles/0/stores/0/id",
                              "/profiles/0/stores/0/status",
                              "/findings/0/id",
                              "/findings/0/profile",
                              "/findings/0/store",
                              "/findings/0/kind",
                              "/findings/0/state",
                              "/findings/0/status",
                              "/findings/0/value/availability",
                              "/findings/0/value/type",
                              "/findings/0/value/personal_data",
                              "/findings/0/value/bytes_base64",
                              "/findings/0/attributes/same_site",
                              "/findings/0/attributes/source_scheme",
                              "/findings/0/times/created",
                              "/findings/0/deletion/verdict",
                              "/findings/0/deletion/basis",
                              "/findings/0/deletion/effect_on_rights"})
    with(pointer, "no word");
  with("/schema", "crumbs-report/2");
  with("/summary/items", -1);
  with("/exit/code", 2);
  with("/exit/code", 5);
  with("/complete", false);
  documents.push_back({"a reason", report});
  documents.back().document["findings"][0]["value"]["reason"] = "no_key";
  with("/profiles/0/stores/0/status", "partial");
  for (const char* time :
       {"2026-11-24", "2026-11-24T00:00:00.000000", "2026-11-24 00:00:00.000000Z",
        "2026-13-24T00:00:00.000000Z", "2026-11-24T24:00:00.000000Z", "2026-11-24T00:00:00Z",
        "2026-11-24T00:00:00.000000+00:00"})
    with("/created", time);
  CHECK(test::accepted(kSchema, documents) == std::vector<std::string>{"none"});
}

TEST_CASE("a damaged line of NDJSON is refused") {
  const auto result = test::crumbs(
      {"audit", test::fixture("profiles/firefox-153").string(), "--all", "-f", "ndjson"});
  REQUIRE(result.code == 0);
  const test::TempDir work;
  std::vector<fs::path> files;
  std::vector<std::string> expected;
  std::set<std::string> done;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    const json record = json::parse(line);
    if (!done.insert(record["record"]).second) continue;
    for (const test::Damaged& damage : test::damaged(record, {}, kMaps)) {
      files.push_back(work.path() / (std::to_string(files.size()) + ".ndjson"));
      test::write_file(files.back(), damage.document.dump() + "\n");
      expected.emplace_back(damage.what == "undamaged" ? "valid " : "invalid ");
    }
  }
  CHECK(done == std::set<std::string>{"profile", "store", "entry", "card", "finding", "summary"});
  CHECK(files.size() > 150);
  const auto results = test::validated(kSchema, files);
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!results[i].starts_with(expected[i])) FAIL_CHECK(results[i]);
  }
}

TEST_CASE("the schema knows every word that the program writes, and no other") {
  const json schema = json::parse(test::read_file(test::source_dir() / kSchema));
  check_words<Engine>(schema, "engine");
  check_words<ItemKind>(schema, "item_kind");
  check_words<ItemState>(schema, "item_state");
  check_words<Status>(schema, "status");
  check_words<Verdict>(schema, "verdict");
  check_words<Category>(schema, "category");
  check_words<PersonalData>(schema, "personal_data");
  check_words<Basis>(schema, "basis");
  check_words<ValueType>(schema, "value_type");
  check_words<Availability>(schema, "availability");
  check_words<Unavailable>(schema, "unavailable");
  check_words<ValuesMode>(schema, "values_mode");
  check_words<StoreStatus>(schema, "store_status");
  const std::regex store(schema["$defs"]["store_id"]["pattern"].get<std::string>());
  for (const StoreDriver* driver : store_drivers())
    CHECK(std::regex_match(std::string(driver->id), store));
}

}  // namespace
}  // namespace crumbs
