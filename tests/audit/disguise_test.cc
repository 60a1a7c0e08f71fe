#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "audit/disguise.h"
#include "support/made_profile.h"
#include "system/sha256.h"

/// What is masked as a value is masked wherever else it stands, and letters tell what is equal.

namespace crumbs {
namespace {

const std::string kVisitor = "987654321";
const std::string kShop = "https://shop.example.com/";
const std::string kClient = "jv_store_AbC123xYz0_client";

AuditOptions with(ValuesMode values, bool all = false) {
  AuditOptions options = test::fixed_options();
  options.values = values;
  options.all = all;
  return options;
}

/// The one finding of this name; fails where there is none or more.
const Finding& named(const Report& report, const std::string& name) {
  const auto is = [&name](const Finding& finding) { return finding.name == name; };
  const auto found = std::ranges::find_if(report.findings, is);
  REQUIRE_MESSAGE(found != report.findings.end(), name);
  CHECK(std::ranges::count_if(report.findings, is) == 1);
  return *found;
}

const ValueField& field(const Finding& finding, const std::string& pointer) {
  const auto found = std::ranges::find(finding.value.fields, pointer, &ValueField::pointer);
  REQUIRE_MESSAGE(found != finding.value.fields.end(), pointer);
  return *found;
}

std::string json_of(const Report& report) {
  std::ostringstream out;
  render(report, "json", {}, out);
  return out.str();
}

void add_visitor(test::MadeProfile& made) {
  made.add("shop.example.com", "jivo_visitor_id", kVisitor);
  made.add("shop.example.com", "jv_enter_ts_" + kVisitor, "1763856960");
  made.add("shop.example.com", "jv_enter_ts_1234567", "1763856960");
}

TEST_CASE("a visitor's id is masked in the names that hold it") {
  test::MadeProfile made;
  add_visitor(made);
  for (const ValuesMode values : {ValuesMode::masked, ValuesMode::none}) {
    const Report report = made.audit(with(values));
    REQUIRE(report.findings.size() == 3);
    const Finding& name = named(report, "jv_enter_ts_(A)");
    CHECK(name.name_masked);
    CHECK(name.name_digest.empty());
    CHECK(name.captured == std::map<std::string, std::string>{{"jivo_widget_id", "(A)"}});
    CHECK(name.card == "jivochat|example.com|(A)");
    CHECK_FALSE(named(report, "jv_enter_ts_1234567").name_masked);
    CHECK(named(report, "jivo_visitor_id").value.token ==
          (values == ValuesMode::masked ? "A" : ""));
    CHECK(json_of(report).find(kVisitor) == std::string::npos);
  }
}

TEST_CASE("in full nothing is masked, and ids are the same in every mode") {
  test::MadeProfile made;
  add_visitor(made);
  const Report full = made.audit(with(ValuesMode::full));
  CHECK_FALSE(named(full, "jv_enter_ts_" + kVisitor).name_masked);
  CHECK(named(full, "jivo_visitor_id").value.token.empty());
  const Report masked = made.audit(with(ValuesMode::masked));
  REQUIRE(masked.findings.size() == full.findings.size());
  for (std::size_t i = 0; i < full.findings.size(); ++i) {
    CHECK(full.findings[i].id == masked.findings[i].id);
    CHECK(full.findings[i].fingerprint == masked.findings[i].fingerprint);
  }
}

TEST_CASE("an id does not tell what is masked") {
  const test::TempDir work;
  const auto id_beside = [&work](const std::string& visitor) {
    test::MadeProfile made;
    made.add("shop.example.com", "jivo_visitor_id", visitor);
    made.add("shop.example.com", "jv_enter_ts_" + visitor, "1763856960");
    test::copy_tree(made.written(), work.path() / "Default");
    const Report report = audit(resolve_profile((work.path() / "Default").string(), {}),
                                test::shipped_catalogs(), with(ValuesMode::masked));
    return named(report, "jv_enter_ts_(A)").id;
  };
  CHECK(id_beside("987654321") == id_beside("123456789"));
}

TEST_CASE("an id is the same whatever other profiles are read") {
  test::MadeProfile first, made;
  first.add("shop.example.com", "jivo_visitor_id", kVisitor);
  made.add("shop.example.com", "jv_enter_ts_" + kVisitor, "1763856960");
  const std::vector<std::string> both{first.written().string(), made.written().string()};
  const Report report =
      audit(resolve_profiles(both, {}), test::shipped_catalogs(), with(ValuesMode::masked));
  CHECK(named(report, "jv_enter_ts_(A)").id == made.audit(with(ValuesMode::masked)).findings[0].id);
}

TEST_CASE("letters go to what occurs more than once, in the order of the report") {
  test::MadeProfile made;
  const std::string value =
      R"({{"visitorId":"{}","client_info":{{"email":"ada@example.org","phone":"{}"}}}})";
  made.store(kShop, kClient, fmt::format(fmt::runtime(value), kVisitor, "+49 441 1"));
  made.store("https://www.example.net/", kClient,
             fmt::format(fmt::runtime(value), "1122334455", "+49 441 2"));
  made.add("shop.example.com", "jivo_visitor_id", kVisitor);
  const Report report = made.audit(with(ValuesMode::masked));
  REQUIRE(report.findings.size() == 3);
  CHECK(report.findings[0].value.token == "A");
  const Finding &first = report.findings[1], &second = report.findings[2];
  CHECK(field(first, "/visitorId").token == "A");
  CHECK(field(first, "/client_info/email").token == "B");
  CHECK(field(first, "/client_info/email").text == "•••@•••.org");
  CHECK(field(first, "/client_info/phone").token.empty());
  CHECK(first.value.token.empty());  // of a structure its parts
  CHECK(field(second, "/visitorId").token.empty());
  CHECK(field(second, "/client_info/email").token == "B");
  const std::string text = test::text_of(report);
  CHECK(text.find("••• (A)") != std::string::npos);
  CHECK(text.find("•••@•••.org (B)") != std::string::npos);
}

TEST_CASE("what is listed decides on no letter") {
  test::MadeProfile made;
  add_visitor(made);
  for (const char* origin : {"https://shop.example.com/", "https://www.example.net/"})
    made.store(origin, kClient, R"({"jv_sess_id":"5555"})");
  AuditOptions options = with(ValuesMode::masked);
  const auto token = [&] {
    const Report report = made.audit(options);
    const Finding& last = report.findings.back();
    REQUIRE(last.site == "example.net");
    return field(last, "/jv_sess_id").token;
  };
  CHECK(token() == "B");
  options.selection = {{Criterion::site, "example.net"}};
  CHECK(token() == "B");
  options.selection = {};
  options.filter = [](const Finding& finding) { return finding.site == "example.net"; };
  CHECK(token() == "B");
}

TEST_CASE("what one profile masks as a value is masked in the names of another") {
  test::MadeProfile first, second;
  first.add("shop.example.com", "jv_enter_ts_" + kVisitor, "1763856960");
  second.add("shop.example.com", "jivo_visitor_id", kVisitor);
  const std::vector<std::string> places{first.written().string(), second.written().string()};
  for (const bool streamed : {false, true}) {
    std::vector<Finding> findings;
    const auto take = [&findings](Report& part) {
      std::ranges::move(part.findings, std::back_inserter(findings));
    };
    FoundProfiles found = resolve_profiles(places, {});
    const AuditOptions options = with(ValuesMode::masked);
    if (streamed)
      static_cast<void>(audit_streaming(std::move(found), test::shipped_catalogs(), options, take));
    else
      findings = audit(std::move(found), test::shipped_catalogs(), options).findings;
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].name == "jv_enter_ts_(A)");
    CHECK(findings[1].value.token == "A");
  }
  // The id is what it is without the other profile.
  const Report both =
      audit(resolve_profiles(places, {}), test::shipped_catalogs(), with(ValuesMode::masked));
  CHECK(both.findings[0].id == first.audit().findings.at(0).id);
}

TEST_CASE("what is no id and no contact is masked in names without a letter") {
  test::MadeProfile made;
  made.add("shop.example.com", "jivo_visitor_id", kVisitor);
  made.add("shop.example.com", "jv_seen_wundervoll", "1");
  made.add("shop.example.com", "whatever", "wundervoll");
  const Report report = made.audit(with(ValuesMode::masked, true));
  CHECK(named(report, "jv_seen_•••").name_masked);
  CHECK(named(report, "whatever").value.token.empty());
  // Only what is read as a value is masked: without --all nothing else is.
  CHECK_FALSE(named(made.audit(with(ValuesMode::masked)), "jv_seen_wundervoll").name_masked);
}

TEST_CASE("a value is masked in names as it is stored and as it is read") {
  test::MadeProfile made;
  made.add("shop.example.com", "jivo_visitor_id", "1");
  made.add("shop.example.com", "refer", "https%3a%2f%2fada.example.org%2f");
  made.add("shop.example.com", "jv_from_https%3a%2f%2fada.example.org%2f", "1");
  made.add("shop.example.com", "jv_from_https%3A%2F%2Fada.example.org%2F", "1");
  made.add("shop.example.com", "jv_from_https://ada.example.org/", "1");
  const Report report = made.audit(with(ValuesMode::masked));
  CHECK(report.findings.size() == 5);
  CHECK(std::ranges::count(report.findings, "jv_from_•••", &Finding::name) == 3);
}

TEST_CASE("the words of documented names are everybody's") {
  test::MadeProfile made;
  made.add("shop.example.com", "jivo_visitor_id", "enter_ts");  // an id like no other
  made.add("shop.example.com", "enter_ts", "1763856960");
  made.add("shop.example.com", "jv_enter_ts_1234567", "1763856960");
  const Report report = made.audit(with(ValuesMode::masked));
  CHECK_FALSE(named(report, "enter_ts").name_masked);
  CHECK_FALSE(named(report, "jv_enter_ts_1234567").name_masked);
}

TEST_CASE("keys of structures are shown where the catalog has them, else numbered") {
  test::MadeProfile made;
  made.store(kShop, kClient, R"({"visitorId":"1","seen by ada":1,"b":2})");
  made.store("https://www.example.net/", kClient, R"({"b":3})");
  const Report report = made.audit(with(ValuesMode::masked));
  REQUIRE(report.findings.size() == 2);
  const auto keys = [](const Finding& finding) {
    std::vector<std::string> pointers;
    for (const ValueField& one : finding.value.fields)
      if (!one.documented) pointers.push_back(one.pointer);
    return pointers;
  };
  using Strings = std::vector<std::string>;
  CHECK(keys(report.findings[0]) == Strings{"/•••1", "/•••2"});
  CHECK(keys(report.findings[1]) == Strings{"/•••1"});
  CHECK(report.profiles[0].tallies[0].undocumented_keys == 2);
  CHECK(report.profiles[0].tallies[0].undocumented_fields == 3);
  CHECK(keys(made.audit(with(ValuesMode::full)).findings[0]) == Strings{"/b", "/seen by ada"});
  CHECK(keys(made.audit(with(ValuesMode::none)).findings[0]) == Strings{"/•••1", "/•••2"});
}

TEST_CASE("a value that may be shown is masked where it holds what is masked elsewhere") {
  test::MadeProfile made;
  made.add("shop.example.com", "jivo_visitor_id", kVisitor);
  made.add("shop.example.com", "pages_count", kVisitor);
  made.add("www.example.com", "pages_count", "17");
  const Report report = made.audit(with(ValuesMode::masked));
  REQUIRE(report.findings.size() == 3);
  std::set<std::string> shown;
  for (const Finding& finding : report.findings) shown.insert(finding.value.text.value_or(""));
  CHECK(shown == std::set<std::string>{"(A)", "17", "••• (9 bytes)"});
}

TEST_CASE("what several items of a vendor hold is counted, listed or not") {
  test::MadeProfile made;
  add_visitor(made);
  made.store(
      kShop, kClient,
      fmt::format(R"({{"visitorId":"{}","jv_sess_id":"5555","client_id":"5555"}})", kVisitor));
  made.store("https://www.example.net/", kClient, fmt::format(R"({{"visitorId":"{}"}})", kVisitor));
  made.add("www.example.org", "unknown", kVisitor);
  AuditOptions options = with(ValuesMode::masked, true);
  const auto same = [&] { return made.audit(options).profiles.at(0).tallies.at(0).same_values; };
  // What one item holds twice is no sign of another, and what is nobody's counts for nobody.
  const std::vector<SameValue> expected{{"A", ValueType::identifier, 4, 2}};
  CHECK(same() == expected);
  options.selection = {{Criterion::site, "example.net"}};
  CHECK(same() == expected);
  options.values = ValuesMode::none;
  CHECK(same().empty());
  options.values = ValuesMode::full;
  CHECK(same().empty());
}

TEST_CASE("a value that is equal to an earlier one of its entry says which that is") {
  test::MadeProfile made;
  for (const char* host : {"a.example.com", "b.example.com", "www.example.net", "www.example.org"})
    made.store(fmt::format("https://{}/", host), kClient,
               host[0] == 'b' ? R"({"last_message":"x"})" : R"({"last_message":"y"})");
  made.store("https://www.example.net/", "jv_store_DeF456uVw1_client", R"({"last_message":"z"})");
  AuditOptions options = with(ValuesMode::masked);
  const auto equal = [&] {
    std::vector<std::string> origins;  // of those that are equal, and what they are equal to
    const Report report = made.audit(options);
    for (const Finding& finding : report.findings) {
      if (finding.value.same_as.empty()) continue;
      const auto first = std::ranges::find(report.findings, finding.value.same_as, &Finding::id);
      REQUIRE(first != report.findings.end());
      origins.push_back(finding.origin + " " + first->origin);
    }
    return origins;
  };
  using Strings = std::vector<std::string>;
  const Strings expected{"https://www.example.net https://a.example.com",
                         "https://www.example.org https://a.example.com"};
  CHECK(equal() == expected);
  options.values = ValuesMode::full;
  CHECK(equal() == expected);
  options.values = ValuesMode::none;
  CHECK(equal() == Strings{});
  options.values = ValuesMode::masked;
  options.selection = {{Criterion::site, "example.net"}, {Criterion::site, "example.org"}};
  CHECK(equal() == Strings{"https://www.example.org https://www.example.net"});
  options.digests = true;
  CHECK(equal() == Strings{});
}

TEST_CASE("the text tells equal storage in one line, unless there is more to say") {
  const auto text_with = [](const char* client, const char* visitor = nullptr) {
    test::MadeProfile made;
    if (visitor != nullptr) made.add("www.example.net", "jivo_visitor_id", visitor);
    for (const char* origin : {"https://a.example.com/", "https://www.example.net/"}) {
      made.store(origin, kClient, client);
      made.store(origin, "jv_Qx7fR_AbC123xYz0", R"([{"text":"y"}])");
    }
    return test::text_of(made.audit(with(ValuesMode::masked)));
  };
  const std::string equal =
      "2 names in local storage of www.example.net · no expiry · same values as on example.com\n"
      " ! jv_Qx7fR_…, ! jv_store_…_client (1 undocumented key)\n";
  CHECK(text_with(R"({"last_message":"x","other":1})").find(equal) != std::string::npos);
  const std::string noted = text_with(R"({"visitorId":"1111"})", "2222");
  CHECK(noted.find("note: its visitor_id is another") != std::string::npos);
  CHECK(noted.find("same values as") == std::string::npos);
  CHECK(text_with(R"({"visitorId":"1111"})", "1111").find("same values as") != std::string::npos);
  const std::string drifting = text_with(R"({"last_message":)");
  CHECK(drifting.find("≠  jv_store_…_client") != std::string::npos);
  CHECK(drifting.find("same values as") == std::string::npos);
}

TEST_CASE("digests take the place of letters") {
  test::MadeProfile made;
  add_visitor(made);
  AuditOptions options = with(ValuesMode::masked);
  options.digests = true;
  const Report report = made.audit(options);
  CHECK(named(report, "jv_enter_ts_•••").name_digest == sha256_hex("jv_enter_ts_" + kVisitor));
  CHECK(named(report, "jivo_visitor_id").value.token.empty());
}

TEST_CASE("a value is masked however it spells what is masked elsewhere") {
  const AuditOptions options = with(ValuesMode::masked);
  Disguise disguise(options);
  disguise.begin_profile();
  static_cast<void>(disguise.learn({{.text = "Abcdef12", .links = true}}));
  Finding finding;
  FindingValue& value = finding.value;
  value.type = ValueType::json;
  value.text = R"({"a":"\u0041bcdef12"})";
  value.decoded = "object, 1 key";
  value.fields = {{.pointer = "/a", .documented = true, .text = "Abcdef12"}};
  disguise.mask(finding);
  CHECK(value.masked);
  CHECK_FALSE(value.text.has_value());
  CHECK(value.decoded == "object, 1 key");
  CHECK(value.fields[0].text == "•••");
  CHECK(value.fields[0].masked);

  value = {.text = "%41bcdef12", .type = ValueType::text, .decoded = "Abcdef12"};
  disguise.mask(finding);
  CHECK(value.masked);
  CHECK(value.text == "•••");
  CHECK_FALSE(value.decoded.has_value());

  value = {.text = "Abcdef12", .type = ValueType::text, .decoded = "abcdef 12"};
  disguise.mask(finding);
  CHECK(value.text == "•••");
  CHECK_FALSE(value.decoded.has_value());
}

TEST_CASE("paths are masked unless somebody has to open them") {
  test::MadeProfile made;
  const std::string inside = made.written().parent_path().filename().string();
  REQUIRE(inside.size() >= 6);
  made.add("shop.example.com", "jivo_visitor_id", inside);
  AuditOptions options = with(ValuesMode::masked);
  const Report masked = made.audit(options);
  CHECK(masked.profiles[0].profile.path.string().find(inside) == std::string::npos);
  CHECK(json_of(masked).find(inside) == std::string::npos);
  options.keep_paths = true;
  CHECK(made.audit(options).profiles[0].profile.path.string().find(inside) != std::string::npos);
}

}  // namespace
}  // namespace crumbs
