#include <doctest/doctest.h>
#include <fmt/format.h>

#include <stdexcept>

#include "crumbs/catalog.h"
#include "crumbs/error.h"
#include "support/catalogs.h"
#include "support/support.h"

namespace crumbs {
namespace {

using Json = nlohmann::ordered_json;
using Pointer = Json::json_pointer;

std::string error_of(const std::string& text) {
  try {
    (void)Catalog::parse(text, "acme.json");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::invalid);
    return error.what();
  }
  return "no error";
}

/// One mistake in an otherwise valid catalog with one entry; a null value removes the key.
struct Mistake {
  const char* where;
  Json value;
  const char* message;  ///< after "acme.json: "
};

void make(Json& catalog, const Mistake& mistake) {
  const Pointer pointer(mistake.where);
  if (mistake.value.is_null())
    catalog[pointer.parent_pointer()].erase(pointer.back());
  else
    catalog[pointer] = mistake.value;
}

void check(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) {
    Json catalog = test::catalog_with({test::entry("one", "acme_one")});
    make(catalog, mistake);
    CAPTURE(mistake.where);
    CHECK(error_of(catalog.dump()) == fmt::format("acme.json: {}", mistake.message));
  }
}

}  // namespace

TEST_CASE("the catalog that the other cases spoil is valid") {
  const Catalog catalog = test::parsed(test::catalog_with({test::entry("one", "acme_one")}));
  CHECK(catalog.id() == "acme");
  CHECK(catalog.version() == "1");
  CHECK(catalog.file() == "acme.json");
  CHECK(catalog.trust_word() == "validated");
  CHECK(catalog.entries().size() == 1);
  CHECK(catalog.variables().size() == 3);
  REQUIRE(catalog.find_entry("acme/one") != nullptr);
  CHECK(catalog.find_entry("acme/one")->catalog == "acme");
  CHECK(catalog.find_entry("acme/two") == nullptr);
}

TEST_CASE("mistakes of the head are named with file, place, what was found and what was expected") {
  check({
      {"/schema", "crumbs-catalog/2",
       R"(/schema: found "crumbs-catalog/2", expected "crumbs-catalog/1")"},
      {"/schema", nullptr,
       "/schema: found nothing, expected a non-empty string of one line and at most 4000 bytes"},
      {"/id", "Acme", "/id: found \"Acme\", expected a word of a-z, 0-9, _ and -"},
      {"/id", 7, "/id: found 7, expected a non-empty string of one line and at most 128 bytes"},
      {"/version", "",
       "/version: found \"\", expected a non-empty string of one line and at most 128 bytes"},
      {"/title", "a\nb",
       R"(/title: found "a\nb", expected a non-empty string of one line and at most 4000 bytes)"},
      {"/trust", "blind",
       "/trust: found \"blind\", expected \"vendor\", \"validated\", \"reliable\", \"informative\" "
       "or \"undefined\""},
      {"/document", Json::array(), "/document: found an empty array, expected an object"},
      {"/document/effective_date", "25 May 2018",
       "/document/effective_date: found \"25 May 2018\", expected a date as 2018-05-25"},
      {"/document/sha256", "ABC",
       "/document/sha256: found \"ABC\", expected 64 lower-case hexadecimal digits"},
      {"/prefixes/0", "a", "/prefixes/0: found \"a\", expected at least 2 bytes"},
      {"/variables", 1, "/variables: found 1, expected an object"},
      {"/variables/id/pattern", ".*",
       "/variables/id/pattern: found \".*\", expected a class and its length, at most "
       "512, and what it needs, as [0-9]{1,8}|[A-Za-z0-9]{10}&[0-9A-Z]"},
      {"/variables/no way",
       {{"pattern", "[a]{1}"}, {"description", "x"}},
       "/variables/no way: found the name \"no way\", expected a word of a-z, 0-9, _ and -"},
      {"/statements/0", "text", "/statements/0: found \"text\", expected an object"},
      {"/entries", nullptr, "/entries: found nothing, expected an array"},
      {"/note", 1,
       "/note: found an unknown key, expected \"$schema\", \"schema\", \"id\", \"version\", "
       "\"title\", \"license\", "
       "\"trust\", \"document\", \"prefixes\", \"shapes\", \"look_alikes\", \"vendor_hosts\", "
       "\"variables\", "
       "\"statements\" or \"entries\""},
  });
}

TEST_CASE("mistakes of an entry are named with file, place, what was found and what was expected") {
  const char* bases = R"(expected "document", "interpretation" or "observation")";
  const std::string basis = std::string("/entries/0/category/basis: found nothing, ") + bases;
  check({
      {"/entries/0", 5, "/entries/0: found 5, expected an object"},
      {"/entries/0/store", "cokie",
       R"(/entries/0/store: found "cokie", expected "cookie" or "local_storage")"},
      {"/entries/0/stroe", "cookie",
       "/entries/0/stroe: found an unknown key, expected \"id\", \"store\", \"title\", \"forms\", "
       "\"set_by\", \"scope\", \"section\", \"documented_as\", \"description\", \"category\", "
       "\"personal_data\", \"value\", \"retention\", \"deletion\", \"erratum\", \"observations\", "
       "\"examples\" or \"counter_examples\""},
      {"/entries/0/id", "other/one",
       R"(/entries/0/id: found "other/one", expected an id as "acme/part/name")"},
      {"/entries/0/id", "acme//one",
       R"(/entries/0/id: found "acme//one", expected an id as "acme/part/name")"},
      {"/entries/0/forms/0/template", "acme_${id}",
       R"(/entries/0/forms/0: found both keys, expected either "exact" or "template")"},
      {"/entries/0/forms/0/exact", nullptr,
       R"(/entries/0/forms/0: found neither key, expected either "exact" or "template")"},
      {"/entries/0/forms/0", test::form("acme_${nobody}"),
       "/entries/0/forms/0/template: found \"acme_${nobody}\", expected ${nobody} to be a key of "
       "/variables with a valid pattern"},
      {"/entries/0/forms/0", test::form("acme_${id"),
       R"(/entries/0/forms/0/template: found "acme_${id", expected "}" after "${")"},
      {"/entries/0/forms/0",
       {{"template", "acme"}, {"distinctive", true}, {"basis", "document"}, {"section", "2"}},
       "/entries/0/forms/0/template: found \"acme\", expected at least one ${variable}"},
      {"/entries/0/forms/0", test::form("${word}_${word}"),
       "/entries/0/forms/0/template: found \"${word}_${word}\", expected a literal that no "
       "variable "
       "can contain after "
       "each variable, because one is repeated"},
      {"/entries/0/scope/hosts", Json::array(),
       "/entries/0/scope/hosts: found 0 elements, expected 1 to 256"},
      {"/entries/0/scope/hosts/0", "https://x.com",
       "/entries/0/scope/hosts/0: found \"https://x.com\", expected \"*\", \"x.com\", \".x.com\", "
       "\"*.x.com\", or \"@vendor\" for the vendor's hosts"},
      {"/entries/0/category/is", "necessary",
       "/entries/0/category/is: found \"necessary\", expected \"strictly_necessary\", "
       "\"performance\", "
       "\"functionality\" or \"targeting\""},
      {"/entries/0/category/basis", nullptr, basis.c_str()},
      {"/entries/0/category/reason", nullptr,
       "/entries/0/category/reason: found nothing, expected the reason of the interpretation"},
      {"/entries/0/value/section", nullptr,
       "/entries/0/value/section: found nothing, expected the section of the document that says "
       "so"},
      {"/entries/0/value/percent_decode", "yes",
       "/entries/0/value/percent_decode: found \"yes\", expected true or false"},
      {"/entries/0/value/enumeration", Json::array({"a"}),
       "/entries/0/value/enumeration: found an array, expected no such key where the type is not "
       "\"enumeration\""},
      {"/entries/0/value/type", "enumeration",
       "/entries/0/value/enumeration: found nothing, expected an array"},
      {"/entries/0/value/fields", Json::array(),
       "/entries/0/value/fields: found an empty array, expected no such key where the type is "
       "neither \"json\" nor "
       "\"json_array\""},
      {"/entries/0/deletion/verdict", "allowed_with_consequence",
       "/entries/0/deletion/consequence: found nothing, expected a non-empty string of one line "
       "and at most 4000 bytes"},
      {"/entries/0/deletion/effect_on_rights", "opt_out",
       "/entries/0/deletion/effect_on_rights: found \"opt_out\", expected \"removes_\" and what is "
       "removed"},
      {"/entries/0/retention",
       {{"max_age_s", -1}, {"basis", "document"}, {"section", "1"}},
       "/entries/0/retention/max_age_s: found -1, expected a whole number from 0 to 9223372036854"},
      {"/entries/0/retention",
       {{"max_age_s", 1.5}, {"basis", "document"}, {"section", "1"}},
       "/entries/0/retention/max_age_s: found 1.5, expected a whole number from 0 to "
       "9223372036854"},
      {"/entries/0/retention",
       {{"max_age_s", UINT64_MAX}, {"basis", "document"}, {"section", "1"}},
       "/entries/0/retention/max_age_s: found 18446744073709551615, expected a whole number from 0 "
       "to 9223372036854"},
      {"/entries/0/erratum",
       {{"says", "x"}},
       "/entries/0/erratum/likely: found nothing, expected a non-empty string of one line and at "
       "most 4000 bytes"},
      {"/entries/0/examples",
       {{"name", "acme_one"}},
       "/entries/0/examples: found an object, expected an array"},
      {"/entries/0/counter_examples", Json::array({{{"name", "x"}, {"value", "1"}}}),
       R"(/entries/0/counter_examples/0/value: found an unknown key, expected "name" or "host")"},
      {"/entries/1", test::entry("one", "acme_two"),
       "/entries/1/id: found \"acme/one\", expected each id once"},
  });
}

TEST_CASE("mistakes of a field are named with file, place, what was found and what was expected") {
  const Json good = {
      {"pointer", "/a"}, {"type", "text"}, {"personal_data", "none"}, {"description", "x"}};
  Json twice = good;
  Json bad = good;
  bad["pointer"] = "a";
  Json tilde = good;
  tilde["pointer"] = "/a~2";
  const auto value = [](const Json& fields) {
    return Json{{"type", "json"}, {"fields", fields}, {"basis", "document"}, {"section", "1"}};
  };
  check({
      {"/entries/0/value", value(Json::array({good, twice})),
       "/entries/0/value/fields/1/pointer: found \"/a\", expected each pointer once"},
      {"/entries/0/value", value(Json::array({bad})),
       "/entries/0/value/fields/0/pointer: found \"a\", expected a JSON pointer below the value, "
       "as \"/client_info/email\""},
      {"/entries/0/value", value(Json::array({tilde})),
       "/entries/0/value/fields/0/pointer: found \"/a~2\", expected a JSON pointer below the "
       "value, as \"/client_info/email\""},
      {"/entries/0/value", value(Json::array({1, 2})),
       "/entries/0/value/fields/0: found 1, expected an object"},
      {"/entries/0/value", value(Json::array()),
       "/entries/0/value/fields: found 0 elements, expected 1 to 256"},
  });
}

TEST_CASE("what is no JSON is refused with line and column") {
  CHECK(error_of("").starts_with("acme.json: found a mistake at line 1, column 1: "));
  CHECK(error_of("{\n  \"id\": oops}")
            .starts_with("acme.json: found a mistake at line 2, column 9: "));
  CHECK(error_of("{} {}").starts_with("acme.json: found a mistake at line 1, column 4: "));
  CHECK(error_of("[]") == "acme.json: found an empty array, expected an object");
  CHECK(error_of("\"\xFF\"").starts_with("acme.json: found a mistake at line 1, column 2: "));
}

TEST_CASE("a key given twice is an error, at any depth") {
  CHECK(error_of(R"({"id": "a", "id": "b"})") ==
        "acme.json: /id: found the key a second time, expected it once");
  CHECK(error_of(R"({"x": [{"a/b": {"c": 1, "c": 2}}]})") ==
        "acme.json: /x/0/a~1b/c: found the key a second time, expected it once");
}

TEST_CASE("nesting and the number of keys are bounded") {
  std::string pointer;
  for (int i = 0; i < 31; ++i) pointer += "/0";
  CHECK(error_of(std::string(100000, '[')) ==
        fmt::format("acme.json: {}: found deeper nesting, expected at most 32 levels", pointer));
  Json many;
  for (int i = 0; i < 1025; ++i) many[fmt::format("k{}", i)] = i;
  CHECK(error_of(many.dump()) == "acme.json: found more keys, expected at most 1024");
}

TEST_CASE("long values are shown cut, with a mark, and control characters escaped") {
  Json catalog = test::empty_catalog();
  catalog["trust"] = std::string(59, 'x') + "é and more";
  CHECK(error_of(catalog.dump()).find(fmt::format("\"{}...\"", std::string(59, 'x'))) !=
        std::string::npos);
  catalog["trust"] = "a\x1b[31m";
  CHECK(error_of(catalog.dump()).find("\"a\\u001b[31m\"") != std::string::npos);
}

TEST_CASE("files that cannot be read are told apart from invalid ones") {
  const test::TempDir dir;
  const auto code = [](const std::filesystem::path& file) {
    try {
      (void)Catalog::load(file);
    } catch (const Error& error) {
      CHECK(std::string(error.what()).starts_with(file.string() + ": "));
      return error.code();
    }
    throw std::logic_error("no error");
  };
  CHECK(code(dir.path() / "none.json") == ErrorCode::not_found);
  CHECK(code(dir.path()) == ErrorCode::io);
  CHECK(code("/dev/null") == ErrorCode::io);
  test::write_file(dir.path() / "large.json", std::string((8U << 20U) + 1, ' '));
  CHECK(code(dir.path() / "large.json") == ErrorCode::io);
  test::write_file(dir.path() / "bad.json", "{");
  CHECK(code(dir.path() / "bad.json") == ErrorCode::invalid);
}

TEST_CASE("a directory's catalogs are read in the order of their names, without schemas") {
  const test::TempDir dir;
  Json other = test::empty_catalog();
  other["id"] = "beta";
  test::write_file(dir.path() / "b.json", test::empty_catalog().dump());
  test::write_file(dir.path() / "a.json", other.dump());
  test::write_file(dir.path() / "x.schema.json", "no catalog");
  test::write_file(dir.path() / "README.md", "no catalog");
  const auto catalogs = load_catalogs(dir.path());
  REQUIRE(catalogs.size() == 2);
  CHECK(catalogs[0].id() == "beta");
  CHECK(catalogs[1].id() == "acme");
  CHECK(catalogs[1].file() == (dir.path() / "b.json").string());
}

TEST_CASE("two catalogs with one id are an error that names both files") {
  const test::TempDir dir;
  for (const char* name : {"a.json", "b.json"})
    test::write_file(dir.path() / name, test::empty_catalog().dump());
  try {
    (void)load_catalogs(dir.path());
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(
        std::string(error.what()) ==
        fmt::format("{0}/b.json: /id: found \"acme\", expected an id that {0}/a.json does not have",
                    dir.path().string()));
  }
}

TEST_CASE("the hash is that of the file's bytes") {
  const std::string text = test::empty_catalog().dump();
  const test::TempDir dir;
  test::write_file(dir.path() / "a.json", text);
  CHECK(Catalog::load(dir.path() / "a.json").sha256() == Catalog::parse(text, "x").sha256());
  CHECK(Catalog::parse(text, "x").sha256().size() == 64);
  CHECK(Catalog::parse(text + " ", "x").sha256() != Catalog::parse(text, "x").sha256());
}

}  // namespace crumbs
