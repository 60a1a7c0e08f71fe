#include "stores/shared/row_fields.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "snapshot/snapshot.h"
#include "support/kept_items.h"
#include "support/support.h"

namespace crumbs {
namespace {

using Severity = Diagnostic::Severity;

/// Scans table `t` with `visit` and returns what is reported then.
std::vector<Diagnostic> scanned(const std::string& sql, const auto& visit) {
  const test::TempDir dir;
  test::build_database(dir.path() / "db", sql);
  const Snapshot snapshot = Snapshot::from_memory(test::read_file(dir.path() / "db"), "db");
  const sqlite::File file(snapshot.image(), 1000);
  RowFields fields(file, "t", {{"a"}, {"b"}}, "db");
  file.scan(
      "t", fields.columns(), [&](const sqlite::Row& row) { visit(fields, row); },
      [&](const Diagnostic& damage) { FAIL(damage.message); });
  test::KeepingSink sink;
  fields.report(sink);
  return sink.diagnostics;
}

}  // namespace

TEST_CASE("NULL is a note, and damage in a column that is defined not to hold it") {
  const auto found = scanned(
      "CREATE TABLE t(a TEXT, b TEXT); INSERT INTO t VALUES(NULL, NULL), (NULL, NULL);"
      "PRAGMA writable_schema=ON;"
      "UPDATE sqlite_schema SET sql = 'CREATE TABLE t(a TEXT, b TEXT NOT NULL)';",
      [](RowFields& fields, const sqlite::Row& row) {
        CHECK(fields.text(row, 0).empty());
        CHECK(fields.text(row, 1).empty());
      });
  REQUIRE(found.size() == 2);
  CHECK(found[0].message == "column a: 2 rows hold NULL");
  CHECK(found[0].severity == Severity::note);
  CHECK(found[1].message == "column b: 2 rows hold NULL");
  CHECK(found[1].severity == Severity::incomplete);
  CHECK(found[1].code == "null");
}

TEST_CASE("what an item needs costs it where it is no number, and that is said") {
  const auto found = scanned("CREATE TABLE t(a, b); INSERT INTO t VALUES('x', 'y'), (7, 8);",
                             [](RowFields& fields, const sqlite::Row& row) {
                               const bool first = row.rowid() == 1;
                               CHECK(fields.integer(row, 0).has_value() != first);
                               CHECK(fields.needed_integer(row, 1).has_value() != first);
                             });
  REQUIRE(found.size() == 2);
  CHECK(found[0].severity == Severity::note);
  CHECK(found[1].severity == Severity::incomplete);
  CHECK(found[1].code == "wrong_type");
  CHECK(found[1].row == 1);
}

TEST_CASE("problems of one kind are told as the worst of them, whatever their order") {
  for (const Severity first : {Severity::note, Severity::incomplete}) {
    const auto found = scanned(
        "CREATE TABLE t(a, b); INSERT INTO t VALUES(1, 1), (2, 2);",
        [&](RowFields& fields, const sqlite::Row& row) {
          const Severity other = first == Severity::note ? Severity::incomplete : Severity::note;
          fields.problem(DiagnosticCode::corrupt, 0, row, "something odd",
                         row.rowid() == 1 ? first : other);
        });
    REQUIRE(found.size() == 1);
    CHECK(found[0].message == "column a: 2 rows hold something odd");
    CHECK(found[0].severity == Severity::incomplete);
  }
}

}  // namespace crumbs
