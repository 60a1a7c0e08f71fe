/// Local storage of Chromium in SQLite, half of it compressed, against the shell's own scan and the
/// zstd tool.

#include <fmt/format.h>
#include <sqlite3.h>
#include <zstd.h>

#include <fstream>
#include <memory>
#include <stdexcept>

#include "bench.h"

namespace crumbs::bench {
namespace {
namespace fs = std::filesystem;

constexpr int kItems = 200'000;
constexpr int kManyItems = 800'000;  ///< in a file that is too large to be read from memory
constexpr int kItemsOfMap = 50;

// The browser's own schema 1.
constexpr const char* kSchema = R"(
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
INSERT INTO meta VALUES('mmap_status','-1'),('version','1'),('last_compatible_version','1');
CREATE TABLE maps(row_id INTEGER PRIMARY KEY AUTOINCREMENT,storage_key BLOB NOT NULL,
last_accessed INTEGER,last_modified INTEGER,total_size INTEGER);
CREATE UNIQUE INDEX maps_by_storage_key ON maps(storage_key);
CREATE TABLE map_entries(map_id INTEGER NOT NULL,value_compression_type INTEGER NOT NULL,
key BLOB NOT NULL,value BLOB NOT NULL,PRIMARY KEY(map_id, key)) WITHOUT ROWID;
BEGIN;)";

constexpr const char* kScan =
    "select count(*), sum(length(key)+length(value)), sum(value_compression_type) from map_entries";

struct Statement {
  Statement(sqlite3* database, const char* sql) {
    if (sqlite3_prepare_v2(database, sql, -1, &handle, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(database));
  }
  ~Statement() { sqlite3_finalize(handle); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void blob(int index, const std::string& bytes) const {
    sqlite3_bind_blob(handle, index, bytes.data(), static_cast<int>(bytes.size()),
                      SQLITE_TRANSIENT);
  }
  void run() const {
    if (sqlite3_step(handle) != SQLITE_DONE) throw std::runtime_error("insert");
    sqlite3_reset(handle);
  }
  sqlite3_stmt* handle = nullptr;
};

/// Names and values have a byte for their encoding in front; one in a thousand is documented.
std::string name_of(int i) {
  if (i % 1000 == 0) return "\x01jv_store_AbC123xYz0_client";
  return fmt::format("\x01key{}", i % kItemsOfMap);
}

/// JSON as sites keep it: some 650 bytes, of which much repeats.
std::string value_of(int i) {
  std::string value = "\x01{\"events\":[";
  for (int j = 0; j < 10; ++j)
    value += fmt::format("{{\"id\":{},\"kind\":\"view\",\"at\":{},\"seen\":true}},", i * 7919LL + j,
                         1'795'392'000'000 + i * 31LL + j);
  value.back() = ']';
  return value + "}";
}

std::string compress(const std::string& value) {
  std::string frame(ZSTD_compressBound(value.size()), '\0');
  const std::size_t size = ZSTD_compress(frame.data(), frame.size(), value.data(), value.size(), 1);
  if (ZSTD_isError(size) != 0) throw std::runtime_error("zstd");
  frame.resize(size);
  return frame;
}

/// Writes the store and, one after the other, its compressed values.
void generate(sqlite3* database, int items, std::ofstream& frames) {
  const Statement maps(database, "INSERT INTO maps VALUES(?1,?2,?3,?3,?4)");
  const Statement entries(database, "INSERT INTO map_entries VALUES(?1,?2,?3,?4)");
  std::size_t size = 0;
  for (int i = 0; i < items; ++i) {
    const std::string name = name_of(i), value = value_of(i);
    const bool packed = i % 2 == 0;
    const std::string stored = packed ? compress(value) : value;
    const int map = i / kItemsOfMap + 1;
    sqlite3_bind_int(entries.handle, 1, map);
    sqlite3_bind_int(entries.handle, 2, packed ? 1 : 0);
    entries.blob(3, name);
    entries.blob(4, stored);
    entries.run();
    if (packed) frames << stored;
    size += name.size() + value.size();
    if (i % kItemsOfMap != kItemsOfMap - 1) continue;
    sqlite3_bind_int(maps.handle, 1, map);
    maps.blob(2, fmt::format("https://shop{}.example.com/", map));
    sqlite3_bind_int64(maps.handle, 3, 13'440'000'000'000'000);
    sqlite3_bind_int64(maps.handle, 4, static_cast<sqlite3_int64>(size));
    maps.run();
    size = 0;
  }
}

void generate(const fs::path& store, int items, const fs::path& compressed) {
  sqlite3* opened = nullptr;
  const bool works = sqlite3_open(store.c_str(), &opened) == SQLITE_OK;
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  if (!works || sqlite3_exec(opened, kSchema, nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error("dom storage: schema");
  std::ofstream frames(compressed, std::ios::binary);
  generate(opened, items, frames);
  if (sqlite3_exec(opened, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK || !frames.flush())
    throw std::runtime_error("dom storage: commit");
}

struct Measured {
  Pair audit;
  double mib = 0;  ///< of the file
};

Measured measure(const fs::path& work, int items, int times) {
  const fs::path profile = work / "user-data/Default";
  const fs::path store = profile / "LocalStorage", frames = work / "frames.zst";
  fs::create_directories(profile);
  std::ofstream(profile / "Preferences") << "{}";
  generate(store, items, frames);
  const double mib = static_cast<double>(fs::file_size(store)) / (1 << 20U);
  const std::vector<std::string> theirs{"sh", "-c",
                                        fmt::format("sqlite3 '{}' '{}' && exec zstd -d -q -c '{}'",
                                                    store.string(), kScan, frames.string())};
  const Pair audit = compare({crumbs_program(), "audit", profile.string()}, theirs, times, work);
  return {audit, mib};
}

}  // namespace

std::vector<Row> dom_storage(const Run& run) {
  const Measured few = measure(run.work / "few", run.amount(kItems), run.times(11));
  const Measured many = measure(run.work / "many", run.amount(kManyItems), run.times(5));
  return {
      {"audit of 200,000 items in SQLite, half zstd / sqlite3 scan + zstd -d",
       few.audit.ours.seconds / few.audit.theirs.seconds, "x", 1.5},
      {fmt::format("its peak memory beyond the file ({:.1f} MiB)", few.mib),
       few.audit.ours.peak_mib - few.mib, "MiB", 64},
      {"(sqlite3 scan + zstd -d)", few.audit.theirs.seconds * 1000, "ms"},
      {fmt::format("audit of 800,000 items, {:.0f} MiB, copied / the same", many.mib),
       many.audit.ours.seconds / many.audit.theirs.seconds, "x", 1.5},
      {"its peak memory beside the copy", many.audit.ours.peak_mib, "MiB", 64},
      {"(sqlite3 scan + zstd -d)", many.audit.theirs.seconds * 1000, "ms"},
  };
}

}  // namespace crumbs::bench
