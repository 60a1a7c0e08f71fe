#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "support/catalogs.h"
#include "support/support.h"

namespace crumbs {
namespace {

using Arguments = std::vector<std::string>;
using Json = nlohmann::ordered_json;
using test::crumbs;
using test::ProcessResult;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// With one space where lines break or columns begin.
std::string one_line(const std::string& text) {
  std::istringstream words(text);
  std::string line;
  for (std::string word; words >> word;) line += word + " ";
  return line;
}

std::size_t widest(const std::string& text) {
  std::istringstream lines(text);
  std::size_t columns = 0;
  for (std::string line; std::getline(lines, line);)
    columns = std::max(columns, display_width(line));
  return columns;
}

/// Without what depends on the width: spaces, line breaks, lines to the end of a heading.
std::string letters(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '-'; });
  return text;
}

std::string without_color(const std::string& text) {
  return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

/// Runs `crumbs catalog ...`, which must succeed and fit 80 columns.
std::string shown(Arguments arguments) {
  arguments.insert(arguments.begin(), "catalog");
  const ProcessResult result = crumbs(arguments);
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  CHECK(widest(result.out) <= 80);
  return result.out;
}

}  // namespace

TEST_CASE("catalog list has a line for each entry, under its kind of store") {
  const std::string out = shown({"list"});
  const test::CatalogCounts counts = test::jivochat_counts();
  CHECK(one_line(out).starts_with(
      fmt::format("jivochat {}: {} entries, from JivoChat Cookie Policy (JivoChat, 2018-05-25); {} "
                  "others only publicly seen ",
                  counts.version, counts.documented, counts.observed)));
  CHECK(has(out,
            "\njivochat/widget/enter_ts                performance    behaviour   allowed\n"
            "  jv_enter_ts_${jivo_widget_id}\n"));
  CHECK(has(out,
            "\njivochat/website/jv_utm                 targeting      behaviour   allowed\n"
            "  jv_utm_${jivo_visitor_id}\n"));
  CHECK(has(out,
            "\njivochat/storage/client                 functionality  contact     allowed *\n"
            "  jv_store_${jivo_widget_id}_client\n"));
  CHECK(out.find("\ncookie ") < out.find("\nlocal_storage "));
}

TEST_CASE("catalog list as JSON has every entry") {
  const ProcessResult result = crumbs({"catalog", "list", "-f", "json"});
  CHECK(result.code == 0);
  const Json list = Json::parse(result.out)["entries"];
  const test::CatalogCounts counts = test::jivochat_counts();
  REQUIRE(list.size() == counts.entries());
  CHECK(list[0]["id"] == "jivochat/widget/enter_ts");
  CHECK(list[0]["forms"][1]["name"] == "jv_enter_ts_${jivo_widget_id}");
  CHECK(list[0]["category"] == "performance");
  CHECK(list[0]["deletion"]["verdict"] == "allowed");
  const auto documented =
      std::ranges::count_if(list, [](const Json& entry) { return entry["section"].is_string(); });
  CHECK(static_cast<std::size_t>(documented) == counts.documented);
  CHECK(crumbs({"catalog", "list"}, {{"CRUMBS_FORMAT", "json"}}).out == result.out);
}

TEST_CASE("catalog show prints an entry with each judgement and whose it is") {
  const std::string out = shown({"show", "jivochat/storage/messages"});
  CHECK(out.starts_with(
      "jivochat/storage/messages\n\n  title            conversation\n"
      "  template         jv_${random_string}_${jivo_widget_id}\n"
      "                   (document, section \"Client Messages\")\n"
      "                   anybody's name: counts only in company on the same site\n"));
  CHECK(has(out, "  category         functionality\n                   (interpretation: "));
  CHECK(has(out, "  lifetime         not documented\n"));
  CHECK(
      has(out,
          "    /text\n      text, personal data: content. What the message says.\n"
          "      erratum: the document says \"ID of the user\"; it likely means \"the text of\n"));
  CHECK(has(shown({"show", "jivochat/website/jv_subscribe"}),
            "  effect on rights removes_subscription_choice\n"));
  const std::string city = shown({"show", "jivochat/widget/city"});
  CHECK(has(city,
            "  name             city\n                   (document, section \"Chat Widget\")\n"));
  CHECK(
      has(city, "  template         jv_city_${jivo_widget_id}\n                   (observation: "));
  CHECK(has(city, "  seen, lifetime   "));
  const std::string observed = shown({"show", "jivochat/observed/email"});
  CHECK(has(observed, "  documented as    not documented\n"));
  CHECK(has(observed, "  deletion         undocumented\n"));
}

TEST_CASE("catalog show of a catalog prints the document and its statements") {
  const std::string out = shown({"show", "jivochat"});
  const test::CatalogCounts counts = test::jivochat_counts();
  CHECK(has(one_line(out), fmt::format("entries {} of cookies, {} of local storage; {} of them "
                                       "only publicly seen ",
                                       counts.cookies, counts.local_storage, counts.observed)));
  CHECK(has(out, "  jivochat/statement/log-files\n"));
  CHECK(has(out, "not visible on the device)\n"));
  CHECK(has(shown({"show", "jivochat/statement/page-tags"}), "Invisible page tags"));
}

TEST_CASE("catalog show of an unknown id exits 4") {
  const ProcessResult result = crumbs({"catalog", "show", "jivochat/none"});
  CHECK(result.code == 4);
  CHECK(result.out.empty());
  CHECK(result.err ==
        "crumbs: no catalog, entry or statement has the id \"jivochat/none\" (see crumbs catalog "
        "list)\n");
}

TEST_CASE("catalog explain says what won, what was captured and what it lacks") {
  const std::string counter = shown({"explain", "jv_visits_count_1", "--host", "www.jivochat.com"});
  CHECK(counter ==
        "jv_visits_count_1 as cookie\n"
        "  1. jivochat/website/jv_visits_count wins\n"
        "     template jv_visits_count_${jivo_visitor_id}, 16 literal bytes\n"
        "     the document's form, section \"JivoChat Website\"\n"
        "     ${jivo_visitor_id} is 1\n"
        "     lives on the vendor's hosts\n"
        "  2. jivochat/widget/visits_count lost: wider host scope\n"
        "     template jv_visits_count_${jivo_widget_id}, 16 literal bytes\n"
        "     publicly seen: cookies of this name on customers' sites, in 21\n"
        "     installations, 2015 to 2020 (cookie headers in public code); documented as\n"
        "     visits_count\n"
        "     ${jivo_widget_id} is 1\n"
        "     lives on any host\n"
        "\n"
        "  How often this visitor has come to the JivoChat website.\n"
        "  Category performance, personal data behaviour, deletion allowed.\n");
  CHECK(has(shown({"explain", "country"}),
            "  A generic name: it counts only where a distinctive item"));
  CHECK(has(shown({"explain", "last_login", "--host", "shop.example.com"}),
            "shop.example.com is outside"));
  CHECK(has(shown({"explain", "last_login"}), "give --host to see whether it fits"));
}

TEST_CASE("catalog explain of an unknown name says what was tried") {
  const std::string unknown = shown({"explain", "_ga", "--store", "cookie"});
  const test::CatalogCounts counts = test::jivochat_counts();
  CHECK(has(one_line(unknown), fmt::format("against {} exact names and {} templates of jivochat. ",
                                           counts.exact_cookies, counts.cookie_templates)));
  CHECK(has(unknown, "It has no vendor's prefix or shape: unknown.\n"));
  CHECK(has(shown({"explain", "jv_gui", "--store", "cookie"}),
            "It starts as the names of \"jivochat\" do"));
  CHECK(has(shown({"explain", "Country"}),
            "jivochat/widget/country differs in case only; case counts."));
}

TEST_CASE("catalog explain ranks the entries of several catalogs") {
  const test::TempDir dir;
  Json mine = test::catalog_with({test::entry("c", "country"), test::entry("t", "countr${word}")});
  const std::string file = dir.path() / "acme.json";
  test::write_file(file, mine.dump());
  const std::string jivochat = test::source_dir() / "catalog" / "jivochat.json";
  const std::string out = shown({"explain", "country", "--catalog", jivochat, "--catalog", file});
  CHECK(has(out, "  1. jivochat/widget/country first, but ambiguous\n"));
  CHECK(has(out, "  2. acme/c lost: catalog given later\n"));
  CHECK(has(out, "  3. acme/t lost: a template, not an exact name\n"));
  CHECK(has(out, "  Ambiguous: the best rank alike and disagree; the stricter verdict counts.\n"));
  CHECK(
      crumbs({"catalog", "list"}, {{"CRUMBS_CATALOG", file}}).out.starts_with("acme 1: 2 entries"));
}

TEST_CASE("catalog coverage compares with the profiles that it is given") {
  const std::string alone = shown({"coverage"});
  const test::CatalogCounts counts = test::jivochat_counts();
  CHECK(has(alone, fmt::format("{} documented: {} publicly seen\nno profile was read\n",
                               counts.documented, counts.publicly_seen)));
  const std::string profile = test::fixture("profiles/chromium-156-leveldb").string();
  const std::string with = shown({"coverage", profile});
  CHECK(has(with, fmt::format("{} in the profiles that were read\n1 profile read\n",
                              counts.documented)));  // the fixture holds all of them
  CHECK(has(with, "Documented and never seen: 0 "));
  CHECK(has(with, "  jv_debug_flag  cookie\n    in the profiles: 1 item on 1 site\n"));
  CHECK(crumbs({"catalog", "coverage", "-f", "markdown"}).out.starts_with("# JivoChat Cookie"));
  CHECK(crumbs({"catalog", "coverage", "/nowhere"}).code == 4);
  CHECK(crumbs({"catalog", "coverage", "-f", "csv"}).code == 2);
  CHECK(crumbs({"catalog", "coverage", "--catalog", "/nowhere"}).code == 3);
}

TEST_CASE("catalog commands write to the width, the colours and the places that are asked for") {
  for (const Arguments& part : {Arguments{"list"},
                                {"show", "jivochat/storage/client"},
                                {"show", "jivochat"},
                                {"explain", "jv_visits_count_1"},
                                {"coverage"}}) {
    CAPTURE(part.front());
    Arguments command{"catalog", "--width=50"};
    command.insert(command.begin() + 1, part.begin(), part.end());
    const std::string narrow = crumbs(command).out;
    CHECK(widest(narrow) <= 50);
    CHECK(widest(narrow) > 40);
    CHECK(crumbs(command, {{"CRUMBS_WIDTH", "200"}}).out == narrow);
    command.back() = "--width=200";
    const std::string wide = crumbs(command).out;
    CHECK(widest(wide) > 80);
    CHECK(letters(wide) == letters(shown(part)));
    command.push_back("--color=always");
    const std::string colored = crumbs(command).out;
    CHECK(has(colored, "\x1b["));
    CHECK(without_color(colored) == wide);
    const test::TempDir dir;
    const std::string file = dir.path() / "out";
    command.insert(command.end(), {"-o", file, "-o", "json=" + file + ".json"});
    const ProcessResult to_file = crumbs(command, {{"LC_ALL", "C.UTF-8"}});
    CHECK(to_file.code == 0);
    CHECK(to_file.out.empty());
    command.resize(command.size() - 5);
    const std::string plain = crumbs(command, {{"LC_ALL", "C.UTF-8"}}).out;
    CHECK(test::read_file(file) == plain);  // never coloured
    CHECK(Json::parse(test::read_file(file + ".json")).is_object());
  }
  CHECK(crumbs({"catalog", "list", "-o", "/nowhere/x"}).code == 5);
  CHECK(crumbs({"catalog", "list", "--color", "sometimes"}).code == 2);
  CHECK(crumbs({"catalog", "show", "jivochat/none", "-o", "/nowhere/x"}).code == 4);
}

TEST_CASE("control characters of a name do not reach the terminal") {
  CHECK_FALSE(has(crumbs({"catalog", "explain", "a\x1b[31mb"}).out, "\x1b"));
}

TEST_CASE("catalog lint prints a line for each problem and exits 3") {
  const test::TempDir dir;
  const std::string file = dir.path() / "acme.json";
  Json bad = test::catalog_with({test::entry("a", "acme_${id}")});
  bad["entries"][0]["store"] = "cokie";
  test::write_file(file, bad.dump());
  const ProcessResult result = crumbs({"catalog", "lint", file});
  CHECK(result.code == 3);
  CHECK(
      result.out ==
      file +
          ":/entries/0/store: value: found \"cokie\", expected \"cookie\" or \"local_storage\"\n");
  CHECK(result.err == "crumbs: 1 problem in 1 catalog file\n");
  const Json json = Json::parse(crumbs({"catalog", "lint", file, "-f", "json"}).out);
  CHECK(json[0]["rule"] == "value");
}

TEST_CASE("catalog lint of a clean file prints nothing and exits 0") {
  const ProcessResult result =
      crumbs({"catalog", "lint", test::source_dir() / "catalog" / "jivochat.json"});
  CHECK(result.code == 0);
  CHECK(result.out.empty());
  CHECK(result.err.empty());
}

TEST_CASE("a catalog that cannot be used is invalid input, none at all is nothing to read") {
  const test::TempDir dir;
  test::write_file(dir.path() / "bad.json", "{}");
  const ProcessResult invalid = crumbs({"catalog", "list", "--catalog", dir.path() / "bad.json"});
  CHECK(invalid.code == 3);
  CHECK(has(invalid.err, "/schema: found nothing, expected"));
  CHECK(crumbs({"catalog", "list", "--catalog", dir.path() / "none.json"}).code == 3);
  std::filesystem::create_directory(dir.path() / "empty");
  CHECK(crumbs({"catalog", "list", "--catalog", dir.path() / "empty"}).code == 4);
  CHECK(crumbs({"catalog", "lint", dir.path() / "none.json"}).code == 3);
  CHECK(crumbs({"catalog", "list"}, {{"CRUMBS_CATALOG_DIR", dir.path() / "none"}}).code == 3);
  CHECK(crumbs({"catalog"}).code == 2);
  CHECK(crumbs({"catalog", "list", "-f", "xml"}).code == 2);
  CHECK(crumbs({"catalog", "explain", "x", "--store", "session"}).code == 2);
}

}  // namespace crumbs
