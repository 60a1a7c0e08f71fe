/// Which of two stores Firefox uses is told by its marks and by what is in them (shared cases F02g,
/// F18c).

#include "stores/shared/firefox_marks.h"
#include "support/twin_profiles.h"

namespace crumbs {

using namespace test;

namespace {

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
    const Report report = audit_twins(storages.directory.path());
    CHECK(report.complete);
    CHECK(listed_names(report) == row.names);
    CHECK(store_at(report, "webappsstore.sqlite").note == row.note);
  }
}

TEST_CASE("a prefs.js that cannot be read may say anything") {
  const FirefoxStorages storages("128.3.1", "");
  fs::create_symlink("/dev/null", storages.directory.path() / "prefs.js");
  const Report report = audit_twins(storages.directory.path());
  CHECK(listed_names(report) == "new old");
  CHECK(store_at(report, "webappsstore.sqlite").note ==
        "in use, and storage/default/*/ls too, as far as can be told: prefs.js: is a symbolic "
        "link, which is not followed");
}

TEST_CASE("a storage from which nothing could be read leaves the other in use") {
  const FirefoxStorages storages("128.3.1", "");
  write_file(storages.origin, "");
  const Report report = audit_twins(storages.directory.path());
  CHECK_FALSE(report.complete);
  CHECK(listed_names(report) == "old");
  CHECK(store_at(report, "webappsstore.sqlite").note.empty());
}

TEST_CASE("a preference counts as Firefox reads it: at the start of a line, the last one") {
  const auto mark = [](const std::string& prefs) {
    const TempDir directory;
    write_file(directory.path() / "prefs.js", prefs);
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
    build_database(directory.path() / "cookies.sqlite", kLooseFirefox);
    write_file(directory.path() / "sessionstore.js", row.first);
    write_file(directory.path() / "sessionstore-backups/previous.js", row.second);
    const Report report = audit_twins(directory.path());
    CHECK(report.complete == row.complete);
    CHECK(listed_names(report) == row.names);
  }
}

TEST_CASE("a damaged session file is left over with what could be read of it") {
  const TempDir directory;
  build_database(directory.path() / "cookies.sqlite", kLooseFirefox);
  write_file(directory.path() / "sessionstore.js",
             R"({"cookies":[{"host":"a.test","name":"first","value":"v"},{"host":"a.te)");
  write_file(directory.path() / "sessionstore-backups/previous.js", session("second"));
  const Report report = audit_twins(directory.path());
  CHECK(listed_names(report) == "(first) second");
  CHECK(store_at(report, "sessionstore.js").note ==
        "left over: it is damaged, so that sessionstore-backups/previous.js is loaded");
}

TEST_CASE("the notes of session files say which is loaded and why") {
  const TempDir directory;
  build_database(directory.path() / "cookies.sqlite", kLooseFirefox);
  write_file(directory.path() / "sessionstore.js", "{");
  write_file(directory.path() / "sessionstore-backups/recovery.js", session("a"));
  write_file(directory.path() / "sessionstore-backups/previous.js", session("b"));
  const Report report = audit_twins(directory.path());
  CHECK(store_at(report, "sessionstore.js").note ==
        "could not be read, so that sessionstore-backups/recovery.js counts");
  CHECK(store_at(report, "recovery.js").note == "in use: sessionstore.js could not be read whole");
  CHECK(store_at(report, "previous.js").note ==
        "left over: sessionstore-backups/recovery.js is loaded first");
}

}  // namespace crumbs
