/// Masked reports that are saved with a digest key can be compared.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/made_profile.h"
#include "support/support.h"

namespace crumbs {
namespace {

using nlohmann::json;

/// Two states of a profile, and reports of them that are masked with a key.
class Keyed {
 public:
  Keyed() {
    test::write_file(file("key"), "3f0e4d8a7c21b95f3f0e4d8a7c21b95f\n");
    test::write_file(file("other"), "00000000000000000000000000000000\n");
    for (test::MadeProfile* one : {&before_, &after_}) {
      one->add("shop.example.com", "jivo_visitor_id",
               one == &before_ ? "1111111111" : "2222222222");
      one->add("shop.example.com", "city", "Springfield");
      one->add("shop.example.com", "jv_enter_ts_1111111111", "1763856960");
    }
  }

  [[nodiscard]] std::string file(const std::string& name) const {
    return (work_.path() / name).string();
  }
  std::string before() { return before_.written().string(); }
  std::string after() { return after_.written().string(); }

  /// The name of a saved report of `profile`.
  std::string saved(const std::string& profile, const std::string& name,
                    std::vector<std::string> more) const {
    std::vector<std::string> arguments{"audit", profile, "--all", "-o", "json=" + file(name)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    CHECK(test::crumbs(arguments).code == 0);
    return file(name);
  }

  [[nodiscard]] json counts(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "diff");
    arguments.insert(arguments.end(), {"-f", "json"});
    const test::ProcessResult result = test::crumbs(arguments);
    REQUIRE(result.code == 0);
    CHECK(result.out.find("1111111111") == std::string::npos);
    return json::parse(result.out)["profiles"][0]["counts"];
  }

 private:
  test::TempDir work_;
  test::MadeProfile before_, after_;
};

}  // namespace

TEST_CASE("masked reports of one key are compared as if they showed all") {
  Keyed keyed;
  const std::string key = keyed.file("key");
  const std::string was = keyed.saved(keyed.before(), "was.json", {"--digest-key", key});
  const std::string is = keyed.saved(keyed.after(), "is.json", {"--digest-key", key});
  const json counts = keyed.counts({was, is});
  CHECK(counts["changed"] == 1);
  CHECK(counts["same"] == 2);
  CHECK(counts["cannot_tell"] == 0);
  const test::ProcessResult text = test::crumbs({"diff", was, is}, {{"LC_ALL", "C.UTF-8"}});
  CHECK(text.out.find("digest key") == std::string::npos);
  // A profile is read with the key, and then compared with a report of it.
  CHECK(keyed.counts({was, keyed.after(), "--digest-key", key}) == counts);
  CHECK(keyed.counts({keyed.before(), keyed.after(), "--digest-key", key}) == counts);
  CHECK(keyed.counts(
            {keyed.saved(keyed.before(), "full.json", {"--digest-key", key, "--values", "full"}),
             is}) == counts);
}

TEST_CASE("without the key, or with another, masked values cannot be compared") {
  Keyed keyed;
  const std::string was =
      keyed.saved(keyed.before(), "was.json", {"--digest-key", keyed.file("key")});
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, {"--digest-key", keyed.file("other")}}) {
    std::vector<std::string> arguments{was, keyed.before()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const json counts = keyed.counts(arguments);
    CHECK(counts["same"] == 0);
    CHECK(counts["changed"] == 0);
    CHECK(counts["cannot_tell"] == 3);
    arguments.insert(arguments.begin(), {"diff", "--width", "200"});
    CHECK(test::crumbs(arguments).out.find("what either masks cannot be compared by tokens") !=
          std::string::npos);
  }
}

TEST_CASE("a token is what others make of the key and the text") {
  Keyed keyed;
  const test::ProcessResult result =
      test::crumbs({"audit", keyed.before(), "--digest-key", keyed.file("key"), "-f", "json"});
  REQUIRE(result.code == 0);
  const json report = json::parse(result.out);
  std::vector<std::string> tokens;
  for (const json& finding : report["findings"]) {
    if (!finding["value"]["token"].is_null()) tokens.push_back(finding["value"]["token"]);
  }
  // printf %s TEXT | openssl dgst -sha256 -hmac "$(cat key)"
  CHECK(report["digest_key"] == "35f3d3158d1adf4a");
  CHECK(tokens == std::vector<std::string>{"6142243d98011a68"});
  CHECK(test::crumbs({"audit", keyed.before(), "-f", "csv"},
                     {{"CRUMBS_DIGEST_KEY", keyed.file("key")}})
            .out.find("6142243d98011a68") != std::string::npos);
}

}  // namespace crumbs
