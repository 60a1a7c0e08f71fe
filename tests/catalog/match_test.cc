#include <doctest/doctest.h>

#include "catalog/host_scope.h"
#include "crumbs/catalog.h"
#include "support/catalogs.h"

namespace crumbs {

using test::match;

namespace {

using Json = nlohmann::ordered_json;
using Captured = std::vector<std::pair<std::string, std::string>>;

std::string ids(const MatchResult& result) {
  std::string text;
  for (const Candidate& candidate : result.candidates)
    text += (text.empty() ? "" : " ") + candidate.entry->id;
  return text;
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
    const auto all = test::all_parsed({test::catalog_with({entry_on("e", "name", {one.scope})})});
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
  const auto all = test::all_parsed({test::catalog_with(
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
  const auto all = test::all_parsed(
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
  const auto all = test::all_parsed({second, low, high});
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
    return match(test::all_parsed({test::catalog_with({test::entry("a", "name"), other})}), "name")
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
  CHECK(match(test::all_parsed({test::catalog_with(
                  {test::entry("a", "name"), test::entry("b", "name"), third})}),
              "name")
            .ambiguous);
}

TEST_CASE("a prefix makes a name the vendor's, the longest first, where no entry matches") {
  Json other = test::empty_catalog();
  other["id"] = "other";
  other["prefixes"] = {"acme_x", "zz"};
  const auto all = test::all_parsed({test::catalog_with({test::entry("one", "acme_xone")}), other});
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
  const auto all = test::all_parsed({json});
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
  const auto all =
      test::all_parsed({test::catalog_with({several, test::entry("b", "acme_${word}_two"),
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
