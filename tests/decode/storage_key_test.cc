#include "decode/storage_key.h"

#include <doctest/doctest.h>

#include <string>

namespace crumbs {
namespace {

TEST_CASE("storage keys in every form") {
  struct Case {
    const char* serialized;
    const char* origin;
    const char* site;  ///< empty: no partition
    std::optional<bool> ancestor;
    const char* raw;
  };
  const Case cases[] = {
      {"https://a.com", "https://a.com", "", {}, ""},
      {"https://a.com/", "https://a.com", "", {}, ""},
      {"http://h:8080", "http://h:8080", "", {}, ""},
      {"file:///", "file://", "", {}, ""},
      {"https://a.com/^0https://top.com", "https://a.com", "https://top.com", true, ""},
      {"https://shop.a.com/^31", "https://shop.a.com", "https://a.com", true, ""},
      {"http://127.0.0.1:18931/^31", "http://127.0.0.1:18931", "http://127.0.0.1", true, ""},
      {"https://a.com/^0https://top.com^30", "https://a.com", "https://top.com", false, ""},
      {"https://a.com/^11^22",
       "https://a.com",
       "nonce 00000000000000010000000000000002",
       {},
       "^11^22"},
      {"https://a.com/^41^52^6",
       "https://a.com",
       "opaque site 00000000000000010000000000000002",
       {},
       "^41^52^6"},
      {"https://a.com/^41^518446744073709551615^6https://p.com",
       "https://a.com",
       "opaque site 0000000000000001ffffffffffffffff made by https://p.com",
       {},
       "^41^518446744073709551615^6https://p.com"},
      {"https://a.com/^1x^22", "https://a.com", "unknown partition", {}, "^1x^22"},
      {"https://a.com/^118446744073709551616^22",
       "https://a.com",
       "unknown partition",
       {},
       "^118446744073709551616^22"},
      {"https://a.com/^", "https://a.com", "unknown partition", {}, "^"},
      {"https://a.com/^32", "https://a.com", "unknown partition", {}, "^32"},
      {"https://a.com/^7new", "https://a.com", "unknown partition", {}, "^7new"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.serialized);
    const auto key = parse_storage_key(one.serialized);
    REQUIRE(key);
    CHECK(key->origin == one.origin);
    CHECK(key->partition.has_value() == (std::string(one.site) != ""));
    if (!key->partition) continue;
    CHECK(key->partition->top_level_site == one.site);
    CHECK(key->partition->cross_site_ancestor == one.ancestor);
    CHECK(key->partition->raw == one.raw);
  }
}

TEST_CASE("what has no origin is no storage key") {
  for (const char* text : {"", "^0https://a.com", "://a", "a.com", "about:blank"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_storage_key(text));
  }
}

}  // namespace
}  // namespace crumbs
