#include <doctest/doctest.h>

#include "catalog/host_scope.h"
#include "catalog/pattern.h"
#include "crumbs/catalog.h"
#include "support/catalogs.h"

namespace crumbs {
namespace {

using Json = nlohmann::ordered_json;
using Captured = std::vector<std::pair<std::string, std::string>>;

MatchResult match(const std::vector<Catalog>& catalogs, const std::string& name,
                  const std::string& host = "shop.example.com", ItemKind kind = ItemKind::cookie) {
  const Matcher matcher(catalogs);
  auto result = matcher.match(kind, host, name);
  if (!result.candidates.empty() || result.vendor != nullptr) CHECK(matcher.may_match(kind, name));
  return result;
}

std::string ids(const MatchResult& result) {
  std::string text;
  for (const Candidate& candidate : result.candidates)
    text += (text.empty() ? "" : " ") + candidate.entry->id;
  return text;
}

std::vector<Catalog> catalogs(const std::vector<Json>& all) {
  std::vector<Catalog> parsed;
  parsed.reserve(all.size());
  for (const Json& json : all) parsed.push_back(test::parsed(json));
  return parsed;
}

Json entry_on(const std::string& id, const std::string& name, const Json& hosts) {
  Json json = test::entry(id, name);
  json["scope"]["hosts"] = hosts;
  return json;
}

std::vector<Catalog> jivochat() {
  std::vector<Catalog> all;
  all.push_back(test::jivochat());
  return all;
}

}  // namespace

TEST_CASE("a variable is one class and a length, and nothing else") {
  for (const char* good : {"[a]{1}", "[A-Za-z0-9_-]{1,32}", R"([\]\-\\]{2})", "[!-~]{1,512}"}) {
    CAPTURE(good);
    CHECK(parse_variable_pattern(good).has_value());
  }
  CHECK(parse_variable_pattern("[_-]{1}")->characters.contains('-'));
  CHECK_FALSE(parse_variable_pattern("[_-]{1}")->characters.contains('a'));
  for (const char* bad : {"",           "a",
                          "[]{1}",      "[a]",
                          "[a]{}",      "[a]{0}",
                          "[a]{0,3}",   "[a]{3,2}",
                          "[a]{1,513}", "[a]{1,}",
                          "[^a]{1}",    "[z-a]{1}",
                          "[-a]{1}",    "[a-b-c]{1}",
                          "[a]{1}x",    "[a]+",
                          "[a",         "[é]{1}",
                          "[a b\t]{1}", "[[a]{1}",
                          "[\\d]{1}",   "[a]{99999999999}",
                          "[a]{1,2,3}", "[a]{ 1}",
                          "[a]{+1}"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_variable_pattern(bad).has_value());
  }
}

TEST_CASE("alternatives and what they need are part of a variable") {
  const auto pattern = parse_variable_pattern("[0-9]{1,3}|[a-zA-Z]{4}&[A-Z]");
  REQUIRE(pattern.has_value());
  for (const char* good : {"1", "123", "Abcd", "abcD", "ABCD"}) {
    CAPTURE(good);
    CHECK(pattern->fits(good));
  }
  for (const char* bad : {"", "1234", "abcd", "Abc", "Abcde", "12a", "Ab1d"}) {
    CAPTURE(bad);
    CHECK_FALSE(pattern->fits(bad));
  }
  for (const char* bad :
       {"[a]{1}|", "|[a]{1}", "[a]{1}&", "[a]{1}&[", "[a]{1}&[b]{1}", "[a]{1}||[b]{1}",
        "[a]{1} | [b]{1}", "[a]{1}|[a]{1}|[a]{1}|[a]{1}|[a]{1}|[a]{1}|[a]{1}|[a]{1}|[a]{1}"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_variable_pattern(bad).has_value());
  }
}

TEST_CASE(
    "alternatives are told apart where a variable's end is, and where it must be looked for") {
  Json json = test::catalog_with(
      {test::entry("clear", "c_${two}_end"), test::entry("free", "f_${two}${word}")});
  json["variables"]["two"] = {{"pattern", "[0-9]{1,3}|[a-z]{4}&[xyz]"}, {"description", "x"}};
  const auto all = catalogs({json});
  CHECK(match(all, "c_12_end").candidates.size() == 1);
  CHECK(match(all, "c_abcx_end").candidates.size() == 1);
  CHECK(match(all, "c_abcd_end").candidates.empty());
  CHECK(match(all, "c_1abx_end").candidates.empty());
  CHECK(match(all, "f_12ab").candidates[0].captured == Captured{{"two", "12"}, {"word", "ab"}});
  CHECK(match(all, "f_abcxyz").candidates[0].captured == Captured{{"two", "abcx"}, {"word", "yz"}});
  CHECK(match(all, "f_abcdx").candidates.empty());  // what it needs lies behind its end
  CHECK(match(all, "f_xabc").candidates.empty());   // nothing is left for the word
}

TEST_CASE("templates match whole names, byte for byte") {
  const auto all = catalogs({test::catalog_with({test::entry("t", "v_${id}_end")})});
  CHECK(match(all, "v_Ab1_end").candidates[0].captured == Captured{{"id", "Ab1"}});
  for (const char* wrong :
       {"v__end", "v_Ab1_en", "v_Ab1_endx", "xv_Ab1_end", "V_Ab1_end", "v_123456789_end",
        "v_a-b_end", "v_\xC3\xA9_end", "v_%41_end", "v_Ab1", "", "v"}) {
    CAPTURE(wrong);
    CHECK(match(all, wrong).candidates.empty());
  }
}

TEST_CASE("each of two variables has its own bounds, which the other does not make up for") {
  Json json = test::catalog_with({test::entry("clear", "c_${number}-${letters}"),
                                  test::entry("free", "f_${number}${letters}")});
  json["variables"]["number"] = {{"pattern", "[0-9]{2,4}"}, {"description", "x"}};
  json["variables"]["letters"] = {{"pattern", "[a-z]{2,4}"}, {"description", "x"}};
  const auto all = catalogs({json});
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  for (const auto& pair : Pairs{{"12", "ab"}, {"1234", "ab"}, {"12", "abcd"}, {"1234", "abcd"}}) {
    const Captured captured{{"number", pair.first}, {"letters", pair.second}};
    CAPTURE(pair.first + pair.second);
    for (const std::string& name :
         {"c_" + pair.first + "-" + pair.second, "f_" + pair.first + pair.second}) {
      const MatchResult result = match(all, name);
      REQUIRE(result.candidates.size() == 1);
      CHECK(result.candidates[0].captured == captured);
    }
  }
  for (const auto& pair :
       Pairs{{"1", "abc"}, {"123", "a"}, {"12345", "ab"}, {"12", "abcde"}, {"12345", "abc"}}) {
    CAPTURE(pair.first + pair.second);
    CHECK(match(all, "c_" + pair.first + "-" + pair.second).candidates.empty());
    CHECK(match(all, "f_" + pair.first + pair.second).candidates.empty());
  }
}

TEST_CASE("the same variable twice stands for the same text") {
  const auto all = catalogs({test::catalog_with({test::entry("t", "${id}.${id}.${word}")})});
  CHECK(match(all, "a1.a1.x").candidates[0].captured == Captured{{"id", "a1"}, {"word", "x"}});
  for (const char* wrong : {"a1.a2.x", "a1.a11.x", "a11.a1.x", "a1.a1.", "a1.a1"}) {
    CAPTURE(wrong);
    CHECK(match(all, wrong).candidates.empty());
  }
}

TEST_CASE("an earlier variable takes as much as the rest allows") {
  Json json = test::catalog_with({test::entry("t", "${word}_${other}")});
  json["variables"]["other"] = {{"pattern", "[a-z_]{2,4}"}, {"description", "x"}};
  const auto all = catalogs({json});
  CHECK(match(all, "a_b_cd").candidates[0].captured == Captured{{"word", "a_b"}, {"other", "cd"}});
  CHECK(match(all, "a_b_c").candidates[0].captured == Captured{{"word", "a"}, {"other", "b_c"}});
  CHECK(match(all, "a_b").candidates.empty());
}

TEST_CASE("a template with much to choose from is matched in linear time") {
  std::string name = "${wide}";
  for (int i = 0; i < 8; ++i) name += "a${wide" + std::to_string(i) + "}";
  Json json = test::catalog_with({test::entry("t", name)});
  for (int i = 0; i < 8; ++i)
    json["variables"]["wide" + std::to_string(i)] = {{"pattern", "[!-~]{1,512}"},
                                                     {"description", "x"}};
  const auto all = catalogs({json});
  CHECK(match(all, std::string(4000, 'a')).candidates.size() == 1);
  CHECK(match(all, std::string(3999, 'a').append(1, ' ')).candidates.empty());
}

TEST_CASE("hosts are compared by labels and without regard to case") {
  struct Case {
    const char *scope, *host;
    bool fits;
  };
  const Case cases[] = {
      {"*", "anything.test", true},
      {"*", "", true},
      {"example.com", "example.com", true},
      {"example.com", "EXAMPLE.com", true},
      {"Example.Com", "example.com", true},
      {"example.com", "www.example.com", false},
      {"example.com", "ample.com", false},
      {"ample.com", "example.com", false},
      {".example.com", "example.com", true},
      {".example.com", "www.example.com", true},
      {".example.com", "a.b.example.com", true},
      {".example.com", "notexample.com", false},
      {".example.com", "example.com.evil.test", false},
      {".example.com", "com", false},
      {".example.com", ".example.com", false},
      {"*.example.com", "example.com", false},
      {"*.example.com", "www.example.com", true},
      {"*.example.com", "wwwexample.com", false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.scope);
    CAPTURE(one.host);
    const auto all = catalogs({test::catalog_with({entry_on("e", "name", {one.scope})})});
    const auto result = match(all, "name", one.host);
    REQUIRE(result.candidates.size() == 1);
    CHECK(result.candidates[0].fits_host == one.fits);
  }
  for (const char* bad :
       {"", ".", "*.", "**", "a..b", "a.*", "http://a", "a:80", "a b", "..a", "a."}) {
    CAPTURE(bad);
    CHECK_FALSE(HostScope::parse(bad).has_value());
  }
}

TEST_CASE("a narrower host scope wins before anything else") {
  const auto all = catalogs({test::catalog_with(
      {entry_on("any", "name", {"*"}), entry_on("sub", "${word}", {".example.com"}),
       entry_on("deep", "${word}", {".shop.example.com"}),
       entry_on("host", "${wide}", {"a.shop.example.com"}),
       entry_on("elsewhere", "name", {"example.org"})})});
  const auto result = match(all, "name", "a.shop.example.com");
  CHECK(ids(result) == "acme/host acme/deep acme/sub acme/any acme/elsewhere");
  CHECK(result.candidates[0].lost_because.empty());
  CHECK(result.candidates[1].lost_because == "wider host scope");
  CHECK(result.candidates[4].lost_because == "other host scope");
  CHECK_FALSE(result.candidates[4].fits_host);
  CHECK_FALSE(result.ambiguous);
}

TEST_CASE("then an exact name, then literal bytes, then fewer variables win") {
  const auto all = catalogs(
      {test::catalog_with({test::entry("wide", "${wide}"), test::entry("two", "ab_${id}${word}"),
                           test::entry("one", "ab_${wide}"), test::entry("exact", "ab_cd"),
                           test::entry("more", "ab_c${wide}")})});
  const auto result = match(all, "ab_cd");
  CHECK(ids(result) == "acme/exact acme/more acme/one acme/two acme/wide");
  CHECK(result.candidates[1].lost_because == "a template, not an exact name");
  const auto templates = match(all, "ab_ce");
  CHECK(ids(templates) == "acme/more acme/one acme/two acme/wide");
  CHECK(templates.candidates[1].lost_because == "fewer literal bytes");
  CHECK_FALSE(templates.ambiguous);
  const auto variables = match(all, "ab_xy");
  CHECK(variables.candidates[1].lost_because == "more variables");
}

TEST_CASE("then trust, the order given and the id decide, whatever the order of files") {
  Json low = test::catalog_with({test::entry("z", "name")});
  low["id"] = "low";
  low["entries"][0]["id"] = "low/z";
  low["trust"] = "informative";
  Json high = test::catalog_with({test::entry("b", "name"), test::entry("a", "name")});
  high["trust"] = "vendor";
  Json second = low;
  second["id"] = "second";
  second["entries"][0]["id"] = "second/z";
  const auto all = catalogs({second, low, high});
  const auto result = match(all, "name");
  CHECK(ids(result) == "acme/a acme/b second/z low/z");
  CHECK(result.candidates[1].lost_because == "later in the order of ids");
  CHECK(result.candidates[2].lost_because == "catalog of lower trust");
  CHECK_FALSE(result.ambiguous);
}

TEST_CASE("a tie is ambiguous where the entries disagree on what matters") {
  const auto ambiguous = [](const char* where, const Json& value) {
    Json other = test::entry("b", "name");
    other[Json::json_pointer(where)] = value;
    return match(catalogs({test::catalog_with({test::entry("a", "name"), other})}), "name")
        .ambiguous;
  };
  CHECK(ambiguous("/category/is", "targeting"));
  CHECK(ambiguous("/personal_data/is", "contact"));
  CHECK(ambiguous("/value/type", "counter"));
  CHECK(ambiguous("/deletion/verdict", "retain"));
  CHECK_FALSE(ambiguous("/description", "Other words."));
  CHECK_FALSE(ambiguous("/scope/hosts", {".example.com"}));
  CHECK_FALSE(ambiguous("/store", "local_storage"));
}

TEST_CASE("a tie that only the third breaks is ambiguous too") {
  Json third = test::entry("c", "name");
  third["category"]["is"] = "targeting";
  CHECK(match(catalogs({test::catalog_with(
                  {test::entry("a", "name"), test::entry("b", "name"), third})}),
              "name")
            .ambiguous);
}

TEST_CASE("a prefix makes a name the vendor's, the longest first, where no entry matches") {
  Json other = test::empty_catalog();
  other["id"] = "other";
  other["prefixes"] = {"acme_x", "zz"};
  const auto all = catalogs({test::catalog_with({test::entry("one", "acme_xone")}), other});
  CHECK(match(all, "acme_unheard").vendor == &all[0]);
  CHECK(match(all, "acme_unheard").needs_company);
  CHECK(match(all, "acme_xyz").vendor == &all[1]);
  CHECK(match(all, "acme_xone").vendor == nullptr);
  CHECK(match(all, "ACME_x").vendor == nullptr);
  CHECK(match(all, "__Host-acme_x").vendor == nullptr);
  CHECK(match(all, "key", "example.com", ItemKind::local_storage).vendor == nullptr);
  CHECK(match(all, "zz", "example.com", ItemKind::local_storage).vendor == &all[1]);
}

TEST_CASE("the shape of a name tells alone, before any prefix, unless it is known as another's") {
  Json json = test::catalog_with({test::entry("one", "acme_one_1")});
  json["shapes"] = {"acme_${word}_${id}"};
  json["look_alikes"] = {{{"store", "cookie"}, {"name", "acme_of_others"}, {"whose", "Others"}}};
  const auto all = catalogs({json});
  const auto shaped = match(all, "acme_new_Ab1");
  CHECK(shaped.vendor == &all[0]);
  CHECK_FALSE(shaped.needs_company);
  CHECK(shaped.captured == Captured{{"word", "new"}, {"id", "Ab1"}});
  CHECK(match(all, "acme_new").needs_company);
  CHECK(match(all, "acme_new").captured.empty());
  CHECK(match(all, "acme_one_1").vendor == nullptr);  // an entry speaks of it
  CHECK(match(all, "acme_of_others").vendor == nullptr);
  CHECK(match(all, "acme_of_others", "example.com", ItemKind::local_storage).vendor == &all[0]);
}

TEST_CASE("of one entry's forms the best that matches is told, and a document's form comes first") {
  Json several = test::entry("a", "acme_one");
  several["forms"].push_back(test::observed_form("acme_${id}_one"));
  const auto all = catalogs({test::catalog_with({several, test::entry("b", "acme_${word}_two"),
                                                 test::observed_entry("c", "acme_${id}_two")})});
  CHECK(match(all, "acme_one").candidates[0].form->basis.basis == Basis::document);
  const auto observed = match(all, "acme_Ab1_one");
  REQUIRE(observed.candidates.size() == 1);
  CHECK(observed.candidates[0].entry->id == "acme/a");
  CHECK(observed.candidates[0].form->name == "acme_${id}_one");
  const auto both = match(all, "acme_x_two");
  CHECK(ids(both) == "acme/b acme/c");
  CHECK(both.candidates[1].lost_because == "a form that is only observed");
  CHECK_FALSE(both.ambiguous);
}

TEST_CASE("an entry never matches an item of the other kind") {
  const auto all = jivochat();
  CHECK(match(all, "enter_ts").candidates.size() == 1);
  CHECK(match(all, "enter_ts", "shop.example.com", ItemKind::local_storage).candidates.empty());
  CHECK(match(all, "jv_store_AbC123xYz0_client").candidates.empty());
}

TEST_CASE("names that other matchers take for the vendor's are told apart") {
  const auto all = jivochat();
  const auto counter = match(all, "jv_visits_count_1", "www.jivochat.com");
  CHECK(ids(counter) == "jivochat/website/jv_visits_count jivochat/widget/visits_count");
  CHECK(counter.candidates[0].captured == Captured{{"jivo_visitor_id", "1"}});
  CHECK(counter.candidates[0].fits_host);
  const auto foreign = match(all, "last_login", "notjivochat.com");
  REQUIRE(foreign.candidates.size() == 1);
  CHECK_FALSE(foreign.candidates[0].fits_host);
  for (const char* wild : {"jv_gui_state_124104", "jv_prechat2_EBSrukxUuA"}) {
    CAPTURE(wild);
    REQUIRE(match(all, wild).candidates.size() == 1);
    CHECK_FALSE(match(all, wild).candidates[0].entry->documented());
  }
  CHECK(match(all, "jv_unheard_124104").vendor == &all[0]);
  CHECK_FALSE(match(all, "jv_unheard_124104").needs_company);
  for (const char* alone : {"jv_unheard", "jv_item_3", "jv_word_registered", "jivo_theme"}) {
    CAPTURE(alone);
    CHECK(match(all, alone).vendor == &all[0]);
    CHECK(match(all, alone).needs_company);
  }
  for (const char* other : {"_ut", "_s", "CT", "ct_check_js", "xenter_ts", "city2", "Country"}) {
    CAPTURE(other);
    CHECK(match(all, other).candidates.empty());
    CHECK(match(all, other).vendor == nullptr);
  }
}

TEST_CASE("the look-alikes of others accuse nobody") {
  const auto all = jivochat();
  CHECK(all[0].look_alikes().size() == 44);
  for (const LookAlike& other : all[0].look_alikes()) {
    CAPTURE(other.name);
    const auto result = match(all, other.name, "www.example.net", other.store);
    CHECK(result.candidates.empty());
    CHECK(result.vendor == nullptr);
  }
}

TEST_CASE("an installation's id is digits, or ten letters and digits with a digit or a capital") {
  const auto all = jivochat();
  const auto entry_of = [&all](const std::string& id) {
    return ids(match(all, "jv_close_time_" + id));
  };
  for (const char* id : {"1", "108801", "PeHzjrJoSL", "yeKRzktijd", "2kd6zcivqa", "0000000000"}) {
    CAPTURE(id);
    CHECK(entry_of(id) == "jivochat/widget/close_time");
  }
  for (const char* id : {"registered", "PeHzjrJoS", "PeHzjrJoSLx", "1a", "PeHzjrJo_L", "", "-1"}) {
    CAPTURE(id);
    CHECK(entry_of(id).empty());
  }
}

TEST_CASE("widget and visitor ids are captured, so that items can be joined") {
  const auto all = jivochat();
  const auto client =
      match(all, "jv_store_AbC123xYz0_client", "shop.example.com", ItemKind::local_storage);
  CHECK(ids(client) == "jivochat/storage/client");
  CHECK(client.candidates[0].captured == Captured{{"jivo_widget_id", "AbC123xYz0"}});
  const auto messages =
      match(all, "jv_Qx7fR_AbC123xYz0", "shop.example.com", ItemKind::local_storage);
  CHECK(ids(messages) == "jivochat/storage/messages");
  CHECK(messages.candidates[0].captured ==
        Captured{{"random_string", "Qx7fR"}, {"jivo_widget_id", "AbC123xYz0"}});
}

TEST_CASE("hostile names are only names") {
  const auto all = jivochat();
  for (const std::string& name :
       {std::string(), std::string(1, '\0'), std::string("jv_\0x", 5), std::string(1U << 20U, 'e'),
        std::string("enter_ts\0", 9), std::string("jv_utm_").append(1U << 20U, '1'),
        std::string("\xFF\xFE")}) {
    CHECK(match(all, name).candidates.empty());
  }
}

TEST_CASE("without catalogs nothing matches") {
  CHECK(match({}, "enter_ts").candidates.empty());
}

}  // namespace crumbs
