/// 100,000 encrypted cookies of schema 24 against the shell's own scan of the same file.

#include <fmt/format.h>
#include <openssl/evp.h>
#include <sqlite3.h>

#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "bench.h"

namespace crumbs::bench {
namespace {
namespace fs = std::filesystem;

constexpr int kCookies = 100'000;
constexpr int kHosts = 5'000;
constexpr std::int64_t kCreated = 13'440'000'000'000'000;  // us since 1601: November 2026

// The browser's own schema 24.
constexpr const char* kSchema = R"(
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
INSERT INTO meta VALUES('mmap_status','-1'),('version','24'),('last_compatible_version','24');
CREATE TABLE cookies(creation_utc INTEGER NOT NULL,host_key TEXT NOT NULL,
top_frame_site_key TEXT NOT NULL,name TEXT NOT NULL,value TEXT NOT NULL,encrypted_value BLOB NOT NULL,
path TEXT NOT NULL,expires_utc INTEGER NOT NULL,is_secure INTEGER NOT NULL,is_httponly INTEGER NOT NULL,
last_access_utc INTEGER NOT NULL,has_expires INTEGER NOT NULL,is_persistent INTEGER NOT NULL,
priority INTEGER NOT NULL,samesite INTEGER NOT NULL,source_scheme INTEGER NOT NULL,
source_port INTEGER NOT NULL,last_update_utc INTEGER NOT NULL,source_type INTEGER NOT NULL,
has_cross_site_ancestor INTEGER NOT NULL);
CREATE UNIQUE INDEX cookies_unique_index ON cookies(host_key, top_frame_site_key,
has_cross_site_ancestor, name, path, source_scheme, source_port);
BEGIN;)";

constexpr const char* kInsert =
    "INSERT INTO cookies VALUES(?1,?2,'',?3,'',?4,'/',?5,1,0,?1,1,1,1,-1,2,443,?1,1,1)";

constexpr const char* kScan =
    "select count(*), sum(length(name)+length(value)+length(encrypted_value)+length(host_key)) "
    "from cookies where length(host_key)>0";

void check(bool worked, const char* what) {
  if (!worked) throw std::runtime_error(what);
}

/// As Linux Chromium without a keyring writes it: "v10", then AES-128-CBC of the host's hash and
/// the value.
std::string encrypt_v10(const std::string& host, const std::string& value) {
  static constexpr unsigned char kKey[] = {0xfd, 0x62, 0x1f, 0xe5, 0xa2, 0xb4, 0x02, 0x53,
                                           0x9d, 0xfa, 0x14, 0x7c, 0xa9, 0x27, 0x27, 0x78};
  static constexpr unsigned char kIv[] = "                ";
  std::array<unsigned char, 32> hash{};
  EVP_Digest(host.data(), host.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
  const std::string plain(std::string(hash.begin(), hash.end()) + value);
  std::array<unsigned char, 512> cipher{};
  int size = 0, tail = 0;
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  EVP_EncryptInit_ex(context, EVP_aes_128_cbc(), nullptr, kKey, kIv);
  EVP_EncryptUpdate(context, cipher.data(), &size,
                    reinterpret_cast<const unsigned char*>(plain.data()),
                    static_cast<int>(plain.size()));
  check(EVP_EncryptFinal_ex(context, cipher.data() + size, &tail) == 1, "encrypt");
  EVP_CIPHER_CTX_free(context);
  return "v10" + std::string(cipher.begin(), cipher.begin() + size + tail);
}

/// Two in a hundred are documented; the others have the usual shapes.
std::string name_of(int i) {
  static constexpr const char* kDocumented[] = {"enter_ts", "visits_count", "pages_count",
                                                "jv_enter_ts_987654321"};
  static constexpr const char* kUnknown[] = {"_ga_{:x}", "sid{}",  "session_{}", "cf_{:o}",
                                             "pref-{}",  "_gid{}", "uuid_{:x}",  "AMP_{:x}"};
  if (i % 50 == 0) return kDocumented[i / 50 % 4];
  return fmt::format(fmt::runtime(kUnknown[i % 8]), i);
}

std::string value_of(int i) {
  if (i % 50 == 0) return std::to_string(1'795'392'000 + i);
  return fmt::format("GA1.2.{}.{}{}", i * 7919LL, 1'795'392'000 + i,
                     std::string(static_cast<std::size_t>(i % 40), 'x'));
}

void insert(sqlite3_stmt* statement, int i) {
  const std::string host =
      fmt::format("{}shop{}.example.com", i % 3 == 0 ? "." : "",
                  i % 50 == 0 ? i / 50 : i % kHosts);  // documented: each host once
  const std::string name = name_of(i);
  const std::string value = encrypt_v10(host, value_of(i));
  sqlite3_bind_int64(statement, 1, kCreated + i);
  sqlite3_bind_text(statement, 2, host.data(), static_cast<int>(host.size()), SQLITE_TRANSIENT);
  sqlite3_bind_text(statement, 3, name.data(), static_cast<int>(name.size()), SQLITE_TRANSIENT);
  sqlite3_bind_blob(statement, 4, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
  sqlite3_bind_int64(statement, 5, kCreated + 31'536'000'000'000 + i);
  check(sqlite3_step(statement) == SQLITE_DONE, "insert");
  sqlite3_reset(statement);
}

void generate(const fs::path& profile, int cookies) {
  fs::create_directories(profile);
  std::ofstream(profile / "Preferences") << "{}";
  sqlite3* opened = nullptr;
  check(sqlite3_open((profile / "Cookies").c_str(), &opened) == SQLITE_OK, "open");
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  check(sqlite3_exec(opened, kSchema, nullptr, nullptr, nullptr) == SQLITE_OK, "schema");
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v2(opened, kInsert, -1, &statement, nullptr) == SQLITE_OK, "prepare");
  for (int i = 0; i < cookies; ++i) insert(statement, i);
  sqlite3_finalize(statement);
  check(sqlite3_exec(opened, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK, "commit");
}

}  // namespace

std::vector<Row> chromium_cookies(const Run& run) {
  const fs::path profile = run.work / "user-data/Default";
  generate(profile, run.amount(kCookies));
  const std::string cookies = (profile / "Cookies").string();
  const double mib = static_cast<double>(fs::file_size(cookies)) / (1 << 20U);
  const std::vector<std::string> scan{"sqlite3", cookies, kScan};
  const Pair audit =
      compare({crumbs_program(), "audit", profile.string()}, scan, run.times(11), run.work);
  const Pair all =
      compare({crumbs_program(), "audit", "--all", profile.string()}, scan, run.times(5), run.work);
  return {
      {"audit of 100,000 v10 cookies / sqlite3 scan", audit.ours.seconds / audit.theirs.seconds,
       "x", 3},
      {fmt::format("its peak memory beyond the file ({:.1f} MiB)", mib), audit.ours.peak_mib - mib,
       "MiB", 64},
      {"audit --all, every one listed / sqlite3 scan", all.ours.seconds / all.theirs.seconds, "x"},
      {"its peak memory beyond the file", all.ours.peak_mib - mib, "MiB"},
      {"(sqlite3 scan)", audit.theirs.seconds * 1000, "ms"},
  };
}

}  // namespace crumbs::bench
