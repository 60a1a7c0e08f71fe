#include "decode/value.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/values.h"

namespace crumbs {

using namespace test;

TEST_CASE("addresses are shown whole, as they were stored") {
  using T = ValueType;
  for (const char* const address :
       {"https://www.google.com/search?q=chat", "http://shop.example.com",
        "https://Shop.Example.COM:8443/A#frag", "https://zoe:secret@example.org/",
        "http://[2001:db8::1]:80/x", "http://192.0.2.1/", "https://bücher.example/weg",
        "HTTPS://example.com/", "//cdn.example.net/lib", "example.com/page",
        "example.com:8080/page", "/pricing?plan=2", "../up", "?q=1", "about:blank",
        "mailto:zoe@example.org", "javascript:alert(1)", "file:///home/zoe",
        "android-app://com.example.app/"}) {
    check_fitting({{T::url, false, address, address}});
  }
  check_fitting({{T::url, false, "direct", "direct (no referring page)"},
                 {T::url, false, "(direct)", "direct (no referring page)"}});
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
                       "https://example.com/<script>",
                       "https://example.com/?<script>",
                       "https://example.com/?\"",
                       "https://example.com/{page}",
                       "https://example.com/`",
                       "https://{}.example/",
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

TEST_CASE("what browsers leave as it is in an address is part of it") {
  using T = ValueType;
  for (const char* const address :
       {"https://example.com/?start={page}", "https://example.com/?a|b^c`d", "/?{a}#{b}",
        "https://example.com/a|b^c", "https://example.com/?\\", "https://example.com/100%",
        "https://example.com/%zz", "https://example.com/?q=50%"}) {
    check_fitting({{T::url, false, address, address}});
  }
}

TEST_CASE("an address that was never encoded keeps its own escapes") {
  const std::string address = "https://example.com/K%C3%B6ln%2F?q=100%25";
  const DecodedValue value = decode(ValueType::url, address, true);
  CHECK(value.decoded == address);
  CHECK(value.steps.empty());
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
      {T::utm, false, "utmcsr=google|utmccn=(organic)|utmcmd=organic",
       "source=google, campaign=(organic), medium=organic"},
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
                      {"spring", "a=b", "=spring", "&", "|||", "utm_source", "{}", R"({"a":1})",
                       R"({"source":{"x":1}})", R"({"source":)", R"(["source"])", "utm_source=a\nb",
                       "utm_source=\xFF", "so urce=1&medium=2", std::string(9000, '=')},
                      "campaign tags");
}

}  // namespace crumbs
