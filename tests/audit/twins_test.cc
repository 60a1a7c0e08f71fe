/// Which of two stores the browser uses is told by what is in them (shared cases F02, F02b, F02d,
/// F02g, F18c), and the same bytes give the same report whatever the file times say.

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "stores/shared/firefox_marks.h"
#include "support/cookie_profiles.h"
#include "support/leveldb_files.h"
#include "support/made_profile.h"

namespace crumbs {

namespace fs = std::filesystem;
using test::TempDir;

namespace {

constexpr const char* kRoot = "Cookies";
constexpr const char* kNetwork = "Network/Cookies";
/// Microseconds since 1601 of a day in 2024 and of one in 2026.
constexpr std::int64_t kEarly = 13'360'000'000'000'000, kLate = 13'440'000'000'000'000;

Report audit_of(const fs::path& profile, bool residue = true) {
  AuditOptions options = test::fixed_options();
  options.all = options.residue = true;
  options.residue = residue;
  return audit(resolve_profile(profile.string(), {}), test::shipped_catalogs(), options);
}

const StoreResult& store_at(const Report& report, std::string_view path) {
  const std::vector<StoreResult>& stores = report.profiles.at(0).stores;
  const auto found = std::ranges::find_if(
      stores, [&](const StoreResult& store) { return store.path.ends_with(path); });
  REQUIRE(found != stores.end());
  return *found;
}

/// Names of the listed items, those that are not current in brackets: "a b (c)".
std::string names(const Report& report) {
  std::vector<std::string> all;
  for (const Finding& finding : report.findings)
    all.push_back(finding.state == ItemState::current ? finding.name : "(" + finding.name + ")");
  std::ranges::sort(all);
  return fmt::format("{}", fmt::join(all, " "));
}

std::string cookies(int schema, const std::string& name, std::int64_t accessed) {
  return fmt::format(
      "CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);"
      "INSERT INTO meta VALUES('version','{}');{}"
      "INSERT INTO cookies(host_key,name,path,value,encrypted_value,creation_utc,last_access_utc,"
      "expires_utc,is_persistent) VALUES('shop.example.com','{}','/','v',x'',{},{},"
      "13900000000000000,1);",
      schema, test::kLooseTable, name, kEarly - 1, accessed);
}

/// Enough for a table of several pages.
std::string many_rows() {
  std::string rows;
  for (int i = 0; i < 300; ++i)
    rows += fmt::format(
        "INSERT INTO cookies(host_key,name,path,value,encrypted_value) VALUES('b.test','n{}','/',"
        "'{}',x'');",
        i, std::string(100, 'v'));
  return rows;
}

struct Jars {
  TempDir directory;
  fs::path profile = directory.path() / "Default";

  Jars(const std::string& root, const std::string& network) {
    fs::create_directories(profile / "Network");
    put(kRoot, root);
    put(kNetwork, network);
  }
  /// SQL, or bytes where the content does not begin with CREATE.
  void put(const char* path, const std::string& content) const {
    if (content.starts_with("CREATE"))
      test::build_database(profile / path, content);
    else
      test::write_file(profile / path, content);
  }
};

}  // namespace

TEST_CASE("of two cookie jars the one of the newer schema and the newer rows is in use") {
  for (const bool swapped : {false, true}) {
    CAPTURE(swapped);
    const std::string stale = cookies(18, "stale", kEarly), live = cookies(24, "live", kLate);
    const Jars jars(swapped ? live : stale, swapped ? stale : live);
    const Report report = audit_of(jars.profile);
    CHECK(report.complete);
    CHECK(names(report) == "(stale) live");
    CHECK(report.summary.residue == 1);
    CHECK(store_at(report, swapped ? "Default/Cookies" : kNetwork).note ==
          "in use: schema 24 against 18, its newest time is 2026-11-24T13:20:00Z against "
          "2024-05-12T15:06:40Z");
    CHECK(store_at(report, swapped ? kNetwork : "Default/Cookies").note ==
          fmt::format("left over: {} is in use: schema 24 against 18, its newest time is "
                      "2026-11-24T13:20:00Z against 2024-05-12T15:06:40Z",
                      swapped ? kRoot : kNetwork));
    CHECK(names(audit_of(jars.profile, false)) == "live");
  }
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
    const Report report = audit_of(jars.profile);
    CHECK(report.complete);
    CHECK(names(report) == row.names);
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
                      {"no rows", fmt::format("{}{}", test::kMeta24, test::kLooseTable), ""}};
  for (const Row& row : rows) {
    for (const bool in_root : {false, true}) {
      CAPTURE(row.name);
      CAPTURE(in_root);
      const std::string jar = cookies(18, "only", kEarly);
      const Jars jars(in_root ? row.content : jar, in_root ? jar : row.content);
      const Report report = audit_of(jars.profile, false);
      CHECK(report.complete);
      CHECK(report.exit.code == 0);
      CHECK(names(report) == "only");
      CHECK(store_at(report, in_root ? "Default/Cookies" : kNetwork).note == row.note);
      CHECK(store_at(report, in_root ? "Default/Cookies" : kNetwork).items == 0);
      CHECK(store_at(report, in_root ? kNetwork : "Default/Cookies").note.empty());
    }
  }
}

TEST_CASE("jars of which none has a table are no clean reading") {
  const Jars jars("", "CREATE TABLE other(x);");
  const Report report = audit_of(jars.profile);
  CHECK_FALSE(report.complete);
  CHECK(report.exit.code == 5);
  CHECK(
      report.exit.reasons ==
      std::vector<std::string>{
          "Default/Network/Cookies (unsupported): Default/Network/Cookies: there is nothing of "
          "this store in it",
          "Default/Cookies (unsupported): Default/Cookies: there is nothing of this store in it"});
}

TEST_CASE("a damaged jar makes the report incomplete and demotes no other") {
  const Jars jars("this is no database, and long enough to be taken for one that is damaged",
                  cookies(18, "only", kEarly));
  const Report report = audit_of(jars.profile, false);
  CHECK_FALSE(report.complete);
  CHECK(names(report) == "only");
  CHECK(store_at(report, "Default/Cookies").status == StoreStatus::failed);
}

TEST_CASE("a jar of which a part is damaged demotes no other, however new it is") {
  const Jars jars(cookies(18, "old", kEarly), cookies(24, "new", kLate));
  test::build_database(jars.profile / "many", cookies(24, "new", kLate) + many_rows());
  std::string bytes = test::read_file(jars.profile / "many");
  const std::size_t page = bytes.size() / 4096 / 2 * 4096;
  bytes.replace(page, 4096, 4096, '\xff');
  test::write_file(jars.profile / kNetwork, bytes);
  const Report report = audit_of(jars.profile, false);
  CHECK_FALSE(report.complete);
  CHECK(store_at(report, kNetwork).status == StoreStatus::partial);
  CHECK(store_at(report, kNetwork).items > 0);
  CHECK(std::ranges::count(report.findings, "old", &Finding::name) == 1);
  CHECK(store_at(report, "Default/Cookies").note ==
        "in use, and Network/Cookies too, as far as can be told: Network/Cookies is damaged");
}

TEST_CASE("what is left over keeps no company and is told without residue by its number alone") {
  const Jars jars(cookies(18, "jv_close_time_108801", kEarly), cookies(24, "close_time", kLate));
  const Report report = audit_of(jars.profile, false);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].status == Status::possible);
  CHECK(report.summary.residue == 1);
  CHECK(report.summary.items == 2);
}

namespace {

std::string leveldb_meta(std::int64_t time) {
  return test::varint(1U << 3U) + test::varint(static_cast<std::uint64_t>(time));
}

/// A LevelDB with one item; `time` 0: it is not known when it was written.
void write_leveldb(const fs::path& profile, std::int64_t time) {
  std::vector<test::Operation> operations{
      {"VERSION", "1", false},
      {std::string("_https://shop.example.com") + '\0' + "\1in_leveldb", "\1v", false}};
  if (time != 0) operations.push_back({"META:https://shop.example.com", leveldb_meta(time), false});
  const fs::path directory = profile / "Local Storage/leveldb";
  test::write_file(directory / "CURRENT", "MANIFEST-000001\n");
  test::write_file(directory / "MANIFEST-000001", test::manifest(3, {}));
  test::write_file(directory / "000003.log", test::log_record(test::write_batch(1, operations)));
}

std::string storage(std::int64_t time) {
  return test::dom_storage_schema() +
         fmt::format(
             "INSERT INTO maps(row_id,storage_key,last_modified) VALUES(1,{},{});"
             "INSERT INTO map_entries VALUES(1,0,{},{});",
             test::sql_blob("https://shop.example.com/"), time, test::sql_blob("\1in_sqlite"),
             test::sql_blob("\1v"));
}

}  // namespace

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
    test::build_database(directory.path() / "LocalStorage", storage(row.sqlite));
    if (row.mark) test::write_file(directory.path() / "Local Storage/leveldb/exp-v1", "");
    const Report report = audit_of(directory.path());
    CHECK(report.exit.reasons == std::vector<std::string>{});
    CHECK(names(report) == row.names);
    CHECK(store_at(report, "Local Storage/leveldb").note == row.note);
  }
}

TEST_CASE("an empty LocalStorage leaves LevelDB in use, and files of old versions stay behind it") {
  const TempDir directory;
  write_leveldb(directory.path(), kEarly);
  test::write_file(directory.path() / "LocalStorage", "");
  test::build_database(directory.path() / "Local Storage/https_a.example_0.localstorage",
                       "CREATE TABLE ItemTable(key TEXT, value BLOB);"
                       "INSERT INTO ItemTable VALUES('old', x'7600');");
  const Report report = audit_of(directory.path());
  CHECK(report.complete);
  CHECK(names(report) == "(old) in_leveldb");
  CHECK(store_at(report, "https_a.example_0.localstorage").note ==
        "left over: builds since about 61 keep local storage elsewhere");
}

TEST_CASE("a LevelDB from which nothing could be read leaves the files of old versions in use") {
  const TempDir directory;
  test::write_file(directory.path() / "Local Storage/leveldb/CURRENT", "MANIFEST-000001\n");
  test::build_database(directory.path() / "Local Storage/https_a.example_0.localstorage",
                       "CREATE TABLE ItemTable(key TEXT, value BLOB);"
                       "INSERT INTO ItemTable VALUES('old', x'7600');");
  const Report report = audit_of(directory.path());
  CHECK_FALSE(report.complete);
  CHECK(names(report) == "old");
}

namespace {

struct FirefoxStorages {
  TempDir directory;
  fs::path origin = directory.path() / "storage/default/https+++shop.example.com/ls/data.sqlite";

  FirefoxStorages(const std::string& version, const std::string& prefs) {
    const fs::path& profile = directory.path();
    test::build_database(profile / "cookies.sqlite", test::kLooseFirefox);
    test::build_database(
        origin,
        "CREATE TABLE database(origin TEXT NOT NULL, usage INTEGER NOT NULL DEFAULT 0,"
        "last_vacuum_time INTEGER NOT NULL DEFAULT 0, last_analyze_time INTEGER NOT NULL DEFAULT 0,"
        "last_vacuum_size INTEGER NOT NULL DEFAULT 0);"
        "CREATE TABLE data(key TEXT PRIMARY KEY, utf16_length INTEGER NOT NULL, conversion_type "
        "INTEGER NOT NULL, compression_type INTEGER NOT NULL, last_access_time INTEGER NOT NULL "
        "DEFAULT 0, value BLOB NOT NULL); PRAGMA user_version=80;"
        "INSERT INTO database(origin,usage) VALUES('https://shop.example.com',4);"
        "INSERT INTO data VALUES('new',1,1,0,0,x'76');");
    test::build_database(
        profile / "webappsstore.sqlite",
        "CREATE TABLE webappsstore2(originAttributes TEXT, originKey TEXT, scope TEXT, key TEXT,"
        "value TEXT); INSERT INTO webappsstore2 VALUES('','moc.elpmaxe.pohs.:https:443','','old',"
        "'v');");
    if (!version.empty())
      test::write_file(profile / "compatibility.ini",
                       "[Compatibility]\nLastVersion=" + version + "\n");
    if (!prefs.empty()) test::write_file(profile / "prefs.js", prefs);
  }
};

constexpr const char* kLegacyOn =
    "user_pref(\"dom.storage.enable_unsupported_legacy_implementation\", true);\n";

}  // namespace

TEST_CASE("Firefox's marks tell which of its storages it uses") {
  struct Row {
    std::string version, prefs, names, note;
  };
  const char* const off = "user_pref(\"dom.storage.next_gen\", false);\n";
  const char* const on = "# Mozilla User Preferences\nuser_pref(\"dom.storage.next_gen\", true);\n";
  const Row rows[] = {
      {"78.15.0_20211001000000/20211001000000", off, "(new) old",
       "in use: prefs.js switches dom.storage.next_gen off"},
      {"78.15.0_20211001000000/20211001000000", on, "(old) new",
       "left over: storage/default/*/ls is in use: prefs.js switches dom.storage.next_gen on"},
      {"78.15.0", "", "new old",
       "in use, and storage/default/*/ls too, as far as can be told: prefs.js does not tell what "
       "Firefox 78 was told to use"},
      {"60.9.0", "", "(new) old", "in use: Firefox 60 has nothing else"},
      {"128.3.1_1/1", "", "(old) new",
       "left over: storage/default/*/ls is in use: Firefox 128 does so by default"},
      {"128.3.1_1/1", off, "(old) new",
       "left over: storage/default/*/ls is in use: Firefox 128 does so by default"},
      {"128.3.1_1/1", kLegacyOn, "(new) old",
       "in use: prefs.js switches dom.storage.enable_unsupported_legacy_implementation on"},
      {"", "", "new old",
       "in use, and storage/default/*/ls too, as far as can be told: compatibility.ini does not "
       "tell the version of Firefox"}};
  for (const Row& row : rows) {
    CAPTURE(row.note);
    const FirefoxStorages storages(row.version, row.prefs);
    const Report report = audit_of(storages.directory.path());
    CHECK(report.complete);
    CHECK(names(report) == row.names);
    CHECK(store_at(report, "webappsstore.sqlite").note == row.note);
  }
}

TEST_CASE("a storage from which nothing could be read leaves the other in use") {
  const FirefoxStorages storages("128.3.1", "");
  test::write_file(storages.origin, "");
  const Report report = audit_of(storages.directory.path());
  CHECK_FALSE(report.complete);
  CHECK(names(report) == "old");
  CHECK(store_at(report, "webappsstore.sqlite").note.empty());
}

TEST_CASE("a preference counts as Firefox reads it: at the start of a line, the last one") {
  const auto mark = [](const std::string& prefs) {
    const TempDir directory;
    test::write_file(directory.path() / "prefs.js", prefs);
    return firefox_storage_mark(directory.path()).next_generation;
  };
  const std::string on = "user_pref(\"dom.storage.next_gen\", true);\n";
  const std::string off = "user_pref(\"dom.storage.next_gen\",false);\n";
  CHECK(mark(on) == true);
  CHECK(mark(on + off) == false);
  CHECK(mark("//" + off + "x(\"" + off) == std::nullopt);
  CHECK(mark("user_pref(\"dom.storage.next_gen\", 1);") == std::nullopt);
  CHECK(mark("user_pref(\"dom.storage.next_gen\",") == std::nullopt);
}

namespace {

std::string session(const std::string& name) {
  return R"({"cookies":[{"host":"a.test","name":")" + name + R"(","value":"v"}]})";
}

}  // namespace

TEST_CASE("of session files the first that Firefox can load is in use") {
  const std::string cut = session("first").substr(0, 60) + R"(,"x":{"host)";
  struct Row {
    const char* name;
    std::string first, second, names;
    bool complete;
  };
  const std::string whole_then_cut =
      R"({"cookies":[{"host":"a.test","name":"first","value":"v"},{"host":"a.te)";
  const Row rows[] = {{"whole", session("first"), session("second"), "(second) first", true},
                      {"cut", whole_then_cut, session("second"), "(first) second", false},
                      {"unreadable", "{", session("second"), "second", false},
                      {"no bytes", "", session("second"), "second", true},
                      {"no cookies", R"({"cookies":[]})", session("second"), "(second)", true},
                      {"both cut", whole_then_cut, "{", "first", false}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const TempDir directory;
    test::build_database(directory.path() / "cookies.sqlite", test::kLooseFirefox);
    test::write_file(directory.path() / "sessionstore.js", row.first);
    test::write_file(directory.path() / "sessionstore-backups/previous.js", row.second);
    const Report report = audit_of(directory.path());
    CHECK(report.complete == row.complete);
    CHECK(names(report) == row.names);
  }
}

TEST_CASE("the notes of session files say which is loaded and why") {
  const TempDir directory;
  test::build_database(directory.path() / "cookies.sqlite", test::kLooseFirefox);
  test::write_file(directory.path() / "sessionstore.js", "{");
  test::write_file(directory.path() / "sessionstore-backups/recovery.js", session("a"));
  test::write_file(directory.path() / "sessionstore-backups/previous.js", session("b"));
  const Report report = audit_of(directory.path());
  CHECK(store_at(report, "sessionstore.js").note ==
        "left over: it cannot be loaded, sessionstore-backups/recovery.js is");
  CHECK(store_at(report, "recovery.js").note == "in use: sessionstore.js cannot be loaded");
  CHECK(store_at(report, "previous.js").note ==
        "left over: sessionstore-backups/recovery.js is loaded first");
}

namespace {

/// The report of a copy whose files have times `hours` apart, in the order of their names.
std::string report_of_copy(const fs::path& source, int hours) {
  const TempDir copy;
  const fs::path profile = copy.path() / source.filename();
  fs::copy(source, profile, fs::copy_options::recursive);
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(profile)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  auto time = fs::file_time_type::clock::now();
  for (const fs::path& file : files) fs::last_write_time(file, time += std::chrono::hours(hours));
  Report report = audit_of(profile);
  for (ProfileReport& part : report.profiles)
    part.profile.path = part.profile.user_data_dir = fs::path();
  return to_json(report);
}

}  // namespace

TEST_CASE("the same bytes give the same report whatever the file times say") {
  for (const char* name :
       {"chromium-64", "chromium-85", "chromium-109", "chromium-156-leveldb", "chromium-156-sqlite",
        "chromium-156-sqlite-live", "firefox-153", "firefox-153-live"}) {
    CAPTURE(name);
    const fs::path fixture = test::fixture(fmt::format("profiles/{}", name));
    CHECK(report_of_copy(fixture, 1) == report_of_copy(fixture, -1));
  }
  const Jars jars(cookies(24, "a", kLate), cookies(24, "b", kEarly));
  write_leveldb(jars.profile, kEarly);
  test::build_database(jars.profile / "LocalStorage", storage(kLate));
  CHECK(report_of_copy(jars.profile, 1) == report_of_copy(jars.profile, -1));
  const FirefoxStorages storages("78.15.0", "");
  test::write_file(storages.directory.path() / "sessionstore.js", session("a"));
  test::write_file(storages.directory.path() / "sessionstore-backups/previous.js", session("b"));
  CHECK(report_of_copy(storages.directory.path(), 1) ==
        report_of_copy(storages.directory.path(), -1));
}

}  // namespace crumbs
