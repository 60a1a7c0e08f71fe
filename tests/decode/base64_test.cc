#include <string>

#include <doctest/doctest.h>

#include "decode/text.h"
#include "support/support.h"

namespace crumbs {

TEST_CASE("base64 is that of RFC 4648, section 10") {
  struct Case {
    const char *plain, *coded;
  };
  const Case cases[] = {{"", ""},
                        {"f", "Zg=="},
                        {"fo", "Zm8="},
                        {"foo", "Zm9v"},
                        {"foob", "Zm9vYg=="},
                        {"fooba", "Zm9vYmE="},
                        {"foobar", "Zm9vYmFy"}};
  for (const Case& c : cases) {
    CAPTURE(c.plain);
    CHECK(base64_encode(c.plain) == c.coded);
    CHECK(base64_decode(c.coded) == std::string(c.plain));
  }
  CHECK(base64_encode(test::unhex("00 FF FB EF")) == "AP/77w==");
  CHECK(base64_decode("AP/77w==") == test::unhex("00 FF FB EF"));
}

TEST_CASE("base64 that another encoder would not write is refused") {
  for (const char* text :
       {"Z",        "Zg",       "Zg=",      "Zg===",        "====",  "=",     "Z===",     "Zm9v=",
        "Zm9v====", "Zg==Zg==", "Zm8=Zm9v", "Zm9v\n",       "Zm9 v", " Zm9v", "Zm9v    ", "Zm-_",
        "Zm9%",     "Zh==",     "Zm9=",     "Zm9v\xC3\xB6", "=m9v",  "Z=9v"}) {
    CAPTURE(text);
    CHECK_FALSE(base64_decode(text).has_value());
  }
  CHECK_FALSE(base64_decode(std::string("Zm\0v", 4)).has_value());
}

TEST_CASE("base64 comes back at every length, over block borders too") {
  for (std::size_t size = 0; size < 300; ++size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 37 + size);
    CHECK(base64_decode(base64_encode(bytes)) == bytes);
  }
  for (const std::size_t size : {(std::size_t{3} << 20U) - 1, std::size_t{3} << 20U,
                                 (std::size_t{3} << 20U) + 1, (std::size_t{6} << 20U) + 2}) {
    CAPTURE(size);
    std::string bytes(size, 'x');
    bytes.back() = '\xFF';
    const std::string coded = base64_encode(bytes);
    CHECK(coded.size() == (size + 2) / 3 * 4);
    const bool same = base64_decode(coded) == bytes;
    CHECK(same);
  }
}

}  // namespace crumbs
