#include <doctest/doctest.h>
#include <lz4.h>

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "support/cookie_profiles.h"

/// Session stores as Firefox does not leave them: nothing is lost in silence, nothing is invented.

namespace crumbs {
namespace fs = std::filesystem;
using namespace test;

TEST_CASE("all kinds of session-store files are read in the order of loading") {
  const TempDir directory;
  const Profile profile = profile_at(directory.path(), Engine::firefox);
  const auto session = [](const std::string& name) {
    return R"({"cookies":[{"host":"a.test","name":")" + name + R"("}]})";
  };
  const auto packed = [&](const std::string& name) {
    const std::string json = session(name);
    std::string block(200, '\0');
    const int size =
        LZ4_compress_default(json.data(), block.data(), static_cast<int>(json.size()), 200);
    std::string file("mozLz40\0", 8);
    for (unsigned shift = 0; shift < 32; shift += 8)
      file += static_cast<char>(json.size() >> shift);
    return file + block.substr(0, static_cast<std::size_t>(size));
  };
  const std::vector<std::string> order{"sessionstore.jsonlz4",
                                       "sessionstore-backups/recovery.jsonlz4",
                                       "sessionstore-backups/recovery.baklz4",
                                       "sessionstore-backups/previous.jsonlz4",
                                       "sessionstore-backups/upgrade.jsonlz4-20260101000000",
                                       "sessionstore-backups/upgrade.jsonlz4-20250101000000",
                                       "sessionstore.js",
                                       "sessionstore-backups/recovery.js",
                                       "sessionstore.bak"};
  for (const std::string& path : order) {
    const bool compressed = path.find("lz4") != std::string::npos;
    const std::string name = fs::path(path).filename().string();
    write_file(directory.path() / path, compressed ? packed(name) : session(name));
  }
  for (std::size_t first = 0; first < order.size(); ++first) {
    const auto places = read_all("firefox.session_cookies", profile);
    REQUIRE(places.size() == order.size() - first);
    for (std::size_t i = 0; i < places.size(); ++i) {
      CAPTURE(places[i].place.path);
      CHECK(places[i].place.path == order[first + i]);
      CHECK(places[i].failure() == "");
      CHECK(names_of(places[i]) == fs::path(order[first + i]).filename().string() + " ");
      CHECK(places[i].items[0].at("locator").at("pointer") == "/cookies/0");
    }
    fs::remove(directory.path() / order[first]);
  }
}

TEST_CASE("a session store that does not say what it should is incomplete") {
  const TempDir directory;
  const Profile profile = profile_at(directory.path(), Engine::firefox);
  const auto messages = [&](std::string_view content) {
    write_file(directory.path() / "sessionstore.js", content);
    const auto places = read_all("firefox.session_cookies", profile);
    REQUIRE(places.size() == 1);
    CHECK(places[0].failure() == "");
    std::string text;
    for (const Diagnostic& one : places[0].diagnostics) {
      CHECK(one.severity == Diagnostic::Severity::incomplete);
      text += one.code + ": " + one.message + "\n";
    }
    return text;
  };
  CHECK(messages("[]") == "wrong_type: the whole is no object\n");
  CHECK(messages(R"({"cookies":{}})") == "wrong_type: /cookies is no list\n");
  CHECK(messages(R"({"cookies":[{"name":"n"}]})") == "unknown_origin: /cookies/0 says no host\n");
  // A local file's cookie has none.
  CHECK(messages(R"({"cookies":[{"name":"n","schemeMap":4}]})") == "");
  CHECK(messages(R"({"cookies":[{"host":"a.test","expiry":1e400},{"host":"b.test"}]})") ==
        "wrong_type: /cookies/0: members of a wrong type: expiry\n");
  // Firefox leaves `cookies` out where it clears cookies at its end (SessionSaver.sys.mjs).
  CHECK(messages(R"({"windows":[]})") == "");
}

TEST_CASE("a session store cut short costs what is behind the cut") {
  const TempDir directory;
  const Profile profile = profile_at(directory.path(), Engine::firefox);
  const auto read = [&](std::string_view content, const char* path) {
    write_file(directory.path() / path, content);
    auto places = read_all("firefox.session_cookies", profile);
    fs::remove(directory.path() / path);
    REQUIRE(places.size() == 1);
    return std::move(places[0]);
  };
  const ReadPlace torn =
      read(R"({"cookies":[{"host":"a.test","name":"n","value":7},{"ho)", "sessionstore.js");
  CHECK(torn.failure() == "");
  REQUIRE(torn.items.size() == 1);
  CHECK(torn.items[0].at("value").at("reason") == "wrong_type");
  CHECK(torn.codes() == std::vector<std::string>{"wrong_type", "corrupt"});
  const ReadPlace garbage = read("garbage", "sessionstore.jsonlz4");
  CHECK(garbage.failure() == "sessionstore.jsonlz4: is no mozLz4 file");
  CHECK(garbage.files.size() == 1);
  CHECK(read("", "sessionstore.js").failure() == "sessionstore.js: is not JSON at byte 1");
  const ReadPlace bomb = read(unhex("6d6f7a4c7a343000ffffffff00"), "sessionstore.jsonlz4");
  CHECK(bomb.error->code() == ErrorCode::too_large);
  CHECK(bomb.failure() ==
        "sessionstore.jsonlz4: declares 4294967295 bytes, more than the 268435456 that are read");
  std::string many = R"({"cookies":[0)";
  for (int i = 0; i < 999; ++i) many += ",0";
  const ReadPlace flood = read(many + "]}", "sessionstore.js");
  CHECK(flood.diagnostics.size() == 21);
  CHECK(flood.diagnostics.back().message == "980 more problems of the same kind");
}

}  // namespace crumbs
