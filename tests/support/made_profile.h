#pragma once

/// A profile with the cookies and local storage that a test gives it, and its audit.

#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "crumbs/audit.h"
#include "crumbs/render.h"
#include "support/databases.h"
#include "support/support.h"

namespace crumbs::test {

inline const std::vector<Catalog>& shipped_catalogs() {
  static const std::vector<Catalog> kCatalogs = load_catalogs(source_dir() / "catalog");
  return kCatalogs;
}

inline AuditOptions fixed_options() {
  AuditOptions options;
  options.now = Time{1'795'400'000'000'000};
  return options;
}

inline std::string text_of(const Report& report, const RenderOptions& options) {
  std::ostringstream out;
  render(report, "text", options, out);
  return out.str();
}
/// The same at 200 columns.
inline std::string text_of(const Report& report, TextLevel level = TextLevel::normal) {
  return text_of(report, {.width = 200, .level = level});
}

/// A Chromium profile: cookies of schema 23, which needs no key, and local storage in SQLite.
class MadeProfile {
 public:
  void add(std::string_view host, std::string_view name, std::string_view value,
           std::string_view encrypted_hex = {}, std::string_view path = "/") {
    cookies_ += fmt::format(
        "INSERT INTO cookies "
        "VALUES({},'{}','','{}','{}',x'{}','{}',13440000000000000,0,0,0,1,1,1,-1,"
        "2,443,0,0,1);",
        13'430'000'000'000'000 + ++number_, host, name, value, encrypted_hex, path);
  }
  /// `origin`: "https://shop.example.com/"; key and value in Latin-1.
  void store(std::string_view origin, std::string_view key, std::string_view value) {
    const auto latin1 = [](std::string_view text) {
      return sql_blob(std::string("\x01").append(text));
    };
    storage_ += fmt::format(
        "INSERT OR IGNORE INTO maps(storage_key) VALUES({0});"
        "INSERT INTO map_entries SELECT row_id, 0, {1}, {2} FROM maps WHERE storage_key = {0};",
        sql_blob(origin), latin1(key), latin1(value));
  }
  /// What a site does that sets another value.
  void change(std::string_view value, std::string_view to) {
    cookies_.replace(cookies_.find(value), value.size(), to);
  }
  /// Writes what was added; the profile, as a PROFILE argument.
  std::filesystem::path written() {
    const std::filesystem::path profile = directory_.path() / "Default";
    rebuild(profile / "Cookies", cookie_schema(23) + cookies_);
    if (!storage_.empty()) rebuild(profile / "LocalStorage", dom_storage_schema() + storage_);
    return profile;
  }
  Report audit(const AuditOptions& options = fixed_options()) {
    return crumbs::audit(resolve_profile(written().string(), {}), shipped_catalogs(), options);
  }

 private:
  static void rebuild(const std::filesystem::path& file, const std::string& sql) {
    std::filesystem::remove(file);
    build_database(file, sql);
  }

  TempDir directory_;
  std::string cookies_, storage_;
  int number_ = 0;
};

}  // namespace crumbs::test
