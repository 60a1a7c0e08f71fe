/// --label: what every record of a report is marked with.

#include <doctest/doctest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/support.h"

namespace crumbs {
namespace {

using nlohmann::json;

test::ProcessResult audit(std::vector<std::string> more,
                          std::map<std::string, std::string> environment = {}) {
  more.insert(more.begin(),
              {"audit", test::fixture("profiles/chromium-156-leveldb/Default").string()});
  environment["LC_ALL"] = "C.UTF-8";
  return test::crumbs(more, environment);
}

TEST_CASE("labels stand in every record of every format") {
  const std::vector<std::string> labels{"--label", "device=pc12", "--label", "user=Zoë = Ada"};
  const auto in = [&labels](const std::string& format) {
    std::vector<std::string> arguments = labels;
    arguments.insert(arguments.end(), {"-f", format});
    const auto result = audit(arguments);
    CHECK(result.code == 0);
    return result.out;
  };
  const json expected{{"device", "pc12"}, {"user", "Zoë = Ada"}};
  CHECK(json::parse(in("json"))["labels"] == expected);
  std::istringstream lines(in("ndjson"));
  std::size_t records = 0;
  for (std::string line; std::getline(lines, line); ++records)
    CHECK(json::parse(line)["labels"] == expected);
  CHECK(records > 50);
  const std::string words = "device: pc12, user: Zoë = Ada";
  CHECK(in("text").find("\nlabels " + words + "\n") != std::string::npos);
  CHECK(in("html").find("Labels: <code>" + words + "</code>") != std::string::npos);
  CHECK(in("markdown").find("- Labels: `" + words + "`\n") != std::string::npos);
  std::istringstream rows(in("csv"));
  std::string row;
  std::getline(rows, row);
  CHECK(row.ends_with(",labels\r"));
  while (std::getline(rows, row)) CHECK(row.ends_with(",\"" + words + "\"\r"));
}

TEST_CASE("without labels nothing speaks of them") {
  CHECK(json::parse(audit({"-f", "json"}).out)["labels"] == json::object());
  CHECK(audit({}).out.find("labels") == std::string::npos);
  CHECK(json::parse(audit({"-f", "json"}, {{"CRUMBS_LABEL", "a=b"}}).out)["labels"] ==
        json{{"a", "b"}});
}

TEST_CASE("what is no label is refused in one line") {
  const std::map<std::string, std::string> refused{
      {"device", "expected KEY=VALUE"},
      {"=pc12", "expected KEY=VALUE"},
      {"a b=c", "expected KEY=VALUE"},
      {"caf\xc3\xa9=c", "expected KEY=VALUE"},
      {std::string(65, 'k') + "=c", "expected KEY=VALUE"},
      {"k=a\nb", "without control characters"},
      {"k=\xff", "without control characters"},
      {"k=" + std::string(1025, 'v'), "at most 1024 bytes"}};
  for (const auto& one : refused) {
    CAPTURE(one.first);
    const auto result = audit({"--label", one.first});
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(result.err.find(one.second) != std::string::npos);
  }
  const auto twice = audit({"--label", "k=1", "--label", "k=2"});
  CHECK(twice.code == 2);
  CHECK(twice.err == "crumbs: --label: k is given twice\n");
  CHECK(audit({"--label", "k=", "--label", "K=" + std::string(1024, 'v')}).code == 0);
}

}  // namespace
}  // namespace crumbs
