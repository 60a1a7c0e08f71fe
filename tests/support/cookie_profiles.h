#pragma once

/// Profiles whose cookie store was made from SQL, as no browser leaves them.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/stores.h"
#include "support/support.h"

namespace crumbs::test {

inline constexpr const char* kMeta24 =
    "CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);"
    "INSERT INTO meta VALUES('version','24');";
/// Schema 24 without its constraints and affinities, so that any column can hold anything.
inline constexpr const char* kLooseTable =
    "CREATE TABLE cookies(creation_utc, host_key, top_frame_site_key, name, value, encrypted_value,"
    "path, expires_utc, is_secure, is_httponly, last_access_utc, has_expires, is_persistent,"
    "priority, samesite, source_scheme, source_port, last_update_utc, source_type,"
    "has_cross_site_ancestor);";
inline constexpr const char* kLooseFirefox =
    "CREATE TABLE moz_cookies(id INTEGER PRIMARY KEY, originAttributes, name, value, host, path,"
    "expiry, lastAccessed, creationTime, isSecure, isHttpOnly, inBrowserElement, sameSite,"
    "schemeMap, isPartitionedAttributeSet, updateTime); PRAGMA user_version=17;";

/// A Chromium profile whose Cookies file was made from SQL.
struct ChromiumProfile {
  TempDir directory;
  Profile profile = profile_at(directory.path(), Engine::chromium);

  explicit ChromiumProfile(std::string_view sql) { add("Cookies", sql); }
  void add(const std::string& path, std::string_view sql) const {
    build_database(directory.path() / path, sql);
  }
  [[nodiscard]] std::vector<ReadPlace> read_all(const AuditOptions& options = {}) const {
    return test::read_all("chromium.cookies", profile, options);
  }
  [[nodiscard]] ReadPlace read(const AuditOptions& options = {}) const {
    auto places = read_all(options);
    REQUIRE(places.size() == 1);
    return std::move(places[0]);
  }
};

struct FirefoxProfile {
  TempDir directory;
  Profile profile = profile_at(directory.path(), Engine::firefox);

  explicit FirefoxProfile(std::string_view sql) {
    build_database(directory.path() / "cookies.sqlite", sql);
  }
  [[nodiscard]] ReadPlace read() const {
    auto places = test::read_all("firefox.cookies", profile);
    REQUIRE(places.size() == 1);
    return std::move(places[0]);
  }
};

inline std::string loose(const std::string& rows) {
  return std::string(kMeta24) + kLooseTable + rows;
}

inline std::string row_of(const std::string& value) {
  std::string values = value;
  for (int i = 1; i < 20; ++i) values += "," + value;
  return "INSERT INTO cookies VALUES(" + values + ");";
}

inline std::string names_of(const ReadPlace& place) {
  std::string names;
  for (const Json& item : place.items) names += item.at("name").get<std::string>() + " ";
  return names;
}

inline bool has_severity(const ReadPlace& place, Diagnostic::Severity severity) {
  return std::ranges::any_of(place.diagnostics, [&](const Diagnostic& diagnostic) {
    return diagnostic.severity == severity;
  });
}

}  // namespace crumbs::test
