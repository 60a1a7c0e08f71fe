#include <doctest/doctest.h>
#include <leveldb/db.h>
#include <leveldb/write_batch.h>

#include <algorithm>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "support/damage_campaign.h"
#include "support/stores.h"
#include "support/support.h"

/// Damage to Chromium's local storage in LevelDB.

namespace crumbs {
namespace {

using test::DamageForm;

constexpr const char* kPath = "Local Storage/leveldb/";

/// A database whose files are the same each time: nothing is compacted in the background.
class Database {
 public:
  Database(const std::filesystem::path& profile, ::leveldb::CompressionType compression)
      : directory_(profile / kPath) {
    std::filesystem::create_directories(directory_);
    options_.create_if_missing = true;
    options_.block_size = 512;
    options_.compression = compression;
    reopen();
  }
  /// What the log held becomes a table.
  void reopen() {
    db_.reset();
    ::leveldb::DB* db = nullptr;
    REQUIRE(::leveldb::DB::Open(options_, directory_.string(), &db).ok());
    db_.reset(db);
  }
  void compact() { db_->CompactRange(nullptr, nullptr); }
  void put(const std::string& key, const std::string& value) {
    REQUIRE(db_->Put({}, key, value).ok());
  }
  void remove(const std::string& key) { REQUIRE(db_->Delete({}, key).ok()); }

 private:
  std::filesystem::path directory_;
  ::leveldb::Options options_;
  std::unique_ptr<::leveldb::DB> db_;
};

std::string key_of(int i) {
  return fmt::format("_https://s{}.example.com{}\1key{}", i % 12, '\0', i);
}

void put_items(Database& database, int first, int count, int round) {
  for (int i = first; i < first + count; ++i)
    database.put(key_of(i), fmt::format("\1value {} of round {} {}", i, round,
                                        std::string(static_cast<std::size_t>(i * 7 % 60), 'v')));
}

/// A table of a lower level, two of level 0, a log: 200 keys, of which some were written again, and
/// some deleted.
void build(const std::filesystem::path& profile, ::leveldb::CompressionType compression) {
  Database database(profile, compression);
  database.put("VERSION", "1");
  put_items(database, 0, 120, 0);
  database.compact();
  put_items(database, 100, 50, 1);
  for (int i = 0; i < 10; ++i) database.remove(key_of(i));
  database.reopen();
  put_items(database, 140, 40, 2);
  database.reopen();
  put_items(database, 170, 30, 3);
  for (int i = 20; i < 25; ++i) database.remove(key_of(i));
}

DamageForm form_at(const std::filesystem::path& profile, const std::string& what) {
  DamageForm form;
  form.name = "chromium.local_storage: " + what;
  form.driver = "chromium.local_storage";
  form.engine = Engine::chromium;
  for (auto& [path, bytes] : test::files_of(profile)) {
    if (!path.starts_with(kPath)) continue;
    const bool part = path.ends_with(".ldb") || path.ends_with(".log") ||
                      path.ends_with("CURRENT") || path.find("MANIFEST") != std::string::npos;
    if (part && !bytes.empty()) form.targets.files.push_back(path);
    if (path.ends_with(".log")) form.log = path;
    form.files[path] = bytes;
  }
  form.targets.unit = 512;
  form.targets.exchange = true;
  form.checksummed = true;
  form.commits = test::log_commits(form.files.at(form.log));
  form.cases = 4000;
  return form;
}

TEST_CASE("damage to Chromium's local storage in LevelDB: tables compressed and not") {
  for (const bool compressed : {true, false}) {
    const test::TempDir directory;
    build(directory.path(), compressed ? ::leveldb::kSnappyCompression : ::leveldb::kNoCompression);
    DamageForm form = form_at(directory.path(), compressed ? "compressed" : "not compressed");
    REQUIRE(form.targets.files.size() == 6);
    form.items = 120 + 50 + 40 + 30;  // versions; a deletion is told by what it deleted
    run_campaign(form);
  }
}

TEST_CASE("damage to Chromium's local storage in LevelDB: the browser's own") {
  DamageForm form =
      form_at(test::fixture("profiles/chromium-156-leveldb/Default"), "of Chromium 156");
  form.items = 32;
  form.cases = 2000;
  run_campaign(form);
}

TEST_CASE("CURRENT that names an older MANIFEST, which is whole, is told") {
  const test::TempDir directory;
  const auto at = [&](const std::string& name) { return directory.path() / kPath / name; };
  Database database(directory.path(), ::leveldb::kSnappyCompression);
  const std::string older = test::read_file(at("CURRENT"));
  const std::string manifest = older.substr(0, older.size() - 1);
  put_items(database, 0, 50, 0);
  const std::string bytes = test::read_file(at(manifest));
  database.reopen();
  put_items(database, 50, 50, 1);
  REQUIRE(test::read_file(at("CURRENT")) != older);
  test::write_file(at(manifest), bytes);
  test::write_file(at("CURRENT"), older);
  const auto stores = test::read_places(test::driver("chromium.local_storage"),
                                        test::make_profile(directory.path(), Engine::chromium));
  REQUIRE(stores.size() == 1);
  CHECK(std::ranges::any_of(stores[0].diagnostics, [](const Diagnostic& one) {
    return one.severity == Diagnostic::Severity::incomplete && one.code == "missing_file";
  }));
}

}  // namespace
}  // namespace crumbs
