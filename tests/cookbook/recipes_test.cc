// The commands of crumbs-cookbook(7), as they stand in the page, and what they answer.
#include <doctest/doctest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/cookbook.h"
#include "support/live_browser.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;

struct Answer {
  const char* section;
  const char* text;
  int code = 0;
};

constexpr const char* kSites = "Sites with personal data of a vendor";
constexpr const char* kUndocumented = "All that is undocumented";
constexpr const char* kLongLived = "Cookies that live longer than 13 months";
constexpr const char* kVisitor = "Profiles that know a visitor";
constexpr const char* kTable = "A table for a spreadsheet";
constexpr const char* kConsent = "Nothing but the necessary before consent";

/// What chromium-156-leveldb.truth.json has and the vendor's document names nowhere, but for
/// jv_debug_flag, which begins like the vendor's names: six cookies, and five keys of four origins.
constexpr const char* kUnknown = R"(["code.jivosite.com","__Host-jv_part"]
["shop.example.com","PHPSESSID"]
["shop.example.com","cart"]
["https://code.jivosite.com","ascii_big"]
["https://code.jivosite.com","churn"]
["https://code.jivosite.com","empty"]
["https://code.jivosite.com","theme"]
["https://code.jivosite.com","юникод"]
["https://shop.example.com","ascii_big"]
["https://shop.example.com","churn"]
["https://shop.example.com","empty"]
["https://shop.example.com","theme"]
["https://shop.example.com","юникод"]
["plain.example.net","sess_only"]
["https://plain.example.net","ascii_big"]
["https://plain.example.net","churn"]
["https://plain.example.net","empty"]
["https://plain.example.net","theme"]
["https://plain.example.net","юникод"]
["accounts.google.com","sess_only"]
[".jivochat.com","_ga"]
["https://www.jivochat.com","ascii_big"]
["https://www.jivochat.com","churn"]
["https://www.jivochat.com","empty"]
["https://www.jivochat.com","theme"]
["https://www.jivochat.com","юникод"]
)";

/// The key "undocumented_flag" of the truth file, in the four frames that have jv_store_*_client.
constexpr const char* kUndocumentedKeys =
    R"(["https://code.jivosite.com","jv_store_${jivo_widget_id}_client","/•••1"]
["https://shop.example.com","jv_store_${jivo_widget_id}_client","/•••1"]
["https://plain.example.net","jv_store_${jivo_widget_id}_client","/•••1"]
["https://www.jivochat.com","jv_store_${jivo_widget_id}_client","/•••1"]
)";

/// In both truth files the visitor stands in names and values of www.jivochat.com and in
/// jv_store_*_client of all frames, whose top-level sites these are.
constexpr const char* kVisitorSites = R"({"pc":"pc1","site":"example.com"}
{"pc":"pc1","site":"example.net"}
{"pc":"pc1","site":"jivochat.com"}
{"pc":"pc2","site":"example.com"}
{"pc":"pc2","site":"example.net"}
{"pc":"pc2","site":"jivochat.com"}
)";

/// Half a year on the shop and a year on the vendor's site, by the truth file's `expires`.
constexpr const char* kTargeting = R"csv("where","name","lives"
"shop.example.com","utm",15552000
"www.jivochat.com","jv_site_partner_id",31536000
"www.jivochat.com","jv_site_utm",31536000
"www.jivochat.com","jv_utm_(G)",31536000
)csv";

/// In the order of the page.
const Answer kAnswers[] = {
    {"The report", ""},
    {"The report", "[]\ntrue\n"},
    // Of the shop 10 cookies, and 2 keys in each of two frames; of the plain site 2 and 2; of the
    // vendor's own 14 and 2. Google's two are only possible. README.md says 34 in all, too.
    {kSites, "[\"example.com\",14]\n[\"example.net\",4]\n[\"jivochat.com\",16]\n"},
    {kUndocumented, "[\"www.jivochat.com\",\"jv_debug_flag\"]\n"},
    {kUndocumented, kUndocumentedKeys},
    {kUndocumented, kUnknown},
    // 400 days, which is the most that Chromium lets a cookie live.
    {kLongLived, "[\".jivochat.com\",\"_ga\",34560000]\n"},
    {kVisitor, ""},
    {kVisitor, kVisitorSites},
    {kVisitor, "\"example.com\"\n\"example.net\"\n\"jivochat.com\"\n"},
    {kTable, ""},
    {kTable, kTargeting},
    {kConsent, "false\n", 1},
    {kConsent,
     R"(["performance","www.jivochat.com","jivo_visitor_id"]
[null,"www.jivochat.com","jv_debug_flag"]
)"},
    // As in README.md.
    {"Personal data by what it is",
     "behaviour|19\ncontact|4\ncontent|4\nidentifier|1\nlocation|3\npreference|3\n"},
    // jv_subscribe, and is_blacklisted in jv_store_*_client of the four frames.
    {"Rights that deleting would touch",
     "choice on the blog|removes_subscription_choice|1\nvisitor's data|removes_block_record|4\n"},
    {"Columns of the CSV", "jivochat.com|jv_debug_flag|2\n"},
};

/// 2026-11-23, and a year later.
constexpr const char* kTimes = ", 1795394880000000, 1826930880000)";
const std::string kCart = std::string("('cart', '1', 'shop.example.com'") + kTimes;
const std::string kDebugFlag = std::string("('jv_debug_flag', '1', 'www.jivochat.com'") + kTimes;
const std::string kVisitorId =
    std::string("('jivo_visitor_id', '987654321', 'www.jivochat.com'") + kTimes;
const std::string kPossible = std::string("('country', 'DE', 'shop.example.com'") + kTimes;
const std::string kLanguage = std::string("('jv_site_lang', 'en', 'www.jivochat.com'") + kTimes;

void replace_profile(const fs::path& directory, const std::string& cookies) {
  fs::remove_all(directory / "profile");
  test::make_firefox_profile(directory / "profile", cookies);
}

bool have_what_the_page_needs() {
  return test::have_programs({"bash", "jq", "openssl", "sqlite3"});
}

std::vector<test::Recipe> shell_recipes() {
  std::vector<test::Recipe> recipes = test::cookbook();
  std::erase_if(recipes, [](const test::Recipe& recipe) { return !recipe.is_for_shell(); });
  return recipes;
}

TEST_CASE("every command of the cookbook has an answer here, and every answer a command") {
  std::vector<std::string> in_page, here;
  for (const test::Recipe& recipe : shell_recipes()) in_page.push_back(recipe.section);
  for (const Answer& answer : kAnswers) here.emplace_back(answer.section);
  CHECK(in_page == here);
}

TEST_CASE("every query of the cookbook for DuckDB has an answer in duckdb.expected.json") {
  std::multiset<std::string> in_page, expected;
  for (const test::Recipe& recipe : test::cookbook()) {
    if (!recipe.is_for_shell()) in_page.insert(recipe.section);
  }
  const auto answers = nlohmann::json::parse(
      test::read_file(test::source_dir() / "tests/cookbook/duckdb.expected.json"));
  for (const auto& answer : answers.items()) expected.insert(answer.key());
  CHECK(in_page == expected);
}

TEST_CASE("a command of the cookbook can be copied from the page as it is shown") {
  const std::string page = test::source_dir() / "man/crumbs-cookbook.7";
  CHECK(test::read_file(page).find(".Dl ") == std::string::npos);  // all of them are displays
  const bool is_shown = test::run({"mandoc", "-V"}).code != 127;
  const std::string shown = is_shown ? test::run({"mandoc", "-T", "ascii", page}).out : "";
  for (const test::Recipe& recipe : test::cookbook()) {
    std::istringstream lines(recipe.text);
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK(line.size() <= 73);  // 80 columns with what the page indents it by
      CHECK(line.find('\\') == std::string::npos);
      CHECK_FALSE(line.starts_with("."));
      if (is_shown) CHECK(shown.find("\n       " + line + "\n") != std::string::npos);
    }
  }
}

TEST_CASE("the commands of the cookbook answer what is in the profiles") {
  if (!have_what_the_page_needs()) return;
  const test::TempDir work;
  test::lay_out_cookbook(work.path());
  const std::vector<test::Recipe> recipes = shell_recipes();
  REQUIRE(recipes.size() == std::size(kAnswers));
  for (std::size_t i = 0; i < recipes.size(); ++i) {
    CAPTURE(recipes[i].text);
    const bool begins = i == 0 || recipes[i].section != recipes[i - 1].section;
    if (begins && recipes[i].section == kConsent)
      replace_profile(work.path(), kCart + "," + kDebugFlag + "," + kVisitorId);
    const auto result = test::run_recipe(recipes[i].text, work.path());
    CHECK(result.out == kAnswers[i].text);
    CHECK(result.err == "");
    CHECK(result.code == kAnswers[i].code);
  }
}

TEST_CASE("no report with tokens, and none that is left in a file, has the visitor") {
  if (!have_what_the_page_needs()) return;
  const test::TempDir work;
  test::lay_out_cookbook(work.path());
  const auto recipes = test::cookbook(kVisitor);
  REQUIRE(recipes.size() == 3);
  for (const std::string& recipe : recipes) CHECK(test::run_recipe(recipe, work.path()).code == 0);
  std::set<std::string> files;
  for (const auto& file : fs::directory_iterator(work.path())) {
    if (!file.is_regular_file()) continue;
    files.insert(file.path().filename().string());
    const bool has_visitor = test::read_file(file.path()).find("987654321") != std::string::npos;
    CHECK_MESSAGE(has_visitor == (file.path().filename() == "visitor.txt"), file.path());
  }
  CHECK(files ==
        std::set<std::string>{"key", "pc1.ndjson", "pc2.ndjson", "pc3.ndjson", "visitor.txt"});
}

TEST_CASE("a cookie whose lifetime is not known is listed as one that lives long") {
  if (!have_what_the_page_needs()) return;
  const test::TempDir work;
  replace_profile(work.path(), kCart + ", ('untimed', '1', 'shop.example.com', 0, 1826930880000)");
  for (const auto& recipe : test::cookbook("The report"))
    CHECK(test::run_recipe(recipe, work.path()).code == 0);
  const auto recipes = test::cookbook(kLongLived);
  REQUIRE(recipes.size() == 1);
  CHECK(test::run_recipe(recipes[0], work.path()).out ==
        "[\"shop.example.com\",\"untimed\",null]\n");
}

/// What the gate says of ./profile.
test::ProcessResult gate(const fs::path& directory,
                         const std::map<std::string, std::string>& environment = {}) {
  const auto recipes = test::cookbook(kConsent);
  REQUIRE(recipes.size() == 2);
  return test::run_recipe(recipes[0], directory, environment);
}

/// The same of a build that goes on after a report that is not complete.
test::ProcessResult gate_without_status(const fs::path& directory) {
  std::string text = test::cookbook(kConsent).at(0);
  const std::size_t both = text.find(" && ");
  REQUIRE(both != std::string::npos);
  return test::run_recipe(text.replace(both, 4, " || "), directory);
}

TEST_CASE("before consent a profile passes that has nothing but the site's own") {
  if (!have_what_the_page_needs()) return;
  const test::TempDir work;
  replace_profile(work.path(), kCart);
  const auto result = gate(work.path());
  CHECK(result.out == "true\n");
  CHECK(result.code == 0);
}

TEST_CASE("before consent a profile fails that has anything else of the vendor") {
  if (!have_what_the_page_needs()) return;
  const test::TempDir work;
  for (const std::string& cookie : {kVisitorId, kLanguage, kPossible}) {
    CAPTURE(cookie);
    replace_profile(work.path(), kCart + "," + cookie);
    const auto result = gate(work.path());
    CHECK(result.out == "false\n");
    CHECK(result.code == 1);
  }
}

TEST_CASE("before consent what the catalog calls strictly necessary passes, and that alone") {
  if (!have_what_the_page_needs()) return;
  const test::TempDir work;
  auto catalog =
      nlohmann::json::parse(test::read_file(test::source_dir() / "catalog/jivochat.json"));
  for (auto& entry : catalog.at("entries")) {
    if (entry.at("id") == "jivochat/website/jv_site_lang")
      entry.at("category").at("is") = "strictly_necessary";
  }
  const fs::path changed = work.path() / "jivochat.json";
  test::write_file(changed, catalog.dump());
  const std::map<std::string, std::string> environment{{"CRUMBS_CATALOG", changed.string()}};
  replace_profile(work.path(), kLanguage);
  CHECK(gate(work.path(), environment).out == "true\n");
  CHECK(gate(work.path(), environment).code == 0);
  for (const std::string& cookie : {kVisitorId, kDebugFlag}) {
    CAPTURE(cookie);
    replace_profile(work.path(), kLanguage + "," + cookie);
    CHECK(gate(work.path(), environment).out == "false\n");
    CHECK(gate(work.path(), environment).code == 1);
  }
}

TEST_CASE("before consent an incomplete report never passes, not even by itself") {
  if (!have_what_the_page_needs()) return;
  const test::TempDir work;
  replace_profile(work.path(), kCart);
  const fs::path cookies = work.path() / "profile/cookies.sqlite";
  fs::resize_file(cookies, fs::file_size(cookies) - 100);
  CHECK(gate(work.path()).code == 5);
  CHECK(gate(work.path()).out == "");
  CHECK(gate_without_status(work.path()).out == "false\n");
  CHECK(gate_without_status(work.path()).code == 1);
}

TEST_CASE("before consent a profile that is not there, or has no store, never passes") {
  if (!have_what_the_page_needs()) return;
  const test::TempDir work;
  CHECK(gate(work.path()).code == 4);
  CHECK(gate_without_status(work.path()).code != 0);
  fs::create_directory(work.path() / "profile");
  CHECK(gate(work.path()).code == 4);
  CHECK(gate_without_status(work.path()).code == 1);
  const auto allowed = gate(work.path(), {{"CRUMBS_ALLOW_EMPTY", "1"}});
  CHECK(allowed.out == "false\n");
  CHECK(allowed.code == 1);
}

}  // namespace
}  // namespace crumbs
