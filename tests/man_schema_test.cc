// What the pages say of JSON against the schemas: every member, and no other.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/support.h"

namespace crumbs {
namespace {

using nlohmann::json;
using Words = std::set<std::string>;

/// The objects of a schema that a section of a page is about: "" and pointers.
using Pointers = std::vector<std::string>;

/// A part of a page that tells of one schema.
struct Part {
  std::string page, schema;
  std::map<std::string, Pointers> sections;
  /// Objects that one line of another section tells of, with all that they hold.
  Words told_in_one_line;
};

/// The parts of the pages.
const std::vector<Part> kParts{
    {"crumbs-report.5",
     "crumbs-report",
     {{"The report", {"", "/$defs/report_members"}},
      {"catalogs[]", {"/$defs/catalog_used"}},
      {"entries[]", {"/$defs/entry_members"}},
      {"entries[].forms[]", {"/$defs/entry_form"}},
      {"entries[].value", {"/$defs/entry_value"}},
      {"entries[].value.fields[]", {"/$defs/entry_field"}},
      {"entries[].deletion", {"/$defs/entry_deletion"}},
      {"A judgement", {"/$defs/judgement_members"}},
      {"Evidence", {"/$defs/evidence_members"}},
      {"An erratum", {"/$defs/erratum"}},
      {"profiles[]", {"/$defs/profile_members", "/$defs/profile"}},
      {"profiles[].stores[]", {"/$defs/store_members"}},
      {"profiles[].stores[].diagnostics[]", {"/$defs/diagnostic"}},
      {"profiles[].tallies[]", {"/$defs/tally"}},
      {"Lifetimes", {"/$defs/lifetimes"}},
      {"missing[]", {"/$defs/missing_members"}},
      {"cards[]", {"/$defs/card_members"}},
      {"findings[]", {"/$defs/finding_members"}},
      {"findings[].partition", {"/$defs/partition"}},
      {"findings[].form", {"/$defs/form"}},
      {"findings[].value", {"/$defs/value"}},
      {"findings[].value.fields[]", {"/$defs/field"}},
      {"findings[].attributes", {"/$defs/attributes"}},
      {"findings[].times", {"/$defs/times"}},
      {"findings[].deletion", {"/$defs/deletion"}},
      {"findings[].locator", {"/$defs/locator"}},
      {"summary", {"/$defs/summary"}},
      {"summary.selected", {"/$defs/selected"}},
      {"exit", {"/$defs/exit"}},
      {"exit.reasons[]", {"/$defs/reason"}}},
     {"/$defs/absent", "/$defs/also_there/items", "/$defs/by_basis", "/$defs/by_personal_data",
      "/$defs/by_verdict", "/$defs/catalog_document", "/$defs/container", "/$defs/drift",
      "/$defs/captured/items", "/$defs/attributes/properties/origin_attributes/items",
      "/$defs/hold", "/$defs/observation", "/$defs/runner_up", "/$defs/source_file",
      "/$defs/by_site/items", "/$defs/card_members/properties/ids/items",
      "/$defs/tally/properties/same_values/items", "/$defs/tool"}},
    {"crumbs-catalog.1",
     "crumbs-entries",
     {{"list and show", {""}},
      {"catalogs[]", {"/$defs/catalog_members"}},
      {"entries[]", {"/$defs/entry_members"}},
      {"statements[]", {"/$defs/statement_members"}}},
     {"/$defs/look_alike", "/$defs/variable", "/$defs/example"}},
    {"crumbs-catalog.1",
     "crumbs-explanation",
     {{"explain", {"", "/$defs/head_members"}},
      {"explanations[]", {"/$defs/explanation_members"}},
      {"candidates[]", {"/$defs/candidate"}}},
     {}},
    {"crumbs-catalog.1",
     "crumbs-coverage",
     {{"coverage", {"", "/$defs/head_members"}},
      {"catalogs[] of coverage", {"/$defs/catalog_members", "/properties/catalogs/items"}},
      {"A row", {"/$defs/row_members"}}},
     {}}};

/// The members that each section of a page lists.
std::map<std::string, Words> told_by(const std::string& name) {
  std::map<std::string, Words> sections;
  Words* section = nullptr;
  std::istringstream page(test::read_file(test::source_dir() / "man" / name));
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with(".Ss ")) section = &sections[line.substr(4)];
    if (line.starts_with(".Sh ")) section = nullptr;
    if (section == nullptr || !line.starts_with(".It Va ")) continue;
    std::istringstream words(line.substr(7));
    for (std::string word; words >> word;) {
      if (word != ",") section->insert(word);
    }
  }
  std::erase_if(sections, [](const auto& one) { return one.second.empty(); });
  return sections;
}

json schema_of(const Part& part) {
  return json::parse(
      test::read_file(test::source_dir() / "lib/schema" / (part.schema + ".schema.json")));
}

/// Text that is no UTF-8 has its bytes beside it, which the page says once.
bool is_beside(const std::string& name, const json& members) {
  constexpr std::string_view kBytes = "_base64";
  return name.ends_with(kBytes) && members.contains(name.substr(0, name.size() - kBytes.size()));
}

TEST_CASE("a page tells of every member of its schemas, and of no other") {
  for (const Part& part : kParts) {
    const json schema = schema_of(part);
    const auto sections = told_by(part.page);
    for (const auto& one : part.sections) {
      const std::string& section = one.first;
      CAPTURE(part.schema);
      CAPTURE(section);
      Words members;
      for (const std::string& pointer : one.second) {
        const json& all = schema.at(json::json_pointer(pointer)).at("properties");
        for (const auto& member : all.items()) {
          if (!is_beside(member.key(), all)) members.insert(member.key());
        }
      }
      REQUIRE(sections.contains(section));
      CHECK(sections.at(section) == members);
    }
  }
}

TEST_CASE("no section with members is about no schema") {
  std::map<std::string, Words> known;
  for (const Part& part : kParts) {
    for (const auto& one : part.sections) known[part.page].insert(one.first);
  }
  for (const auto& one : known) {
    Words found;
    for (const auto& section : told_by(one.first)) found.insert(section.first);
    CAPTURE(one.first);
    CHECK(found == one.second);
  }
}

/// Pointers of all objects with members of their own.
void find_objects(const json& node, const std::string& pointer, Words& found) {
  if (node.is_object() && node.contains("properties") && node.contains("required"))
    found.insert(pointer);
  if (!node.is_structured()) return;
  for (const auto& part : node.items()) {
    const bool is_condition =
        part.key() == "if" || part.key() == "then" || part.key() == "else" || part.key() == "allOf";
    if (!is_condition) find_objects(part.value(), pointer + "/" + part.key(), found);
  }
}

TEST_CASE("no object of a schema is left out of its page") {
  for (const Part& part : kParts) {
    CAPTURE(part.schema);
    const json schema = schema_of(part);
    Words objects;
    find_objects(schema, "", objects);
    Words known = part.told_in_one_line;
    for (const auto& [section, pointers] : part.sections)
      known.insert(pointers.begin(), pointers.end());
    objects.erase("/$defs/record");  // of parts that have sections of their own
    for (const std::string& object : objects) {
      if (!known.contains(object)) FAIL_CHECK("nothing in the page is about ", object);
    }
    for (const std::string& pointer : known) {
      CAPTURE(pointer);
      CHECK(schema.contains(json::json_pointer(pointer)));
    }
  }
}

}  // namespace
}  // namespace crumbs
