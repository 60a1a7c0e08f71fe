#include "formats/sqlite/journal.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "support/support.h"

namespace crumbs {
namespace {

constexpr std::size_t kPage = 1024, kRecord = kPage + 8, kSector = 512;

/// The files of a database whose transaction is under way: parts that count, and one that does not.
struct HotJournal {
  std::string database, journal;

  explicit HotJournal(const std::string& mode) {
    const test::TempDir directory;
    test::build_interrupted(
        directory.path() / "db",
        "PRAGMA page_size=1024; PRAGMA cache_size=5;" + mode +
            "CREATE TABLE t(id INTEGER PRIMARY KEY, text TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
            " INSERT INTO t SELECT i, printf('before %050d', i) FROM n;",
        "BEGIN; UPDATE t SET text = 'after'");
    database = test::read_file(directory.path() / "db");
    journal = test::read_file(directory.path() / "db-journal");
  }
};

sqlite::JournalReader reader(const std::string& bytes) {
  return [&bytes](std::span<std::byte> target, std::uint64_t offset) -> std::size_t {
    if (offset >= bytes.size()) return 0;
    const std::size_t count = std::min<std::size_t>(target.size(), bytes.size() - offset);
    std::memcpy(target.data(), bytes.data() + offset, count);
    return count;
  };
}

std::string fault(const HotJournal& hot, const std::string& journal) {
  const auto found = sqlite::check_journal(reader(journal), journal.size(), reader(hot.database));
  return found ? found->what : "";
}

const char* const kDamaged = "a page that is cut off or damaged";
const char* const kUncounted = "pages that its header does not count";

}  // namespace

TEST_CASE("a journal as SQLite leaves it is whole") {
  for (const char* mode : {"", "PRAGMA synchronous=OFF;"}) {
    const HotJournal hot(mode);
    CHECK(fault(hot, hot.journal) == "");
  }
  const HotJournal hot("");
  const std::size_t parts = static_cast<std::size_t>(
      std::ranges::count(hot.journal, '\xd9'));  // at least one in each header
  CHECK(parts >= 2);
  // What an earlier, longer transaction left, its header marked by SQLite.
  const std::string first = hot.journal.substr(0, kSector);
  CHECK(fault(hot, hot.journal + '\0' + first.substr(1)) == "");
}

TEST_CASE("a journal that lacks what it should put back is told") {
  const HotJournal hot("");
  const auto with = [&](std::size_t at, char byte) {
    std::string changed = hot.journal;
    changed.at(at) = byte;
    return fault(hot, changed);
  };
  CHECK(fault(hot, hot.journal.substr(0, kSector + kRecord / 2)) == kDamaged);
  CHECK(fault(hot, hot.journal.substr(0, kSector - 1)) == "a header that is cut off");
  CHECK(with(kSector + kRecord - 1, '\x5a') == kDamaged);  // the checksum
  CHECK(with(kSector, '\x5a') == kDamaged);                // a page that is not in the database
  std::string doubled = hot.journal;
  doubled.replace(kSector + kRecord, kRecord, hot.journal, kSector, kRecord);
  CHECK(fault(hot, doubled) == kDamaged);
  CHECK(with(11, '\1') == kUncounted);
  CHECK(with(11, '\0') == kUncounted);
  CHECK(with(20, '\x7f') == "a header that says impossible sizes");
}

TEST_CASE("a later header that is damaged is told") {
  const HotJournal hot("");
  const std::string magic = hot.journal.substr(0, 8);
  const std::size_t second = hot.journal.find(magic, 8);
  REQUIRE(second != std::string::npos);
  std::string changed = hot.journal;
  changed[second + 3] ^= 1;
  CHECK(fault(hot, changed) == "a damaged header");
  changed = hot.journal;
  changed[second + 19] ^= 1;
  CHECK(fault(hot, changed) == "a header that differs from the first");
  CHECK(fault(hot, hot.journal.substr(0, second + 10)) == "a header that is cut off");
}

}  // namespace crumbs
