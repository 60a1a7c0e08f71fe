#include "decode/origin_attributes.h"

#include <doctest/doctest.h>

namespace crumbs {

TEST_CASE("origin attributes are read as Firefox writes them") {
  struct Row {
    const char* suffix;
    std::uint32_t container;
    std::optional<Partition> partition;
    std::map<std::string, std::string> others;
  };
  const Row rows[] = {
      {"", 0, {}, {}},
      {"^userContextId=6", 6, {}, {}},
      {"^userContextId=4294967295", 4294967295, {}, {}},
      {"^partitionKey=%28https%2Cexample.com%29", 0, Partition{"https://example.com", {}, ""}, {}},
      {"^partitionKey=%28http%2C127.0.0.1%2Cf%29", 0, Partition{"http://127.0.0.1", true, ""}, {}},
      {"^partitionKey=%28https%2Cexample.com%2C8443%29",
       0,
       Partition{"https://example.com:8443", {}, ""},
       {}},
      {"^partitionKey=%28https%2Cexample.com%2C8443%2Cf%29",
       0,
       Partition{"https://example.com:8443", true, ""},
       {}},
      {"^partitionKey=%28https%2C%5B%2B%2B1%5D%29", 0, Partition{"https://[::1]", {}, ""}, {}},
      {"^partitionKey=%28about%2Cabout.ef2a7dd5-93bc-417f-a698-142c3116864f.mozilla%29",
       0,
       Partition{"about://about.ef2a7dd5-93bc-417f-a698-142c3116864f.mozilla", {}, ""},
       {}},
      {"^partitionKey=example.com", 0, Partition{"example.com", {}, ""}, {}},
      {"^userContextId=6&partitionKey=%28https%2Cexample.com%29",
       6,
       Partition{"https://example.com", {}, ""},
       {}},
      {"^userContextId=2&privateBrowsingId=1&firstPartyDomain=example.org",
       2,
       {},
       {{"privateBrowsingId", "1"}, {"firstPartyDomain", "example.org"}}},
      {"^firstPartyDomain=%5B%2B%2B1%5D", 0, {}, {{"firstPartyDomain", "[::1]"}}},
      {"^appId=3&inBrowser=1", 0, {}, {{"appId", "3"}, {"inBrowser", "1"}}},
      {"^geckoViewUserContextId=a+b%20c", 0, {}, {{"geckoViewUserContextId", "a b c"}}},
      {"^partitionKey=", 0, {}, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.suffix);
    const auto read = parse_origin_attributes(row.suffix);
    REQUIRE(read.has_value());
    CHECK(read->user_context_id == row.container);
    CHECK(read->others == row.others);
    REQUIRE(read->partition.has_value() == row.partition.has_value());
    if (!row.partition) continue;
    CHECK(read->partition->top_level_site == row.partition->top_level_site);
    CHECK(read->partition->cross_site_ancestor == row.partition->cross_site_ancestor);
    CHECK(read->partition->raw == row.partition->raw);
  }
}

TEST_CASE("a partition key of another form is kept as it stands") {
  for (const char* key : {"()", "(https)", "(https,)", "(,example.com)", "(a,b,c,d)", "(https,a,x)",
                          "(https,f)x", "(https,a,1,2,f)"}) {
    CAPTURE(key);
    const Partition partition = parse_partition_key(key);
    CHECK(partition.raw == key);
    CHECK(partition.top_level_site == key);
  }
  CHECK(parse_partition_key("(https,f)").top_level_site == "https://f");
}

TEST_CASE("what is no list of attributes is refused") {
  std::string many = "^";
  for (int i = 0; i < 40; ++i) many += "k" + std::to_string(i) + "=v&";
  for (const std::string& suffix :
       {std::string("^"), std::string("userContextId=1"), std::string("^userContextId=x"),
        std::string("^userContextId="), std::string("^userContextId=4294967296"),
        std::string("^userContextId=-1"), std::string("^key"), std::string("^=v"),
        std::string("^a=b&"), std::string("^a=%FF"), std::string("^%ff=a"), std::string("^a=\xff"),
        many}) {
    CAPTURE(suffix);
    CHECK_FALSE(parse_origin_attributes(suffix).has_value());
  }
}

}  // namespace crumbs
