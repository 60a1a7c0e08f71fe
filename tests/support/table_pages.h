#pragma once

/// A table of known rows, and where things lie on its pages.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "formats/sqlite/sqlite.h"
#include "snapshot/snapshot.h"
#include "support/support.h"

namespace crumbs::test {

inline constexpr std::size_t kPageSize = 1024;

/// Every row of "t" with what it holds, and how often it was handed out.
struct Scanned {
  std::map<std::string, int> rows;
  bool incomplete = false;

  [[nodiscard]] bool twice() const {
    return std::ranges::any_of(rows, [](const auto& row) { return row.second > 1; });
  }
  [[nodiscard]] std::size_t strangers(const Scanned& all) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        rows, [&](const auto& row) { return !all.rows.contains(row.first); }));
  }
};

inline Scanned scan(const std::string& bytes) {
  Scanned scanned;
  const Snapshot snapshot = Snapshot::from_memory(bytes, "db");
  const sqlite::File file(snapshot.image(), 1 << 20);
  file.scan(
      "t", {{"k"}, {"v"}},
      [&](const sqlite::Row& row) {
        ++scanned.rows[std::string(row.bytes(0)) + "=" + std::string(row.bytes(1))];
      },
      [&](const Diagnostic& diagnostic) {
        scanned.incomplete |= diagnostic.severity == Diagnostic::Severity::incomplete;
      });
  return scanned;
}

/// A table of 60 rows whose root, page 2, is an inner page of that type; beside it a small one.
inline std::string built(const std::string& definition, int type) {
  const TempDir dir;
  build_database(dir.path() / "db",
                 "PRAGMA page_size=1024; CREATE TABLE t(" + definition +
                     "; CREATE TABLE meta(key, value); INSERT INTO meta VALUES ('version', '24');"
                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
                     " INSERT INTO t SELECT printf('%03d', i), printf('%080d', i) FROM n;");
  std::string bytes = read_file(dir.path() / "db");
  REQUIRE(bytes[kPageSize] == type);
  return bytes;
}

inline std::size_t number_at(const std::string& bytes, std::size_t offset, std::size_t width) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < width; ++i)
    value = value << 8U | static_cast<unsigned char>(bytes[offset + i]);
  return value;
}

inline bool is_inner(const std::string& bytes, std::size_t page) {
  return bytes[(page - 1) * kPageSize] < 8;
}

inline std::size_t list(const std::string& bytes, std::size_t page) {
  return (page - 1) * kPageSize + (is_inner(bytes, page) ? 12 : 8);
}

inline std::size_t cell(const std::string& bytes, std::size_t page, std::size_t index) {
  return (page - 1) * kPageSize + number_at(bytes, list(bytes, page) + 2 * index, 2);
}

inline std::size_t cells(const std::string& bytes, std::size_t page) {
  return number_at(bytes, (page - 1) * kPageSize + 3, 2);
}

}  // namespace crumbs::test
