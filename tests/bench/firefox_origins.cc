/// Local storage of 5,000 sites in Firefox, one database each, against one shell that counts them.

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>

#include "bench.h"

namespace crumbs::bench {
namespace {
namespace fs = std::filesystem;

constexpr int kOrigins = 5'000;

// Firefox's own schema 5.0; half of the sites have a documented item.
constexpr const char* kSchema = R"(
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=1024; PRAGMA auto_vacuum=2;
PRAGMA user_version=80; BEGIN;
CREATE TABLE database(origin TEXT NOT NULL, usage INTEGER NOT NULL DEFAULT 0,
last_vacuum_time INTEGER NOT NULL DEFAULT 0, last_analyze_time INTEGER NOT NULL DEFAULT 0,
last_vacuum_size INTEGER NOT NULL DEFAULT 0);
CREATE TABLE data(key TEXT PRIMARY KEY, utf16_length INTEGER NOT NULL,
conversion_type INTEGER NOT NULL, compression_type INTEGER NOT NULL,
last_access_time INTEGER NOT NULL DEFAULT 0, value BLOB NOT NULL);
INSERT INTO data VALUES('theme',4,1,0,1795394946590414,x'6461726b'),('lang',2,1,0,0,x'656e'),
('{0}',2,1,0,1795394946590414,x'7b7d'),('session-{1}',4,1,0,0,x'31323334');
INSERT INTO database(origin,usage)
SELECT 'https://shop{1}.example.com',sum(length(key)+utf16_length) FROM data; COMMIT;)";

void write_metadata(const fs::path& file, const std::string& origin) {
  std::string bytes("\x00\x06\x60\xe6\xf6\x06\xc1\x3c\x00\x00\x00\x00\x03\x00\x00\x51\x2c", 17);
  for (const std::string& text : {std::string(), std::string("example.com"), origin})
    bytes += std::string(3, '\0') + static_cast<char>(text.size()) + text;
  std::ofstream(file, std::ios::binary) << bytes << '\0';
}

fs::path generate(const fs::path& profile, int number) {
  const std::string host = fmt::format("shop{}.example.com", number);
  const fs::path directory = profile / "storage/default" / ("https+++" + host);
  fs::create_directories(directory / "ls");
  write_metadata(directory / ".metadata-v2", "https://" + host);
  const fs::path file = directory / "ls/data.sqlite";
  sqlite3* opened = nullptr;
  const bool works = sqlite3_open(file.c_str(), &opened) == SQLITE_OK;
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  const std::string sql = fmt::format(
      fmt::runtime(kSchema), number % 2 == 0 ? "jv_store_AbC123xYz0_client" : "other", number);
  if (!works || sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error("firefox origins: " + file.string());
  return file;
}

using States = std::map<std::string, std::string>;

/// Inode, size and times of everything below.
States states_of(const fs::path& root) {
  States states;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    struct stat status {};
    lstat(entry.path().c_str(), &status);
    states[entry.path().string()] =
        fmt::format("{} {} {}.{} {}.{}", status.st_ino, status.st_size, status.st_mtim.tv_sec,
                    status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
  }
  return states;
}

}  // namespace

std::vector<Row> firefox_origins(const Run& run) {
  const fs::path& work = run.work;
  const fs::path profile = work / "firefox", script = work / "count.sql";
  fs::create_directories(profile);
  std::ofstream(profile / "compatibility.ini") << "[Compatibility]\nLastVersion=153.0_1/1\n";
  std::ofstream(profile / "times.json") << "{}";
  std::ofstream lines(script);
  for (int i = 0; i < run.amount(kOrigins); ++i)
    lines << fmt::format(".open --readonly {}\nselect count(*) from data;\n",
                         generate(profile, i).string());
  lines.close();
  const States before = states_of(profile);
  // There is nowhere to put a private copy: none of these databases needs one.
  const Pair audit = compare(
      {crumbs_program(), "audit", "--temp-dir", (work / "absent").string(), profile.string()},
      {"sqlite3", ":memory:", ".read " + script.string()}, run.times(7), work);
  if (states_of(profile) != before) throw std::runtime_error("firefox origins: files were changed");
  return {
      {"audit of 5,000 Firefox origins / one sqlite3 counting each",
       audit.ours.seconds / audit.theirs.seconds, "x", 2},
      {"its peak memory", audit.ours.peak_mib, "MiB"},
      {"(sqlite3 counting each)", audit.theirs.seconds * 1000, "ms"},
  };
}

}  // namespace crumbs::bench
