/// Markers wherever a value, a key or a name can stand: no output of a masked run has one.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "support/made_profile.h"
#include "support/support.h"

namespace crumbs {
namespace {

/// The beginning of all markers: in no path, no catalog and no word.
const std::string kMarker = "zqm";
const std::string kShop = "https://shop.example.com/";

std::string marker(int number) {
  return fmt::format("{}{:03}x7", kMarker, number);
}

/// What stands in values, alone or in part of them.
void add_values(test::MadeProfile& made, int version) {
  const auto add = [&](const char* name, const std::string& value) {
    made.add("shop.example.com", name, value);
  };
  add("jivo_visitor_id", marker(version));
  add("refer", "https://" + marker(1) + ".example.org/?q=" + marker(2));
  add("utm", fmt::format("{}|{}", marker(3), marker(4)));
  add("city", marker(5));
  add("country", marker(6));
  add("enter_ts", marker(7));     // no time
  add("pages_count", marker(8));  // no number
  add("jv_debug", marker(9));     // undocumented
  add("unknown_to_all", marker(10) + "%40" + marker(11));
  add("callback_ping_response", "{\"" + marker(12) + "\":[\"" + marker(13) + "\"]}");
  made.store(kShop, "jv_store_AbC123xYz0_client",
             fmt::format(R"({{"visitorId":"{}","client_info":{{"email":"{}@example.org","{}":1}},)"
                         R"("{}":{{"{}":"{}"}},"last_message":"hello {}","jv_sess_id":"{}"}})",
                         marker(version), marker(14), marker(15), marker(16), marker(17),
                         marker(18), marker(19), marker(20)));
  made.store(kShop, "jv_store_DeF456uVw1_client", "{broken " + marker(21));
  made.store(kShop, "jv_message_AbC123xYz0",
             fmt::format(R"([{{"text":"{}","{}":"x"}}])", marker(22), marker(23)));
  made.store(kShop, "unknown_key", marker(24));
}

/// Names that hold texts which are values as well.
void add_names(test::MadeProfile& made, int version) {
  made.add("shop.example.com", "jv_seen_" + marker(version), "1");
  made.add("shop.example.com", marker(10) + "%40" + marker(11), "1");
  made.add("shop.example.com", "cookie_of_" + marker(24), "1", {}, "/user/" + marker(20) + "/");
  made.store(kShop, "mail_" + marker(14) + "@example.org", "1");
  made.store(kShop, "mail_" + marker(14) + "%40example.org", "1");
  made.store(kShop, "jv_" + marker(9) + "_x", "1");
}

void check_clean(const std::string& what, const std::string& text) {
  CAPTURE(what);
  const std::size_t at = text.find(kMarker);
  const std::string around =
      at == std::string::npos ? "" : text.substr(at - std::min<std::size_t>(at, 80), 160);
  CHECK(around == "");
}

void check_run(const std::vector<std::string>& arguments, int code) {
  const test::ProcessResult result = test::crumbs(arguments, {{"LC_ALL", "C.UTF-8"}});
  const std::string what = fmt::format("{}", fmt::join(arguments, " "));
  CAPTURE(what);
  CHECK(result.code == code);
  CHECK(result.out.size() + result.err.size() > 0);
  check_clean(what, result.out);
  check_clean(what, result.err);
}

}  // namespace

TEST_CASE("no marker in any output of a masked run") {
  test::MadeProfile made, later;
  for (test::MadeProfile* one : {&made, &later}) {
    const int version = one == &made ? 30 : 31;
    add_values(*one, version);
    add_names(*one, version);
  }
  const std::string profile = made.written().string(), after = later.written().string();
  const test::TempDir work;
  const std::string key = (work.path() / "key").string();
  test::write_file(key, "some key of sixteen bytes or more");
  const test::ProcessResult full =
      test::crumbs({"audit", profile, "--all", "--values", "full", "--format", "json"});
  for (int i = 1; i <= 24; ++i) {  // each is where a report can have it
    CAPTURE(i);
    CHECK(full.out.find(marker(i)) != std::string::npos);
  }
  for (const std::string values : {"masked", "none"}) {
    for (const char* format : {"text", "json", "ndjson", "csv", "html", "markdown"})
      check_run({"audit", profile, "--all", "--values", values, "--format", format}, 0);
    check_run({"audit", profile, "--all", "--values", values, "-v"}, 0);
    check_run({"audit", profile, after, "--all", "--values", values, "--format", "ndjson"}, 0);
    for (const char* format : {"text", "json", "csv", "html"})
      check_run({"audit", profile, after, "--all", "--values", values, "--digest-key", key,
                 "--format", format},
                0);
    check_run({"diff", profile, after, "--values", values, "--digest-key", key}, 0);
    check_run({"show", "*", profile, "--values", values}, 0);
    check_run({"show", "jv_seen_ZQM030X7", profile, "--values", values}, 4);
    check_run({"show", "jv_seen_", profile, "--values", values}, 4);
    for (const char* format : {"text", "json", "html", "markdown"})
      check_run({"diff", profile, after, "--all", "--values", values, "--format", format}, 0);
  }
}

TEST_CASE("no marker in a masked bundle") {
  test::MadeProfile made;
  add_values(made, 30);
  add_names(made, 30);
  const test::TempDir directory;
  for (const std::string values : {"masked", "none"}) {
    const std::filesystem::path bundle = directory.path() / values;
    check_run({"export", made.written().string(), "--include-unknown", "--values", values, "-o",
               bundle.string()},
              0);
    for (const auto& file : std::filesystem::recursive_directory_iterator(bundle)) {
      if (!file.is_regular_file()) continue;
      check_clean(file.path().filename(), test::read_file(file.path()));
    }
  }
}

}  // namespace crumbs
