/// Why a report is not whole, in words, and what would mend it.

#include "audit/reasons.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "enum_names.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {

Finding without_value(Unavailable why, Status status = Status::documented) {
  Finding finding = test::cookie("name", "example.com", "example.com");
  finding.status = status;
  finding.value.availability = Availability::unavailable;
  finding.value.reason = why;
  finding.locator.file = "Default/Cookies";
  return finding;
}

std::vector<Reason> value_reasons(const std::vector<Finding>& findings, const char* system = "",
                                  const AuditOptions& options = {}) {
  Profile profile = test::chromium_profile();
  profile.system = system;
  std::vector<Reason> reasons;
  add_value_reasons(profile, findings, options, reasons);
  return reasons;
}

std::string value_reason(Unavailable why, const char* system = "") {
  const std::vector<Reason> reasons = value_reasons({without_value(why)}, system);
  REQUIRE(reasons.size() == 1);
  CHECK(reasons[0].code == to_string(why));
  return to_string(reasons[0]);
}

StoreResult store(StoreStatus status) {
  StoreResult result;
  result.id = "chromium.cookies";
  result.path = "Default/Cookies";
  result.status = status;
  return result;
}

std::vector<Reason> store_reasons(const StoreResult& result) {
  std::vector<Reason> reasons;
  add_store_reasons(test::chromium_profile(), {result}, reasons);
  return reasons;
}

}  // namespace

TEST_CASE("values that want a key say which option gives it") {
  CHECK(value_reason(Unavailable::no_key) ==
        "Default/Cookies: 1 value needs a key: --safe-storage-secret-file or --keyring");
  CHECK(value_reason(Unavailable::no_key, "linux") ==
        "Default/Cookies: 1 value needs a key: --safe-storage-secret-file or --keyring");
  CHECK(value_reason(Unavailable::no_key, "macos") ==
        "Default/Cookies: 1 value needs a key: --safe-storage-secret-file");
  CHECK(value_reason(Unavailable::no_key, "windows") ==
        "Default/Cookies: 1 value needs a key: --aes-key-file");
  CHECK(value_reason(Unavailable::wrong_key) ==
        "Default/Cookies: the given key does not open 1 value: the key of the browser that wrote "
        "this profile");
  CHECK(value_reason(Unavailable::app_bound) ==
        "Default/Cookies: 1 value is bound to the installed browser: --aes-key-file");
  CHECK(value_reason(Unavailable::too_large) ==
        "Default/Cookies: 1 value is larger than the limit: --max-value-bytes");
}

TEST_CASE("every cause has words of its own") {
  std::set<std::string> words;
  for (const auto& named : EnumNames<Unavailable>::kNames) {
    if (named.value == Unavailable::removed) continue;
    const std::string text = value_reason(named.value);
    CHECK(text.find("1 value") != std::string::npos);
    words.insert(text);
  }
  CHECK(words.size() + 1 == std::size(EnumNames<Unavailable>::kNames));
}

TEST_CASE("values are counted by file and cause") {
  std::vector<Finding> findings(16, without_value(Unavailable::no_key));
  findings.push_back(without_value(Unavailable::malformed));
  findings.push_back(without_value(Unavailable::no_key));
  findings.back().locator.file = "Default/Network/Cookies";
  const std::vector<Reason> reasons = value_reasons(findings);
  REQUIRE(reasons.size() == 3);
  CHECK(reasons[0].message == "Default/Cookies: 16 values need a key");
  CHECK(reasons[0].path == "Default/Cookies");
  CHECK(reasons[0].store == findings[0].store);
  CHECK(reasons[0].profile == "p1");
  CHECK(reasons[1].message == "Default/Cookies: 1 value is damaged as stored");
  CHECK(reasons[1].hint.empty());
  CHECK(reasons[2].message == "Default/Network/Cookies: 1 value needs a key");
}

TEST_CASE("what wants a key and no catalog knows is no gap; what is damaged is") {
  CHECK(value_reasons({without_value(Unavailable::no_key, Status::unknown)}).empty());
  CHECK(value_reasons({without_value(Unavailable::malformed, Status::unknown)}).size() == 1);
  CHECK(value_reasons({without_value(Unavailable::no_key, Status::possible)}).size() == 1);
  CHECK(value_reasons({without_value(Unavailable::removed)}).empty());
}

TEST_CASE("--allow-undecrypted excuses missing keys and nothing else") {
  AuditOptions options;
  options.allow_undecrypted = true;
  for (const Unavailable key : {Unavailable::no_key, Unavailable::app_bound, Unavailable::dpapi})
    CHECK(value_reasons({without_value(key)}, "", options).empty());
  CHECK(value_reasons({without_value(Unavailable::wrong_key)}, "", options).size() == 1);
}

TEST_CASE("a store tells its first cause, how many more there are, and its path once") {
  StoreResult result = store(StoreStatus::partial);
  result.diagnostics = {
      {.code = "torn_tail", .message = "a note", .severity = Diagnostic::Severity::note},
      {.code = "changed_while_reading", .message = "Default/Cookies: did not hold still"},
      {.code = "corrupt", .message = "page 7 is damaged"}};
  const std::vector<Reason> reasons = store_reasons(result);
  REQUIRE(reasons.size() == 1);
  CHECK(reasons[0] == Reason{.code = "changed_while_reading",
                             .profile = "p1",
                             .store = "chromium.cookies",
                             .path = "Default/Cookies",
                             .message = "Default/Cookies (partial): did not hold still (and 1 "
                                        "more)",
                             .hint = "close the browser, or try again"});
}

TEST_CASE("what is too large names its own limit: that of a row's value, or that of a file") {
  StoreResult result = store(StoreStatus::partial);
  result.diagnostics = {{.code = "too_large", .message = "column value: more", .row = 3}};
  CHECK(store_reasons(result).at(0).hint == "--max-value-bytes");
  result.diagnostics[0].row.reset();
  CHECK(store_reasons(result).at(0).hint == "--max-copy-bytes");
}

TEST_CASE("a store without a diagnostic tells its status, and one that is whole nothing") {
  const std::vector<Reason> reasons = store_reasons(store(StoreStatus::failed));
  REQUIRE(reasons.size() == 1);
  CHECK(reasons[0].code == "failed");
  CHECK(reasons[0].message == "Default/Cookies (failed): not read");
  CHECK(store_reasons(store(StoreStatus::read)).empty());
  CHECK(store_reasons(store(StoreStatus::absent)).empty());
}

TEST_CASE("a profile that is missing is a reason with its path") {
  MissingProfile missing;
  missing.path = "/home/ada/x";
  missing.reason = MissingReason::unreadable;
  missing.message = "/home/ada/x\x1b: may not be read";
  CHECK(missing_reason(missing) == Reason{.code = "unreadable",
                                          .path = "/home/ada/x",
                                          .message = "/home/ada/x\\x1b: may not be read"});
}

}  // namespace crumbs
