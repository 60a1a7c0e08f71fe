#include "decode/value.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "decode/countries.h"
#include "decode/labels.h"
#include "decode/text.h"
#include "enum_names.h"

namespace crumbs {
namespace {

using Steps = std::vector<std::string>;

DecodedValue decode(ValueType type, std::string_view text, bool percent = false) {
  ValueSpec spec;
  spec.type = type;
  spec.percent_decode = percent;
  return decode_value(spec, text);
}

struct Fitting {
  ValueType type;
  bool percent;
  const char* text;
  const char* decoded;
  Steps steps = {};
};

void check_fitting(const std::vector<Fitting>& cases) {
  for (const Fitting& c : cases) {
    CAPTURE(c.text);
    CAPTURE(to_string(c.type));
    const DecodedValue value = decode(c.type, c.text, c.percent);
    CHECK(value.drift.empty());
    CHECK(value.decoded == std::string(c.decoded));
    CHECK(value.steps == c.steps);
    CHECK(value.read_as == c.type);
    CHECK(value.fields.empty());
  }
}

void check_contradicting(ValueType type, const std::vector<std::string>& values,
                         const std::string& expected) {
  for (const std::string& text : values) {
    CAPTURE(text);
    const DecodedValue value = decode(type, text);
    CHECK_FALSE(value.decoded.has_value());
    CHECK(value.read_as == ValueType::opaque);
    REQUIRE(value.drift.size() == 1);
    CHECK(value.drift[0].rule == "type");
    CHECK(value.drift[0].message.starts_with("expected " + expected + ": "));
    if (text.size() > 3) CHECK(value.drift[0].message.find(text) == std::string::npos);
  }
}

}  // namespace

TEST_CASE("every documented cookie of the widget and the web site is decoded") {
  using T = ValueType;
  const Steps time = {"unix_time: seconds, by magnitude"};
  const Steps percent = {"percent_decode"};
  check_fitting({
      {T::unix_time, true, "1795393000", "2026-11-23T00:16:40Z", time},  // enter_ts
      {T::counter, true, "3", "3"},                                      // visits_count
      {T::counter, true, "17", "17"},                                    // pages_count
      {T::url, true, "https%3A%2F%2Fwww.google.com%2Fsearch%3Fq%3Dchat", "www.google.com/search?…",
       percent},  // refer
      {T::utm, true, "campaign%3Dspring%7Csource%3Dnewsletter%7Cmedium%3Demail",
       "campaign=spring, source=newsletter, medium=email", percent},     // utm
      {T::unix_time, true, "1795393030", "2026-11-23T00:17:10Z", time},  // invitation_time
      {T::country, true, "DE", "Germany (DE)"},                          // country
      {T::city, true, "K%C3%B6ln", "Köln", percent},                     // city
      {T::unix_time, true, "1795393095", "2026-11-23T00:18:15Z", time},  // close_time
      {T::unix_time, true, "1795393120", "2026-11-23T00:18:40Z", time},  // cw_timer
      {T::json, true, "%7B%22ok%22%3Atrue%2C%22agents%22%3A2%7D", "object, 2 keys",
       percent},                                    // callback_ping_response
      {T::flag, true, "1", "yes"},                  // use_lp
      {T::flag, true, "0", "no"},                   // mframe_protected
      {T::identifier, true, "B", "B"},              // ab_test_group
      {T::date, true, "2026-11-20", "2026-11-20"},  // last_login
      {T::text, true, "subscribed", "subscribed"},  // jv_subscribe
      {T::utm, true, "utm_source%3Dpartner%26utm_medium%3Dcpc", "source=partner, medium=cpc",
       percent},                                                          // jv_site_utm
      {T::language, true, "en", "en"},                                    // jv_site_lang
      {T::identifier, true, "987654321", "987654321"},                    // jivo_visitor_id
      {T::identifier, true, "4711", "4711"},                              // jv_site_partner_id
      {T::utm, true, "utm_source%3Dpartner", "source=partner", percent},  // jv_utm_...
      {T::url, true, "https%3A%2F%2Fduckduckgo.com%2F", "duckduckgo.com/", percent},
  });
}

TEST_CASE("Unix times are told apart by magnitude, and the unit is said") {
  using T = ValueType;
  check_fitting({
      {T::unix_time,
       false,
       "1558338274153",
       "2019-05-20T07:44:34.153Z",
       {"unix_time: milliseconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000123456",
       "2026-11-23T00:00:00.123456Z",
       {"unix_time: microseconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000.123",
       "2026-11-23T00:00:00.123Z",
       {"unix_time: seconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000.12",
       "2026-11-23T00:00:00.120Z",
       {"unix_time: seconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000.123456789",
       "2026-11-23T00:00:00.123456Z",
       {"unix_time: seconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000123.4",
       "2026-11-23T00:00:00.123400Z",
       {"unix_time: milliseconds, by magnitude"}},
      {T::unix_time,
       false,
       "1795392000123456.7",
       "2026-11-23T00:00:00.123456Z",
       {"unix_time: microseconds, by magnitude"}},
      {T::unix_time,
       false,
       "631152000",
       "1990-01-01T00:00:00Z",
       {"unix_time: seconds, by magnitude"}},
      {T::unix_time,
       false,
       "4102444799",
       "2099-12-31T23:59:59Z",
       {"unix_time: seconds, by magnitude"}},
      {T::unix_time,
       false,
       "631152000000",
       "1990-01-01T00:00:00.000Z",
       {"unix_time: milliseconds, by magnitude"}},
  });
  const DecodedValue value = decode(T::unix_time, "1795392000");
  CHECK(value.newest == Time{1'795'392'000'000'000, Precision::seconds});
  CHECK(value.oldest == value.newest);
}

TEST_CASE("what is no plausible time contradicts the type") {
  check_contradicting(ValueType::unix_time,
                      {"0",
                       "1",
                       "631151999",
                       "4102444800",
                       "631151999999",
                       "4102444800000",
                       "4102444800000000",
                       "-1795392000",
                       "+1795392000",
                       "01795392000",
                       " 1795392000",
                       "1795392000 ",
                       "1795392000.",
                       ".5",
                       "1795392000.1.2",
                       "1.795392e9",
                       "0x6b030000",
                       "99999999999999999999999999",
                       "2026-11-20",
                       "zoe@example.org",
                       std::string(100, '1')},
                      "a time");
  CHECK_FALSE(read_unix_time("").has_value());
  CHECK_FALSE(read_unix_time(".").has_value());
}

TEST_CASE("dates are ISO 8601 or Unix times") {
  using T = ValueType;
  check_fitting({
      {T::date, false, "2024-02-29", "2024-02-29"},
      {T::date, false, "2026-11-20T10:11:12Z", "2026-11-20T10:11:12Z"},
      {T::date, false, "2026-11-20T10:11:12.5Z", "2026-11-20T10:11:12.500Z"},
      {T::date, false, "2026-11-20T10:11:12.123456789Z", "2026-11-20T10:11:12.123456Z"},
      {T::date, false, "2026-11-20T10:11:12+02:00", "2026-11-20T08:11:12Z"},
      {T::date, false, "2026-11-20T23:11:12-0330", "2026-11-21T02:41:12Z"},
      {T::date, false, "2026-11-20T10:11Z", "2026-11-20T10:11:00Z"},
      {T::date,
       false,
       "2026-11-20 10:11:12",
       "2026-11-20T10:11:12Z",
       {"date: no time zone, read as UTC"}},
      {T::date, true, "2026-11-20T10%3A11%3A12Z", "2026-11-20T10:11:12Z", {"percent_decode"}},
      {T::date, false, "1795392000", "2026-11-23T00:00:00Z", {"unix_time: seconds, by magnitude"}},
      {T::date,
       false,
       "1795392000000",
       "2026-11-23T00:00:00.000Z",
       {"unix_time: milliseconds, by magnitude"}},
  });
  CHECK(decode(T::date, "2026-11-20").newest == Time{1'795'132'800'000'000, Precision::seconds});
  check_contradicting(
      T::date,
      {"2023-02-29", "2026-13-01", "2026-11-2", "20.11.2026", "11/20/2026", "yesterday",
       "2026-11-20T", "2026-11-20T25:00:00Z", "2026-11-20T10:11:12+2", "2026-11-20T10:11:12+15:00",
       "2026-11-20T10:11:12.Z", "2026-11-20T10:11:12Zz", "2026-11-20T10:1:12Z",
       "2026-11-20X10:11:12Z", "20261120", "2026-11-20 ", std::string(200, '2')},
      "a date");
}

TEST_CASE("counters are whole numbers and flags are yes or no") {
  using T = ValueType;
  check_fitting({
      {T::counter, false, "0", "0"},
      {T::counter, false, "007", "7"},
      {T::counter, false, "9007199254740991", "9007199254740991"},
      {T::flag, false, "true", "yes"},
      {T::flag, false, "False", "no"},
      {T::flag, false, "YES", "yes"},
      {T::flag, false, "no", "no"},
  });
  check_contradicting(T::counter,
                      {"-1", "+1", "1.0", "1 ", " 1", "1e3", "0x10", "three", "9007199254740992",
                       "99999999999999999999999", "1\n"},
                      "a counter");
  check_contradicting(T::flag, {"2", "on", "off", "y", "maybe", "1 ", "truetrue", "-1"},
                      "a yes/no flag");
}

TEST_CASE("addresses are shown as host and path") {
  using T = ValueType;
  check_fitting({
      {T::url, false, "https://www.google.com/search?q=chat", "www.google.com/search?…"},
      {T::url, false, "http://shop.example.com", "shop.example.com"},
      {T::url, false, "https://Shop.Example.COM:8443/A#frag", "shop.example.com:8443/A#…"},
      {T::url, false, "https://zoe:secret@example.org/", "example.org/"},
      {T::url, false, "http://[2001:db8::1]:80/x", "[2001:db8::1]:80/x"},
      {T::url, false, "http://192.0.2.1/", "192.0.2.1/"},
      {T::url, false, "https://bücher.example/weg", "bücher.example/weg"},
      {T::url, false, "HTTPS://example.com/", "example.com/"},
      {T::url, false, "//cdn.example.net/lib", "cdn.example.net/lib"},
      {T::url, false, "example.com/page", "example.com/page"},
      {T::url, false, "example.com:8080/page", "example.com:8080/page"},
      {T::url, false, "/pricing?plan=2", "/pricing?…"},
      {T::url, false, "../up", "../up"},
      {T::url, false, "?q=1", "?…"},
      {T::url, false, "direct", "direct (no referring page)"},
      {T::url, false, "(direct)", "direct (no referring page)"},
      {T::url, false, "about:blank", "about:blank"},
      {T::url, false, "mailto:zoe@example.org", "mailto:…"},
      {T::url, false, "javascript:alert(1)", "javascript:…"},
      {T::url, false, "file:///home/zoe", "file:///home/zoe"},
      {T::url, false, "android-app://com.example.app/", "com.example.app/"},
  });
  check_contradicting(T::url,
                      {"hello",
                       "https://",
                       "https:example.com",
                       "http:///path",
                       "https://exa mple.com/",
                       "https://example.com/a b",
                       "https://example.com/\n",
                       "https://example.com:99999/",
                       "https://example.com:port/",
                       "https://-bad.example/",
                       "https://a..b/",
                       "https://[::1/",
                       "https://example.com/100%",
                       "https://example.com/%zz",
                       "https://example.com/<script>",
                       "https://example.com/\xFF",
                       "https://example.com/\xC2\x80",
                       "https://?q",
                       ":",
                       "http:",
                       "1http://x/",
                       "Köln",
                       std::string(70000, 'a')},
                      "an address (URL)");
}

TEST_CASE("an address that was never encoded keeps its own escapes") {
  const DecodedValue value =
      decode(ValueType::url, "https://example.com/K%C3%B6ln%2F?q=100%25", true);
  CHECK(value.decoded == "example.com/K%C3%B6ln%2F?…");
  CHECK(value.steps.empty());
}

TEST_CASE("percent-decoding happens only where it is declared and needed, and is said") {
  using T = ValueType;
  check_fitting({
      {T::city, false, "K%C3%B6ln", "K%C3%B6ln"},
      {T::city, true, "Berlin", "Berlin"},
      {T::city, true, "K%C3%B6ln", "Köln", {"percent_decode"}},
      {T::text, true, "100% sure", "100% sure"},
      {T::text, true, "%2541", "%41", {"percent_decode"}},
      {T::opaque, true, "a%20b", "a b", {"percent_decode"}},
  });
  const DecodedValue opaque = decode(T::opaque, "anything\xFF");
  CHECK_FALSE(opaque.decoded.has_value());
  CHECK(opaque.drift.empty());
  const DecodedValue contradiction = decode(T::counter, "%33x", true);
  CHECK(contradiction.steps == Steps{"percent_decode"});
  CHECK(contradiction.drift.size() == 1);
}

TEST_CASE("campaign tags are read in their three forms") {
  using T = ValueType;
  check_fitting({
      {T::utm, false, "utm_source=partner&utm_medium=cpc", "source=partner, medium=cpc"},
      {T::utm, false, "?utm_source=partner", "source=partner"},
      {T::utm, false, "UTM_Source=Partner", "source=Partner"},
      {T::utm, false, "campaign=spring", "campaign=spring"},
      {T::utm, false, "campaign=spring|sale|source=newsletter",
       "campaign=spring|sale, source=newsletter"},
      {T::utm, false, "utm_campaign=spring|sale&utm_source=x", "campaign=spring|sale, source=x"},
      {T::utm, false, "utm_source=&utm_medium=cpc", "source=, medium=cpc"},
      {T::utm, false, "utm_source=a&gclid=Xyz", "source=a, gclid=Xyz"},
      {T::utm, false, "utm_source=a%20b", "source=a%20b"},
      {T::utm,
       true,
       "utm_source=a%20b&utm_term=K%C3%B6ln",
       "source=a b, term=Köln",
       {"percent_decode of each tag"}},
      {T::utm,
       true,
       "utm_source%3Da%2520b",
       "source=a b",
       {"percent_decode", "percent_decode of each tag"}},
      {T::utm, false, R"({"campaign":"spring","source":"newsletter","id":7,"term":null})",
       "source=newsletter, campaign=spring, id=7"},
      {T::utm, false, R"({"utm_medium":"cpc","utm_source":"partner"})",
       "source=partner, medium=cpc"},
      {T::utm, true, "%7B%22source%22%3A%22x%22%7D", "source=x", {"percent_decode"}},
  });
  check_contradicting(T::utm,
                      {"spring", "a=b", "=spring", "&", "|||", "utm_source", "{}", "{\"a\":1}",
                       "{\"source\":{\"x\":1}}", "{\"source\":", "[\"source\"]", "utm_source=a\nb",
                       "utm_source=\xFF", "so urce=1&medium=2", std::string(9000, '=')},
                      "campaign tags");
}

TEST_CASE("countries are codes of ISO 3166-1 or names") {
  using T = ValueType;
  check_fitting({
      {T::country, false, "de", "Germany (DE)"},
      {T::country, false, "DEU", "Germany (DE)"},
      {T::country, false, "Germany", "Germany (DE)"},
      {T::country, false, "united kingdom", "United Kingdom (GB)"},
      {T::country, true, "C%C3%B4te%20d'Ivoire", "Côte d'Ivoire (CI)", {"percent_decode"}},
      {T::country, false, "XK", "Kosovo (XK)"},
      {T::country, false, "Deutschland", "Deutschland"},
      {T::country, false, "Россия", "Россия"},
      {T::country, false, "Türkiye", "Türkiye (TR)"},
  });
  check_contradicting(T::country,
                      {"ZZ", "XX", "D", "ABC", "12", "1234", "zoe@example.org", "{\"a\":1}",
                       "https://x", "Ger\nmany", "\xFF\xFE\xFD\xFC", std::string(500, 'a')},
                      "a country");
}

TEST_CASE("the table of countries is sorted and has each code once") {
  const auto table = countries();
  REQUIRE(table.size() == 250);
  for (std::size_t i = 0; i < table.size(); ++i) {
    CAPTURE(table[i].alpha2);
    CHECK(table[i].alpha2.size() == 2);
    CHECK(table[i].alpha3.size() == 3);
    CHECK(is_utf8(table[i].name));
    if (i > 0) CHECK(table[i - 1].alpha2 < table[i].alpha2);
    CHECK(decode(ValueType::country, table[i].alpha3).decoded ==
          decode(ValueType::country, table[i].alpha2).decoded);
  }
}

TEST_CASE("languages have the shape of BCP 47 and are written its way") {
  using T = ValueType;
  check_fitting({
      {T::language, false, "EN", "en"},
      {T::language, false, "en_us", "en-US"},
      {T::language, false, "zh-hans-cn", "zh-Hans-CN"},
      {T::language, false, "es-419", "es-419"},
      {T::language, false, "zh-yue-HK", "zh-yue-HK"},
      {T::language, false, "ca-valencia", "ca-valencia"},
      {T::language, false, "de-CH-1996", "de-CH-1996"},
      {T::language, false, "ast", "ast"},
  });
  check_contradicting(
      T::language,
      {"e", "english", "en-", "-en", "en--US", "en-x-zoe", "en-u-ca-buddhist", "e1", "en-US-US",
       "en-toolongsubtag", "12", "d\xC3\xA9", "en US", std::string(99, 'a')},
      "a language");
}

TEST_CASE("cities and names are one line of text with a letter") {
  using T = ValueType;
  check_fitting({
      {T::city, false, "São Paulo", "São Paulo"},
      {T::city, false, "'s-Hertogenbosch", "'s-Hertogenbosch"},
      {T::city, false, "Москва", "Москва"},
      {T::person_name, false, "Zoë Müller", "Zoë Müller"},
      {T::person_name, false, "Visitor #12", "Visitor #12"},
      {T::person_name, false, "李小龍", "李小龍"},
  });
  check_contradicting(T::city,
                      {"12345", "https://example.com", "{\"city\":\"x\"}", "a\nb",
                       "zoe@example.org", "\xC3", "Ber\xC2\x85lin", std::string(129, 'a')},
                      "a city");
  check_contradicting(T::person_name, {"12345", "a\tb", "\xFF name", std::string(257, 'a')},
                      "a person's name");
}

TEST_CASE("identifiers are short printable tokens") {
  using T = ValueType;
  check_fitting({
      {T::identifier, false, "s-77aa", "s-77aa"},
      {T::identifier, false, "GA1.2.1234567890.1795392000", "GA1.2.1234567890.1795392000"},
      {T::identifier, false, "{6F9619FF-8B86-D011-B42D-00CF4FC964FF}",
       "{6F9619FF-8B86-D011-B42D-00CF4FC964FF}"},
  });
  check_contradicting(T::identifier,
                      {"two words", "tab\there", "ümlaut", "zoe.mueller@example.org", "a\x7F",
                       std::string(257, 'a')},
                      "an identifier");
}

TEST_CASE("e-mail addresses and phone numbers") {
  using T = ValueType;
  check_fitting({
      {T::email, false, "zoe.mueller@example.org", "zoe.mueller@example.org"},
      {T::email, false, "z+tag@mail.example.co.uk", "z+tag@mail.example.co.uk"},
      {T::email, false, "zoë@bücher.example", "zoë@bücher.example"},
      {T::email, true, "zoe%40example.org", "zoe@example.org", {"percent_decode"}},
      {T::phone, false, "+49 30 1234567", "+49301234567"},
      {T::phone, false, "(030) 12-34.56/7", "0301234567"},
      {T::phone, false, "12345", "12345"},
      {T::phone, false, "123456789012345", "123456789012345"},
  });
  check_contradicting(T::email,
                      {"zoe",
                       "zoe@",
                       "@example.org",
                       "zoe@example",
                       "zoe@@example.org",
                       "zoe@exa mple.org",
                       ".zoe@example.org",
                       "zoe.@example.org",
                       "z..e@example.org",
                       "zoe@-example.org",
                       "zoe@example-.org",
                       "zoe@example..org",
                       "zoe@example.org.",
                       "zoe@192.0.2.1",
                       "zoe@example.1",
                       "zoe mueller@example.org",
                       "<zoe@example.org>",
                       "zoe\xFF@example.org",
                       std::string(65, 'a') + "@example.org",
                       "a@" + std::string(64, 'b') + ".org"},
                      "an e-mail address");
  check_contradicting(T::phone,
                      {"1234", "1234567890123456", "+", "49+30123456", "++49301234", "030 12x4567",
                       "\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4\xD9\xA5", std::string(41, ' ')},
                      "a phone number");
}

TEST_CASE("text is any Unicode without control characters") {
  using T = ValueType;
  check_fitting(
      {{T::text, false, "Hello, where is my order #551?", "Hello, where is my order #551?"},
       {T::text, false, "Привет ещё раз 👋", "Привет ещё раз 👋"},
       {T::text, false, "two\nlines\tand a tab\r\n", "two\nlines\tand a tab\r\n"}});
  check_contradicting(
      T::text, {std::string("nul\0byte", 8), "bell\x07", "bad\xFFutf8", "cut\xE2\x82"}, "text");
}

TEST_CASE("a lone surrogate is text, shown with replacement characters") {
  const DecodedValue value = decode(ValueType::text, "cut \xED\xA0\xBD");
  CHECK(value.drift.empty());
  CHECK(value.decoded == "cut \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("documented words are those of the list, exactly") {
  ValueSpec spec;
  spec.type = ValueType::enumeration;
  spec.enumeration = {"subscribed", "unsubscribed"};
  CHECK(decode_value(spec, "subscribed").decoded == "subscribed");
  for (const char* text : {"Subscribed", "subscribed ", "sub", "1"}) {
    CAPTURE(text);
    const DecodedValue value = decode_value(spec, text);
    CHECK_FALSE(value.decoded.has_value());
    REQUIRE(value.drift.size() == 1);
    CHECK(value.drift[0].message ==
          "expected one of the documented words: a word that the document does not have");
  }
}

TEST_CASE("an empty value fits only where the catalog allows it") {
  for (const auto& [type, name] : EnumNames<ValueType>::kNames) {
    CAPTURE(name);
    ValueSpec spec;
    spec.type = type;
    spec.allow_empty = true;
    const DecodedValue allowed = decode_value(spec, "");
    CHECK(allowed.decoded == "(empty)");
    CHECK(allowed.drift.empty());
    spec.allow_empty = false;
    const DecodedValue refused = decode_value(spec, "");
    CHECK(refused.drift.size() == (type == ValueType::opaque ? 0 : 1));
    CHECK(refused.decoded.has_value() == (type == ValueType::opaque));
  }
}

TEST_CASE("no type throws for hostile bytes, and what it shows is Unicode") {
  std::vector<std::string> hostile = {std::string(1, '\0'),
                                      "\xFF\xFE",
                                      "\xED\xA0\x80",
                                      "\xED\xA0\x80\xED\xB0\x80",
                                      "%",
                                      "%00",
                                      "%FF%FE",
                                      "%ED%A0%80",
                                      "{\"a\":\"\\ud800\"}",
                                      "[[[[",
                                      "{\"a\":\xFF}",
                                      "\"\\",
                                      "=&=&=",
                                      "a=%FF&source=%C3",
                                      "@",
                                      "+",
                                      "://",
                                      "-",
                                      std::string(100000, '['),
                                      std::string(100000, '{'),
                                      std::string(100000, '"'),
                                      std::string(100000, '%'),
                                      std::string(100000, '\\')};
  for (const auto& [type, name] : EnumNames<ValueType>::kNames) {
    for (const std::string& text : hostile) {
      CAPTURE(name);
      CAPTURE(text.substr(0, 20));
      for (const bool percent : {false, true}) {
        const DecodedValue value = decode(type, text, percent);
        if (value.decoded) CHECK(is_utf8(*value.decoded));
        CHECK((value.decoded || !value.drift.empty() || type == ValueType::opaque));
      }
    }
  }
}

TEST_CASE("every type has a label") {
  for (const auto& [type, name] : EnumNames<ValueType>::kNames) {
    CAPTURE(name);
    CHECK_FALSE(label(type).empty());
  }
}

}  // namespace crumbs
