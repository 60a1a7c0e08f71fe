#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "support/kept_items.h"
#include "support/leveldb_files.h"
#include "support/support.h"
#include "support/truth.h"

namespace crumbs {
namespace {

using test::KeptItem;
using test::KeptStore;
using test::Operation;

std::vector<KeptStore> read(const std::filesystem::path& profile, const ReadLimits& limits = {}) {
  return test::read_places(chromium_local_storage, test::make_profile(profile, Engine::chromium),
                           limits);
}

KeptStore read_one(const std::filesystem::path& profile, const ReadLimits& limits = {}) {
  auto stores = read(profile, limits);
  REQUIRE(stores.size() == 1);
  INFO(stores[0].messages());
  CHECK_FALSE(stores[0].error);
  return std::move(stores[0]);
}

std::string utf16(std::u16string_view text) {
  std::string bytes(1, '\0');
  for (const char16_t unit : text) bytes += test::little(unit, 2);
  return bytes;
}

TEST_CASE("every item that Chromium 156 said it stores is read, and no other") {
  const KeptStore store = read_one(test::fixture("profiles/chromium-156-leveldb/Default"));
  CHECK(test::current_values(store.items) == test::truth_values("chromium-156-leveldb"));
  CHECK(store.in_state(ItemState::current).size() ==
        test::truth_values("chromium-156-leveldb").size());
  CHECK(store.messages().empty());
  CHECK(store.schemas == std::vector<std::string>{"leveldb 1"});
  CHECK(store.place.path == "Local Storage/leveldb");
  CHECK_FALSE(store.place.leftover);
}

TEST_CASE("the third-party frame's items are kept apart by its top-level site") {
  const KeptStore store = read_one(test::fixture("profiles/chromium-156-leveldb/Default"));
  std::size_t partitioned = 0;
  for (const KeptItem& kept : store.in_state(ItemState::current)) {
    if (kept.item.origin != "https://code.jivosite.com") {
      CHECK_FALSE(kept.item.partition);
      continue;
    }
    ++partitioned;
    REQUIRE(kept.item.partition);
    CHECK(kept.item.partition->top_level_site == "https://example.com");
    CHECK(kept.item.partition->cross_site_ancestor == true);
  }
  CHECK(partitioned > 0);
}

TEST_CASE("of an item that a page removed before it was stored, the name is left") {
  const std::map<std::string, std::size_t> areas{
      {"chromium-156-leveldb", 4}, {"chromium-109", 4}, {"chromium-64", 1}};
  for (const auto& row : areas) {
    CAPTURE(row.first);
    const KeptStore store = read_one(test::fixture("profiles/" + row.first + "/Default"));
    const auto gone = store.in_state(ItemState::deleted);
    CHECK(gone.size() == row.second);
    for (const KeptItem& kept : gone) {
      CHECK(kept.item.name == "gone");
      CHECK(kept.item.value.unavailable == Unavailable::removed);
      CHECK_FALSE(kept.item.times.updated);
    }
    CHECK(store.in_state(ItemState::superseded).empty());
  }
}

TEST_CASE("what was written over and what was removed is told apart from what is current") {
  const test::TempDir temp;
  const std::string area = "https://a.example";
  test::write_local_storage(temp.path(),
                            {{test::local_storage_key(area, "\1churn"), "\1first", false},
                             {test::local_storage_key(area, "\1churn"), "\1second", false},
                             {test::local_storage_key(area, "\1gone"), "\1secret", false},
                             {test::local_storage_key(area, "\1gone"), "", true},
                             {test::local_storage_key(area, "\1twice"), "", true},
                             {test::local_storage_key(area, "\1twice"), "", true}});
  const KeptStore store = read_one(temp.path());
  CHECK(store.messages().empty());
  REQUIRE(store.items.size() == 4);
  CHECK(store.find(area, "churn")->text == "second");
  CHECK(store.find(area, "churn", ItemState::superseded)->text == "first");
  const KeptItem* gone = store.find(area, "gone", ItemState::deleted);
  REQUIRE(gone != nullptr);
  CHECK(gone->text == "secret");
  CHECK(gone->item.locator.sequence == 4U);
  CHECK(store.find(area, "twice", ItemState::deleted)->item.value.unavailable ==
        Unavailable::removed);
}

TEST_CASE("UTF-16 and Latin-1 values, the empty value and a long one have their lengths") {
  const KeptStore store = read_one(test::fixture("profiles/chromium-156-leveldb/Default"));
  const KeptItem* unicode = store.find("https://shop.example.com", "юникод");
  REQUIRE(unicode != nullptr);
  CHECK(unicode->text == "значение");
  CHECK(unicode->item.value.encoding == RawValue::Encoding::utf16le);
  CHECK(unicode->item.value.length == 16);
  const KeptItem* empty = store.find("https://shop.example.com", "empty");
  REQUIRE(empty != nullptr);
  CHECK(empty->text.empty());
  CHECK(empty->item.value.length == 0);
  CHECK_FALSE(empty->item.value.unavailable);
  const KeptItem* big = store.find("https://shop.example.com", "ascii_big");
  REQUIRE(big != nullptr);
  CHECK(big->item.value.length == big->text.size());
  CHECK(big->text.size() > 2048);
}

TEST_CASE("items have the area's times, and a locator that leads to the record") {
  const KeptStore store = read_one(test::fixture("profiles/chromium-156-leveldb/Default"));
  for (const KeptItem& kept : store.in_state(ItemState::current)) {
    REQUIRE(kept.item.times.updated);
    REQUIRE(kept.item.times.accessed);
    CHECK(to_iso8601(*kept.item.times.updated).substr(0, 7) == "2026-11");
    CHECK(kept.item.locator.file == "Local Storage/leveldb/000003.log");
    REQUIRE(kept.item.locator.offset);
    CHECK(kept.item.locator.sequence > 0U);
  }
  REQUIRE(store.files.size() == 3);
  CHECK(store.files[0].path == "Local Storage/leveldb/CURRENT");
}

TEST_CASE("profiles of older builds are read without a complaint") {
  for (const char* profile : {"chromium-64", "chromium-109"}) {
    CAPTURE(profile);
    const KeptStore store =
        read_one(test::fixture("profiles/" + std::string(profile) + "/Default"));
    CHECK(store.messages().empty());
    CHECK(store.schemas == std::vector<std::string>{"leveldb 1"});
    const KeptItem* theme =
        store.find(profile == std::string("chromium-64") ? "http://plain.example.net"
                                                         : "https://shop.example.com",
                   "theme");
    REQUIRE(theme != nullptr);
    CHECK(theme->text == "dark");
  }
}

TEST_CASE("lone surrogates, NUL in names and Latin-1 letters survive") {
  const test::TempDir temp;
  const std::string area = "https://a.example";
  test::write_local_storage(
      temp.path(), {{test::local_storage_key(area, utf16(u"half\xd800")), utf16(u"\xdc00!"), false},
                    {test::local_storage_key(area, std::string("\1a\0b", 4)), "\1caf\xe9", false},
                    {test::local_storage_key(area, "\1caf\xe9"), "\1\1\1x", false}});
  const KeptStore store = read_one(temp.path());
  CHECK(store.messages().empty());
  REQUIRE(store.items.size() == 3);
  const KeptItem* half = store.find(area, "half\xed\xa0\x80");
  REQUIRE(half != nullptr);
  CHECK(half->text == "\xed\xb0\x80!");
  const KeptItem* nul = store.find(area, std::string("a\0b", 3));
  REQUIRE(nul != nullptr);
  CHECK(nul->text == "café");
  CHECK(store.find(area, "café")->text == "\1\1x");
}

TEST_CASE("a malformed text costs its item and says where it lies") {
  const test::TempDir temp;
  const std::string area = "https://a.example";
  test::write_local_storage(
      temp.path(), {{test::local_storage_key(area, "\1fine"), "\1v", false},
                    {test::local_storage_key(area, "\1odd"), std::string("\0abc", 4), false},
                    {test::local_storage_key(area, "\1prefix"), "\2abc", false},
                    {test::local_storage_key(area, "\1none"), "", false},
                    {test::local_storage_key(area, "\7name"), "\1v", false},
                    {"_no-storage-key", "\1v", false},
                    {"_not a key" + std::string(1, '\0') + "\1x", "\1v", false}});
  const KeptStore store = read_one(temp.path());
  CHECK(store.items.size() == 4);
  CHECK(store.find(area, "fine")->text == "v");
  for (const char* name : {"odd", "prefix", "none"}) {
    CAPTURE(name);
    const KeptItem* kept = store.find(area, name);
    REQUIRE(kept != nullptr);
    CHECK(kept->item.value.unavailable == Unavailable::malformed);
  }
  CHECK(store.diagnostics.size() == 6);
  for (const Diagnostic& one : store.diagnostics) {
    CHECK(one.code == "corrupt");
    CHECK(one.file == "Local Storage/leveldb/000003.log");
    CHECK(one.offset == 0U);
    CHECK(one.severity == Diagnostic::Severity::incomplete);
  }
}

TEST_CASE("a value over the budget keeps its length alone") {
  const test::TempDir temp;
  test::write_local_storage(temp.path(), {{test::local_storage_key("https://a.example", "\1k"),
                                           "\1" + std::string(100, 'v'), false}});
  ReadLimits limits;
  limits.value_budget = 99;
  const KeptStore store = read_one(temp.path(), limits);
  REQUIRE(store.items.size() == 1);
  CHECK(store.items[0].item.value.unavailable == Unavailable::too_large);
  CHECK(store.items[0].item.value.length == 100);
  CHECK(store.items[0].text.empty());
}

TEST_CASE("times and sizes come from META and METAACCESS") {
  const test::TempDir temp;
  const std::string area = "https://a.example";
  // 13439866966502207 us since 1601 = 2026-11-22T...; the size counts both prefix bytes.
  const std::string written = test::varint(8) + test::varint(13439866966502207);
  const std::string right = written + test::varint(16) + test::varint(4);
  const std::string wrong = written + test::varint(16) + test::varint(5);
  const Operation item{test::local_storage_key(area, "\1k"), "\1v", false};
  const Operation access{"METAACCESS:" + area, test::varint(8) + test::varint(13439866966502208),
                         false};
  SUBCASE("a size that fits is no news") {
    test::write_local_storage(temp.path(), {{"META:" + area, right, false}, access, item});
    const KeptStore store = read_one(temp.path());
    CHECK(store.messages().empty());
    REQUIRE(store.items.size() == 1);
    const Times& times = store.items[0].item.times;
    CHECK(times.updated->unix_us == 13439866966502207 - 11644473600000000);
    CHECK(times.accessed->unix_us == 13439866966502208 - 11644473600000000);
  }
  SUBCASE("another size is noted") {
    test::write_local_storage(temp.path(), {{"META:" + area, wrong, false}, item});
    const KeptStore store = read_one(temp.path());
    REQUIRE(store.diagnostics.size() == 1);
    CHECK(store.diagnostics[0].code == "size_mismatch");
    CHECK(store.diagnostics[0].severity == Diagnostic::Severity::note);
    CHECK_FALSE(store.items[0].item.times.accessed);
  }
}

TEST_CASE("both spellings of a partition in one origin stay apart") {
  const test::TempDir temp;
  test::write_local_storage(
      temp.path(),
      {{test::local_storage_key("https://a.example", "\1k"), "\1first", false},
       {test::local_storage_key("https://a.example/^31", "\1k"), "\1ancestor", false},
       {test::local_storage_key("https://a.example/^0https://top.example", "\1k"), "\1third",
        false},
       {test::local_storage_key("https://a.example/^15^26", "\1k"), "\1nonce", false}});
  const KeptStore store = read_one(temp.path());
  CHECK(store.messages().empty());
  CHECK(test::current_values(store.items).size() == 4);
}

TEST_CASE("an emptied directory is no store, a directory given by name is one") {
  const test::TempDir temp;
  test::write_file(temp.path() / "Local Storage/leveldb/LOCK", "");
  CHECK(read(temp.path()).empty());
  test::write_local_storage(temp.path(),
                            {{test::local_storage_key("https://a.example", "\1k"), "\1v", false}});
  Profile profile = test::make_profile(temp.path() / "Local Storage", Engine::chromium);
  profile.only_store = "leveldb";
  const auto stores = test::read_places(chromium_local_storage, profile);
  REQUIRE(stores.size() == 1);
  CHECK(stores[0].items.size() == 1);
}

}  // namespace
}  // namespace crumbs
