/// A bundle of a profile of some 200 MB against hashing its files and auditing it.

#include <fmt/format.h>
#include <leveldb/db.h>
#include <leveldb/write_batch.h>
#include <sqlite3.h>

#include <fstream>
#include <memory>
#include <stdexcept>

#include "bench.h"

namespace crumbs::bench {
namespace {
namespace fs = std::filesystem;

constexpr int kHosts = 700;
constexpr int kKeysOfHost = 500;
constexpr int kCookies = 100'000;
constexpr std::int64_t kCreated = 13'440'000'000'000'000;  // us since 1601: November 2026

// The browser's own schema 18, whose values may be plain.
constexpr const char* kSchema = R"(
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
INSERT INTO meta VALUES('version','18'),('last_compatible_version','18');
CREATE TABLE cookies(creation_utc INTEGER NOT NULL,host_key TEXT NOT NULL,
top_frame_site_key TEXT NOT NULL,name TEXT NOT NULL,value TEXT NOT NULL,encrypted_value BLOB NOT NULL,
path TEXT NOT NULL,expires_utc INTEGER NOT NULL,is_secure INTEGER NOT NULL,is_httponly INTEGER NOT NULL,
last_access_utc INTEGER NOT NULL,has_expires INTEGER NOT NULL,is_persistent INTEGER NOT NULL,
priority INTEGER NOT NULL,samesite INTEGER NOT NULL,source_scheme INTEGER NOT NULL,
source_port INTEGER NOT NULL,is_same_party INTEGER NOT NULL,last_update_utc INTEGER NOT NULL);
BEGIN;)";

constexpr const char* kInsert =
    "INSERT INTO cookies "
    "VALUES(?1,?2,'',?3,?4,'','/',?1+31536000000000,1,0,?1,1,1,1,-1,2,443,0,?1)";

void check(bool worked, const char* what) {
  if (!worked) throw std::runtime_error(what);
}

/// Letters in an order that repeats nowhere: half of what sites store is tokens.
std::string token(std::uint64_t seed, std::size_t size) {
  std::string text(size, ' ');
  std::uint64_t state = seed * 0x9e3779b97f4a7c15U + 1;
  for (char& c : text) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    c = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"[state >> 58U];
  }
  return text;
}

void put_text(sqlite3_stmt* statement, int at, const std::string& text) {
  sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

/// Two in a hundred are documented.
void generate_cookies(const fs::path& file, int cookies) {
  sqlite3* opened = nullptr;
  check(sqlite3_open(file.c_str(), &opened) == SQLITE_OK, "open");
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  check(sqlite3_exec(opened, kSchema, nullptr, nullptr, nullptr) == SQLITE_OK, "schema");
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v2(opened, kInsert, -1, &statement, nullptr) == SQLITE_OK, "prepare");
  for (int i = 0; i < cookies; ++i) {
    sqlite3_bind_int64(statement, 1, kCreated + i);
    put_text(statement, 2, fmt::format("shop{}.example.com", i / 50));
    put_text(statement, 3, i % 50 == 0 ? "jv_enter_ts_987654321" : fmt::format("sid{}", i % 50));
    put_text(statement, 4,
             i % 50 == 0 ? std::to_string(1'795'392'000 + i)
                         : token(static_cast<std::uint64_t>(i), 200));
    check(sqlite3_step(statement) == SQLITE_DONE, "insert");
    sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  check(sqlite3_exec(opened, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK, "commit");
}

/// One item in a thousand is documented.
void generate_storage(const fs::path& directory, int hosts) {
  fs::create_directories(directory);
  ::leveldb::Options options;
  options.create_if_missing = true;
  ::leveldb::DB* opened = nullptr;
  check(::leveldb::DB::Open(options, directory.string(), &opened).ok(), "leveldb");
  const std::unique_ptr<::leveldb::DB> database(opened);
  check(database->Put({}, "VERSION", "1").ok(), "leveldb");
  for (int host = 0; host < hosts; ++host) {
    ::leveldb::WriteBatch batch;
    for (int key = 0; key < kKeysOfHost; ++key) {
      const bool known = key == 0 && host % 2 == 0;
      const std::string name = known ? "jv_store_AbC123xYz0_client" : fmt::format("key{}", key);
      batch.Put(fmt::format("_https://host{}.example", host) + '\0' + '\x01' + name,
                '\x01' + token(static_cast<std::uint64_t>(host) * kKeysOfHost +
                                   static_cast<std::uint64_t>(key),
                               480));
    }
    check(database->Write({}, &batch).ok(), "leveldb");
  }
}

double mib_of(const fs::path& directory) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    bytes += entry.is_regular_file() ? entry.file_size() : 0;
  return static_cast<double>(bytes) / (1 << 20U);
}

/// Each run writes a bundle of its own: the shell's process is the program's.
std::vector<std::string> export_to(const fs::path& directory, const fs::path& profile,
                                   const char* more) {
  fs::create_directories(directory);
  return {"sh", "-c",
          fmt::format("exec '{}' export '{}' -o '{}'/$$ {}", crumbs_program(), profile.string(),
                      directory.string(), more)};
}

}  // namespace

std::vector<Row> export_bundle(const Run& run) {
  const fs::path& work = run.work;
  const fs::path profile = work / "user-data/Default";
  generate_storage(profile / "Local Storage/leveldb", run.amount(kHosts));
  generate_cookies(profile / "Cookies", run.amount(kCookies));
  std::ofstream(profile / "Preferences") << "{}";
  const std::vector<std::string> theirs{
      "sh", "-c",
      fmt::format("find '{}' -type f -exec sha256sum {{}} + && exec '{}' audit '{}'",
                  profile.string(), crumbs_program(), profile.string())};
  const Pair plain = compare(export_to(work / "plain", profile, ""), theirs, run.times(5), work);
  const Pair raw = compare(export_to(work / "raw", profile, "--raw"), theirs, run.times(3), work);
  return {
      {fmt::format("export of a profile of {:.0f} MiB / sha256sum + audit", mib_of(profile)),
       plain.ours.seconds / plain.theirs.seconds, "x", 2},
      {"its peak memory", plain.ours.peak_mib, "MiB"},
      {"the same with --raw", raw.ours.seconds / raw.theirs.seconds, "x"},
      {"(sha256sum + audit)", plain.theirs.seconds * 1000, "ms"},
  };
}

}  // namespace crumbs::bench
