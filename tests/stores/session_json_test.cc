#include "stores/shared/session_json.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "crumbs/error.h"

namespace crumbs {
namespace {

struct Read {
  std::vector<SessionCookie> cookies;
  std::vector<SessionProblem> problems;
  std::string error;
};

Read read(std::string_view json) {
  Read result;
  try {
    read_session_cookies(
        json, [&](const SessionCookie& cookie) { result.cookies.push_back(cookie); },
        [&](const SessionProblem& problem) { result.problems.push_back(problem); });
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::corrupt);
    result.error = error.what();
  }
  return result;
}

}  // namespace

TEST_CASE("a session cookie has every member, or Firefox's default") {
  const Read result = read(R"json({"version":["sessionrestore",1],"cookies":[
    {"host":".example.com","name":"a","value":"1","path":"/x","secure":true,"httponly":true,
     "expiry":1800000000123,"sameSite":256,"schemeMap":3,"isPartitioned":true,
     "originAttributes":{"firstPartyDomain":"example.org","geckoViewSessionContextId":"",
       "partitionKey":"(https,example.com,f)","privateBrowsingId":1,"userContextId":6}},
    {"host":"example.net","name":"b"}]})json");
  CHECK(result.error.empty());
  CHECK(result.problems.empty());
  REQUIRE(result.cookies.size() == 2);
  const SessionCookie& full = result.cookies[0];
  CHECK(full.pointer == "/cookies/0");
  CHECK(full.host == ".example.com");
  CHECK(full.name == "a");
  CHECK(full.value == "1");
  CHECK(full.path == "/x");
  CHECK(full.secure);
  CHECK(full.http_only);
  CHECK(full.partitioned);
  CHECK(full.expiry == 1800000000123);
  CHECK(full.same_site == 256);
  CHECK(full.scheme_map == 3);
  CHECK(full.attributes.user_context_id == 6);
  REQUIRE(full.attributes.partition.has_value());
  CHECK(full.attributes.partition->top_level_site == "https://example.com");
  CHECK(full.attributes.partition->cross_site_ancestor == true);
  CHECK(full.attributes.others ==
        std::map<std::string, std::string>{{"firstPartyDomain", "example.org"},
                                           {"privateBrowsingId", "1"}});
  CHECK(full.wrong.empty());
  const SessionCookie& bare = result.cookies[1];
  CHECK(bare.pointer == "/cookies/1");
  CHECK(bare.value.empty());
  CHECK(bare.value_readable);
  CHECK_FALSE(bare.secure);
  CHECK_FALSE(bare.expiry.has_value());
  CHECK(bare.same_site == 0);
  CHECK_FALSE(bare.attributes.partition.has_value());
  CHECK(bare.wrong.empty());
}

TEST_CASE("cookies of windows are read, other things of that name are not") {
  const Read result = read(R"(({"windows":[{"tabs":[{"cookies":[{"host":"no.test"}]}],
      "cookies":[{"host":"a.test","name":"w"}]},{"cookies":[{"host":"b.test"},{"host":"c.test"}]}],
    "_closedWindows":[{"cookies":[{"host":"d.test"}]}],
    "global":{"cookies":[{"host":"no.test"}]},"storage":{"cookies":[{"host":"no.test"}]}}))");
  CHECK(result.error.empty());
  REQUIRE(result.cookies.size() == 4);
  CHECK(result.cookies[0].pointer == "/windows/0/cookies/0");
  CHECK(result.cookies[1].pointer == "/windows/1/cookies/0");
  CHECK(result.cookies[2].pointer == "/windows/1/cookies/1");
  CHECK(result.cookies[3].pointer == "/_closedWindows/0/cookies/0");
  CHECK(result.cookies[3].host == "d.test");
}

TEST_CASE("members of a wrong type cost themselves, not the cookie") {
  const Read result =
      read(R"({"cookies":[{"host":5,"name":["x"],"path":null,"value":{"a":1},"secure":"yes",
    "httponly":1,"expiry":"soon","sameSite":1.5,"schemeMap":18446744073709551615,"originAttributes":7},
    {"host":"a.test","originAttributes":{"userContextId":-1,"partitionKey":4}},
    7,[{"host":"no.test"}],null,{"host":"b.test","expiry":1.8e12}]})");
  CHECK(result.error.empty());
  REQUIRE(result.cookies.size() == 3);
  CHECK(result.cookies[0].wrong ==
        "host, name, value, secure, httponly, expiry, sameSite, schemeMap, originAttributes");
  CHECK_FALSE(result.cookies[0].value_readable);
  CHECK_FALSE(result.cookies[0].expiry.has_value());
  CHECK(result.cookies[1].wrong == "userContextId, partitionKey");
  CHECK(result.cookies[1].attributes == OriginAttributes{});
  CHECK(result.cookies[2].pointer == "/cookies/5");
  CHECK(result.cookies[2].expiry == 1'800'000'000'000);
  REQUIRE(result.problems.size() == 3);
  CHECK(result.problems[0].pointer == "/cookies/2");
  CHECK(result.problems[1].pointer == "/cookies/3");
  CHECK(result.problems[2].pointer == "/cookies/4");
}

TEST_CASE("lone surrogates of a page title do not cost the session") {
  const Read result = read(
      R"({"windows":[{"title":"\ud83d and \\ud83d and \uDC4B\ud83d\udc4b"}],"cookies":[{"host":"a.test","value":"\ud83d\udc4b\ud800"}]})");
  CHECK(result.error.empty());
  REQUIRE(result.cookies.size() == 1);
  CHECK(result.cookies[0].value == "\xF0\x9F\x91\x8B\xEF\xBF\xBD");
}

TEST_CASE("what is not JSON is refused, and what came before it is kept") {
  CHECK(read("").error == "is not JSON at byte 1");
  CHECK(read("()").error == "is not JSON at byte 1");
  CHECK_FALSE(read("{\"cookies\":").error.empty());
  const Read torn = read(R"({"cookies":[{"host":"a.test"},{"host":"b.te)");
  CHECK_FALSE(torn.error.empty());
  REQUIRE(torn.cookies.size() == 1);
  CHECK(torn.cookies[0].host == "a.test");
  CHECK(read("[]").cookies.empty());
  CHECK(read("5").cookies.empty());
  CHECK(read(R"([{"cookies":[{"host":"no.test"}]}])").cookies.empty());
}

TEST_CASE("cookies that are no list, or there twice, are told") {
  for (const char* value : {"null", "5", "true", R"("x")", R"({"0":{"host":"a.test"}})"}) {
    CAPTURE(value);
    const Read top = read(std::string(R"({"windows":[],"cookies":)") + value + "}");
    CHECK(top.error.empty());
    CHECK(top.cookies.empty());
    REQUIRE(top.problems.size() == 1);
    CHECK(top.problems[0].pointer == "/cookies");
    CHECK(top.problems[0].message == "is no list");
    const Read window = read(std::string(R"({"windows":[{"cookies":)") + value + "}]}");
    REQUIRE(window.problems.size() == 1);
    CHECK(window.problems[0].pointer == "/windows/0/cookies");
  }
  const Read twice = read(R"({"cookies":[{"host":"a.test"}],"cookies":[{"host":"b.test"}]})");
  CHECK(twice.cookies.size() == 2);
  REQUIRE(twice.problems.size() == 1);
  CHECK(twice.problems[0].message == "is there twice");
  CHECK(read(R"({"cookies":[],"windows":[{"cookies":[]},{"cookies":[]}]})").problems.empty());
  CHECK(read(R"({"global":{"cookies":5},"windows":[]})").problems.empty());
}

TEST_CASE("a top that is no object is told") {
  for (const char* json : {"[]", "5", "null", R"("x")", R"([{"cookies":[{"host":"no.test"}]}])"}) {
    CAPTURE(json);
    const Read top = read(json);
    CHECK(top.error.empty());
    CHECK(top.cookies.empty());
    REQUIRE(top.problems.size() == 1);
    CHECK(top.problems[0].pointer.empty());
    CHECK(top.problems[0].message == "is no object");
  }
}

TEST_CASE("a number that is too large costs its member, not the session") {
  const std::string digits(400, '9');
  for (const std::string& number : {std::string("1e400"), std::string("-9E999"), digits,
                                    std::string("2e308"), "1." + digits + "e+4000"}) {
    CAPTURE(number);
    const Read result = read(R"({"x":)" + number + R"(,"cookies":[{"host":"a.test","expiry":)" +
                             number + R"(},{"host":"1e400","name":"\"1e400","expiry":17e8}]})");
    CHECK(result.error.empty());
    REQUIRE(result.cookies.size() == 2);
    CHECK(result.cookies[0].wrong == "expiry");
    CHECK_FALSE(result.cookies[0].expiry);
    CHECK(result.cookies[1].wrong.empty());
    CHECK(result.cookies[1].host == "1e400");
    CHECK(result.cookies[1].name == "\"1e400");
    CHECK(result.cookies[1].expiry == 1'700'000'000);
  }
  CHECK_FALSE(read(R"({"cookies":[1e400x]})").error.empty());
  CHECK_FALSE(read("1e400\"").error.empty());
}

TEST_CASE("attributes that are no scalars are told") {
  const Read result = read(R"({"cookies":[{"host":"a.test","originAttributes":{
      "partitionKey":{"a":1},"userContextId":[6],"privateBrowsingId":1.5,"inIsolatedMozBrowser":{}}}]})");
  REQUIRE(result.cookies.size() == 1);
  CHECK(result.cookies[0].wrong ==
        "partitionKey, userContextId, privateBrowsingId, inIsolatedMozBrowser");
}

TEST_CASE("what stands behind the session is not passed over") {
  const std::string session = R"({"cookies":[{"host":"a.test"}]})";
  for (const std::string& text : {session + "x", session + "{}", session + std::string(1, '\0'),
                                  "(" + session + ")x", "(" + session + ") (" + session + ")"}) {
    CAPTURE(text);
    const Read result = read(text);
    CHECK(result.cookies.size() == 1);
    CHECK_FALSE(result.error.empty());
  }
  CHECK(read(" (" + session + ")\n").error.empty());
}

TEST_CASE("nesting is bounded") {
  CHECK(read(std::string(511, '[') + std::string(511, ']')).error.empty());
  CHECK(read(std::string(100'000, '[')).error == "is nested deeper than 512 levels");
}

namespace {

std::vector<std::string> complaints(std::string_view json) {
  std::vector<std::string> found;
  for (const SessionProblem& problem : read(json).problems)
    found.push_back(problem.pointer + " " + problem.message);
  return found;
}

}  // namespace

TEST_CASE("a list of cookies by another name is told, and nothing else a session holds") {
  using Complaints = std::vector<std::string>;
  const std::string told = "is a cookie by its members, and stands in no list of cookies";
  CHECK(complaints(R"({"cookigs":[{"host":"a.test","name":"n","value":"v"}]})") ==
        Complaints{"/cookigs/0 " + told});
  CHECK(complaints(R"({"windowt":[{"cookies":[{"host":"a.test","path":"/"}]}]})") ==
        Complaints{"/windowt/0/cookies/0 " + told});
  CHECK(complaints(R"({"windows":[{"tabs":[{"entries":[{"url":"u","title":"t","children":[]}],
    "storage":{"https://a.test":{"host":"h","name":"n","value":"v","path":"p"}},
    "formdata":{"id":{"host":"h","name":"n"}}}],"later":[{"host":"h"},{"name":"n"}]}]})") ==
        Complaints{});
}

TEST_CASE("a cookie that is made of parts of others is told") {
  using Complaints = std::vector<std::string>;
  CHECK(complaints(R"({"cookies":[{"host":"a.test","name":"n","host":"b.test"}]})") ==
        Complaints{"/cookies/0/host is there twice"});
  CHECK(complaints(R"({"cookies":[{"host":"a.test","originAttributes":{"userContextId":1,
    "userContextId":2}}]})") ==
        Complaints{"/cookies/0/originAttributes/userContextId is there twice"});
  CHECK(complaints(R"({"cookies":[{"host":"a.test","userContextId":1}]})") ==
        Complaints{"/cookies/0/userContextId stands outside of originAttributes"});
}

TEST_CASE("what follows a cookie that is there twice is not trusted") {
  const Read result = read(R"({"cookies":[{"host":"a.test","name":"n","value":"1"},
    {"host":"a.test","name":"n","originAttributes":{"userContextId":1}},
    {"host":"a.test","name":"n","value":"2"},{"host":"b.test"}]})");
  CHECK(result.error == "has a cookie twice, again as /cookies/2");
  CHECK(result.cookies.size() == 2);
  // A window's list of an old build has a cookie for each host of its domain.
  const Read old = read(R"({"windows":[{"cookies":[{"host":".a.test"},{"host":".a.test"}]}]})");
  CHECK(old.error.empty());
  CHECK(old.cookies.size() == 2);
}

}  // namespace crumbs
