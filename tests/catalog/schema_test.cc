// The catalogs against their schema, by a validator that is not ours.
#include <doctest/doctest.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "enum_names.h"
#include "support/checkers.h"
#include "support/support.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr const char* kSchema = "catalog/crumbs-catalog.schema.json";

json jivochat() {
  return json::parse(test::read_file(test::source_dir() / "catalog/jivochat.json"));
}

TEST_CASE("every schema that ships is one, by that of the standard") {
  // With no file to validate the schemas are, each with those beside it.
  for (const char* schema : {kSchema, "lib/schema/crumbs-report.schema.json"})
    CHECK(test::validated(schema, {}).empty());  // throws where one is none
}

TEST_CASE("every catalog that ships is as the schema says") {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(test::source_dir() / "catalog")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".json") && !name.ends_with(".schema.json")) files.push_back(entry.path());
  }
  CHECK(!files.empty());
  for (const std::string& line : test::validated(kSchema, files)) {
    if (!line.starts_with("valid ")) FAIL_CHECK(line);
  }
}

TEST_CASE("what the schema refuses, the program refuses, and the other way round") {
  const std::pair<const char*, json> changes[] = {
      {"/schema", "crumbs-catalog/2"},
      {"/id", "Jivo Chat"},
      {"/trust", "blind"},
      {"/document/sha256", "ab"},
      {"/entries/0/store", "session_storage"},
      {"/entries/0/category/is", "necessary"},
      {"/entries/0/personal_data/is", "some"},
      {"/entries/0/forms/0/distinctive", "yes"},
      {"/entries/0/forms/1/observed/count", 0},
      {"/entries/0/forms/1/observed/from", "2015"},
      {"/entries/0/observations/0/about", "verdict"},
      {"/entries/0/title", ""},
      {"/entries/0/value", json::object()},
      {"/entries/0/deletion/verdict", "perhaps"},
      {"/entries/0/unknown_member", 1},
      {"/unknown_member", 1},
  };
  std::vector<test::Damaged> documents;
  const test::TempDir work;
  for (const auto& change : changes) {
    const char* const pointer = change.first;
    json catalog = jivochat();
    catalog[json::json_pointer(pointer)] = change.second;
    const fs::path file = work.path() / "jivochat.json";
    test::write_file(file, catalog.dump());
    CAPTURE(pointer);
    CHECK(test::crumbs({"catalog", "lint", file.string()}).code == 3);
    documents.push_back({pointer, std::move(catalog)});
  }
  for (const char* required : {"/schema", "/id", "/version", "/title", "/entries", "/entries/0/id",
                               "/entries/0/forms", "/entries/0/value"}) {
    json catalog = jivochat();
    const json::json_pointer pointer(required);
    catalog[pointer.parent_pointer()].erase(pointer.back());
    documents.push_back({required, std::move(catalog)});
  }
  CHECK(test::accepted(kSchema, documents) == std::vector<std::string>{});
}

template <class E>
void check_words(const json& words) {
  std::vector<std::string> ours;
  for (const auto& named : EnumNames<E>::kNames) ours.emplace_back(named.name);
  CHECK(words == json(ours));
}

TEST_CASE("the schema and the program know the same words") {
  const json schema = json::parse(test::read_file(test::source_dir() / kSchema));
  const json& definitions = schema["$defs"];
  const json& entry = definitions["entry"]["properties"];
  check_words<ItemKind>(entry["store"]["enum"]);
  check_words<Category>(entry["category"]["properties"]["is"]["enum"]);
  check_words<PersonalData>(definitions["personal_data"]["enum"]);
  check_words<Basis>(definitions["judgement"]["properties"]["basis"]["enum"]);
  check_words<ValueType>(definitions["type"]["enum"]);
}

}  // namespace
}  // namespace crumbs
