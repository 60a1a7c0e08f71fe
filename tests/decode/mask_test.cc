#include <random>
#include <regex>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "decode/text.h"
#include "decode/value.h"
#include "enum_names.h"

namespace crumbs {

TEST_CASE("masks keep shape and length, and nothing of the content") {
  struct Case {
    ValueType type;
    const char *text, *masked;
  };
  const Case cases[] = {
      {ValueType::email, "zoe.mueller@example.org", "z•••@•••.org"},
      {ValueType::email, "Zoe.Mueller@mail.example.co.uk", "Z•••@•••.uk"},
      {ValueType::email, "zoe@example.org", "•••@•••.org"},
      {ValueType::email, "a@example.com", "•••@•••.com"},
      {ValueType::email, "_hidden@example.com", "•••@•••.com"},
      {ValueType::email, "émile@example.com", "•••@•••.com"},
      {ValueType::email, "zoe.mueller@example.mueller", "z•••@•••"},
      {ValueType::email, "zoe.mueller@example.zoe", "z•••@•••"},
      {ValueType::email, "zoe.mueller", "••• (11 bytes)"},
      {ValueType::email, "zoe%40example.org", "••• (17 bytes)"},
      {ValueType::phone, "+49 30 1234567", "+••• (14 bytes)"},
      {ValueType::phone, "030 1234567", "••• (11 bytes)"},
      {ValueType::url, "https://example.com/account/551", "https://••• (31 bytes)"},
      {ValueType::url, "http://example.com/", "http://••• (19 bytes)"},
      {ValueType::url, "zoe://example.com/", "••• (18 bytes)"},
      {ValueType::url, "www.example.com/zoe", "••• (19 bytes)"},
      {ValueType::identifier, "987654321", "••• (9 bytes)"},
      {ValueType::text, "Hello, where is my order #551?", "••• (30 bytes)"},
      {ValueType::text, "zoe.mueller@example.org", "••• (23 bytes)"},
      {ValueType::text, "x", "••• (1 byte)"},
      {ValueType::person_name, "Zoë", "••• (4 bytes)"},
      {ValueType::json, "{\"a\":1}", "••• (7 bytes)"},
      {ValueType::opaque, "deadbeefcafe", "••• (12 bytes)"},
      {ValueType::email, "", "(empty)"},
      {ValueType::text, "(empty)", "(empty)"},
      {ValueType::text, "(null)", "(null)"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(mask_text(c.text, c.type) == c.masked);
  }
}

TEST_CASE("what is masked of a plain word depends on type and class alone") {
  using P = PersonalData;
  for (const auto& typed : EnumNames<ValueType>::kNames) {
    const ValueType type = typed.value;
    const std::string_view type_name = typed.name;
    for (const auto& named : EnumNames<P>::kNames) {
      const PersonalData personal = named.value;
      const std::string_view name = named.name;
      CAPTURE(type_name);
      CAPTURE(name);
      const bool harmless_type = type == ValueType::counter || type == ValueType::unix_time ||
                                 type == ValueType::date || type == ValueType::flag ||
                                 type == ValueType::language;
      const bool harmless_class = personal == P::none || personal == P::preference;
      CHECK(must_mask(type, personal, "plain") ==
            (!harmless_type && (type == ValueType::opaque || !harmless_class)));
    }
  }
}

TEST_CASE("a text of a harmless class is shown only where it is harmless itself") {
  const auto shown = [](std::string_view text) {
    const bool masked = must_mask(ValueType::text, PersonalData::preference, text);
    CHECK(masked == must_mask(ValueType::enumeration, PersonalData::none, text));
    CHECK(must_mask(ValueType::text, PersonalData::identifier, text));
    return !masked;
  };
  for (const char* text : {"B", "", "(empty)", "(null)", "dark-mode", "a.b_c-d", "v1.2.3", "123456",
                           "0123456789abcdef", "build.9", "12-34-56"}) {
    CAPTURE(text);
    CHECK(shown(text));
  }
  for (const char* text :
       {"0123456789abcdefg", "a b", "a@b", "a/b", "b\xc3\xa9", "10.0.0.1", "192.168.178.1",
        "example.com", "a.co.uk", "1234567", "0441-234567", "030.1234567", "x\n", "x:y", "a,b"}) {
    CAPTURE(text);
    CHECK_FALSE(shown(text));
  }
}

TEST_CASE("fields that must be masked are, once, and only where present") {
  const auto field = [](ValueType type, PersonalData personal, std::string text,
                        bool present = true) {
    ValueField made;
    made.type = type;
    made.personal_data = personal;
    made.text = std::move(text);
    made.present = present;
    made.length = made.text.size() + 1;  // as if something shorter were shown
    return made;
  };
  std::vector<ValueField> fields = {
      field(ValueType::email, PersonalData::contact, "zoe.mueller@example.org"),
      field(ValueType::flag, PersonalData::behaviour, "no"),
      field(ValueType::text, PersonalData::none, "plain"),
      field(ValueType::opaque, PersonalData::unknown, "secret"),
      field(ValueType::phone, PersonalData::contact, "", false),
  };
  mask_fields(fields);
  mask_fields(fields);
  CHECK(fields[0].text == "z•••@•••.org");
  CHECK(fields[0].masked);
  CHECK(fields[1].text == "no");
  CHECK_FALSE(fields[1].masked);
  CHECK(fields[2].text == "plain");
  CHECK_FALSE(fields[2].masked);
  CHECK(fields[3].text == "••• (7 bytes)");
  CHECK(fields[3].masked);
  CHECK(fields[4].text.empty());
  CHECK_FALSE(fields[4].masked);
}

namespace {

/// Text of the kind that sites store, from an alphabet that makes addresses and URLs likely.
std::string random_secret(std::mt19937& random) {
  static const std::vector<std::string> parts = {
      "@",  ".", "+",       "org", "com",          "https://", "http://", "a",
      "Zo", "ë", "9",       " ",   "\xFF",         "-",        "mueller", "{",
      "\"", ":", "example", "49",  "\xED\xA0\x80", "/"};
  std::uniform_int_distribution<std::size_t> length(1, 12), part(0, parts.size() - 1);
  std::string secret;
  for (std::size_t i = length(random); i > 0; --i) secret += parts[part(random)];
  if (random() % 4 == 0) secret = "mueller9" + secret.substr(0, 1) + "@" + secret + "a.org";
  return secret;
}

/// "••• (7 bytes)", with what an address or a number may begin with.
bool is_length_alone(std::string_view masked, std::size_t length) {
  for (const std::string_view beginning : {"+", "https://", "http://"}) {
    if (!masked.starts_with(beginning)) continue;
    masked.remove_prefix(beginning.size());
    break;
  }
  return masked == fmt::format("••• ({} {})", length, length == 1 ? "byte" : "bytes");
}

}  // namespace

TEST_CASE("a mask has one of four forms for any value, so no content can survive in it") {
  // Everything but the captures is fixed; the captures are checked below.
  const std::regex address(R"(^([A-Za-z0-9]?)•••@•••(?:\.([A-Za-z]{2,6}))?$)");
  std::mt19937 random(551);
  int addresses = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string secret = random_secret(random);
    CAPTURE(secret);
    for (const auto& named : EnumNames<ValueType>::kNames) {
      const ValueType type = named.value;
      const std::string_view name = named.name;
      CAPTURE(name);
      const std::string masked = mask_text(secret, type);
      if (is_length_alone(masked, secret.size())) continue;
      ++addresses;
      REQUIRE(type == ValueType::email);
      std::smatch match;
      REQUIRE(std::regex_match(masked, match, address));
      const std::string tld = match[2].str();
      REQUIRE((tld.empty() || tld == "com" || tld == "org"));
      REQUIRE(secret.ends_with(tld));
      REQUIRE((match[1].length() == 0 || secret.starts_with(match[1].str())));
    }
  }
  CHECK(addresses > 50);
}

}  // namespace crumbs
