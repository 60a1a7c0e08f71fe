/// Which of two stores Chromium uses is told by what is in them (shared cases F02, F02b, F02d).

#include "support/twin_profiles.h"

namespace crumbs {

using namespace test;

TEST_CASE("of two cookie jars the one of the newer schema and the newer rows is in use") {
  for (const bool swapped : {false, true}) {
    CAPTURE(swapped);
    const std::string stale = cookies(18, "stale", kEarly), live = cookies(24, "live", kLate);
    const Jars jars(swapped ? live : stale, swapped ? stale : live);
    const Report report = audit_twins(jars.profile);
    CHECK(report.complete);
    CHECK(listed_names(report) == "(stale) live");
    CHECK(report.summary.residue == 1);
    CHECK(store_at(report, swapped ? "Default/Cookies" : kNetwork).note ==
          "in use: schema 24 against 18, its newest time is 2026-11-24T13:20:00Z against "
          "2024-05-12T15:06:40Z");
    CHECK(store_at(report, swapped ? kNetwork : "Default/Cookies").note ==
          fmt::format("left over: {} is in use: schema 24 against 18, its newest time is "
                      "2026-11-24T13:20:00Z against 2024-05-12T15:06:40Z",
                      swapped ? kRoot : kNetwork));
    CHECK(listed_names(audit_twins(jars.profile, false)) == "live");
  }
}

TEST_CASE("rows that no catalog knows tell which jar is in use, listed or not") {
  const Jars jars(cookies(24, "jv_close_time_108801", kEarly), cookies(24, "unknown", kLate));
  const Report report =
      audit(resolve_profile(jars.profile.string(), {}), shipped_catalogs(), fixed_options());
  CHECK(report.findings.empty());
  CHECK(report.summary.residue == 1);
  CHECK(report.summary.unknown == 1);
  CHECK(store_at(report, "Default/Cookies").note ==
        "left over: Network/Cookies is in use: its newest time is 2026-11-24T13:20:00Z against "
        "2024-05-12T15:06:40Z");
}

TEST_CASE("jars of one schema are told apart by their rows' own times, else both are in use") {
  struct Row {
    const char* name;
    std::string root, network, names, why;
  };
  const std::string open = "in use, and Network/Cookies too, as far as can be told: ";
  const Row rows[] = {
      {"times", cookies(24, "a", kLate), cookies(24, "b", kEarly), "(b) a",
       "in use: its newest time is 2026-11-24T13:20:00Z against 2024-05-12T15:06:40Z"},
      {"nothing tells", cookies(24, "a", kLate), cookies(24, "b", kLate), "a b",
       open + "neither is the newer one"},
      {"they disagree", cookies(18, "a", kLate), cookies(24, "b", kEarly), "a b",
       open + "schema and times disagree"},
      {"schema alone", cookies(24, "a", kLate), cookies(18, "b", kLate), "(b) a",
       "in use: schema 24 against 18"}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Jars jars(row.root, row.network);
    const Report report = audit_twins(jars.profile);
    CHECK(report.complete);
    CHECK(listed_names(report) == row.names);
    CHECK(store_at(report, "Default/Cookies").note == row.why);
  }
}

TEST_CASE("a jar without bytes, table or rows demotes no other and leaves the report complete") {
  struct Row {
    const char* name;
    std::string content, note;
  };
  const std::string empty = "empty: it says nothing about what is in use";
  const Row rows[] = {{"no bytes", "", empty},
                      {"no table", "CREATE TABLE other(x);", empty},
                      {"no rows", fmt::format("{}{}", kMeta24, kLooseTable), ""}};
  for (const Row& row : rows) {
    for (const bool in_root : {false, true}) {
      CAPTURE(row.name);
      CAPTURE(in_root);
      const std::string jar = cookies(18, "only", kEarly);
      const Jars jars(in_root ? row.content : jar, in_root ? jar : row.content);
      const Report report = audit_twins(jars.profile, false);
      CHECK(report.complete);
      CHECK(report.exit.code == 0);
      CHECK(listed_names(report) == "only");
      CHECK(store_at(report, in_root ? "Default/Cookies" : kNetwork).note == row.note);
      CHECK(store_at(report, in_root ? "Default/Cookies" : kNetwork).items == 0);
      CHECK(store_at(report, in_root ? kNetwork : "Default/Cookies").note.empty());
    }
  }
}

TEST_CASE("jars of which none has a table are no clean reading") {
  const Jars jars("", "CREATE TABLE other(x);");
  const Report report = audit_twins(jars.profile);
  CHECK_FALSE(report.complete);
  CHECK(report.exit.code == 5);
  REQUIRE(report.exit.reasons.size() == 2);
  CHECK(report.exit.reasons[0].message ==
        "Default/Network/Cookies (unsupported): there is nothing of this store in it");
  CHECK(report.exit.reasons[1].message ==
        "Default/Cookies (unsupported): there is nothing of this store in it");
}

TEST_CASE("a damaged jar makes the report incomplete and demotes no other") {
  const Jars jars("this is no database, and long enough to be taken for one that is damaged",
                  cookies(18, "only", kEarly));
  const Report report = audit_twins(jars.profile, false);
  CHECK_FALSE(report.complete);
  CHECK(listed_names(report) == "only");
  CHECK(store_at(report, "Default/Cookies").status == StoreStatus::failed);
}

TEST_CASE("a jar of which a part is damaged demotes no other, however new it is") {
  const Jars jars(cookies(18, "old", kEarly), cookies(24, "new", kLate));
  build_database(jars.profile / "many", cookies(24, "new", kLate) + many_rows());
  std::string bytes = read_file(jars.profile / "many");
  const std::size_t page = bytes.size() / 4096 / 2 * 4096;
  bytes.replace(page, 4096, 4096, '\xff');
  write_file(jars.profile / kNetwork, bytes);
  const Report report = audit_twins(jars.profile, false);
  CHECK_FALSE(report.complete);
  CHECK(store_at(report, kNetwork).status == StoreStatus::partial);
  CHECK(store_at(report, kNetwork).items > 0);
  CHECK(std::ranges::count(report.findings, "old", &Finding::name) == 1);
  CHECK(store_at(report, "Default/Cookies").note ==
        "in use, and Network/Cookies too, as far as can be told: Network/Cookies is damaged");
}

TEST_CASE("what is left over keeps no company and is told without residue by its number alone") {
  const Jars jars(cookies(18, "jv_close_time_108801", kEarly), cookies(24, "close_time", kLate));
  const Report report = audit_twins(jars.profile, false);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].status == Status::possible);
  CHECK(report.summary.residue == 1);
  CHECK(report.summary.items == 2);
}

TEST_CASE("of LevelDB and SQLite the one that was written last is in use") {
  struct Row {
    std::int64_t leveldb, sqlite;
    bool mark;
    std::string names, note;
  };
  const Row rows[] = {
      {kLate, kEarly, false, "(in_sqlite) in_leveldb",
       "in use: its newest time is 2026-11-24T13:20:00Z against 2024-05-12T15:06:40Z"},
      {kEarly, kLate, false, "(in_leveldb) in_sqlite",
       "left over: LocalStorage is in use: its newest time is 2026-11-24T13:20:00Z against "
       "2024-05-12T15:06:40Z"},
      {kEarly, kLate, true, "(in_sqlite) in_leveldb",
       "in use: exp-v1 keeps the browser with LevelDB"},
      {0, kLate, false, "in_leveldb in_sqlite",
       "in use, and LocalStorage too, as far as can be told: neither is the newer one"}};
  for (const Row& row : rows) {
    CAPTURE(row.note);
    const TempDir directory;
    write_leveldb(directory.path(), row.leveldb);
    build_database(directory.path() / "LocalStorage", storage(row.sqlite));
    if (row.mark) write_file(directory.path() / "Local Storage/leveldb/exp-v1", "");
    const Report report = audit_twins(directory.path());
    CHECK(report.exit.reasons.empty());
    CHECK(listed_names(report) == row.names);
    CHECK(store_at(report, "Local Storage/leveldb").note == row.note);
  }
}

TEST_CASE("an empty LocalStorage leaves LevelDB in use, and files of old versions stay behind it") {
  const TempDir directory;
  write_leveldb(directory.path(), kEarly);
  write_file(directory.path() / "LocalStorage", "");
  build_database(directory.path() / "Local Storage/https_a.example_0.localstorage",
                 "CREATE TABLE ItemTable(key TEXT, value BLOB);"
                 "INSERT INTO ItemTable VALUES('old', x'7600');");
  const Report report = audit_twins(directory.path());
  CHECK(report.complete);
  CHECK(listed_names(report) == "(old) in_leveldb");
  CHECK(store_at(report, "https_a.example_0.localstorage").note ==
        "left over: builds since about 61 keep local storage elsewhere");
}

TEST_CASE("a LevelDB from which nothing could be read leaves the files of old versions in use") {
  const TempDir directory;
  write_file(directory.path() / "Local Storage/leveldb/CURRENT", "MANIFEST-000001\n");
  build_database(directory.path() / "Local Storage/https_a.example_0.localstorage",
                 "CREATE TABLE ItemTable(key TEXT, value BLOB);"
                 "INSERT INTO ItemTable VALUES('old', x'7600');");
  const Report report = audit_twins(directory.path());
  CHECK_FALSE(report.complete);
  CHECK(listed_names(report) == "old");
}

}  // namespace crumbs
