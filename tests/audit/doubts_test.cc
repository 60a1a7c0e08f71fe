/// What is shown with a doubt: values that fail the browser's check, times that cannot be, browsers
/// of which nobody asked whether they run (shared cases F09, F10, F34).

#include <doctest/doctest.h>

#include <limits>

#include "support/cookie_profiles.h"
#include "support/made_profile.h"

namespace crumbs {

using test::ChromiumProfile;
using test::FirefoxProfile;
using test::loose;

namespace {

/// Published key; with the hash of ".example.com" and without any.
constexpr const char* kHello24 =
    "7631301bb654833fa6f8a731528db92d657dc37c87544a81ba7875d0681273543b4e4fcee4bc6a0428d852b312bd10"
    "5"
    "aa58dc6";
constexpr const char* kHello = "763130ce9b849d984a1cedb8ba4eea782c2680";

Report audit_all(const std::filesystem::path& place, ValuesMode mode = ValuesMode::full) {
  AuditOptions options = test::fixed_options();
  options.all = true;
  options.values = mode;
  return audit(resolve_profile(place.string(), {}), test::shipped_catalogs(), options);
}

std::string cookie(const char* host, const char* name, const char* hex) {
  return fmt::format(
      "INSERT INTO cookies(host_key,name,path,value,encrypted_value) "
      "VALUES('{}','{}','/','',x'{}');",
      host, name, hex);
}

}  // namespace

TEST_CASE("values that fail the check of their host are shown, counted, and no reason to fail") {
  const ChromiumProfile profile(loose(cookie(".example.com", "jv_fits", kHello24) +
                                      cookie("moved.example.com", "jv_moved", kHello24) +
                                      cookie(".example.com", "jv_written", kHello) +
                                      cookie(".example.com", "jv_close_time_108801", kHello24) +
                                      cookie(".example.org", "moved", kHello24)));
  const Report report = audit_all(profile.directory.path());
  CHECK(report.complete);
  CHECK(report.exit.code == 0);
  CHECK(report.summary.doubtful == 2);  // no catalog knows the last
  CHECK(report.summary.unavailable == 0);
  REQUIRE(report.findings.size() == 5);
  const auto found = [&](std::string_view name) {
    return *std::ranges::find(report.findings, name, &Finding::name);
  };
  for (const Finding& finding : report.findings) CHECK(finding.value.text == "hello");
  CHECK(found("jv_fits").value.availability == Availability::decrypted);
  CHECK(found("jv_fits").notes.empty());
  CHECK(found("jv_moved").value.availability == Availability::doubtful);
  CHECK(found("jv_moved").value.reason == Unavailable::host_hash_mismatch);
  CHECK(found("jv_moved").notes ==
        std::vector<std::string>{"its value is doubtful: it bears the hash of another host; the "
                                 "browser drops such a cookie when it loads it"});
  CHECK(found("jv_written").value.reason == Unavailable::host_hash_missing);
  CHECK(found("jv_written").notes ==
        std::vector<std::string>{"its value is doubtful: it lacks the hash of its host; the "
                                 "browser drops such a cookie when it loads it"});
  CHECK(test::text_of(report).find(" values         2 doubtful\n") != std::string::npos);
}

TEST_CASE("a doubtful value is masked like any other") {
  const ChromiumProfile profile(loose(cookie("shop.example.com", "jivo_visitor_id", kHello24)));
  const Report report = audit_all(profile.directory.path(), ValuesMode::masked);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].value.availability == Availability::doubtful);
  CHECK(report.findings[0].value.masked);
  CHECK(to_json(report).find("hello") == std::string::npos);
}

TEST_CASE("a hash of the host is recognised in a schema that has none") {
  test::MadeProfile profile;
  profile.add(".example.com", "hashed", "", kHello24);
  AuditOptions options = test::fixed_options();
  options.all = true;
  options.values = ValuesMode::full;
  const Report report = profile.audit(options);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].value.text == "hello");
  CHECK(report.findings[0].value.availability == Availability::decrypted);
  CHECK(report.findings[0].value.steps ==
        std::vector<std::string>{"decrypt: the hash of its host left out"});
  CHECK(report.summary.doubtful == 0);
}

TEST_CASE("a time that cannot be stands as it is stored, with a note, and is no session") {
  const std::int64_t raw[] = {std::numeric_limits<std::int64_t>::max(), -1,
                              1'811'000'000'000'000};  // multiplied twice
  for (const std::int64_t expiry : raw) {
    CAPTURE(expiry);
    const FirefoxProfile profile(
        std::string(test::kLooseFirefox) +
        fmt::format("INSERT INTO moz_cookies VALUES(1,'','jv_site_lang','en','www.jivochat.com',"
                    "'/',{},-5,1795000000000000,1,0,0,1,2,0,1795000000000000);",
                    expiry));
    const Report report = audit_all(profile.directory.path());
    CHECK(report.complete);
    REQUIRE(report.findings.size() == 1);
    const Finding& finding = report.findings[0];
    CHECK_FALSE(finding.times.expires.has_value());
    CHECK(finding.times.expires_raw == expiry);
    CHECK_FALSE(finding.times.accessed.has_value());
    CHECK(finding.times.accessed_raw == -5);
    CHECK(finding.times.created == Time{1'795'000'000'000'000});
    CHECK(finding.attributes.session == false);
    CHECK(finding.notes ==
          std::vector<std::string>{"the time of its last use cannot be; stored is -5",
                                   fmt::format("its expiry cannot be; stored is {}", expiry)});
    CHECK(test::text_of(report).find("an expiry that cannot be") != std::string::npos);
    CHECK(parse_report(to_json(report), "r") == report);
  }
}

TEST_CASE("Chromium's times are told the same way") {
  const ChromiumProfile profile(loose(
      "INSERT INTO cookies(host_key,name,path,value,encrypted_value,expires_utc,is_persistent)"
      " VALUES('a.test','n','/','v',x'',9223372036854775807,1);"));
  const Report report = audit_all(profile.directory.path());
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].times.expires_raw == std::numeric_limits<std::int64_t>::max());
  CHECK(report.findings[0].attributes.session == false);
}

TEST_CASE("a copy is not asked whether its browser runs") {
  const test::TempDir image;
  const std::filesystem::path root = image.path() / "home/a/.mozilla/firefox";
  test::write_file(root / "profiles.ini", "[Profile0]\nName=x\nIsRelative=1\nPath=x.default\n");
  test::build_database(root / "x.default/cookies.sqlite", test::kLooseFirefox);
  const std::vector<Profile> profiles = find_profiles({.root = image.path()}).profiles;
  REQUIRE(profiles.size() == 1);
  CHECK(profiles[0].running == Running{std::nullopt, "--root reads a copy"});
  const Report report = audit({profiles, {}, {}}, test::shipped_catalogs(), test::fixed_options());
  CHECK(test::text_of(report, TextLevel::verbose)
            .find("whether the browser is running: not checked (--root reads a copy)") !=
        std::string::npos);
  CHECK(to_json(report).find("\"running\": null") != std::string::npos);
  CHECK(parse_report(to_json(report), "r") == report);
}

}  // namespace crumbs
