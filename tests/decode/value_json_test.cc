#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "decode/value.h"
#include "support/values.h"

namespace crumbs {
namespace {

using P = PersonalData;
using T = ValueType;
using test::drift_of;
using test::entry;
using test::find;
using test::text_at;

ValueSpec client_spec() {
  ValueSpec spec;
  spec.type = T::json;
  spec.fields = {entry("/jv_sess_id", T::identifier, P::identifier),
                 entry("/client_id", T::identifier, P::identifier),
                 entry("/pa_id", T::identifier),
                 entry("/is_blacklisted", T::flag, P::behaviour),
                 entry("/is_introduced", T::flag),
                 entry("/client_info", T::json, P::contact),
                 entry("/client_info/client_name", T::person_name, P::contact),
                 entry("/client_info/phone", T::phone, P::contact),
                 entry("/client_info/email", T::email, P::contact),
                 entry("/client_info/description", T::text, P::content),
                 entry("/department_id", T::identifier),
                 entry("/display_name", T::person_name, P::contact),
                 entry("/evaluate", T::flag),
                 entry("/last_message", T::text, P::content),
                 entry("/has_integration", T::json),
                 entry("/utm", T::utm, P::behaviour),
                 entry("/visitorId", T::identifier, P::identifier)};
  return spec;
}

constexpr const char* kClient =
    R"({"jv_sess_id":"s-77aa","client_id":43,"pa_id":1009,"is_blacklisted":false,"is_introduced":true,)"
    R"("client_info":{"client_name":"Zoë Müller","phone":"+49 30 1234567","email":"zoe.mueller@example.org",)"
    R"("description":"asked about refunds"},"department_id":3,"display_name":"Zoë","evaluate":false,)"
    R"("last_message":"Привет, где мой заказ?","has_integration":{"vk":false,"facebook":true},)"
    R"("utm":"campaign=spring","visitorId":"987654321","undocumented_flag":1})";

ValueSpec messages_spec() {
  ValueSpec spec;
  spec.type = T::json_array;
  spec.fields = {entry("/created_ts", T::unix_time), entry("/text", T::text, P::content),
                 entry("/chat_id", T::identifier, P::identifier),
                 entry("/msg_id", T::identifier, P::identifier)};
  spec.fields[1].erratum = Erratum{"ID of the user", "the message"};
  return spec;
}

constexpr const char* kMessages =
    R"([{"created_ts":1795393040,"text":"Hello, where is my order #551?","chat_id":7,"msg_id":1},)"
    R"({"created_ts":1795393055,"text":"Привет ещё раз 👋","chat_id":7,"msg_id":2}])";

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("a client store shows every documented part, decoded, and what is not documented") {
  const DecodedValue value = decode_value(client_spec(), kClient);
  CHECK(value.drift.empty());
  CHECK(value.steps.empty());
  CHECK(value.decoded == "object, 14 keys");
  CHECK(value.read_as == T::json);
  CHECK(value.fields_complete);
  REQUIRE(value.fields.size() == 17);  // 12 keys, 4 parts of client_info, 1 undocumented
  const std::pair<const char*, const char*> expected[] = {
      {"/jv_sess_id", "s-77aa"},
      {"/client_id", "43"},
      {"/pa_id", "1009"},
      {"/is_blacklisted", "no"},
      {"/is_introduced", "yes"},
      {"/client_info/client_name", "Zoë Müller"},
      {"/client_info/phone", "+49301234567"},
      {"/client_info/email", "zoe.mueller@example.org"},
      {"/client_info/description", "asked about refunds"},
      {"/department_id", "3"},
      {"/display_name", "Zoë"},
      {"/evaluate", "no"},
      {"/last_message", "Привет, где мой заказ?"},
      {"/has_integration", R"({"facebook":true,"vk":false})"},
      {"/utm", "campaign=spring"},
      {"/visitorId", "987654321"},
      {"/undocumented_flag", "1"},
  };
  for (std::size_t i = 0; i < value.fields.size(); ++i) {
    CHECK(value.fields[i].pointer == expected[i].first);
    CHECK(value.fields[i].text == expected[i].second);
    CHECK(value.fields[i].present);
    CHECK_FALSE(value.fields[i].masked);
    CHECK(value.fields[i].documented == (i < 16));
  }
  CHECK(value.fields[7].type == T::email);
  CHECK(value.fields[7].personal_data == P::contact);
  CHECK(value.fields[7].description == "what /client_info/email is");
  CHECK(value.fields[6].length == 14);  // as stored, not as shown
  CHECK(value.fields[3].length == 5);
  CHECK(value.fields[16].type == T::opaque);
  CHECK(value.fields[16].personal_data == P::unknown);
}

TEST_CASE("the parts of a masked client store tell nothing") {
  DecodedValue value = decode_value(client_spec(), kClient);
  mask_fields(value.fields);
  CHECK(text_at(value, "/client_info/email") == "z•••@•••.org");
  CHECK(text_at(value, "/client_info/phone") == "+••• (14 bytes)");
  CHECK(text_at(value, "/is_blacklisted") == "no");
  CHECK(text_at(value, "/pa_id") == "1009");
  CHECK(text_at(value, "/undocumented_flag") == "••• (1 byte)");
  CHECK(text_at(value, "/last_message") == "••• (39 bytes)");
}

TEST_CASE("a message store is read message by message") {
  const DecodedValue value = decode_value(messages_spec(), kMessages);
  CHECK(value.drift.empty());
  CHECK(value.elements == 2);
  CHECK(value.decoded == "2 objects");
  CHECK(value.steps == Strings{"/created_ts: unix_time: seconds, by magnitude"});
  REQUIRE(value.fields.size() == 8);
  CHECK(value.fields[0].pointer == "/0/created_ts");
  CHECK(text_at(value, "/0/created_ts") == "2026-11-23T00:17:20Z");
  CHECK(text_at(value, "/0/text") == "Hello, where is my order #551?");
  CHECK(text_at(value, "/1/text") == "Привет ещё раз 👋");
  CHECK(text_at(value, "/1/msg_id") == "2");
  CHECK(find(value, "/0/text")->erratum ==
        R"(the document says "ID of the user"; likely meant: the message)");
  CHECK(value.oldest == Time{1'795'393'040'000'000});
  CHECK(value.newest == Time{1'795'393'055'000'000});
}

TEST_CASE("a single object stands for a list of one") {
  const DecodedValue value =
      decode_value(messages_spec(), R"({"created_ts":1795393040123,"text":"hi","extra":[1,2]})");
  CHECK(value.drift.empty());
  CHECK(value.elements == 1);
  REQUIRE(value.fields.size() == 5);
  CHECK(text_at(value, "/created_ts") == "2026-11-23T00:17:20.123Z");
  CHECK(text_at(value, "/text") == "hi");
  CHECK_FALSE(find(value, "/chat_id")->present);
  CHECK_FALSE(find(value, "/msg_id")->present);
  CHECK(text_at(value, "/extra") == "[1,2]");
  CHECK_FALSE(find(value, "/extra")->documented);
}

TEST_CASE("what is missing is said for each documented part") {
  const DecodedValue value = decode_value(client_spec(), "{}");
  CHECK(value.drift.empty());
  REQUIRE(value.fields.size() == 17);  // client_info and its 4 parts too
  for (const ValueField& field : value.fields) {
    CAPTURE(field.pointer);
    CHECK(field.documented);
    CHECK_FALSE(field.present);
    CHECK(field.text.empty());
  }
  const DecodedValue partial = decode_value(client_spec(), R"({"client_info":{"email":"","x":1}})");
  CHECK(partial.drift.empty());
  CHECK(find(partial, "/client_info") == nullptr);
  CHECK_FALSE(find(partial, "/client_info/phone")->present);
  CHECK(text_at(partial, "/client_info/email") == "(empty)");
  CHECK(find(partial, "/client_info/email")->length == 0);
  CHECK(text_at(partial, "/client_info/x") == "1");
  CHECK_FALSE(find(partial, "/client_info/x")->documented);
}

TEST_CASE("null is no contradiction") {
  const DecodedValue value =
      decode_value(client_spec(), R"({"client_id":null,"client_info":null})");
  CHECK(value.drift.empty());
  CHECK(text_at(value, "/client_id") == "(null)");
  CHECK(find(value, "/client_id")->present);
  CHECK(text_at(value, "/client_info") == "(null)");
}

TEST_CASE("a part that contradicts its type is drift of the field, without its value") {
  const DecodedValue value = decode_value(
      client_spec(),
      R"({"is_blacklisted":"perhaps","client_info":{"email":"nobody-here","phone":["1"]},"client_id":"a b"})");
  CHECK(drift_of(value) ==
        Strings{
            "field: /client_id: expected an identifier: blanks, control characters or characters "
            "beyond ASCII",
            "field: /client_info/email: expected an e-mail address: not of the form name@domain",
            "field: /client_info/phone: expected a phone number: an object or a list",
            "field: /is_blacklisted: expected a yes/no flag: none of 0, 1, true, false, yes, no"});
  CHECK(value.read_as == T::json);
  CHECK(text_at(value, "/is_blacklisted") == "perhaps");
  CHECK(find(value, "/is_blacklisted")->type == T::opaque);  // or it would be shown unmasked
  CHECK(find(value, "/is_blacklisted")->documented);
}

TEST_CASE("something else in place of a documented object is drift") {
  const DecodedValue value = decode_value(client_spec(), R"({"client_info":"zoe"})");
  CHECK(drift_of(value) == Strings{"field: /client_info: expected JSON: no object"});
  CHECK(text_at(value, "/client_info") == "zoe");
  CHECK(find(value, "/client_info")->type == T::opaque);
  CHECK_FALSE(find(value, "/client_info/email")->present);

  ValueSpec spec;
  spec.type = T::json;
  spec.fields = {entry("/a/b", T::counter)};
  const DecodedValue implied = decode_value(spec, R"({"a":[1]})");
  CHECK(drift_of(implied) == Strings{"field: /a: expected JSON: no object"});
  CHECK(text_at(implied, "/a") == "[1]");
}

TEST_CASE("contradictions in a list are counted, not repeated") {
  const DecodedValue value = decode_value(
      messages_spec(), R"([{"created_ts":1},{"created_ts":"x"},{"created_ts":1795393040},5,null])");
  CHECK(drift_of(value) == Strings{"field: /created_ts: expected a time: no Unix time between 1990 "
                                   "and 2100 in any unit, in 2 of 3 objects",
                                   "field: expected a list of objects: 2 of 5 elements are none"});
  CHECK(value.elements == 3);
  CHECK_FALSE(value.fields_complete);
  CHECK(value.newest == value.oldest);
  CHECK(find(value, "/2/created_ts") != nullptr);
}

TEST_CASE("what is no JSON, or not the promised kind of it, is drift of the type") {
  struct Case {
    ValueType type;
    std::string text, message;
  };
  const Case cases[] = {
      {T::json, "nonsense", "expected JSON: not well-formed"},
      {T::json, "{", "expected JSON: not well-formed"},
      {T::json, R"({"a":1} trailing)", "expected JSON: not well-formed"},
      {T::json, "{'a':1}", "expected JSON: not well-formed"},
      {T::json, "[NaN]", "expected JSON: not well-formed"},
      {T::json, "5", "expected JSON: no object"},
      {T::json, "[1]", "expected JSON: no object"},
      {T::json_array, R"("text")", "expected a JSON list of objects: neither list nor object"},
      {T::json_array, "null", "expected a JSON list of objects: neither list nor object"},
      {T::json, std::string(65, '[') + std::string(65, ']'),
       "expected JSON: nested deeper than 64"},
      {T::json, std::string(1000000, '['), "expected JSON: nested deeper than 64"},
      {T::json, std::string(17U << 20U, ' '), "expected JSON: longer than 16 MiB"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text.substr(0, 30));
    ValueSpec spec = c.type == T::json ? client_spec() : messages_spec();
    const DecodedValue value = decode_value(spec, c.text);
    CHECK(drift_of(value) == Strings{"type: " + c.message});
    CHECK_FALSE(value.decoded.has_value());
    CHECK(value.read_as == T::opaque);
    CHECK(value.fields.empty());
    CHECK(value.elements == 0);
  }
}

TEST_CASE("an empty list has no elements and no fields") {
  const DecodedValue value = decode_value(messages_spec(), "[]");
  CHECK(value.drift.empty());
  CHECK(value.decoded == "0 objects");
  CHECK(value.fields.empty());
  CHECK_FALSE(value.newest.has_value());
}

}  // namespace crumbs
