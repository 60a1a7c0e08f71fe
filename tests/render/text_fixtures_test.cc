/// What `audit` prints of profiles that real browsers wrote.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "crumbs/audit.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "support/golden.h"
#include "support/made_profile.h"
#include "support/support.h"
#include "support/text_sample.h"

namespace crumbs {
namespace {

using test::check_golden;
using test::lines_of;
using test::text_of;
AuditOptions fixed_options() {
  AuditOptions options;
  options.now = parse_iso8601("2026-11-23T10:00:00Z");
  return options;
}

const std::vector<std::string> kFixtures{"chromium-64",         "chromium-85",
                                         "chromium-109",        "chromium-156-leveldb",
                                         "chromium-156-sqlite", "chromium-156-sqlite-live",
                                         "firefox-153",         "firefox-153-live"};

/// Paths below `root`, wherever that lies.
void relocate(Report& report, const std::filesystem::path& root = test::source_dir()) {
  for (ProfileReport& part : report.profiles)
    part.profile.path = part.profile.path.lexically_relative(root);
}

Report audit_of(const std::vector<std::string>& fixtures, const AuditOptions& options) {
  std::vector<std::string> paths;
  paths.reserve(fixtures.size());
  for (const std::string& fixture : fixtures)
    paths.push_back(test::fixture("profiles/" + fixture).string());
  Report report = audit(resolve_profiles(paths, {}), test::shipped_catalogs(), options);
  relocate(report);
  return report;
}

}  // namespace

TEST_CASE("a real profile is told as approved, at every width and level") {
  const Report report = audit_of({"chromium-156-leveldb"}, fixed_options());
  check_golden("audit-80", text_of(report, {.width = 80}));
  check_golden("audit-100", text_of(report, {.width = 100}));
  check_golden("audit-200", text_of(report, {.width = 200}));
  check_golden("audit-100-color", text_of(report, {.width = 100, .color = true}));
  check_golden("audit-80-ascii", text_of(report, {.width = 80, .ascii = true}));
  check_golden("audit-100-verbose", text_of(report, {.width = 100, .level = TextLevel::verbose}));
  check_golden("audit-quiet", text_of(report, {.level = TextLevel::quiet}));
}

TEST_CASE("a profile with containers, embedded and session stores is told as approved") {
  AuditOptions options = fixed_options();
  options.all = true;
  options.residue = true;
  check_golden("audit-firefox-100", text_of(audit_of({"firefox-153"}, options), {.width = 100}));
}

TEST_CASE("with a digest key its tokens stand where letters do") {
  AuditOptions options = fixed_options();
  options.digest_key = DigestKey("the key of this test");
  check_golden("audit-key-100",
               text_of(audit_of({"chromium-156-leveldb"}, options), {.width = 100}));
}

TEST_CASE("a store that is cut off and values without a key are told before the answer") {
  const test::TempDir work;
  const auto profile = work.path() / "cut";
  test::copy_tree(test::fixture("profiles/chromium-156-sqlite/Default"), profile);
  std::filesystem::resize_file(profile / "Cookies", 20'000);
  Report report =
      audit(resolve_profile(profile.string(), {}), test::shipped_catalogs(), fixed_options());
  relocate(report, work.path());
  CHECK(report.exit.code == 5);
  check_golden("audit-cut-80", text_of(report, {.width = 80}));
  check_golden("audit-cut-quiet", text_of(report, {.level = TextLevel::quiet}));
}

TEST_CASE("the answer is on one screen") {
  const Report report = audit_of({"chromium-156-leveldb"}, fixed_options());
  const auto wide = lines_of(text_of(report, {.width = 100}));
  CHECK(wide.size() <= 75);
  CHECK(lines_of(text_of(report, {.width = 80})).size() <= 95);
  const auto coverage = std::ranges::find_if(
      wide, [](const std::string& line) { return line.starts_with(" coverage "); });
  REQUIRE(coverage != wide.end());
  CHECK(coverage - wide.begin() < 12);
}

TEST_CASE("several profiles begin with a table of one line each") {
  const Report report = audit_of(kFixtures, fixed_options());
  REQUIRE(report.profiles.size() == 8);
  for (const unsigned width : {80U, 100U, 200U}) {
    const auto lines = lines_of(text_of(report, {.width = width}));
    CHECK(lines[2].starts_with("profile "));
    for (std::size_t i = 0; i < 8; ++i) {
      CAPTURE(lines[3 + i]);
      CHECK(lines[3 + i].find(" items ") != std::string::npos);
    }
    CHECK(lines[11].empty());
  }
  CHECK(lines_of(text_of(report, {.level = TextLevel::quiet})).size() == 8);
  const std::string text = text_of(report, {.width = 100});
  check_golden("audit-several-100", text.substr(0, text.find("\n\n", text.find("\n\n") + 1) + 1));
}

TEST_CASE("every finding's name stands in the text, whole or without the ids of its card") {
  std::size_t whole = 0, shorter = 0;
  for (const std::string& fixture : kFixtures) {
    AuditOptions options = fixed_options();
    options.all = true;
    options.residue = true;
    const Report report = audit_of({fixture}, options);
    const std::string verbose = text_of(report, {.width = 4000, .level = TextLevel::verbose});
    const std::string brief = text_of(report, {.width = 4000});
    for (const Finding& finding : report.findings) {
      CAPTURE(finding.name);
      CHECK(verbose.find(printable(finding.name)) != std::string::npos);
      if (brief.find(printable(finding.name)) != std::string::npos) {
        ++whole;
        continue;
      }
      std::string name = finding.name;
      for (const auto& [variable, value] : finding.captured) {
        if (const std::size_t at = name.find(value); value.size() >= 6 && at != std::string::npos)
          name.replace(at, value.size(), "…");
      }
      CHECK(brief.find(name) != std::string::npos);
      CHECK(name != finding.name);
      ++shorter;
    }
  }
  CHECK(whole > shorter);
  CHECK(shorter > 0);
}

}  // namespace crumbs
