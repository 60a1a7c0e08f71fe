// The items of real installations of the widget, as public material shows them: names and values of
// cookie headers of 2014 to 2020 with other ids, people and hosts, and keys of the widget's source.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "crumbs/audit.h"
#include "crumbs/render.h"
#include "support/made_profile.h"

namespace crumbs {
namespace {

using test::MadeProfile;

constexpr const char* kShop = "shop.example.com";
constexpr const char* kOrigin = "https://shop.example.com/";

const Finding& named(const Report& report, std::string_view name) {
  const auto found = std::ranges::find(report.findings, name, &Finding::name);
  REQUIRE(found != report.findings.end());
  return *found;
}

Report full(MadeProfile& profile) {
  AuditOptions options = test::fixed_options();
  options.values = ValuesMode::full;
  options.all = true;
  return profile.audit(options);
}

void check_documented(const Finding& finding, const std::string& name, const std::string& decoded) {
  CAPTURE(finding.name);
  CHECK(finding.status == Status::documented);
  CHECK(finding.entry == "jivochat/widget/" + name);
  REQUIRE(finding.form.has_value());
  CHECK(finding.form->basis == Basis::observation);
  CHECK(finding.form->name == "jv_" + name + "_${jivo_widget_id}");
  CHECK(finding.form->documented_as == name);
  CHECK_FALSE(finding.form->evidence.empty());
  CHECK(finding.value.decoded == decoded);
  CHECK(finding.drift.empty());
  CHECK(finding.notes.empty());
}

void check_observed(const Finding& finding, const std::string& name, const std::string& decoded,
                    PersonalData personal_data) {
  CAPTURE(finding.name);
  CHECK(finding.status == Status::undocumented);
  CHECK(finding.entry == "jivochat/observed/" + name);
  REQUIRE(finding.form.has_value());
  CHECK(finding.form->basis == Basis::observation);
  CHECK(finding.form->documented_as.empty());
  CHECK(finding.value.decoded == decoded);
  CHECK(finding.value.personal_data == personal_data);
  CHECK(finding.deletion.verdict == Verdict::undocumented);
  CHECK(finding.drift.empty());
  CHECK(finding.notes.empty());
}

std::set<std::string> cards(const Report& report) {
  std::set<std::string> cards;
  for (const Finding& finding : report.findings) {
    if (!finding.card.empty()) cards.insert(finding.card);
  }
  return cards;
}

TEST_CASE("the cookies of an installation of 2018 are the widget's on its customer's site") {
  MadeProfile profile;
  const auto add = [&](const std::string& name, const std::string& value) {
    profile.add(".example.com", name + "_PeHzjrJoXX", value);
  };
  add("jv_enter_ts", "1522692259856");
  add("jv_visits_count", "1");
  add("jv_refer", "https%3A%2F%2Fexample.org%2Flist%2F%3Ftype%3Ds");
  add("jv_utm", "");
  add("jv_invitation_time", "1522692384041");
  add("jv_close_time", "1541604447645");
  add("jv_pages_count", "5");
  add("jv_gui_state", "WIDGET");
  add("jv_prechat2", "0%7C0%7C0%7C0%7C0");
  add("jv_client_id", "6346.CdNKq9p93nFVzhbLEDvNMJHpQ8yTuav7nVniH5FZxxx");
  add("jv_client_name", "Zed");
  add("jv_email", "zed%40example.com");
  add("jv_phone", "%2B15550100");
  profile.add(".example.com", "_ga", "GA1.2.1.2");
  const Report report = full(profile);
  CHECK(report.summary.documented == 7);
  CHECK(report.summary.undocumented == 6);
  CHECK(report.summary.unknown == 1);
  CHECK(cards(report).size() == 1);
  const auto documented = [&](const std::string& name, const std::string& decoded) {
    check_documented(named(report, "jv_" + name + "_PeHzjrJoXX"), name, decoded);
  };
  documented("enter_ts", "2018-04-02T18:04:19.856Z");
  documented("visits_count", "1");
  documented("refer", "https://example.org/list/?type=s");
  documented("utm", "(empty)");
  documented("invitation_time", "2018-04-02T18:06:24.041Z");
  documented("close_time", "2018-11-07T15:27:27.645Z");
  documented("pages_count", "5");
  const auto observed = [&](const std::string& name, const std::string& decoded,
                            PersonalData personal_data) {
    check_observed(named(report, "jv_" + name + "_PeHzjrJoXX"), name, decoded, personal_data);
  };
  observed("gui_state", "WIDGET", PersonalData::none);
  observed("prechat2", "0|0|0|0|0", PersonalData::unknown);
  observed("client_id", "6346.CdNKq9p93nFVzhbLEDvNMJHpQ8yTuav7nVniH5FZxxx",
           PersonalData::identifier);
  observed("client_name", "Zed", PersonalData::contact);
  observed("email", "zed@example.com", PersonalData::contact);
  observed("phone", "+15550100", PersonalData::contact);
  CHECK(named(report, "_ga").status == Status::unknown);
}

TEST_CASE("what is only publicly seen is masked by its class, as a documented item is") {
  MadeProfile profile;
  profile.add(kShop, "jv_email_108801", "zed%40example.com");
  profile.add(kShop, "jv_client_id_108801", "6346.CdNKq9p93nFVzhbLEDvNMJHpQ8yTuav7nVniH5FZxxx");
  const Report report = profile.audit();
  CHECK(named(report, "jv_email_108801").value.text == "•••@•••.com");
  CHECK(named(report, "jv_client_id_108801").value.masked);
}

TEST_CASE("the text says as what an item is documented, and what is only seen") {
  MadeProfile profile;
  profile.add(kShop, "jv_enter_ts_108801", "1522692259856");
  profile.add(kShop, "jv_email_108801", "zed%40example.com");
  profile.add("www.jivochat.de", "jv_site_lang", "de");
  const std::string text = std::regex_replace(
      test::text_of(profile.audit(), {.level = TextLevel::verbose}), std::regex(R"(\s+)"), " ");
  CAPTURE(text);
  for (const char* words :
       {"── JivoChat on example.com, widget 108801 ─", "── JivoChat on jivochat.de, its own site ─",
        "The moment this browser first came to the site that carries the chat. (documented as "
        "enter_ts) (publicly seen: the start of the present visit: it is renewed while the number "
        "of visits grows) may be deleted",
        "jv_email_108801 undocumented •••@•••.com The e-mail address that was typed into the chat. "
        "(seen in the wild, not in the vendor's document) may be deleted",
        "JivoChat is on 2 sites: 2 documented items, 2 with personal data.",
        "undocumented ? 1 item (1 publicly seen)"})
    CHECK(text.find(words) != std::string::npos);
}

TEST_CASE("two numeric installations of 2014 are two cards") {
  MadeProfile profile;
  const auto add = [&](const std::string& name, const std::string& value) {
    profile.add("journal.example.com", name, value);
  };
  add("jv_site_enter_time_108801", "1396864511564");
  add("jv_close_time_108801", "1396875899696");
  add("jv_agent_info_108801", "134389");
  add("jv_pages_count_108801", "17");
  add("jv_enter_ts_124104", "1421165997798");
  add("jv_gui_state_124104", "WIDGET");
  const Report report = full(profile);
  check_documented(named(report, "jv_close_time_108801"), "close_time", "2014-04-07T13:04:59.696Z");
  check_documented(named(report, "jv_pages_count_108801"), "pages_count", "17");
  check_documented(named(report, "jv_enter_ts_124104"), "enter_ts", "2015-01-13T16:19:57.798Z");
  check_observed(named(report, "jv_site_enter_time_108801"), "site_enter_time",
                 "2014-04-07T09:55:11.564Z", PersonalData::behaviour);
  check_observed(named(report, "jv_agent_info_108801"), "agent_info", "134389",
                 PersonalData::behaviour);
  check_observed(named(report, "jv_gui_state_124104"), "gui_state", "WIDGET", PersonalData::none);
  CHECK(cards(report).size() == 2);
}

TEST_CASE("the fourteen names of the widget's table on a shop, with its stores") {
  MadeProfile profile;
  const std::map<std::string, std::pair<std::string, std::string>> values = {
      {"enter_ts", {"1794990000123", "2026-11-18T08:20:00.123Z"}},
      {"visits_count", {"3", "3"}},
      {"pages_count", {"12", "12"}},
      {"refer", {"https%3A%2F%2Fexample.org%2F%3Fgclid%3Dabc", "https://example.org/?gclid=abc"}},
      {"utm", {"", "(empty)"}},
      {"invitation_time", {"1794990100000", "2026-11-18T08:21:40Z"}},
      {"country", {"RU", "Russia (RU)"}},
      {"city", {"%D0%9C%D0%BE%D1%81%D0%BA%D0%B2%D0%B0", "Москва"}},
      {"close_time", {"1794990110000", "2026-11-18T08:21:50Z"}},
      {"cw_timer", {"1794990120000", "2026-11-18T08:22:00Z"}},
      {"callback_ping_response", {"%7B%22ok%22%3A1%7D", R"({"ok":1})"}},
      {"use_lp", {"1", "yes"}},
      {"mframe_protected", {"0", "no"}},
      {"ab_test_group", {"2", "2"}}};
  for (const auto& [name, value] : values)
    profile.add(".shop.example.com", "jv_" + name + "_PeHzjrJoXX", value.first);
  profile.store(
      kOrigin, "jv_store_PeHzjrJoXX_client",
      R"({"client_id":6346,"client_info":{"client_name":"Zed","email":"zed@example.com"},)"
      R"("visitorId":"550017","last_message":{"text":"hi"}})");
  profile.store(kOrigin, "jv_abc123_PeHzjrJoXX",
                R"([{"created_ts":1794990000.123,"text":"hi","chat_id":5,"msg_id":"1.17"}])");
  profile.store(kOrigin, "jv_gui_state", "WIDGET");
  profile.store(kOrigin, "jv_store_PeHzjrJoXX_agent", "{}");
  const Report report = full(profile);
  for (const auto& [name, value] : values)
    check_documented(named(report, "jv_" + name + "_PeHzjrJoXX"), name, value.second);
  const Finding& client = named(report, "jv_store_PeHzjrJoXX_client");
  CHECK(client.status == Status::documented);
  // The document does not say in which form the last message is kept; no id is told as another.
  CHECK(client.notes == std::vector<std::string>{"its value differs from our reading: "
                                                 "/last_message: expected text: an object or a "
                                                 "list"});
  CHECK(named(report, "jv_abc123_PeHzjrJoXX").status == Status::documented);
  CHECK(named(report, "jv_abc123_PeHzjrJoXX").notes.empty());
  CHECK(named(report, "jv_gui_state").status == Status::undocumented);
  CHECK(named(report, "jv_store_PeHzjrJoXX_agent").status == Status::undocumented);
  CHECK(report.summary.documented == 16);
  CHECK(report.summary.drift == 0);
  CHECK(cards(report).size() == 1);
}

TEST_CASE("what the loader keeps tells a place") {
  MadeProfile profile;
  profile.store(kOrigin, "jv_loader_info_EBSrukxUuA",
                R"({"isChatStarted":true,"geoWidgetInfo":{"clientLocation":"NL;07;Amsterdam"}})");
  const Report report = full(profile);
  const Finding& loader = named(report, "jv_loader_info_EBSrukxUuA");
  CHECK(loader.entry == "jivochat/observed/loader_info");
  CHECK(loader.value.personal_data == PersonalData::location);
  const auto place =
      std::ranges::find(loader.value.fields, "/geoWidgetInfo/clientLocation", &ValueField::pointer);
  REQUIRE(place != loader.value.fields.end());
  CHECK(place->text == "Amsterdam, region 07, Netherlands (NL)");
  CHECK(std::ranges::none_of(loader.value.fields, &ValueField::documented));
}

TEST_CASE("names of others that begin with jv_ accuse nobody") {
  MadeProfile profile;
  for (const char* name : {"jv_cc_required", "jv_cc", "jv_split_a", "jv_session"})
    profile.add("www.example.net", name, "all");
  for (const char* name : {"jv_form_data", "jv_current_step", "jv_tour_phase", "jv_just_registered",
                           "jv_notif_trigger", "jv_token", "jv_user", "jv_chat_history",
                           "jv_ai_messages", "jv_split_a"})
    profile.store("https://www.example.net/", name, R"([{"text":"hi","created_ts":1794990000}])");
  const Report report = full(profile);
  CHECK(report.findings.size() == 14);
  for (const Finding& finding : report.findings) {
    CAPTURE(finding.name);
    CHECK(finding.status == Status::unknown);
    CHECK(finding.catalog.empty());
    CHECK(finding.entry.empty());
  }
}

TEST_CASE("the form of a message's key alone on a site is no more than possible") {
  MadeProfile profile;
  profile.store(kOrigin, "jv_abc123_42", R"([{"text":"hi","created_ts":1794990000}])");
  CHECK(named(full(profile), "jv_abc123_42").status == Status::possible);
  profile.add(kShop, "jv_enter_ts_42", "1522692259856");
  CHECK(named(full(profile), "jv_abc123_42").status == Status::documented);
}

TEST_CASE("what somebody else sets keeps no generic name of the vendor company") {
  MadeProfile profile;
  profile.add(kShop, "JivoSiteLoaded", "1");
  profile.add(kShop, "country", "DE");
  profile.add(kShop, "jv_debug", "1");
  const Report report = full(profile);
  CHECK(named(report, "JivoSiteLoaded").status == Status::undocumented);
  CHECK(named(report, "JivoSiteLoaded").entry == "jivochat/observed/jivo_site_loaded");
  CHECK(named(report, "country").status == Status::possible);
  CHECK(named(report, "jv_debug").status == Status::unknown);
}

TEST_CASE("of what nobody documents only numbers, flags and known words are shown") {
  MadeProfile profile;
  profile.store(kOrigin, "__jivoLoader", R"js({"version":31,"code":"mail('zed@example.com')"})js");
  profile.store(kOrigin, "jv_loader_info_42",
                R"({"buildNumber":"1558338274","configHost":"zed","abTesting":{"name":"zed"}})");
  profile.add(kShop, "jv_gui_state_42", "zed");
  const Report report = profile.audit();
  const std::string json = to_json(report);
  CHECK(json.find("zed") == std::string::npos);
  CHECK(json.find("mail(") == std::string::npos);
  CHECK(json.find("1558338274") != std::string::npos);
}

TEST_CASE("the vendor's cookies on its regional sites are documented") {
  MadeProfile profile;
  for (const char* host :
       {"www.jivochat.com", "www.jivochat.com.br", "jivochat.de", "www.jivo.ru"}) {
    profile.add(host, "jv_enter_ts_42", "1522692259856");
    profile.add(host, "jv_site_lang", "pt-BR");
    profile.add(host, "last_login", "2026-11-01");
  }
  const Report report = full(profile);
  CHECK(report.summary.documented == 12);
  for (const Finding& finding : report.findings) {
    CAPTURE(finding.host);
    CHECK(finding.entry.starts_with("jivochat/website/"));
    CHECK(finding.form->basis == Basis::document);
  }
}

struct Odd {
  const char* name;
  const char* value;
  const char* decoded;  ///< empty: not decoded
  bool drift;
};

TEST_CASE("odd values that are seen: real forms are decoded, no value at all is drift") {
  for (const Odd& odd : std::vector<Odd>{
           {"jv_refer_1", "https%3A%2F%2Fexample.org%2F%3Fstart%3D%7Bpage%7D",
            "https://example.org/?start={page}", false},
           {"jv_refer_1", "http://example.org/a?b=c", "http://example.org/a?b=c", false},
           {"jv_refer_1", "android-app%3A%2F%2Fcom.example.app", "android-app://com.example.app",
            false},
           {"jv_refer_1", "https%3A%2F%2Fexample.org%2F%3Fq%3D%5E%60", "https://example.org/?q=^`",
            false},
           {"jv_refer_1", "https%3A%2F%2Fexample.org%2F%3Fq%3Da%7Cb", "https://example.org/?q=a|b",
            false},
           {"jv_refer_1", "http://example.org/?q={keyword}", "http://example.org/?q={keyword}",
            false},
           {"jv_refer_1", "%D0%BF%D1%80", "", false},  // that it is an address is our reading
           {"jv_refer_1", "undefined", "", true},
           {"jv_refer_1", "null", "", true},
           {"jv_utm_1", "utm_source%3Dgoogle%7Cutm_medium%3Dcpc", "source=google, medium=cpc",
            false},
           {"jv_utm_1", "%7B%22source%22%3A%22google%22%7D", "source=google", false},
           {"jv_utm_1", "utmcsr=google|utmccn=(organic)|utmcmd=organic",
            "source=google, campaign=(organic), medium=organic", false},
           {"jv_utm_1", "undefined", "", true},
           {"jv_enter_ts_1", "1561064388", "2019-06-20T20:59:48Z", false},
           {"jv_enter_ts_1", "1522692259.856", "2018-04-02T18:04:19.856Z", false},
           {"jv_enter_ts_1", "NaN", "", true},
           {"jv_visits_count_1", "NaN", "", true},
           {"jv_visits_count_1", "-1", "", true},
           {"jivo_visitor_id", "6346.CdNKq9p93nFVzhbLEDvNMJHpQ8yTuav7nVniH5FZxxx",
            "6346.CdNKq9p93nFVzhbLEDvNMJHpQ8yTuav7nVniH5FZxxx", false}}) {
    CAPTURE(odd.name);
    CAPTURE(odd.value);
    MadeProfile profile;
    profile.add("www.jivochat.com", odd.name, odd.value);
    const Report report = full(profile);
    REQUIRE(report.findings.size() == 1);
    const Finding& finding = report.findings[0];
    CHECK(finding.value.decoded.value_or("") == odd.decoded);
    CHECK(finding.drift.empty() != odd.drift);
    CHECK(finding.status == (odd.drift ? Status::drift : Status::documented));
  }
}

TEST_CASE("a value that is not of its type keeps its class unless that is a harmless one") {
  MadeProfile profile;
  profile.add(kShop, "jv_visits_count_42", "zed@example.com");
  profile.add(kShop, "jv_use_lp_42", "zed@example.com");
  const Report report = profile.audit();
  const Finding& count = named(report, "jv_visits_count_42");
  CHECK(count.status == Status::drift);
  CHECK(count.value.personal_data == PersonalData::behaviour);
  CHECK(count.value.masked);
  const Finding& flag = named(report, "jv_use_lp_42");
  CHECK(flag.status == Status::drift);
  CHECK(flag.value.personal_data == PersonalData::unknown);
  CHECK(flag.value.masked);
}

}  // namespace
}  // namespace crumbs
