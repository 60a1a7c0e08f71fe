#include <doctest/doctest.h>

#include "crumbs/catalog.h"
#include "support/catalogs.h"
#include "support/support.h"

namespace crumbs {
namespace {

using Json = nlohmann::ordered_json;
using Lines = std::vector<std::string>;

Lines lint_text(const std::string& text) {
  const test::TempDir dir;
  test::write_file(dir.path() / "acme.json", text);
  Lines lines;
  for (const LintProblem& problem : lint_catalog(dir.path() / "acme.json"))
    lines.push_back(problem.rule + " " + problem.pointer + ": " + problem.message);
  return lines;
}

/// Lints a catalog with these entries and no variable but those used.
Lines lint(std::vector<Json> entries) {
  Json json = test::catalog_with(std::move(entries));
  const std::string text = json["entries"].dump();
  for (const char* name : {"id", "word", "wide"}) {
    if (text.find("${" + std::string(name) + "}") == std::string::npos)
      json["variables"].erase(name);
  }
  return lint_text(json.dump());
}

Json with(Json entry, const char* where, const Json& value) {
  entry[Json::json_pointer(where)] = value;
  return entry;
}

Json targeting(const Json& entry) {
  return with(entry, "/category/is", "targeting");
}

}  // namespace

TEST_CASE("the project's own catalog is clean") {
  for (const LintProblem& problem : lint_catalog(test::source_dir() / "catalog" / "jivochat.json"))
    FAIL_CHECK(problem.pointer << ": " << problem.message);
}

TEST_CASE("a catalog with good entries is clean") {
  CHECK(lint({test::entry("a", "acme_one"), test::entry("b", "acme_${id}"),
              test::entry("c", "acme_x_${id}")})
            .empty());
}

TEST_CASE("all mistakes of a file are listed, in its order") {
  Json json = test::catalog_with(
      {test::entry("a", "acme_a"), test::entry("b", "acme_b"), test::entry("c", "acme_c")});
  json["trust"] = 1;
  json["entries"][0]["store"] = "cokie";
  json["entries"][0]["personal_data"].erase("basis");
  json["entries"][1]["retention"] = {
      {"max_age_s", 2592000000}, {"basis", "document"}, {"section", "1"}};
  json["entries"][2]["extra"] = 1;
  const Lines lines = lint_text(json.dump());
  REQUIRE(lines.size() == 5);
  CHECK(lines[0].starts_with("value /trust: found 1, expected \"vendor\""));
  CHECK(lines[1] ==
        "value /entries/0/store: found \"cokie\", expected \"cookie\" or \"local_storage\"");
  CHECK(lines[2] ==
        "missing_basis /entries/0/personal_data/basis: found nothing, expected "
        "\"document\", \"interpretation\" or \"observation\"");
  CHECK(lines[3].starts_with("unit /entries/1/retention/max_age_s: "));
  CHECK(lines[4].starts_with("unknown_key /entries/2/extra: "));
}

TEST_CASE("text that is no JSON is one problem") {
  const Lines lines = lint_text("{\"id\": }");
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].starts_with("json : found a mistake at line 1, column 8: "));
}

TEST_CASE("entries that are an object do not confuse the order") {
  CHECK(lint_text(R"({"entries": {"a": 1, "a": 2}})")
            .front()
            .starts_with("duplicate_key /entries/a: "));
}

TEST_CASE("the same name on the same hosts is a duplicate") {
  CHECK(
      lint({test::entry("a", "acme_one"), test::entry("b", "acme_one")}) ==
      Lines{
          "duplicate /entries/1/forms/0: found the name and hosts of acme/a, expected each once"});
  CHECK(lint({test::entry("a", "acme_one"),
              with(test::entry("b", "acme_one"), "/store", "local_storage")})
            .empty());
  CHECK(lint({test::entry("a", "acme_one"),
              with(test::entry("b", "acme_one"), "/scope/hosts", {".example.com"})})
            .empty());
}

TEST_CASE("an entry that another always outranks is unreachable") {
  Json wide = test::entry("a", "acme_${wide}");
  Json narrow = test::entry("b", "acme_${id}");
  CHECK(lint({narrow, wide}) == Lines{"unreachable /entries/0/forms/0: found that acme/a matches "
                                      "every name of acme/b and outranks it, expected "
                                      "an entry that can win"});
  CHECK(lint({narrow, with(wide, "/id", "acme/z")}).empty());
  const Json both =
      with(test::entry("a", "acme_one"), "/scope/hosts", {"example.com", "example.org"});
  const Json one = with(test::entry("b", "acme_one"), "/scope/hosts", {"example.org"});
  CHECK(lint({both, one}).size() == 1);
  CHECK(lint({with(both, "/id", "acme/z"), one}).empty());
}

TEST_CASE("templates that share names, rank alike and disagree overlap") {
  const Json left = test::entry("a", "acme_${word}x");
  const Json right = test::entry("b", "acme_x${word}");
  CHECK(
      lint({left, targeting(right)}) ==
      Lines{
          "overlap /entries/1/forms/0: found that acme/a matches \"acme_xx\" too, ranks alike and "
          "disagrees on "
          "category, type, personal data or verdict, expected one meaning for a name"});
  CHECK(lint({left, right}).empty());
  CHECK(lint({left, targeting(test::entry("b", "acme_x${id}y"))}).empty());
  CHECK(lint({left, targeting(test::entry("b", "acme_${id}y"))}).empty());
  CHECK(lint({left, targeting(with(right, "/scope/hosts", {".example.com"}))}).empty());
}

TEST_CASE("two forms of one entry that match one name are a problem") {
  Json entry = test::entry("a", "acme_one");
  entry["forms"].push_back(test::observed_form("acme_${word}"));
  CHECK(lint({entry}) == Lines{"overlap /entries/0/forms/1: found that form 0 matches \"acme_one\" "
                               "too, expected one form for a name"});
  entry["forms"][1] = test::observed_form("acme_${word}_x");
  CHECK(lint({entry}).empty());
}

TEST_CASE("an observed form that a documented one of another entry always outranks is shadowed") {
  const Json documented = test::entry("z", "acme_${wide}");
  const Json observed = test::observed_entry("a", "acme_${id}");
  CHECK(lint({documented, observed}) ==
        Lines{"shadowed /entries/1/forms/0: found a form that is only observed and whose names are "
              "all those of the documented acme/z, expected one that can win"});
  CHECK(lint({with(documented, "/scope/hosts", {"example.com"}), observed}).empty());
  CHECK(lint({test::entry("z", "acme_${id}_x"), observed}).empty());
}

TEST_CASE("what needs company beside a form of another alternative shares no name with it") {
  Json json = test::catalog_with(
      {test::entry("a", "acme_${few}"), targeting(test::entry("b", "acme_${id}"))});
  for (const char* unused : {"word", "wide"}) json["variables"].erase(unused);
  json["variables"]["id"]["pattern"] = "[a-z]{4}&[xyz]|[0-9]{2}";
  json["variables"]["few"] = {{"pattern", "[a-w]{4}|[0-9]{3}"}, {"description", "x"}};
  CHECK(lint_text(json.dump()).empty());
  json["variables"]["few"]["pattern"] = "[a-x]{4}|[0-9]{3}";
  REQUIRE(lint_text(json.dump()).size() == 1);
  CHECK(lint_text(json.dump())[0].starts_with(
      "overlap /entries/1/forms/0: found that acme/a matches \"acme_aaax\" too"));
}

TEST_CASE("titles and losses are short, and there where something is lost") {
  Json entry = test::entry("a", "acme_one");
  CHECK(lint({with(entry, "/title", "one two three four five six seven")}) ==
        Lines{"title /entries/0/title: found 7 words, expected at most 6"});
  Json untitled = entry;
  untitled.erase("title");
  CHECK(lint({untitled}) == Lines{"title /entries/0/title: found none, expected at most 6 words"});
  entry["deletion"]["verdict"] = "allowed_with_consequence";
  entry["deletion"]["consequence"] = "Something is lost.";
  CHECK(lint({entry}) ==
        Lines{"loss /entries/0/deletion/loss: found none, expected at most 5 words"});
  entry["deletion"]["loss"] = "a b c d e f";
  CHECK(lint({entry}) == Lines{"loss /entries/0/deletion/loss: found 6 words, expected at most 5"});
  entry["deletion"]["loss"] = "something";
  CHECK(lint({entry}).empty());
}

TEST_CASE("a look-alike that an entry matches is none") {
  Json json = test::catalog_with({test::entry("a", "acme_${id}")});
  for (const char* unused : {"word", "wide"}) json["variables"].erase(unused);
  json["look_alikes"] = {{{"store", "cookie"}, {"name", "acme_x"}, {"whose", "Others"}}};
  CHECK(lint_text(json.dump()) == Lines{"look_alike /look_alikes/0: found that acme/a matches it, "
                                        "expected a name that is another's"});
  json["look_alikes"][0]["store"] = "local_storage";
  CHECK(lint_text(json.dump()).empty());
}

TEST_CASE("an observation without evidence is a problem") {
  Json entry = test::observed_entry("a", "acme_one");
  entry["forms"][0].erase("observed");
  CHECK(lint({entry}) == Lines{"missing_basis /entries/0/forms/0/observed: found nothing, expected "
                               "what was seen, where, how often and when"});
}

TEST_CASE("variables side by side are a problem") {
  CHECK(
      lint({test::entry("a", "acme_${word}${id}")}) ==
      Lines{"adjacent_variables /entries/0/forms/0/template: found ${word} and ${id} side by side, "
            "expected a literal "
            "between them"});
}

TEST_CASE("a lifetime of decades is taken for milliseconds") {
  const auto lived = [](std::int64_t seconds) {
    return lint({with(test::entry("a", "acme_one"), "/retention",
                      {{"max_age_s", seconds}, {"basis", "document"}, {"section", "1"}})});
  };
  CHECK(lived(2'592'000'000) == Lines{"unit /entries/0/retention/max_age_s: found 2592000000 s, "
                                      "which is 81 years, expected at most 10; "
                                      "milliseconds would make it 30 days"});
  CHECK(lived(63'072'000).empty());
  CHECK(lived(0).empty());
}

TEST_CASE("a short name without the vendor's prefix is not distinctive") {
  CHECK(lint({test::entry("a", "city")}) == Lines{"generic_name /entries/0/forms/0/distinctive: "
                                                  "found true for a name with 4 literal bytes and "
                                                  "no prefix of the "
                                                  "vendor, expected false"});
  CHECK(lint({with(test::entry("a", "city"), "/forms/0/distinctive", false)}).empty());
  CHECK(lint({test::entry("a", "p_${id}")}).size() == 1);
  CHECK(lint({test::entry("a", "cities")}).empty());
}

TEST_CASE("examples must be won, counter-examples must not") {
  const Json entry = test::entry("t", "acme_${id}");
  CHECK(lint({with(entry, "/examples", {"acme_1", {{"name", "acme_2"}, {"host", "example.org"}}})})
            .empty());
  CHECK(lint({with(entry, "/examples", {"acme_1", "acme_-"})}) ==
        Lines{"example /entries/0/examples/1: found a name or host that acme/t does not match, "
              "expected one that it "
              "does"});
  CHECK(lint({with(entry, "/counter_examples", {"acme_", "acme_1"})}) ==
        Lines{"counter_example /entries/0/counter_examples/1: found a name that acme/t matches, "
              "expected one that it "
              "does not"});
  CHECK(lint({with(entry, "/examples", {"acme_one"}), test::entry("one", "acme_one")}) ==
        Lines{"example /entries/0/examples/0: found a name that acme/one wins, expected one that "
              "acme/t wins"});
  CHECK(lint({with(entry, "/counter_examples", {"acme_one"}), test::entry("one", "acme_one")})
            .empty());
  const Json scoped = with(entry, "/scope/hosts", {"*.example.com"});
  CHECK(lint({with(scoped, "/examples", {"acme_1"})}).empty());
  CHECK(lint({with(scoped, "/counter_examples", {{{"name", "acme_1"}, {"host", "example.com"}}})})
            .empty());
  CHECK(lint({with(scoped, "/examples", {{{"name", "acme_1"}, {"host", "example.com"}}})}).size() ==
        1);
}

TEST_CASE("variables that nothing uses are a problem") {
  CHECK(lint_text(test::catalog_with({test::entry("a", "acme_${id}_${word}")}).dump()) ==
        Lines{"unused_variable /variables/wide: found a variable that nothing uses, expected it "
              "in a template or as same_as"});
}

}  // namespace crumbs
