/// What a report may show of a value, whatever its bytes are.

#include "audit/present.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/catalogs.h"

namespace crumbs {
namespace {

using Json = nlohmann::ordered_json;

PresentedValue presented(const std::string& bytes, const Json* json, ValuesMode mode) {
  PlainValue plain;
  plain.bytes = bytes;
  plain.length = bytes.size();
  if (json == nullptr) return present_value(std::move(plain), nullptr, mode);
  const Catalog catalog = test::parsed(test::catalog_with({*json}));
  return present_value(std::move(plain), &catalog.entries().front(), mode);
}

Json entry_of(const char* type, const char* personal_data) {
  Json entry = test::entry("e", "acme_e");
  entry["value"] = {{"type", type}, {"basis", "document"}, {"section", "2"}};
  entry["personal_data"]["is"] = personal_data;
  return entry;
}

Json structure(const char* type) {
  Json entry = entry_of(type, "none");
  entry["value"]["fields"] = {{{"pointer", "/a"},
                               {"type", "text"},
                               {"personal_data", "none"},
                               {"description", "Anything."}}};
  return entry;
}

}  // namespace

TEST_CASE("bytes that are no UTF-8 are shown in full alone") {
  const std::string bytes = "secret\xff\xfe";
  const Json text = entry_of("text", "identifier");
  for (const Json* entry : {static_cast<const Json*>(nullptr), &text}) {
    const FindingValue full = presented(bytes, entry, ValuesMode::full).value;
    CHECK(full.bytes == bytes);
    CHECK(full.text == bytes);
    CHECK_FALSE(full.masked);
    const FindingValue masked = presented(bytes, entry, ValuesMode::masked).value;
    CHECK_FALSE(masked.bytes.has_value());
    CHECK(masked.text == "••• (8 bytes)");
    CHECK(masked.masked);
    const FindingValue none = presented(bytes, entry, ValuesMode::none).value;
    CHECK_FALSE(none.bytes.has_value());
    CHECK_FALSE(none.text.has_value());
    CHECK(none.masked);
    for (const FindingValue& value : {full, masked, none}) CHECK(value.length == bytes.size());
  }
}

TEST_CASE("the same text has one size in whatever form it is stored, and masked the same") {
  struct Spelling {
    RawValue::Encoding encoding;
    std::string bytes;
  };
  for (const Spelling& spelling :
       {Spelling{RawValue::Encoding::utf8, "caf\xc3\xa9"},
        Spelling{RawValue::Encoding::latin1, "caf\xe9"},
        Spelling{RawValue::Encoding::utf16le, std::string("c\0a\0f\0\xe9\0", 8)}}) {
    Decryptor decryptor({}, "linux");
    RawValue raw{
        .bytes = spelling.bytes, .encoding = spelling.encoding, .length = spelling.bytes.size()};
    PlainValue plain = open_value(raw, "shop.example.com", decryptor);
    CHECK(plain.length == 5);
    const FindingValue masked = present_value(std::move(plain), nullptr, ValuesMode::masked).value;
    CHECK(masked.length == 5);
    CHECK(masked.text == "••• (5 bytes)");
  }
}

TEST_CASE("a structure is shown where its documented parts are all of it, and harmless") {
  const Json object = structure("json"), list = structure("json_array");
  struct Case {
    const Json& entry;
    const char* text;
    bool shown;
  };
  const std::vector<Case> cases{
      {object, R"({"a":"x"})", true},
      {object, R"({"a":"someone@example.org","a":"x"})", false},  // the first is not listed
      {object, R"({"a":"x","b":"someone@example.org"})", false},  // b is not documented
      {object, R"({"a":{"b":"someone@example.org"}})", false},    // another type
      {list, R"([{"a":"x"},{"a":"y"}])", true},
      {list, R"([{"a":"x"},"someone@example.org"])", false},  // an element that is no object
      {list, R"([{"a":"someone@example.org","a":"x"}])", false}};
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const FindingValue value = presented(one.text, &one.entry, ValuesMode::masked).value;
    CHECK(value.masked == !one.shown);
    CHECK(value.text == (one.shown ? std::optional<std::string>(one.text) : std::nullopt));
    REQUIRE(value.decoded.has_value());
    CHECK(value.decoded->find("someone") == std::string::npos);
    for (const ValueField& field : value.fields)
      CHECK(field.text.find("someone") == std::string::npos);
    const FindingValue none = presented(one.text, &one.entry, ValuesMode::none).value;
    CHECK_FALSE(none.fields.empty());
    for (const ValueField& field : none.fields) CHECK(field.text.empty());
    CHECK_FALSE(none.decoded.has_value());
  }
}

TEST_CASE("a value of another type than documented has no harmless class, and is masked as it is") {
  for (const char* harmless : {"none", "preference"}) {
    const Json entry = entry_of("counter", harmless);
    const FindingValue value = presented("someone@example.org", &entry, ValuesMode::masked).value;
    CHECK(value.type == ValueType::opaque);
    CHECK(value.personal_data == PersonalData::unknown);
    CHECK(value.masked);
    CHECK(value.text == "••• (19 bytes)");
    const FindingValue number = presented("7", &entry, ValuesMode::masked).value;
    CHECK(number.type == ValueType::counter);
    CHECK(number.text == "7");
  }
  const Json contact = entry_of("counter", "contact");
  CHECK(presented("x", &contact, ValuesMode::masked).value.personal_data == PersonalData::contact);
}

}  // namespace crumbs
