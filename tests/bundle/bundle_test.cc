#include "crumbs/bundle.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "support/bundles.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;
using test::Exported;

constexpr const char* kFixtures[] = {"chromium-156-leveldb", "firefox-153",
                                     "chromium-156-sqlite-live"};
constexpr BundleOptions kWithRaw{.raw = true};

std::string message_of(const std::function<void()>& action, ErrorCode code) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  return "no error";
}

json request_of(const fs::path& bag) {
  return json::parse(test::read_file(bag / "data/request.json"));
}

TEST_CASE("a bundle is a bag that other tools can check, and reads back as the report") {
  for (const char* name : kFixtures) {
    CAPTURE(name);
    const Exported exported(name);
    const std::string before = test::describe_tree(exported.profile);
    const BundleSummary summary = exported.write(kWithRaw);
    CHECK(test::describe_tree(exported.profile) == before);
    CHECK(summary.problems.empty());
    CHECK(test::wrong_with_bag(exported.bag) == "");
    CHECK(parse_report(test::read_file(exported.bag / "data/items.json"), "items.json") ==
          parse_report(to_json(exported.report), "report"));
    CHECK(fs::is_directory(exported.bag / "data/raw/p1"));
    const BundleCheck check = verify_bundle(exported.bag);
    CHECK(check.problems.empty());
    CHECK(check.unreadable.empty());
    CHECK(check.request == "request-1");
    CHECK(check.date == "2026-11-23");
    CHECK(check.files == summary.files);
    CHECK(check.bytes == summary.bytes);
    CHECK(check.findings == exported.report.findings.size());
    CHECK(check.complete);
  }
}

TEST_CASE("files are their owner's alone, and nothing lies beside the bundle") {
  const Exported exported("firefox-153");
  exported.write(kWithRaw);
  CHECK(test::mode_of(exported.bag) == 0700);
  for (const auto& entry : fs::recursive_directory_iterator(exported.bag)) {
    CAPTURE(entry.path().string());
    CHECK(test::mode_of(entry.path()) == (entry.is_directory() ? 0700 : 0600));
  }
  for (const auto& entry : fs::directory_iterator(exported.work.path()))
    CHECK((entry.path() == exported.bag || entry.path() == exported.profile));
}

TEST_CASE("the same request, time and profile give the same bytes") {
  const Exported exported("chromium-156-leveldb");
  exported.write(exported.work.path() / "one", kWithRaw);
  exported.write(exported.work.path() / "two", kWithRaw);
  const auto difference = test::run({"diff", "-r", (exported.work.path() / "one").string(),
                                     (exported.work.path() / "two").string()});
  CHECK(difference.out == "");
  CHECK(difference.code == 0);
}

TEST_CASE("tag files and README say what the bundle is") {
  Exported exported("chromium-156-leveldb");
  exported.request.subject = "person 7";
  exported.request.controller = Controller{.name = "Example Shop",
                                           .contact = "privacy@shop.example.com",
                                           .data_protection_contact = "",
                                           .recipients = {"A Vendor"},
                                           .rights = "You may complain."};
  const BundleSummary summary = exported.write();
  CHECK(test::read_file(exported.bag / "bag-info.txt") ==
        fmt::format("Source-Organization: Example Shop\n"
                    "External-Description: Answer to a request for access to personal data; is "
                    "personal data itself\n"
                    "External-Identifier: request-1\nBagging-Date: 2026-11-23\n"
                    "Bag-Software-Agent: crumbs {}\nPayload-Oxum: {}.{}\n",
                    version(), summary.bytes, summary.files));
  const std::string readme = test::read_file(exported.bag / "data/README.txt");
  for (const char* part :
       {"  Request       request-1\n", "  Person        person 7\n",
        "  Answered by   Example Shop\n",
        "  Not listed    26 items that no catalog knows, 4 of residue\n",
        "  sha256sum -c manifest-sha256.txt\n", "This bundle is personal data itself"}) {
    CAPTURE(part);
    CHECK(readme.find(part) != std::string::npos);
  }
  CHECK(readme.find("data/raw") == std::string::npos);
  CHECK(readme.find("INCOMPLETE") == std::string::npos);
  const json request = request_of(exported.bag);
  CHECK(request["schema"] == "crumbs-request/1");
  CHECK(request["request"] ==
        json{{"id", "request-1"}, {"type", "access"}, {"subject", "person 7"}});
  CHECK(request["controller"]["recipients"] == json{"A Vendor"});
  CHECK(request["controller"]["data_protection_contact"].is_null());
  CHECK(request["complete"] == true);
  CHECK(request["acquisition"]["created"] == "2026-11-23T10:00:00Z");
  CHECK(request["acquisition"]["profiles"][0]["stores"][0]["files"][0]["sha256"].is_string());
  CHECK(request["raw"].is_null());
  REQUIRE(request["fields"].size() > 10);
  for (const json& field : request["fields"]) CHECK(field["text"] != "");
}

TEST_CASE("the catalogs are in the bundle byte for byte, under the hash that the report names") {
  const Exported exported("chromium-156-leveldb");
  exported.write();
  const fs::path copy = exported.bag / "data/catalog/jivochat.json";
  CHECK(test::read_file(copy) == test::read_file(test::source_dir() / "catalog/jivochat.json"));
  CHECK(Catalog::load(copy).sha256() == exported.report.catalogs.at(0).sha256);
}

TEST_CASE("a catalog that changed since it was used is no part of a bundle") {
  Exported exported("chromium-156-leveldb");
  const fs::path file = exported.work.path() / "catalog.json";
  test::write_file(file, test::read_file(test::source_dir() / "catalog/jivochat.json"));
  exported.catalogs.clear();
  exported.catalogs.push_back(Catalog::load(file));
  test::write_file(file, test::read_file(file) + "\n");
  CHECK(message_of([&] { exported.write(); }, ErrorCode::unstable) ==
        file.string() + ": changed since it was used");
  CHECK_FALSE(fs::exists(exported.bag));
}

TEST_CASE("copies of the sources are the sources, under names that every tool can find") {
  for (const char* name : kFixtures) {
    CAPTURE(name);
    const Exported exported(name);
    exported.write(kWithRaw);
    const json request = request_of(exported.bag);
    REQUIRE(request["raw"].size() >= 4);
    std::size_t as_read = 0;
    for (const json& raw : request["raw"]) {
      CAPTURE(raw["source"].get<std::string>());
      CHECK(test::read_file(exported.bag / raw["file"].get<std::string>()) ==
            test::read_file(exported.profile / raw["source"].get<std::string>()));
      CHECK(raw["file"].get<std::string>().find('%') == std::string::npos);
      as_read += raw["state"] == "as_read" ? 1U : 0U;
    }
    std::size_t files = 0;
    for (const StoreResult& store : exported.report.profiles.at(0).stores)
      files += store.files.size();
    CHECK(as_read == files);
    for (const auto& entry : fs::recursive_directory_iterator(exported.bag / "data/raw"))
      CHECK(entry.path().filename() != "LOCK");
  }
}

TEST_CASE("a source that changed after it was read is told apart, never passed off") {
  const Exported exported("chromium-156-leveldb");
  const fs::path cookies = exported.profile / "Default/Cookies";
  test::write_file(cookies, test::read_file(cookies) + "x");
  fs::remove(exported.profile / "Default/Local Storage/leveldb/CURRENT");
  test::write_file(exported.profile / "Default/Cookies-wal", "appeared");
  const BundleSummary summary = exported.write(kWithRaw);
  const std::vector<std::string> expected{
      "Default/Cookies: changed after it was read: the copy in data/raw/p1 is not what the items "
      "were read from",
      "Default/Cookies-wal: changed after it was read: the copy in data/raw/p1 is not what the "
      "items were read from",
      "Default/Local Storage/leveldb/CURRENT: was read, but is gone: there is no copy"};
  CHECK(summary.problems == expected);
  const json request = request_of(exported.bag);
  CHECK(request["complete"] == false);
  CHECK(request["incomplete_because"] == json(expected));
  CHECK(request["raw"][0]["state"] == "changed");
  const std::string readme = test::read_file(exported.bag / "data/README.txt");
  CHECK(readme.find("THIS IS INCOMPLETE") != std::string::npos);
  CHECK(readme.find("  - " + expected[0] + "\n") != std::string::npos);
  CHECK(test::wrong_with_bag(exported.bag) == "");
}

TEST_CASE("a source that may not be read, or is too large, is an error that leaves nothing") {
  const Exported exported("chromium-156-leveldb");
  const auto left = [&] {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(exported.work.path()))
      names.push_back(entry.path().filename());
    return names;
  };
  CHECK(message_of([&] { exported.write({.raw = true, .raw_budget = 1000}); }, ErrorCode::io) ==
        "Default/Cookies: has more bytes than the 1000 that may be copied");
  CHECK(left() == std::vector<std::string>{"profile"});
  const fs::path cookies = exported.profile / "Default/Cookies";
  fs::rename(cookies, exported.profile / "moved");
  fs::create_symlink("../moved", cookies);
  CHECK(message_of([&] { exported.write(kWithRaw); }, ErrorCode::io) ==
        "Cookies: is a symbolic link, which is not followed");
  fs::remove(cookies);
  REQUIRE(test::run({"mkfifo", cookies.string()}).code == 0);
  CHECK(message_of([&] { exported.write(kWithRaw); }, ErrorCode::io) ==
        "Cookies: is a named pipe, not a file");
  CHECK(left() == std::vector<std::string>{"profile"});
}

TEST_CASE("what is there is never replaced, and a profile is no place for a bundle") {
  const Exported exported("chromium-156-leveldb");
  const auto refused = [&](const fs::path& place) {
    return message_of([&] { exported.write(place, {}); }, ErrorCode::usage);
  };
  const std::string there =
      ": is already there; a bundle goes to a directory of its own, which is made for it";
  fs::create_directory(exported.bag);
  CHECK(refused(exported.bag) == exported.bag.string() + there);
  CHECK(refused(exported.bag.string() + "/") == exported.bag.string() + there);
  CHECK(fs::is_empty(exported.bag));
  const fs::path link = exported.work.path() / "link";
  fs::create_symlink("nowhere", link);
  CHECK(refused(link) == link.string() + there);
  CHECK(refused("") == "the bundle needs the name of a directory");
  CHECK(refused(exported.profile / "Default/bag") ==
        (exported.profile / "Default/bag").string() +
            ": lies in a profile that is read; nothing is written there");
  CHECK(message_of([&] { exported.write(exported.work.path() / "no/such/bag", {}); },
                   ErrorCode::io) == "cannot write " +
                                         (exported.work.path() / "no/such/bag").string() +
                                         ": No such file or directory");
}

TEST_CASE("the id of a request is one line") {
  Exported exported("chromium-156-leveldb");
  for (const std::string& id : {std::string(), std::string("a\nPayload-Oxum: 1.1"),
                                std::string(201, 'x'), std::string("\xff"), std::string("  ")}) {
    exported.request.id = id;
    CHECK(message_of([&] { exported.write(); }, ErrorCode::usage).find("the id of a request is") ==
          0);
  }
  CHECK_FALSE(fs::exists(exported.bag));
}

TEST_CASE("an incomplete report is called so wherever somebody may look") {
  Exported exported("chromium-156-leveldb");
  exported.report.complete = false;
  exported.report.exit = {
      .code = 5,
      .reasons = {{.code = "corrupt", .message = "Default/Cookies (partial): \x1b[31mtorn"}}};
  exported.write();
  const std::string reason = printable(exported.report.exit.reasons[0].message);
  CHECK(test::read_file(exported.bag / "data/README.txt").find("  - " + reason + "\n") !=
        std::string::npos);
  CHECK(request_of(exported.bag)["incomplete_because"] ==
        json{exported.report.exit.reasons[0].message});
  CHECK(test::read_file(exported.bag / "data/explained.html").find("ncomplete") !=
        std::string::npos);
  CHECK_FALSE(verify_bundle(exported.bag).complete);
}

TEST_CASE("the id made for a request is a UUID of version 4, and another each time") {
  const std::string id = make_request_id();
  REQUIRE(id.size() == 36);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) CHECK(id[at] == '-');
  CHECK(id[14] == '4');
  CHECK(std::string("89ab").find(id[19]) != std::string::npos);
  CHECK(id.find_first_not_of("0123456789abcdef-") == std::string::npos);
  CHECK(make_request_id() != id);
}

}  // namespace
}  // namespace crumbs
