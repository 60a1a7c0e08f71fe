#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "decode/json_text.h"
#include "decode/value.h"
#include "support/values.h"

namespace crumbs {
namespace {

using P = PersonalData;
using T = ValueType;

using Strings = std::vector<std::string>;
using test::drift_of;
using test::entry;
using test::find;
using test::text_at;

}  // namespace

TEST_CASE("JSON whose parts nobody documents shows its shape alone") {
  ValueSpec spec;
  spec.type = T::json;
  const std::pair<const char*, const char*> cases[] = {
      {R"({"ok":true,"agents":2})", "object, 2 keys"},
      {"{}", "object, 0 keys"},
      {"[1]", "list, 1 item"},
      {"5", "number"},
      {R"("zoe")", "string"},
      {" {\"a\" : 1}\n", "object, 1 key"}};
  for (const auto& c : cases) {
    const char* const text = c.first;
    const char* const shape = c.second;
    CAPTURE(text);
    const DecodedValue value = decode_value(spec, text);
    CHECK(value.drift.empty());
    CHECK(value.decoded == shape);
    CHECK(value.fields.empty());
  }
}

TEST_CASE("encoded JSON is decoded first, plain JSON keeps its escapes") {
  ValueSpec spec;
  spec.type = T::json;
  spec.percent_decode = true;
  spec.fields = {entry("/a", T::text)};
  const DecodedValue encoded = decode_value(spec, "%7B%22a%22%3A%22K%C3%B6ln%22%7D");
  CHECK(text_at(encoded, "/a") == "Köln");
  CHECK(encoded.steps == Strings{"percent_decode"});
  const DecodedValue plain = decode_value(spec, R"({"a":"100%25"})");
  CHECK(text_at(plain, "/a") == "100%25");
  CHECK(plain.steps.empty());
}

TEST_CASE("lone surrogates and bad bytes cost their characters, not the document") {
  ValueSpec spec;
  spec.type = T::json;
  spec.fields = {entry("/a", T::text)};
  const Strings mended = {"json: text that is no Unicode replaced by U+FFFD"};
  struct Case {
    const char *text, *shown;
    bool mended;
  };
  const Case cases[] = {
      {R"({"a":"cut \ud83d"})", "cut \uFFFD", true},
      {R"({"a":"\udc4b cut"})", "\uFFFD cut", true},
      {R"({"a":"\ud83dx\udc4b"})", "\uFFFDx\uFFFD", true},
      {R"({"a":"\ud83d\ud83d\udc4b"})", "\uFFFD👋", true},
      {R"({"a":"\uD83D\uDC4B"})", "👋", false},
      {R"({"a":"\\ud83d"})", "\\ud83d", false},
      {R"({"a":"\\\ud83d"})", "\\\uFFFD", true},
      {"{\"a\":\"\xED\xA0\xBD\"}", "\uFFFD\uFFFD\uFFFD", true},
      {"{\"a\":\"\xFF\"}", "\uFFFD", true},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const DecodedValue value = decode_value(spec, c.text);
    CHECK(value.drift.empty());
    CHECK(text_at(value, "/a") == c.shown);
    CHECK(value.steps == (c.mended ? mended : Strings{}));
  }
  for (const char* text : {R"({"a":"\ud8)", R"({"a":"\u)", R"({"a":"\)", R"({"a":"\uzzzz"})"})
    CHECK(drift_of(decode_value(spec, text)) == Strings{"type: expected JSON: not well-formed"});
}

TEST_CASE("repeated keys are noted and make the list of fields incomplete") {
  ValueSpec spec;
  spec.type = T::json;
  spec.fields = {entry("/a", T::counter)};
  const DecodedValue value =
      decode_value(spec, R"({"a":"zoe@example.org","a":1,"b":{"a":2,"a":3}})");
  CHECK(value.drift.empty());
  CHECK(text_at(value, "/a") == "1");
  CHECK(value.steps == Strings{"json: 2 repeated keys, the last one counts"});
  CHECK_FALSE(value.fields_complete);
  CHECK(decode_value(spec, R"({"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]})").steps.empty());
}

TEST_CASE("the nesting that is allowed is read in full") {
  ValueSpec spec;
  spec.type = T::json;
  CHECK(decode_value(spec, std::string(64, '[') + std::string(64, ']')).decoded == "list, 1 item");
  const std::string brackets_in_text =
      R"({"a":")" + std::string(500, '[') + R"(\")" + std::string(500, '{') + R"("})";
  CHECK(decode_value(spec, brackets_in_text).decoded == "object, 1 key");
}

TEST_CASE("long lists are counted in full and listed in part") {
  ValueSpec spec;
  spec.type = T::json_array;
  spec.fields = {entry("/t", T::unix_time)};
  std::string text = "[";
  for (int i = 0; i < 300; ++i)
    text += (i > 0 ? R"(,{"t":)" : R"({"t":)") + std::to_string(1'795'392'000 + i) + "}";
  const DecodedValue value = decode_value(spec, text + "]");
  CHECK(value.elements == 300);
  CHECK(value.fields.size() == 256);
  CHECK(value.fields.back().pointer == "/255/t");
  CHECK(value.newest == Time{1'795'392'299'000'000});
  CHECK(value.steps.back() == "json: 44 more fields not listed");
  CHECK_FALSE(value.fields_complete);
}

TEST_CASE("fields are bounded") {
  ValueSpec spec;
  spec.type = T::json;
  spec.fields = {entry("/a", T::counter)};
  std::string text = R"({"a":1)";
  for (int i = 0; i < 5000; ++i) text += R"(,"k)" + std::to_string(i) + R"(":0)";
  const DecodedValue value = decode_value(spec, text + "}");
  CHECK(value.fields.size() == 4096);
  CHECK(value.steps == Strings{"json: 905 more fields not listed"});
  std::string wide = "[0";
  for (int i = 0; i < 300000; ++i) wide += ",0";
  CHECK(drift_of(decode_value(spec, wide + "]")) ==
        Strings{"type: expected JSON: more than 262144 values"});
}

TEST_CASE("pointers escape what JSON pointers must") {
  ValueSpec spec;
  spec.type = T::json;
  spec.fields = {entry("/a~1b/c~0d", T::counter)};
  const DecodedValue value = decode_value(spec, R"({"a/b":{"c~d":5,"~/":6},"":7})");
  REQUIRE(value.fields.size() == 3);
  CHECK(text_at(value, "/a~1b/c~0d") == "5");
  CHECK(text_at(value, "/") == "7");
  CHECK(text_at(value, "/a~1b/~0~1") == "6");
}

TEST_CASE("types of fields take the forms that JSON has for them") {
  struct Case {
    ValueType type;
    const char *json, *text;
  };
  const Case cases[] = {
      {T::unix_time, "1795392000.123", "2026-11-23T00:00:00.123Z"},
      {T::unix_time, R"("1795392000")", "2026-11-23T00:00:00Z"},
      {T::date, R"("2026-11-20")", "2026-11-20"},
      {T::counter, "18", "18"},
      {T::flag, "1", "yes"},
      {T::flag, R"("no")", "no"},
      {T::utm, R"({"source":"x","medium":"y"})", "source=x, medium=y"},
      {T::enumeration, R"("vip")", "vip"},
      {T::json, R"("{\"a\":1}")", R"({"a":1})"},
      {T::json, "[1,2]", "[1,2]"},
      {T::json_array, "[{}]", "[{}]"},
      {T::opaque, "[1,{}]", "[1,{}]"},
      {T::text, "12.5", "12.5"},
      {T::identifier, "18446744073709551615", "18446744073709551615"},
      {T::identifier, "-5", "-5"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.json);
    ValueSpec spec;
    spec.type = T::json;
    spec.fields = {entry("/x", c.type)};
    const DecodedValue value = decode_value(spec, std::string(R"({"x":)") + c.json + "}");
    CHECK(value.drift.empty());
    CHECK(text_at(value, "/x") == c.text);
    CHECK(value.fields.size() == 1);
    CHECK(value.fields[0].type == c.type);
  }
  const std::pair<ValueType, const char*> wrong[] = {
      {T::counter, "1.5"}, {T::counter, "-1"},   {T::counter, "true"}, {T::flag, "2"},
      {T::json, R"("{")"}, {T::json_array, "1"}, {T::text, "{}"},      {T::email, "5"}};
  for (const auto& c : wrong) {
    const ValueType type = c.first;
    const char* const json = c.second;
    CAPTURE(json);
    ValueSpec spec;
    spec.type = T::json;
    spec.fields = {entry("/x", type)};
    const DecodedValue value = decode_value(spec, std::string(R"({"x":)") + json + "}");
    REQUIRE(value.drift.size() == 1);
    CHECK(value.drift[0].rule == "field");
    CHECK(value.fields[0].type == T::opaque);
  }
}

TEST_CASE("parsing never throws and keeps what is well-formed") {
  CHECK(parse_json(R"({"a":[1,2,{"b":null}]})").document->at("a").size() == 3);
  CHECK_FALSE(parse_json("").document.has_value());
  CHECK_FALSE(parse_json(std::string("{\"a\":1}\0", 8)).document.has_value());
  CHECK(parse_json("1e400").problem == "not well-formed");
  CHECK(parse_json("[[],[[]],{}]").document.has_value());
}

}  // namespace crumbs
