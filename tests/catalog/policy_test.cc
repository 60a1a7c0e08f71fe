#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "crumbs/catalog.h"
#include "support/catalogs.h"
#include "support/support.h"
#include "system/io.h"

namespace crumbs {
namespace {

/// (table of the document, name): as fixtures/policy/names.tsv has them.
using Names = std::set<std::pair<std::string, std::string>>;

constexpr const char* kDocument = "policy/jivochat-cookie-policy.txt";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Names listed() {
  Names names;
  for (const std::string& line : lines_of(test::read_file(test::fixture("policy/names.tsv")))) {
    const std::size_t tab = line.find('\t');
    REQUIRE(tab != std::string::npos);
    CHECK(names.emplace(line.substr(0, tab), line.substr(tab + 1)).second);
  }
  return names;
}

void add_fields(Names& names, const Entry& entry) {
  for (const FieldEntry& field : entry.value.fields) {
    const std::size_t last = field.pointer.rfind('/');
    names.emplace(entry.section + field.pointer.substr(0, last), field.pointer.substr(last + 1));
  }
}

Names catalogued() {
  Names names;
  for (const Catalog catalog = test::jivochat(); const Entry& entry : catalog.entries()) {
    if (!entry.documented()) continue;
    const bool store = entry.store == ItemKind::local_storage;
    names.emplace(store ? "store" : entry.section,
                  store && entry.erratum ? entry.erratum->says : entry.name());
    add_fields(names, entry);
  }
  return names;
}

/// The four words in the parentheses of client_info's row.
void add_parts(Names& names, const std::string& table, const std::string& row) {
  std::string parts = row.substr(row.find('(') + 1);
  parts.resize(parts.find(')'));
  std::istringstream stream(parts);
  for (std::string part; std::getline(stream >> std::ws, part, ',');)
    names.emplace(table + "/client_info", part);
}

Names in_document(const std::string& text) {
  Names names;
  std::string table;
  bool rows = false;
  for (const std::string& line : lines_of(text)) {
    const std::string word = line.substr(0, line.find(' '));
    if (line.ends_with(':')) table = line.substr(0, line.size() - 1);
    if (line.find(" \xE2\x80\x94 Local storage") != std::string::npos) names.emplace("store", word);
    if (rows && !line.empty()) names.emplace(table, word);
    if (rows && word == "client_info") add_parts(names, table, line);
    rows = line.ends_with("Key Description") || line.ends_with("Cookie Description") ||
           (rows && !line.empty());
  }
  return names;
}

}  // namespace

TEST_CASE("the catalog has every documented name, and no other") {
  const Names names = catalogued();
  CHECK(names.size() == 52);  // 14 + 15 cookies, 2 stores with 13 and 4 keys, and 4 parts of one
  CHECK(names == listed());
}

TEST_CASE("the list of names is the document's") {
  const std::string text = test::read_file(test::fixture(kDocument));
  CHECK(in_document(text) == listed());
  CHECK(sha256_hex(text) == test::jivochat().document().sha256);
}

}  // namespace crumbs
