#include "decode/value.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "decode/countries.h"
#include "decode/text.h"
#include "support/values.h"

namespace crumbs {

using namespace test;

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
                      {"ZZ", "XX", "D", "ABC", "12", "1234", "zoe@example.org", R"({"a":1})",
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
                      {"12345", "https://example.com", R"({"city":"x"})", "a\nb", "zoe@example.org",
                       "\xC3", "Ber\xC2\x85lin", std::string(129, 'a')},
                      "a city");
  check_contradicting(T::person_name, {"12345", "a\tb", "\xFF name", std::string(257, 'a')},
                      "a person's name");
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

}  // namespace crumbs
