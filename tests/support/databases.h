#pragma once

/// SQL for databases as browsers make them, so that no test has a definition of its own.

#include <string>
#include <string_view>

namespace crumbs::test {

/// The definitions of Chromium's cookie database at a schema that fixtures/sql has, `meta` filled
/// and no cookie in it.
[[nodiscard]] std::string cookie_schema(int version);
/// Those of Chromium's `LocalStorage` database.
[[nodiscard]] std::string dom_storage_schema();
/// Those of Firefox's local storage of one origin, schema 5.0.
[[nodiscard]] std::string firefox_storage_schema(std::string_view origin);
/// Those of `webappsstore.sqlite` since Firefox 45.
[[nodiscard]] std::string webappsstore_schema();

/// "x'0102'"
[[nodiscard]] std::string sql_blob(std::string_view bytes);
/// The same bytes as text, whatever they are.
[[nodiscard]] std::string sql_text(std::string_view bytes);

}  // namespace crumbs::test
