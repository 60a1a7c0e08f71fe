#include "support/catalogs.h"

#include <doctest/doctest.h>

#include <utility>

#include "support/support.h"

namespace crumbs::test {

using Json = nlohmann::ordered_json;

namespace {

Json judged(const std::string& word) {
  return {{"is", word}, {"basis", "interpretation"}, {"reason", "It seems so."}};
}

}  // namespace

Json empty_catalog() {
  return Json::parse(R"json({
    "schema": "crumbs-catalog/1", "id": "acme", "version": "1", "title": "Acme",
    "trust": "validated", "document": {"title": "Acme cookies", "publisher": "Acme"},
    "prefixes": ["acme_"],
    "variables": {
      "id": {"pattern": "[A-Za-z0-9]{1,8}", "description": "An id."},
      "word": {"pattern": "[a-z_]{1,8}", "description": "A word."},
      "wide": {"pattern": "[!-~]{1,16}", "description": "Anything."}},
    "statements": [], "entries": []})json");
}

Json form(const std::string& name) {
  Json json;
  json[name.find("${") == std::string::npos ? "exact" : "template"] = name;
  json["distinctive"] = true;
  json["basis"] = "document";
  json["section"] = "2";
  return json;
}

Json evidence() {
  return {{"what", "cookies of this name"},
          {"in", "public code"},
          {"count", 3},
          {"of", "sites"},
          {"from", 2015},
          {"to", 2020}};
}

Json observed_form(const std::string& name) {
  Json json = form(name);
  json.erase("section");
  json["basis"] = "observation";
  json["observed"] = evidence();
  return json;
}

Json observed_entry(const std::string& id, const std::string& name) {
  Json json = entry(id, name);
  json["forms"] = Json::array({observed_form(name)});
  json.erase("section");
  json.erase("documented_as");
  json["deletion"]["verdict"] = "undocumented";
  json["value"] = {{"type", "text"}, {"basis", "observation"}, {"observed", evidence()}};
  return json;
}

Json entry(const std::string& id, const std::string& name) {
  Json json;
  json["id"] = "acme/" + id;
  json["store"] = "cookie";
  json["title"] = "Something";
  json["forms"] = Json::array({form(name)});
  json["scope"] = {{"hosts", {"*"}}, {"basis", "document"}, {"section", "1"}};
  json["section"] = "2";
  json["documented_as"] = "Something";
  json["description"] = "Something of Acme.";
  json["category"] = judged("functionality");
  json["personal_data"] = judged("none");
  json["value"] = {{"type", "text"}, {"basis", "document"}, {"section", "2"}};
  json["deletion"] = {{"verdict", "allowed"}, {"basis", "interpretation"}, {"reason", "So."}};
  return json;
}

Json catalog_with(std::vector<Json> entries) {
  Json json = empty_catalog();
  for (Json& one : entries) json["entries"].push_back(std::move(one));
  return json;
}

Catalog parsed(const Json& json) {
  return Catalog::parse(json.dump(), "acme.json");
}

std::vector<Catalog> all_parsed(const std::vector<Json>& all) {
  std::vector<Catalog> catalogs;
  catalogs.reserve(all.size());
  for (const Json& json : all) catalogs.push_back(parsed(json));
  return catalogs;
}

MatchResult match(const std::vector<Catalog>& catalogs, const std::string& name,
                  const std::string& host, ItemKind kind) {
  const Matcher matcher(catalogs);
  MatchResult result = matcher.match(kind, host, name);
  if (!result.candidates.empty() || result.vendor != nullptr) CHECK(matcher.may_match(kind, name));
  return result;
}

Catalog jivochat() {
  return Catalog::load(source_dir() / "catalog" / "jivochat.json");
}

CatalogCounts jivochat_counts() {
  const Json catalog = Json::parse(read_file(source_dir() / "catalog" / "jivochat.json"));
  CatalogCounts counts;
  counts.version = catalog["version"];
  counts.statements = catalog["statements"].size();
  for (const Json& entry : catalog["entries"]) {
    const bool documented = entry.contains("documented_as"), cookie = entry["store"] == "cookie";
    bool seen = entry.contains("observations");
    for (const Json& form : entry["forms"]) {
      seen = seen || form.contains("observed");
      if (cookie) ++(form.contains("exact") ? counts.exact_cookies : counts.cookie_templates);
    }
    ++(documented ? counts.documented : counts.observed);
    ++(cookie ? counts.cookies : counts.local_storage);
    if (documented && seen) ++counts.publicly_seen;
  }
  return counts;
}

}  // namespace crumbs::test
