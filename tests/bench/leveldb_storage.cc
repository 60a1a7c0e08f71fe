/// Local storage of a million items in LevelDB against LevelDB's own iterator and a hashing tool.

#include <fmt/format.h>
#include <leveldb/db.h>
#include <leveldb/write_batch.h>

#include <memory>
#include <stdexcept>

#include "bench.h"

namespace crumbs::bench {
namespace {
namespace fs = std::filesystem;

constexpr int kHosts = 2'000;
constexpr int kKeysOfHost = 500;
constexpr std::size_t kValue = 480;

void check(const ::leveldb::Status& status) {
  if (!status.ok()) throw std::runtime_error("leveldb: " + status.ToString());
}

std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7U) bytes += static_cast<char>(value | 0x80U);
  return bytes + static_cast<char>(value);
}

std::string origin_of(int host) {
  return fmt::format("https://host{}.example", host);
}

/// One in a thousand is documented.
std::string name_of(int host, int key) {
  if (key == 0 && host % 2 == 0) return "\x01jv_store_AbC123xYz0_client";
  return fmt::format("\x01key{}", key);
}

/// Latin-1, and of letters in an order that repeats nowhere: half of what sites store is tokens.
std::string value_of(std::uint64_t seed) {
  std::string value(kValue, '\x01');
  std::uint64_t state = seed * 0x9e3779b97f4a7c15U + 1;
  for (std::size_t i = 1; i < value.size(); ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    value[i] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"[state >> 58U];
  }
  return value;
}

/// META: the time of the last write and the size of all names and values.
void put_meta(::leveldb::WriteBatch& batch, int host) {
  std::uint64_t size = 0;
  for (int key = 0; key < kKeysOfHost; ++key) size += name_of(host, key).size() + kValue;
  const std::string meta = "\x08" + varint(13'440'000'000'000'000) + "\x10" + varint(size);
  batch.Put("META:" + origin_of(host), meta);
}

/// Each pass goes over all hosts, so that what it writes overlaps what is there: several levels.
void generate(const fs::path& directory, int hosts) {
  fs::create_directories(directory);
  ::leveldb::Options options;
  options.create_if_missing = true;
  ::leveldb::DB* opened = nullptr;
  check(::leveldb::DB::Open(options, directory.string(), &opened));
  const std::unique_ptr<::leveldb::DB> database(opened);
  check(database->Put({}, "VERSION", "1"));
  constexpr int kPasses = 4;
  for (int pass = 0; pass < kPasses; ++pass) {
    for (int host = 0; host < hosts; ++host) {
      ::leveldb::WriteBatch batch;
      for (int key = pass; key < kKeysOfHost; key += kPasses)
        batch.Put("_" + origin_of(host) + '\0' + name_of(host, key),
                  value_of(static_cast<std::uint64_t>(host * kKeysOfHost + key)));
      if (pass == 0) put_meta(batch, host);
      check(database->Write({}, &batch));
    }
  }
}

int levels_of(const fs::path& directory) {
  ::leveldb::DB* opened = nullptr;
  check(::leveldb::DB::Open({}, directory.string(), &opened));
  const std::unique_ptr<::leveldb::DB> database(opened);
  int levels = 0;
  for (int level = 0; level < 7; ++level) {
    std::string files;
    database->GetProperty("leveldb.num-files-at-level" + std::to_string(level), &files);
    levels += files.empty() || files == "0" ? 0 : 1;
  }
  return levels;
}

double mib_of(const fs::path& directory) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(directory)) bytes += entry.file_size();
  return static_cast<double>(bytes) / (1 << 20U);
}

}  // namespace

void iterate_leveldb(const std::string& directory, int items) {
  ::leveldb::DB* opened = nullptr;
  check(::leveldb::DB::Open({}, directory, &opened));
  const std::unique_ptr<::leveldb::DB> database(opened);
  ::leveldb::ReadOptions options;
  options.verify_checksums = true;
  options.fill_cache = false;
  const std::unique_ptr<::leveldb::Iterator> iterator(database->NewIterator(options));
  int found = 0;
  for (iterator->SeekToFirst(); iterator->Valid(); iterator->Next())
    found += iterator->key().starts_with("_") && !iterator->value().empty() ? 1 : 0;
  check(iterator->status());
  if (found != items) throw std::runtime_error("leveldb: items are missing");
}

std::vector<Row> leveldb_storage(const Run& run) {
  const int hosts = run.amount(kHosts);
  const fs::path profile = run.work / "user-data/Default";
  const fs::path directory = profile / "Local Storage/leveldb";
  generate(directory, hosts);
  // Opened and closed once more: what is left to compact is compacted before it is measured.
  const int levels = levels_of(directory);
  const std::string iterate =
      fmt::format("'{}' --iterate-leveldb '{}' {}", fs::read_symlink("/proc/self/exe").string(),
                  directory.string(), hosts * kKeysOfHost);
  const std::vector<std::string> theirs{
      "sh", "-c",
      fmt::format("{} && exec openssl dgst -sha256 '{}'/*", iterate, directory.string())};
  const Pair audit =
      compare({crumbs_program(), "audit", profile.string()}, theirs, run.times(5), run.work);
  const Cost iteration = run_program({"sh", "-c", "exec " + iterate}, run.work);
  return {
      {fmt::format("audit of LevelDB, 1,000,000 items, {:.0f} MiB, {} levels / libleveldb + sha256",
                   mib_of(directory), levels),
       audit.ours.seconds / audit.theirs.seconds, "x", 1},
      {"its peak memory", audit.ours.peak_mib, "MiB", 64},
      {"(libleveldb + sha256)", audit.theirs.seconds * 1000, "ms"},
      {"(libleveldb alone)", iteration.seconds * 1000, "ms"},
  };
}

}  // namespace crumbs::bench
