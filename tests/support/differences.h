#pragma once

/// Reports that are compared with each other.

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "crumbs/diff.h"
#include "support/sample_report.h"
#include "system/sha256.h"

namespace crumbs::test {

inline StoreResult cookies(StoreStatus status = StoreStatus::read) {
  StoreResult store;
  store.id = "chromium.cookies";
  store.path = "Default/Cookies";
  store.status = status;
  return store;
}

inline Report report_of(std::vector<Finding> findings) {
  Report report = empty_report();
  report.all = true;
  report.known_only = false;
  report.values = ValuesMode::full;
  report.catalogs = {{.id = "jivochat", .version = "1", .sha256 = "ab", .title = "JivoChat: x"}};
  report.profiles = {{chromium_profile(), {cookies()}}};
  report.findings = std::move(findings);
  return report;
}

inline Finding item(std::string name, std::string text) {
  Finding finding = cookie(std::move(name), ".example.com", "example.com");
  document(finding, "jivochat/widget/" + finding.name, ValueType::counter, std::move(text));
  return finding;
}

/// As an audit with digests shows it masked.
inline Finding masked(std::string name, const std::string& text, bool with_digest) {
  Finding finding = item(std::move(name), text);
  if (with_digest) finding.value.digest = sha256_hex(text);
  finding.value.text = "•••";
  finding.value.masked = true;
  return finding;
}

inline const CompareOptions kFull{.values = ValuesMode::full};

inline ProfileChange only_profile(const Difference& difference) {
  REQUIRE(difference.profiles.size() == 1);
  return difference.profiles.front();
}

/// The one change between two findings; fails where there is none or more.
inline ItemChange only_change(const Finding& before, const Finding& after,
                              const CompareOptions& options = kFull) {
  const auto profile = only_profile(compare(report_of({before}), report_of({after}), options));
  REQUIRE(profile.items.size() == 1);
  return profile.items.front();
}

inline ChangeCounts counts_between(const Finding& before, const Finding& after,
                                   const CompareOptions& options = kFull) {
  return only_profile(compare(report_of({before}), report_of({after}), options)).counts;
}

}  // namespace crumbs::test
