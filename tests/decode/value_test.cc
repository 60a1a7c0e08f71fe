#include "decode/value.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "decode/labels.h"
#include "decode/text.h"
#include "enum_names.h"
#include "support/values.h"

namespace crumbs {

using namespace test;
using Steps = std::vector<std::string>;

TEST_CASE("every documented cookie of the widget and the web site is decoded") {
  using T = ValueType;
  const Steps time = {"unix_time: seconds, by magnitude"};
  const Steps percent = {"percent_decode"};
  check_fitting({
      {T::unix_time, true, "1795393000", "2026-11-23T00:16:40Z", time},  // enter_ts
      {T::counter, true, "3", "3"},                                      // visits_count
      {T::counter, true, "17", "17"},                                    // pages_count
      {T::url, true, "https%3A%2F%2Fwww.google.com%2Fsearch%3Fq%3Dchat",
       "https://www.google.com/search?q=chat", percent},  // refer
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
      {T::url, true, "https%3A%2F%2Fduckduckgo.com%2F", "https://duckduckgo.com/", percent},
  });
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
  for (const auto& named : EnumNames<ValueType>::kNames) {
    const ValueType type = named.value;
    const std::string_view name = named.name;
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
                                      R"({"a":"\ud800"})",
                                      "[[[[",
                                      "{\"a\":\xFF}",
                                      R"("\)",
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
  for (const auto& named : EnumNames<ValueType>::kNames) {
    const ValueType type = named.value;
    const std::string_view name = named.name;
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
  for (const auto& named : EnumNames<ValueType>::kNames) {
    const ValueType type = named.value;
    const std::string_view name = named.name;
    CAPTURE(name);
    CHECK_FALSE(label(type).empty());
  }
}

}  // namespace crumbs
