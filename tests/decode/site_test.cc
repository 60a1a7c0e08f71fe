// Labels: threads
#include "decode/site.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include <fmt/format.h>

namespace crumbs {

TEST_CASE("the registrable domain is the public suffix and one label") {
  struct Row {
    const char *host, *domain;
  };
  const Row rows[] = {
      {"example.com", "example.com"},
      {"shop.example.com", "example.com"},
      {"a.b.c.example.co.uk", "example.co.uk"},
      {".example.com", "example.com"},
      {".shop.Example.COM", "example.com"},
      {"shop.example.com.", "example.com"},
      {"example.test", "example.test"},
      {"deep.example.test", "example.test"},
      {"someone.github.io", "someone.github.io"},
      {"www.someone.github.io", "someone.github.io"},
      {"xn--bcher-kva.example", "xn--bcher-kva.example"},
      {"www.xn--bcher-kva.example", "xn--bcher-kva.example"},
      {"www.xn--85x722f.com.cn", "xn--85x722f.com.cn"},
      // what has no registrable domain stands for itself
      {"com", "com"},
      {"co.uk", "co.uk"},
      {"github.io", "github.io"},
      {"localhost", "localhost"},
      {"LOCALHOST", "localhost"},
      {"127.0.0.1", "127.0.0.1"},
      {"192.0.2.77", "192.0.2.77"},
      {"[2001:db8::1]", "[2001:db8::1]"},
      {"2001:db8::1", "2001:db8::1"},
      {"", ""},
      {".", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.host);
    CHECK(registrable_domain(row.host) == row.domain);
    CHECK(registrable_domain(row.host) == row.domain);  // remembered
  }
}

TEST_CASE("a host is no longer than its labels: four numbers are an address, five are names") {
  CHECK(registrable_domain("1.2.3.4") == "1.2.3.4");
  CHECK(registrable_domain("0.1.2.3.4") == "3.4");
  CHECK(registrable_domain("1.2.3.256") == "3.256");
}

TEST_CASE("hosts that share a slot of the cache do not share an answer") {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 1000; ++i) {
      const std::string name = fmt::format("host{}.example", i);
      REQUIRE(registrable_domain("www." + name) == name);
    }
  }
}

TEST_CASE("registrable domains may be asked for from several threads") {
  std::vector<std::string> answers(4);
  {
    std::vector<std::jthread> threads;
    for (std::string& answer : answers) {
      threads.emplace_back([&answer] {
        for (int i = 0; i < 500; ++i)
          answer = registrable_domain(fmt::format("h{}.shop.example.co.uk", i));
      });
    }
  }
  for (const std::string& answer : answers) CHECK(answer == "example.co.uk");
}

TEST_CASE("the host of a serialized origin") {
  struct Row {
    const char *origin, *host;
  };
  const Row rows[] = {
      {"https://example.com", "example.com"},
      {"https://example.com/", "example.com"},
      {"http://shop.example.com:8080", "shop.example.com"},
      {"https://[::1]:8080", "[::1]"},
      {"https://[2001:db8::1]", "[2001:db8::1]"},
      {"http://127.0.0.1:18931/path?query", "127.0.0.1"},
      {"https://example.com?a:b@c", "example.com"},
      {"moz-extension://0a1b2c3d", "0a1b2c3d"},
      {"file://", ""},
      {"file:///home/a/b.html", ""},
      {"https://user@example.com", ""},
      {"https://user:secret@example.com", ""},
      {"https://example.com:80x", ""},
      {"https://[::1", ""},
      {"https://[::1]x", ""},
      {"://example.com", ""},
      {"null", ""},
      {"example.com", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.origin);
    CHECK(host_of_origin(row.origin) == row.host);
  }
}

}  // namespace crumbs
