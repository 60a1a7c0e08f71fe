#include "audit/secrets.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "decode/text.h"

/// Texts that are masked as values, found again in names and paths.

namespace crumbs {
namespace {

using Place = Secrets::Place;

/// "[0]" for the first text that was added, "[1]" for the second.
std::string marked(const Secrets& secrets, std::string_view text, Place place = Place::name) {
  return secrets.replaced(
      text, place, [](Secrets::Id id) { return std::optional("[" + std::to_string(id) + "]"); });
}

Secrets with(std::string_view text, bool links = true) {
  Secrets secrets;
  static_cast<void>(secrets.add(text, links));
  return secrets;
}

TEST_CASE("a secret is found where it stands apart") {
  const Secrets id = with("987654");
  CHECK(marked(id, "987654") == "[0]");
  CHECK(marked(id, "jv_enter_ts_987654") == "jv_enter_ts_[0]");
  CHECK(marked(id, "uid987654x") == "uid[0]x");
  CHECK(marked(id, "a-987654-987654") == "a-[0]-[0]");
  CHECK(marked(id, "1987654") == "1987654");
  CHECK(marked(id, "9876540") == "9876540");
  CHECK(marked(id, "98765") == "98765");
  CHECK(marked(id, "") == "");
  const Secrets word = with("ada.lovelace");
  CHECK(marked(word, "xada.lovelacey") == "x[0]y");  // twelve bytes stand nowhere by chance
  CHECK(marked(with("b\xc3\xa4r1"), "seen_b\xc3\xa4r1") == "seen_[0]");
  CHECK(marked(with("b\xc3\xa4r1"),
               "\xc3\xa9"
               "b\xc3\xa4r1") ==
        "\xc3\xa9"
        "b\xc3\xa4r1");
}

TEST_CASE("how long a secret must be depends on what it is and where it is looked for") {
  CHECK(marked(with("1234"), "a_1234") == "a_[0]");
  CHECK(marked(with("123"), "a_123") == "a_123");
  CHECK(marked(with("123"), "123") == "123");
  CHECK(marked(with("12345", false), "a_12345") == "a_12345");
  CHECK(marked(with("123", false), "123") == "123");
  CHECK(marked(with("123456", false), "a_123456") == "a_[0]");
  CHECK(marked(with("12345"), "a/12345", Place::path) == "a/12345");
  CHECK(marked(with("123456"), "a/123456", Place::path) == "a/[0]");
  CHECK(marked(with("123456", false), "a/123456", Place::path) == "a/123456");
  CHECK(marked(with("Default"), "Default/Cookies", Place::path) == "Default/Cookies");
  CHECK(marked(with("Default"), "Default") == "[0]");
}

TEST_CASE("of secrets that overlap the first and longest counts") {
  Secrets secrets;
  static_cast<void>(secrets.add("ada@example.org", true));
  static_cast<void>(secrets.add("example.org", true));
  CHECK(secrets.add("ada@example.org", false) == 0);
  CHECK(secrets.size() == 2);
  CHECK(marked(secrets, "to ada@example.org or example.org") == "to [0] or [1]");
  // What is not taken leaves room for what is.
  CHECK(secrets.replaced("ada@example.org", Place::name, [](Secrets::Id id) {
    return id == 1 ? std::optional(std::string("*")) : std::nullopt;
  }) == "ada@*");
}

TEST_CASE("a secret links as soon as it is added as one that does") {
  Secrets secrets = with("12345", false);
  CHECK(marked(secrets, "a_12345") == "a_12345");
  static_cast<void>(secrets.add("12345", true));
  CHECK(secrets.links(0));
  CHECK(marked(secrets, "a_12345") == "a_[0]");
}

TEST_CASE("other spellings are found") {
  Secrets secrets = with("ada@example.org");
  CHECK(marked(secrets, "seen_ada%40example.org") == "seen_[0]");
  secrets.add_spelling(0, "ada+example.org");
  CHECK(marked(secrets, "ada+example.org") == "[0]");
}

TEST_CASE("a long secret is known as a whole only") {
  const std::string most(Secrets::kLongest, 'a'), longer = most + "a";
  CHECK(marked(with(most), "_" + most) == "_[0]");
  CHECK(marked(with(longer), longer) == "[0]");
  CHECK(marked(with(longer, false), longer) == "[0]");
  CHECK(marked(with(longer), "_" + longer) == "_" + longer);
}

TEST_CASE("a text that is made to begin like all secrets everywhere is masked as a whole") {
  Secrets secrets;
  for (std::size_t length = Secrets::kShortest; length <= Secrets::kLongest; ++length)
    static_cast<void>(secrets.add(std::string(length - 1, 'a') + "b", true));
  CHECK(marked(secrets, std::string(100, 'a') + "b") == "[97]");
  CHECK(marked(secrets, std::string(100'000, 'a')) == kMaskedText);
  CHECK(marked(secrets, std::string(100'000, 'c')) == std::string(100'000, 'c'));
}

TEST_CASE("percent encoding is what encodeURIComponent makes, and is undone") {
  CHECK(percent_encode("aZ09-_.!~*'()") == "aZ09-_.!~*'()");
  CHECK(percent_encode("a b@\xc3\xa9%") == "a%20b%40%C3%A9%25");
  CHECK(percent_decode(percent_encode("a b@\xc3\xa9%")) == "a b@\xc3\xa9%");
}

}  // namespace
}  // namespace crumbs
